"""From HTTP to a query, by section 2.1 of the SPARQL 1.1 Protocol; and the site's links."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.rdf.iris import term
from kg.web.ontology_files import DocumentKind, document
from kg.web.refusal import RequestRefused
from kg.web.site import Site
from kg.web.sparql_request import SparqlRequest, sparql_request

FORM = "application/x-www-form-urlencoded"


def test_the_three_ways_to_ask_are_the_same() -> None:
    wanted = SparqlRequest("ASK {}", ("urn:a",), ("urn:b",), "csv")
    encoded = b"query=ASK+%7B%7D&default-graph-uri=urn:a&named-graph-uri=urn:b&format=csv"
    rest = encoded.partition(b"&")[2]
    assert sparql_request(encoded) == wanted
    assert sparql_request(b"", encoded, content_type=FORM) == wanted
    assert sparql_request(rest, b"ASK {}", content_type="application/sparql-query") == wanted


def test_nothing_is_asked_without_a_query() -> None:
    assert sparql_request(b"") is None
    assert sparql_request(b"lang=ar") is None


@pytest.mark.parametrize(
    ("query_string", "body", "content_type", "status"),
    [
        (b"query=a&query=b", None, "", 400),
        (b"query=%FF", None, "", 400),
        (b"query=a%00", None, "", 400),
        (b"update=x", None, "", 403),
        (b"", b"x", "application/sparql-update", 403),
        (b"", b"x", "text/plain", 415),
        (b"", b"x", "application/sparql-query; charset=utf-16", 415),
        (b"query=a", b"ASK {}", "application/sparql-query", 400),
        (b"", b"", FORM, 400),
    ],
)
def test_what_is_no_query_operation_is_refused(
    query_string: bytes, body: bytes | None, content_type: str, status: int
) -> None:
    with pytest.raises(RequestRefused) as refused:
        sparql_request(query_string, body, content_type=content_type)
    assert refused.value.status == status


def test_documents_are_found_with_and_without_the_version_of_the_ontology() -> None:
    for path, kind in (
        ("ontology", DocumentKind.DOCUMENTED),
        ("shapes", DocumentKind.DOCUMENTED),
        ("vocab", DocumentKind.VOCABULARIES),
        ("vocab/stance", DocumentKind.DOCUMENTED),
        ("prefixes", DocumentKind.OTHER),
    ):
        found = document(path)
        assert found is not None
        assert found.kind is kind
        assert list(found.triples())
        assert document(f"{path}/0.2.0") is found
        assert document(f"{path}/9.9.9") is None


def test_every_version_of_the_ontology_is_kept() -> None:
    first, current = document("ontology/0.1.0"), document("ontology/0.2.0")
    assert first is not None
    assert current is not None
    for one, number in ((first, "0.1.0"), (current, "0.2.0")):
        iri = {one.object for one in one.triples() if one.predicate == term("owl:versionIRI")}
        assert iri == {NamedNode(f"https://w3id.org/qawl/ontology/{number}")}
    prior = {one.object for one in current.triples() if one.predicate == term("owl:priorVersion")}
    assert prior == {NamedNode("https://w3id.org/qawl/ontology/0.1.0")}
    for path in ("shapes", "alignments", "prefixes", "vocab", "vocab/stance"):
        kept = document(f"{path}/0.1.0")
        assert kept is not None
        numbers = {one.object for one in kept.triples() if one.predicate == term("owl:versionInfo")}
        assert numbers <= {Literal("0.1.0")}
    assert document("vocab/modality/0.1.0") is None


def test_links_stay_on_the_server_for_our_own_iris_alone() -> None:
    site = Site("https://example.org/qawl")
    assert site.href("https://w3id.org/qawl/id/actor/bbc", "ttl") == "/qawl/id/actor/bbc.ttl"
    assert site.href("http://example.com/x") == "http://example.com/x"
    assert site.href("javascript:alert(1)") == ""


@pytest.mark.parametrize(
    ("query_string", "default_graphs", "named_graphs"),
    [
        (b"query=ASK%7B%7D&default-graph-uri=&named-graph-uri=", (), ()),
        (b"query=ASK%7B%7D&default-graph-uri=&default-graph-uri=urn:a", ("urn:a",), ()),
        (b"default-graph-uri=&query=ASK%7B%7D&named-graph-uri=urn:b", (), ("urn:b",)),
    ],
)
def test_graphs_that_are_left_empty_are_not_asked_for(
    query_string: bytes, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]
) -> None:
    asked = sparql_request(query_string, None)
    assert asked is not None
    assert (asked.default_graphs, asked.named_graphs) == (default_graphs, named_graphs)
