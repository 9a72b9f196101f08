"""Every IRI of ours leads to a description of what it names."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import patient_http
import pytest
import rdflib
from examples import ROOT
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from raw_http import request

from kg.errors import OutputError
from kg.publish import profiles
from kg.sparql.results import Table
from kg.store.local import open_graph
from kg.web.formats import RDF_FORMATS
from kg.web.pages.content import rdf_document
from kg.web.pages.resource import _rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from server_process import Server

OURS = "https://w3id.org/qawl/"
TURTLE = "text/turtle"
FORMATS = {
    "ttl": (TURTLE, "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "nq": ("application/n-quads", "nquads"),
    "trig": ("application/trig", "trig"),
}
# One of each kind, with what its page must show.
KINDS = {
    "claim": ("id/claim/iraq-war-2003-2011/curated/us-dead-2003-2011", "4487"),
    "actor": ("id/actor/tony-blair", "توني بلير"),
    "event": ("id/event/iraq-war", "Iraq War"),
    "source": ("id/source/bbc-report-2011", "BBC report"),
    "place": ("id/place/iraq", "العراق"),
    "article": ("id/source/iraq-war-2003-2011", "فقدت الولايات المتحدة 4487 عنصرا"),
    "text": ("id/text/iraq-war-2003-2011/1", "iraq-war-2003-2011/1"),
    "reading": ("id/reading/iraq-war-2003-2011/curated", "Reading curated"),
    "voice": ("id/voice/iraq-war-2003-2011/curated/bbc-2011", "bbc-2011"),
    "graph": ("id/graph/derived", "named graph"),
    "vocabulary": ("vocab/measure", "Measure"),
    "concept": ("vocab/measure/deaths", "deaths"),
    "class": ("ontology#Claim", "Claim"),
    "property": ("ontology#quotedIn", "quotedIn"),
    "ontology": ("ontology", "ontology"),
    "ontology by version": ("ontology/0.2.0", "ontology"),
    "an earlier ontology": ("ontology/0.1.0", "ontology/0.1.0"),
    "shapes": ("shapes", "shape"),
    "vocabularies": ("vocab", "measure"),
    "alignments": ("alignments", "alignments"),
    "prefixes": ("prefixes", "prefixes"),
}


@cache
def subjects() -> tuple[str, ...]:
    """Return all IRIs of ours that the published graph says something about."""
    quads = parse(path=ROOT / "graph" / "dumps" / "qawl.nq", format=RdfFormat.N_QUADS)
    nodes = {quad.subject for quad in quads}
    return tuple(sorted(one.value for one in nodes
                        if isinstance(one, NamedNode) and one.value.startswith(OURS)))  # fmt: skip


@cache
def shapes() -> tuple[str, ...]:
    """Return the names of the shapes, the document that has them first."""
    found = set()
    for path in (ROOT / "ontology" / "shapes").glob("*.ttl"):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                found.add(quad.subject.value)
    return tuple(sorted(one for one in found if one.startswith(OURS)))


@pytest.fixture
def client(shipped_server: Server) -> Iterator[httpx.Client]:
    with patient_http.client(base_url=shipped_server.url) as found:
        yield found


def path_of(iri: str) -> str:
    """Return the path that a client asks for: without the fragment, which it keeps."""
    assert iri.startswith(OURS)
    return "/" + iri.removeprefix(OURS).partition("#")[0]


def described(client: httpx.Client, iri: str, accept: str = TURTLE) -> httpx.Response:
    """Return the document that an IRI leads to, after exactly one redirect."""
    first = client.get(path_of(iri), headers={"accept": accept})
    assert first.status_code == 303, f"{iri}: {first.status_code} {first.text}"
    answer = client.get(first.headers["location"])
    assert answer.status_code == 200, f"{iri}: {answer.status_code} {answer.text}"
    assert answer.headers["content-type"].startswith(accept)
    return answer


def names_in(turtle: str) -> set[str]:
    return {
        node.value
        for quad in parse(turtle, format=RdfFormat.TURTLE)
        for node in (quad.subject, quad.object)
        if isinstance(node, NamedNode)
    }


def test_300_of_all_iris_lead_to_a_description(client: httpx.Client) -> None:
    # The addresses of vocab/scope lead to vocab/marking (test_redirects).
    everything = [iri for iri in subjects() if "/vocab/scope" not in iri]
    assert len(everything) > 2000
    documents: dict[str, set[str]] = {}
    for iri in random.Random(2003).sample(everything, 300):  # noqa: S311 - a sample, no secret
        path = path_of(iri)
        if path not in documents:
            documents[path] = names_in(described(client, iri).text)
        assert iri in documents[path]


@pytest.mark.parametrize("name", ["nanopub", "flattened"])
def test_the_names_that_only_exports_have_lead_to_what_exports_say(
    client: httpx.Client, name: str
) -> None:
    claim = OURS + KINDS["claim"][0]
    quads = list(parse(profiles.export(open_graph(), name, claims=[claim]), format=RdfFormat.TRIG))
    graphs = {quad.graph_name for quad in quads}
    nodes = {quad.subject for quad in quads} | graphs
    names = {one.value for one in nodes if isinstance(one, NamedNode)}
    for iri in (one for one in names if one.startswith(OURS)):
        described(client, iri, "text/html")
        found = {
            quad.triple for quad in parse(described(client, iri).text, format=RdfFormat.TURTLE)
        }
        if iri.startswith(claim) and NamedNode(iri) in graphs:
            assert found >= {quad.triple for quad in quads if quad.graph_name.value == iri}
        assert found or iri in {quad.subject.value for quad in quads}
    for wrong in (f"{claim}/Heads", f"{claim}x/Head", f"{claim}/flat/00", f"{OURS}flats"):
        answer = client.get(f"{path_of(wrong)}.ttl")
        assert answer.status_code == 404, wrong


def test_all_kinds_of_iris_are_in_the_list_of_kinds() -> None:
    kinds = {iri.removeprefix(OURS).partition("#")[0].split("/")[1] for iri in subjects()
             if iri.startswith(f"{OURS}id/")}  # fmt: skip
    # The rest are many and alike: the sample has them.
    assert kinds - set(KINDS) == {
        "passage", "mention", "question", "relation", "population", "agent", "topic",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_described_in_turtle(client: httpx.Client, kind: str) -> None:
    path, _ = KINDS[kind]
    answer = described(client, OURS + path)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    names = names_in(answer.text)
    if kind not in {"graph", "alignments", "prefixes", "vocabularies"}:
        assert OURS + path in names
    assert len(names) > 3


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_page(client: httpx.Client, kind: str) -> None:
    path, shown = KINDS[kind]
    page = described(client, OURS + path, "text/html").text
    assert page.startswith("<!DOCTYPE html>")
    assert shown in page
    if "#" in path:
        assert f'id="{path.partition("#")[2]}"' in page


@pytest.mark.parametrize("iri", [*shapes()[1:4], *shapes()[-3:]])
def test_shapes_are_described(client: httpx.Client, iri: str) -> None:
    assert iri in names_in(described(client, iri).text)
    fragment = iri.partition("#")[2]
    assert f'id="{fragment}"' in described(client, iri, "text/html").text


@pytest.mark.parametrize("kind", ["claim", "article", "concept", "class", "shapes", "graph"])
def test_every_ending_has_the_same_triples(client: httpx.Client, kind: str) -> None:
    path = path_of(OURS + KINDS[kind][0])
    sizes = set()
    for ending, (media_type, name) in FORMATS.items():
        answer = client.get(f"{path}.{ending}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media_type)
        found = rdflib.Dataset(default_union=True).parse(data=answer.text, format=name)
        sizes.add(len(found))
    assert len(sizes) == 1
    assert sizes.pop() > 3


def test_a_page_links_to_its_other_forms(client: httpx.Client) -> None:
    path = path_of(OURS + KINDS["claim"][0])
    answer = client.get(path)
    assert answer.status_code == 303
    for ending, (media_type, _) in FORMATS.items():
        assert f'<{path}.{ending}>; rel="alternate"; type="{media_type}"' in answer.headers["link"]
        assert f'href="{path}.{ending}"' in client.get(f"{path}.html").text


def test_a_claim_is_described_with_its_chain_and_words(client: httpx.Client) -> None:
    """The description says who says so: the voices, and the passage, without a further request."""
    claim = OURS + KINDS["claim"][0]
    graph = rdflib.Graph().parse(data=described(client, claim).text, format="turtle")
    term = rdflib.Namespace(f"{OURS}ontology#")
    voice = graph.value(rdflib.URIRef(claim), term.voice)
    speakers = []
    while voice is not None:
        speakers.append(str(graph.value(voice, term.speaker)).rpartition("/")[2])
        voice = graph.value(voice, term.quotedIn)
    assert speakers == ["us-department-of-defense", "bbc", "author"]
    words = {
        str(one) for one in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"))
    }
    assert "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد" in words


@pytest.mark.parametrize(
    "path",
    [
        "/id/actor/nobody.ttl", "/id/actor/nobody.html", "/id/nothing.ttl", "/vocab/nothing.ttl",
        "/id/actor/bbc.exe.ttl", "/ontology.exe", "/ontologie", "/ontology/9.9.9", "/id", "/ID/a",
        "/id/actor/bbc.csv", "/ontology/qawl.ttl", "/vocab/../ontology.ttl",
        "/id/../../etc/passwd.ttl", "/id/%2e%2e/%2e%2e/etc/passwd.ttl", "/static/../app.py",
        "/static/%2e%2e/app.py", "/static//etc/passwd", "/queries/../rules/agreement.rq",
        "/queries/..%2frules%2fagreement.rq", "/queries/pages/resource-facts.rq",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(shipped_server: Server, path: str) -> None:
    answer = request(shipped_server, "GET", path)
    assert answer.status == 404, answer.text[:200]
    assert answer.media_type == "text/plain"


def test_an_iri_of_nothing_leads_to_404(client: httpx.Client) -> None:
    answer = client.get("/id/actor/bbc.rq", headers={"accept": TURTLE})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/id/actor/bbc.rq.ttl"
    assert client.get(answer.headers["location"]).status_code == 404


def test_labels_are_in_both_languages(client: httpx.Client) -> None:
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for kind in ("actor", "event", "concept"):
        iri = OURS + KINDS[kind][0]
        languages = {
            quad.object.language
            for quad in parse(described(client, iri).text, format=RdfFormat.TURTLE)
            if quad.subject == NamedNode(iri) and quad.predicate == label
            if isinstance(quad.object, Literal)
        }
        assert languages == {"en", "ar"}


def test_the_claims_of_an_article_are_those_of_its_readings() -> None:
    article = f"{OURS}id/source/iraq-war-2003-2011"
    graph = open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])
    listed = {row["claim"].value for row in _rows(graph, "resource-claims", resource=article)}
    made = graph.sparql(
        f"SELECT DISTINCT ?claim {{ ?reading qawl:ofArticle <{article}> . "
        "?claim qawl:inReading ?reading ; a qawl:Claim }"
    )
    assert isinstance(made, Table)
    assert listed == {claim.value for (claim,) in made.rows if isinstance(claim, NamedNode)}


def test_a_predicate_without_a_local_name_is_refused_in_rdf_xml() -> None:
    triple = Triple(NamedNode("a:a"), NamedNode("http://example.org/1"), Literal("x"))
    by_ending = {form.ending: form for form in RDF_FORMATS}
    assert b"example.org/1" in rdf_document([triple], by_ending["ttl"]).data
    with pytest.raises(OutputError, match="does not end in an XML name"):
        rdf_document([triple], by_ending["rdf"])
