"""Nodes are looked up in what the view of a graph shows."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.display.facts import Facts, Name
from kg.rdf.iris import ID
from kg.store.local import Graph

DATA = """
PREFIX qawl: <https://w3id.org/qawl/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX actor: <https://w3id.org/qawl/id/actor/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
actor:a skos:prefLabel "A"@en, "ألف"@ar ; qawl:low 4.5 ; qawl:garbled true ; qawl:gloss "z" .
GRAPH <https://w3id.org/qawl/id/graph/hidden> {
  actor:a qawl:low 9 ; qawl:relates actor:b . actor:c skos:prefLabel "سي"@ar . actor:d a qawl:X .
  actor:e skos:prefLabel "Ä"@de-CH
}
"""
A = f"{ID}actor/a"


def facts(*, everything: bool) -> Facts:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    return Facts(Graph(store, graphs=None if everything else (DefaultGraph(),)))


def test_what_is_said_of_a_node() -> None:
    seen = facts(everything=False)
    assert seen.number(A, "qawl:low") == 4.5
    assert seen.truth(A, "qawl:garbled") is True
    assert seen.truth(A, "qawl:low") is None
    assert seen.number(A, "qawl:garbled") is None
    assert seen.text(A, "qawl:gloss") == "z"
    assert seen.text(A, "qawl:surface") == seen.node(A, "qawl:relates") == ""
    assert seen.first_named(A, "qawl:relates") is None


def test_a_view_hides_what_is_not_in_it() -> None:
    everything, seen = facts(everything=True), facts(everything=False)
    assert everything.nodes(A, "qawl:relates") == [f"{ID}actor/b"]
    assert everything.subjects("qawl:relates", f"{ID}actor/b") == [A]
    assert seen.subjects("qawl:relates", f"{ID}actor/b") == []
    assert len(list(everything.pairs("qawl:low"))) == 2
    assert len(list(seen.pairs("qawl:low"))) == 1


def test_names_fall_back_to_the_other_language_then_to_the_iri() -> None:
    everything = facts(everything=True)
    assert everything.name(A) == Name(A, "A", "ألف")
    assert [everything.name(A).best(one) for one in ("en", "ar")] == ["A", "ألف"]
    assert everything.name(f"{ID}actor/c").best("en") == "سي"
    assert everything.name(f"{ID}actor/d").best("ar") == "d"
    assert everything.name(f"{ID}actor/e").best("en") == "Ä"
    assert everything.name(A).code == "a"


def test_what_is_no_iri_names_nothing() -> None:
    seen = facts(everything=True)
    assert seen.of("https://example.org/<>") == {}
    assert seen.subjects("qawl:relates", "not an IRI") == []
