"""SPARQL Update that makes one graph of another."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.errors import OutputError
from kg.sparql.update import has_blank_nodes, write_update

S, P, G = (NamedNode(f"urn:{name}") for name in "spg")


def test_an_update_deletes_and_inserts_graph_by_graph() -> None:
    text = write_update([Quad(S, P, Literal("a"))], [Quad(S, P, Literal("b"), G)], notes=["note"])
    assert text.decode() == (
        '# note\nDELETE DATA {\n  <urn:s> <urn:p> "a" .\n} ;\n'
        'INSERT DATA {\n  GRAPH <urn:g> {\n    <urn:s> <urn:p> "b" .\n  }\n}\n'
    )
    store = Store()
    store.add(Quad(S, P, Literal("a")))
    store.update(text.decode())
    assert set(store) == {Quad(S, P, Literal("b"), G)}


def test_a_backslash_before_a_u_stays_one() -> None:
    quad = Quad(S, P, Literal("\\u0041"))
    store = Store()
    store.update(write_update([], [quad]).decode())
    assert set(store) == {quad}


def test_blank_nodes_are_refused_wherever_they_hide() -> None:
    within = Triple(S, P, Triple(BlankNode("b"), P, S))
    assert has_blank_nodes(within)
    assert not has_blank_nodes(Triple(S, P, S))
    with pytest.raises(OutputError, match="has a blank node"):
        write_update([], [Quad(S, P, within)])
