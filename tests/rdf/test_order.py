"""Quads and triples have one order, whatever order they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf.iris import term
from kg.rdf.order import in_order

if TYPE_CHECKING:
    from random import Random

G, H = NamedNode("http://e/g"), NamedNode("http://e/h")
A, B = NamedNode("http://e/a"), NamedNode("http://e/b")
P, TYPE = NamedNode("http://e/p"), term("rdf:type")
IN_ORDER = [
    Quad(B, P, A, G),
    Quad(A, TYPE, B, H),
    Quad(A, P, Literal("1"), H),
    Quad(A, P, Literal("2"), H),
    Quad(A, P, A, H),
    Quad(A, term("xsd:string"), A, H),
    Quad(B, TYPE, A, H),
    Quad(A, P, A, DefaultGraph()),
]


@given(st.randoms())
def test_quads_go_by_graph_subject_classes_and_the_rest(random: Random) -> None:
    shuffled = [*IN_ORDER, IN_ORDER[0]]
    random.shuffle(shuffled)
    assert in_order(shuffled) == IN_ORDER


def test_triples_have_the_order_of_the_quads_of_one_graph() -> None:
    triples = [quad.triple for quad in IN_ORDER if quad.graph_name == H]
    assert in_order(reversed(triples)) == triples
    assert in_order([Triple(A, P, A)] * 2) == [Triple(A, P, A)]
