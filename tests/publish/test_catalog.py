"""VoID and DCAT of a graph that a person can count."""

from __future__ import annotations

import hashlib

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg.publish.catalog import dataset_triples, describe, latest_day, union_of
from kg.rdf.iris import resource, term

S, P, G, H = (NamedNode(f"https://w3id.org/qawl/id/{name}") for name in ("s", "p", "g", "h"))
CREATED = term("dcterms:created")
QUADS = [
    Quad(S, P, Literal("one"), G),
    Quad(S, P, Literal("one"), H),
    Quad(S, term("rdf:type"), term("qawl:Claim"), G),
    Quad(S, CREATED, Literal("2026-01-02"), G),
    Quad(G, CREATED, Literal("2026-11-22"), G),
]


def test_the_union_has_each_triple_once_and_the_latest_day_is_the_last() -> None:
    assert len(union_of(QUADS)) == 4
    assert latest_day(QUADS) == "2026-11-22"
    assert latest_day([]) is None


def test_void_counts_what_is_there() -> None:
    found = set(dataset_triples(QUADS, ["https://example.org/x.nq"], "https://example.org/sparql"))
    node = resource("dataset", "qawl")
    integer = term("xsd:integer")
    for name, count in (("triples", 4), ("distinctSubjects", 2), ("properties", 3), ("classes", 1)):
        assert Triple(node, term(f"void:{name}"), Literal(str(count), datatype=integer)) in found
    assert Triple(node, term("void:dataDump"), NamedNode("https://example.org/x.nq")) in found
    assert (
        Triple(node, term("void:sparqlEndpoint"), NamedNode("https://example.org/sparql")) in found
    )


def test_dcat_names_the_files_with_their_checksums() -> None:
    content = b"<urn:s> <urn:p> <urn:o> <urn:g> .\n"
    files = describe(QUADS, union_of(QUADS), {"qawl.nq": content})
    assert sorted(files) == ["dcat.ttl", "void.ttl"]
    sha256 = hashlib.sha256(content).hexdigest()
    triples = [one.triple for one in pyoxigraph.parse(files["dcat.ttl"], format=RdfFormat.TURTLE)]
    values = {str(one.object.value) for one in triples if isinstance(one.object, Literal)}
    assert {sha256, str(len(content))} <= values
