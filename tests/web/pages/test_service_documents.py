"""What the server says of itself: Service Description, examples, questions, OpenAPI."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import patient_http
import pytest
import rdflib
import schemathesis
from examples import ROOT
from jsonschema_rs import ValidationError
from named_questions import NAMES, QUERIES
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.namespace import RDF, RDFS
from server_process import Server, serving

from kg.sparql.rq_file import load_rq

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUESTIONS = {name: load_rq(QUERIES / f"{name}.rq") for name in NAMES}


def get(server: Server, path: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    return patient_http.get(
        server.url + path, params=parameters or None, headers={"accept": accept}
    )


def graph_of(answer: httpx.Response) -> rdflib.Graph:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    return rdflib.Graph().parse(data=answer.text, format="turtle")


# The Service Description (https://www.w3.org/TR/sparql11-service-description/).


@pytest.fixture(scope="module")
def description(shipped_server: Server) -> rdflib.Graph:
    return graph_of(get(shipped_server, "/sparql"))


def test_the_endpoint_describes_itself(shipped_server: Server, description: rdflib.Graph) -> None:
    service = description.value(None, RDF.type, SD.Service)
    assert description.value(service, SD.endpoint) == rdflib.URIRef(f"{shipped_server.url}/sparql")
    assert set(description.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    # SERVICE is refused, so that it is not announced.
    assert set(description.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    names = ["JSON", "XML", "CSV", "TSV"]
    formats = {f"SPARQL_Results_{name}" for name in names}
    formats |= {"Turtle", "JSON-LD", "N-Triples", "RDF_XML", "N-Quads", "TriG"}
    assert {
        str(one).removeprefix("http://www.w3.org/ns/formats/")
        for one in description.objects(service, SD.resultFormat)
    } == formats


def test_the_described_dataset_is_the_one_that_is_asked(
    shipped_server: Server, description: rdflib.Graph
) -> None:
    service = description.value(None, RDF.type, SD.Service)
    dataset = description.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in description
    default = description.value(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in description
    named = {
        str(description.value(node, SD.name))
        for node in description.objects(dataset, SD.namedGraph)
    }
    dump = parse(path=ROOT / "graph" / "dumps" / "qawl.nq", format=RdfFormat.N_QUADS)
    graphs = {quad.graph_name for quad in dump}
    assert named == {graph.value for graph in graphs if isinstance(graph, NamedNode)}
    # The union of them is the default graph: both ways of counting agree.
    query = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT * { PATTERN } } }"
    counts = {
        get(shipped_server, "/sparql", "text/csv", query=query.replace("PATTERN", one)).text
        for one in ("?s ?p ?o", "{ SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    }
    assert len(counts) == 1


ALIKE = ["http://example.org/a/x", "http://example.org/b/x", "http://example.org/b?y#x"]


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve three graphs, below a path of another server."""
    data = tmp_path_factory.mktemp("mirror") / "data.nq"
    data.write_text("".join(f"<a:s> <a:p> <a:o> <{name}> .\n" for name in ALIKE), "utf-8")
    with serving(data, "--public-url", "https://example.org/mirror/") as server:
        yield server


def test_graphs_with_alike_names_are_told_apart(mirror: Server) -> None:
    description = graph_of(get(mirror, "/sparql"))
    nodes = set(description.subjects(RDF.type, SD.NamedGraph))
    assert len(nodes) == 3
    assert {str(description.value(node, SD.name)) for node in nodes} == set(ALIKE)


def test_everything_names_the_server_as_it_is_reached(mirror: Server) -> None:
    public = "https://example.org/mirror"
    endpoint = rdflib.URIRef(f"{public}/sparql")
    # A proxy may hand the path over or take it off.
    for prefix in ("", "/mirror"):
        description = graph_of(get(mirror, f"{prefix}/sparql"))
        assert list(description.objects(None, SD.endpoint)) == [endpoint]
        assert get(mirror, f"{prefix}/openapi.json").json()["servers"] == [{"url": public}]
        listed = get(mirror, f"{prefix}/queries.json").json()
        assert all(one["url"].startswith(f"{public}/queries/") for one in listed)
        redirect = get(mirror, f"{prefix}/ontology", "text/turtle")
        assert redirect.headers["location"] == "/mirror/ontology.ttl"
        for path in (
            "/",
            "/queries",
            "/queries/who-said",
            "/sparql",
            "/ontology.html",
            "/vocab.html",
        ):
            links = re.findall(
                r'(?:href|action)="(/[^"]*)"', get(mirror, prefix + path, BROWSER).text
            )
            assert len(links) > 3
            assert all(link.startswith("/mirror/") for link in links), links


def test_a_browser_gets_a_form_instead(shipped_server: Server) -> None:
    page = get(shipped_server, "/sparql", BROWSER)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<form id="sparql" method="get" action="/sparql">' in page.text
    assert '<textarea id="query" name="query"' in page.text


# The questions, as a list.


def test_the_list_has_every_question(shipped_server: Server) -> None:
    page = get(shipped_server, "/queries", BROWSER).text
    listed = get(shipped_server, "/queries", "application/json").json()
    assert get(shipped_server, "/queries.json").json() == listed
    assert [one["name"] for one in listed] == NAMES
    for one in listed:
        question = QUESTIONS[one["name"]]
        assert one["url"] == f"{shipped_server.url}/queries/{question.name}"
        assert set(one["title"]) == {"en", "ar"}
        assert one["title"]["ar"] in page
        assert one["description"]["en"] == question.description["en"]
        assert [given["name"] for given in one["parameters"]] == [
            given.name for given in question.parameters
        ]
        assert f'href="/queries/{question.name}"' in page


def test_the_list_is_there_as_examples_that_run(shipped_server: Server) -> None:
    """The form that SIB's editors read: a query, its prefixes, and its titles in both languages."""
    graph = graph_of(get(shipped_server, "/queries.ttl"))
    examples = list(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) == len(NAMES)
    for example in examples:
        name = str(example).rpartition("/")[2]
        assert name in NAMES
        assert {one.language for one in graph.objects(example, RDFS.comment)} == {"en", "ar"}
        forms = [one for one in (SH.select, SH.construct) if graph.value(example, one)]
        assert len(forms) == 1
        text = str(graph.value(example, forms[0]))
        assert "#+" not in text
        answer = get(shipped_server, "/sparql", query=text)
        assert answer.status_code == 200, answer.text
        assert answer.text == get(shipped_server, f"/queries/{name}").text
    declared = {
        str(graph.value(one, SH.prefix)): str(graph.value(one, SH.namespace))
        for one in graph.objects(None, SH.declare)
    }
    assert declared["qawl"] == "https://w3id.org/qawl/ontology#"
    assert declared["schema"] == "https://schema.org/"


def test_void_has_the_description_and_the_examples(
    shipped_server: Server, description: rdflib.Graph
) -> None:
    graph = graph_of(get(shipped_server, "/.well-known/void"))
    assert set(description) <= set(graph)
    assert len(set(graph.subjects(RDF.type, SH.SPARQLExecutable))) == len(NAMES)


# One question and its parameters.


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_parameters_have_an_effect(shipped_server: Server) -> None:
    generous = rows(get(shipped_server, "/queries/who-said.csv", claim="us-dead-2003-2011"))
    strict = rows(
        get(shipped_server, "/queries/who-said.csv", claim="us-dead-2003-2011", mode="strict")
    )
    assert [row["marking"] for row in generous] == ["explicit", "inferred", "explicit"]
    # Those that are left are counted anew.
    assert [row["voice"] for row in strict] == [
        row["voice"] for row in generous if row["marking"] != "inferred"
    ]
    # An id, a label in either language, a prefixed name and an IRI name the same actor.
    answers = {
        get(shipped_server, "/queries/said-by.csv", actor=actor).text
        for actor in (
            "tony-blair", "Tony Blair", "توني بلير", "actor:tony-blair",
            "https://w3id.org/qawl/id/actor/tony-blair",
        )
    }  # fmt: skip
    assert len(answers) == 1
    assert all(row["said_by"] == "Tony Blair" for row in rows_of_text(answers.pop()))


def rows_of_text(text: str) -> list[dict[str, str]]:
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert found
    return found


def test_an_empty_parameter_is_the_default(shipped_server: Server) -> None:
    """A form sends the fields that were left empty, too."""
    plain = get(shipped_server, "/queries/claims.csv").text
    given = {one.name.replace("_", "-"): "" for one in QUESTIONS["claims"].parameters}
    assert get(shipped_server, "/queries/claims.csv", **given).text == plain


def test_both_spellings_of_a_parameter_are_known(shipped_server: Server) -> None:
    hyphen = {"date-from": "2003-03-01", "date-to": "2003-03-31"}
    underscore = {name.replace("-", "_"): value for name, value in hyphen.items()}
    answers = [
        get(shipped_server, "/queries/between-dates.csv", **given).text
        for given in (hyphen, underscore)
    ]
    assert answers[0] == answers[1]
    assert any("invasion" in row["id"] for row in rows_of_text(answers[0]))


# Every parameter of a type that some text cannot be, with such a text.
WRONG = [
    (name, one.name.replace("_", "-"), one.type)
    for name, question in QUESTIONS.items()
    for one in question.parameters
    if one.type not in {"string", "words"}
]
IMPOSSIBLE = {"date": "31 August 2010", "integer": "a dozen", "decimal": "1,5", "boolean": "maybe"}


@pytest.mark.parametrize(("name", "parameter", "kind"), WRONG)
def test_a_value_of_the_wrong_type_is_refused(
    shipped_server: Server, name: str, parameter: str, kind: str
) -> None:
    for value in (IMPOSSIBLE.get(kind, "no such thing"), "x" * 2001, "<>", "} DROP ALL #", "\x00"):
        answer = get(shipped_server, f"/queries/{name}", **{parameter: value})
        assert answer.status_code == 400, answer.text
        assert name in answer.text
        assert parameter.replace("-", "_") in answer.text
        assert len(answer.text.strip().splitlines()) < 6


@pytest.mark.parametrize("value", ["،", "x" * 2001, "<>", " "])
def test_words_need_letters_or_digits(shipped_server: Server, value: str) -> None:
    answer = get(shipped_server, "/queries/claims", text=value)
    assert answer.status_code == 400, answer.text
    assert "parameter text" in answer.text


def test_what_is_not_known_is_refused_with_a_hint(shipped_server: Server) -> None:
    unknown = get(shipped_server, "/queries/who-sayd")
    assert unknown.status_code == 404
    assert "who-said" in unknown.text
    parameter = get(shipped_server, "/queries/who-said", colour="red")
    assert parameter.status_code == 400
    assert "it has claim, mode" in parameter.text
    misspelt = get(shipped_server, "/queries/said-by", actor="Tony Blaire")
    assert misspelt.status_code == 400
    assert "tony blair" in misspelt.text.lower()
    twice = patient_http.get(f"{shipped_server.url}/queries/who-said?mode=strict&mode=generous")
    assert twice.status_code == 400
    assert "twice" in twice.text
    both = {"date-from": "2003-03-01", "date_from": "2003-03-02"}
    assert get(shipped_server, "/queries/between-dates", **both).status_code == 400


@pytest.mark.parametrize(
    ("ending", "status"),
    [("csv", 200), ("tsv", 200), ("json", 200), ("xml", 200), ("html", 200), ("rq", 200),
     ("ttl", 404), ("rdf", 404), ("exe", 404), ("CSV", 404), ("", 404)],
)  # fmt: skip
def test_a_table_has_the_endings_of_tables(
    shipped_server: Server, ending: str, status: int
) -> None:
    assert get(shipped_server, f"/queries/sums.{ending}").status_code == status


@pytest.mark.parametrize(
    ("ending", "status"),
    [("ttl", 200), ("jsonld", 200), ("nt", 200), ("rdf", 200), ("nq", 200), ("trig", 200),
     ("html", 200), ("csv", 404), ("tsv", 404)],
)  # fmt: skip
def test_triples_have_the_endings_of_triples(
    shipped_server: Server, ending: str, status: int
) -> None:
    assert get(shipped_server, f"/queries/chain-as-graph.{ending}").status_code == status


def test_the_page_of_a_question_has_its_form_and_its_query(shipped_server: Server) -> None:
    page = get(shipped_server, "/queries/who-said", BROWSER, claim="us-dead-to-2010").text
    for parameter in QUESTIONS["who-said"].parameters:
        assert f'name="{parameter.name}"' in page
    assert 'action="/queries/who-said"' in page
    assert 'value="us-dead-to-2010"' in page
    # Its links to the other formats keep the parameters.
    answer = get(shipped_server, "/queries/who-said", BROWSER, mode="strict").text
    assert "/queries/who-said.csv?mode=strict" in answer


# OpenAPI.


@pytest.fixture(scope="module")
def openapi(shipped_server: Server) -> dict[str, Any]:
    answer = get(shipped_server, "/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_openapi_is_valid(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(openapi).validate()
    broken = {**openapi, "paths": {"/queries": {"get": {"parameters": [{"name": "x"}]}}}}
    with pytest.raises(ValidationError):
        schemathesis.openapi.from_dict(broken).validate()


def test_openapi_has_every_path_and_parameter(
    shipped_server: Server, openapi: dict[str, Any]
) -> None:
    assert openapi["servers"] == [{"url": shipped_server.url}]
    assert set(openapi["paths"]) == {
        "/queries", "/sparql", *(f"/queries/{name}" for name in NAMES),
        "/networks/{name}.{ending}", "/pictures/{name}.svg",
    }  # fmt: skip
    operations = [one["get"] for one in openapi["paths"].values()]
    identifiers = [one["operationId"] for one in operations]
    assert len(identifiers) == len(set(identifiers))
    for name, question in QUESTIONS.items():
        operation = openapi["paths"][f"/queries/{name}"]["get"]
        assert operation["summary"] == question.title["en"]
        assert [one["name"] for one in operation["parameters"]] == [
            *(one.name.replace("_", "-") for one in question.parameters),
            "readers",
        ]
        for parameter in operation["parameters"]:
            assert parameter["in"] == "query"
            assert parameter["description"]


def test_openapi_has_the_networks_and_pictures_that_there_are(
    shipped_server: Server, openapi: dict[str, Any]
) -> None:
    networks = openapi["paths"]["/networks/{name}.{ending}"]["get"]
    name, ending, *filters = networks["parameters"]
    assert {one["name"] for one in filters} >= {"mode", "speaker", "via", "date-from", "lang"}
    for one in ending["schema"]["enum"]:
        answer = get(shipped_server, f"/networks/attribution.{one}", via="bbc", mode="strict")
        assert answer.status_code == 200
        assert (
            answer.headers["content-type"].partition(";")[0]
            in networks["responses"]["200"]["content"]
        )
    pictures = openapi["paths"]["/pictures/{name}.svg"]["get"]
    assert {*name["schema"]["enum"]} < {*pictures["parameters"][0]["schema"]["enum"]}
    assert get(shipped_server, "/networks/nothing.gexf").status_code == 404


def test_the_defaults_of_openapi_are_the_defaults(
    shipped_server: Server, openapi: dict[str, Any]
) -> None:
    for name, question in QUESTIONS.items():
        if not question.parameters:
            continue
        operation = openapi["paths"][f"/queries/{name}"]["get"]
        given = {
            one["name"]: str(one["schema"]["default"])
            for one in operation["parameters"]
            if "default" in one["schema"]
        }
        search = "&".join(f"{key}={quote(value)}" for key, value in given.items())
        answer = get(shipped_server, f"/queries/{name}?{search}")
        assert answer.status_code == 200, answer.text
        assert answer.text == get(shipped_server, f"/queries/{name}").text
