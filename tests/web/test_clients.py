"""Clients that people have: SPARQLWrapper, rdflib's SPARQLStore, Comunica, and plain CSV."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import patient_http
import pytest
import rdflib
from examples import ROOT
from named_questions import NAMES, QUERIES, Row, expected, rows_of
from node_packages import need_node_package
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_process import PATIENCE, Server, serving
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)  # fmt: skip
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.sparql.rq_file import load_rq

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TRIPLES = ("subject", "predicate", "object")


def text_of(name: str) -> str:
    return load_rq(QUERIES / f"{name}.rq").text


def is_expected(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Compare an answer to a named question with the expected one, triples in any order."""
    head, wanted = expected(name)
    found: list[Row] = rows_of(rows)
    if head == TRIPLES:
        wanted, found = sorted(wanted, key=str), sorted(found, key=str)
    assert tuple(columns) == head
    assert found == wanted


# Every named question, by its address, as CSV.


@pytest.mark.parametrize("name", NAMES)
def test_a_named_question_has_its_expected_answer(shipped_server: Server, name: str) -> None:
    triples = expected(name)[0] == TRIPLES
    address = f"{shipped_server.url}/queries/{name}.{'ttl' if triples else 'csv'}"
    answer = patient_http.get(address)
    assert answer.status_code == 200
    if triples:
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        graph = rdflib.Graph().parse(data=answer.text, format="turtle")
        is_expected(name, TRIPLES, list(graph))
        return
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    head, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    is_expected(name, head, rows)
    sparql = {"query": text_of(name), "format": "csv"}
    assert patient_http.get(f"{shipped_server.url}/sparql", params=sparql).content == answer.content


# SPARQLWrapper, on data with everything that a format must carry: two scripts, a language, a
# number, an unbound cell, and the characters that formats escape.

EX = "http://example.org/"
NASTY = 'a "quoted", word\n\tand <b> & \\ more'
DATA = """\
@prefix ex: <http://example.org/> .
ex:one ex:label "قَوْل"@ar ; ex:count 4487 ; ex:note "a \\"quoted\\", word\\n\\tand <b> & \\\\ more" .
ex:two ex:label "saying"@en .
"""
SELECT = f"""PREFIX ex: <{EX}>
SELECT ?s ?label ?count ?note WHERE {{
  ?s ex:label ?label OPTIONAL {{ ?s ex:count ?count ; ex:note ?note }}
}} ORDER BY ?s"""
TABLE = [
    {"s": EX + "one", "label": "قَوْل", "count": "4487", "note": NASTY},
    {"s": EX + "two", "label": "saying"},
]
ASK = f"ASK {{ <{EX}two> ?p 'saying'@en }}"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
DESCRIBE = f"DESCRIBE <{EX}one> <{EX}two>"

FORMATS = [JSON, XML, CSV, TSV, N3, TURTLE, RDF, RDFXML, JSONLD]
WAYS = {
    "GET": (GET, URLENCODED),
    "POST": (POST, URLENCODED),
    "POST directly": (POST, POSTDIRECTLY),
}
# It asks for no more than */* where it holds a format to be none of the query's, and warns when it
# then gets another; rdflib deprecates the class into which it reads RDF.
wrapped = pytest.mark.filterwarnings(
    "ignore:Sending Accept header:RuntimeWarning",
    "ignore:Format requested was:RuntimeWarning",
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
)


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("clients") / "data.ttl"
    data.write_text(DATA, encoding="utf-8")
    with serving(data) as found:
        yield found


def asked(server: Server, query: str, form: str, way: str) -> Any:
    method, request = WAYS[way]
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=form)
    wrapper.setQuery(query)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request)
    return wrapper.query().convert()


def table_of(converted: Any, form: str) -> list[dict[str, str]]:
    """Return the rows of what SPARQLWrapper made of a table, without the unbound cells."""
    if isinstance(converted, dict):
        bindings = converted["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]
    if form == XML:
        return [
            {
                one.getAttribute("name"): one.firstChild.firstChild.data
                for one in row.getElementsByTagName("binding")
            }
            for row in converted.getElementsByTagName("result")
        ]
    text = converted.decode()
    if form == CSV:
        found = csv.DictReader(io.StringIO(text, newline=""))
        return [{name: value for name, value in row.items() if value} for row in found]
    terms = rdflib.query.Result.parse(io.BytesIO(converted), format="tsv")
    return [{str(name): str(value) for name, value in row.items()} for row in terms.bindings]


def graph_of(converted: Any) -> rdflib.Graph:
    if isinstance(converted, bytes):
        return rdflib.Graph().parse(data=converted, format="turtle")
    plain = rdflib.Graph()
    for triple in converted:
        plain.add(triple[:3])
    return plain


@wrapped
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMATS)
def test_sparqlwrapper_gets_a_table(small_server: Server, form: str, way: str) -> None:
    assert table_of(asked(small_server, SELECT, form, way), form) == TABLE


@wrapped
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMATS)
def test_sparqlwrapper_gets_a_boolean(small_server: Server, form: str, way: str) -> None:
    converted = asked(small_server, ASK, form, way)
    if isinstance(converted, dict):
        assert converted["boolean"] is True
    elif form == XML:
        assert converted.getElementsByTagName("boolean")[0].firstChild.data == "true"
    else:
        assert form in {CSV, TSV}
        assert converted.strip() == b"true"


@wrapped
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_sparqlwrapper_gets_triples(small_server: Server, query: str, form: str, way: str) -> None:
    converted = asked(small_server, query, form, way)
    assert isomorphic(graph_of(converted), rdflib.Graph().parse(data=DATA, format="turtle"))


def test_sparqlwrapper_gets_the_reason_of_a_refusal(small_server: Server) -> None:
    with pytest.raises(QueryBadFormed, match=r"the query is not valid SPARQL 1\.1"):
        asked(small_server, "SELECT * { ?s", JSON, "GET")


# rdflib's SPARQLStore.


@pytest.fixture
def store(shipped_server: Server) -> SPARQLStore:
    return SPARQLStore(f"{shipped_server.url}/sparql")


@pytest.mark.parametrize("name", NAMES)
def test_sparqlstore_answers_a_named_question(store: SPARQLStore, name: str) -> None:
    result = rdflib.Graph(store).query(text_of(name))
    if result.type == "CONSTRUCT":
        is_expected(name, TRIPLES, list(result.graph))
    else:
        is_expected(name, [str(one) for one in result.vars], list(result))


def test_sparqlstore_binds_variables_and_prefixes(store: SPARQLStore) -> None:
    graph = rdflib.Graph(store)
    blair = rdflib.URIRef("https://w3id.org/qawl/id/actor/tony-blair")
    prefixes = {"label": "http://www.w3.org/2004/02/skos/core#"}
    rows = graph.query(
        "SELECT ?label { ?actor label:prefLabel ?label }",
        initNs=prefixes,
        initBindings={"actor": blair},
    )
    assert set(rows) == {
        (rdflib.Literal("Tony Blair", "en"),),
        (rdflib.Literal("توني بلير", "ar"),),
    }
    kind = "https://w3id.org/qawl/ontology#Person"
    for klass, wanted in ((kind, True), (kind + "s", False)):
        answer = graph.query(f"ASK {{ ?actor a <{klass}> }}", initBindings={"actor": blair})
        assert answer.askAnswer is wanted


def test_sparqlstore_is_a_graph(store: SPARQLStore) -> None:
    graph = rdflib.Graph(store)
    local = rdflib.Dataset(default_union=True)
    local.parse(ROOT / "graph" / "dumps" / "qawl.nq", format="nquads")
    assert len(graph) == len(set(local.triples((None, None, None))))
    bbc = rdflib.URIRef("https://w3id.org/qawl/id/actor/bbc")
    assert set(graph.triples((bbc, None, None))) == set(local.triples((bbc, None, None)))
    assert (bbc, rdflib.RDF.type, rdflib.URIRef(f"{bbc}/no")) not in graph


# Comunica, as browsers and Node run it.


def comunica(source: Any, queries: Mapping[str, str]) -> dict[str, Any]:
    folder = need_node_package("@comunica/query-sparql", "4")
    done = subprocess.run(
        ["node", ROOT / "tests" / "support" / "comunica_client.cjs", folder],
        input=json.dumps({"source": source, "queries": queries}).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    answers: dict[str, Any] = json.loads(done.stdout)
    assert list(answers) == list(queries)
    return answers


@pytest.mark.xdist_group("comunica")
class TestComunica:
    def test_it_answers_every_named_question(self, shipped_server: Server) -> None:
        endpoint = {"type": "sparql", "value": f"{shipped_server.url}/sparql"}
        answers = comunica(endpoint, {name: text_of(name) for name in NAMES})
        for name, answer in answers.items():
            assert "error" not in answer, f"{name}: {answer}"
            # It leaves the whole query to the endpoint, rather than to fetch its patterns.
            assert answer["requests"] == 1, name
            if "triples" in answer:
                is_expected(name, TRIPLES, answer["triples"])
            else:
                is_expected(name, answer["vars"], answer["rows"])

    def test_it_finds_out_by_itself_that_this_is_an_endpoint(self, shipped_server: Server) -> None:
        ask = "ASK { <https://w3id.org/qawl/id/actor/bbc> ?p ?o }"
        answers = comunica(f"{shipped_server.url}/sparql", {"ask": ask})
        # The service description, and the query.
        assert answers["ask"] == {"boolean": True, "requests": 2}

    def test_it_reads_linked_data(self, shipped_server: Server) -> None:
        name = "SELECT ?name { ?bbc <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
        answers = comunica(f"{shipped_server.url}/id/actor/tony-blair", {"name": name})
        assert ["Tony Blair"] in answers["name"]["rows"]
        assert ["توني بلير"] in answers["name"]["rows"]
