"""RDF Patch: what is written, and that a patch makes one graph of the other."""

from __future__ import annotations

import pytest
import rdflib
from graph_strategies import graphs
from hypothesis import given, settings
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.diff.graph_diff import graph_diff
from kg.diff.rdf_patch import write_patch
from kg.errors import OutputError

EX = "http://example.org/"
S, P, G = (NamedNode(EX + name) for name in "spg")
ONE = Quad(S, P, Literal("one"))
TWO = Quad(S, P, Literal("اثنان", language="ar"), G)


def test_a_patch_is_a_header_and_one_transaction_with_deletions_first() -> None:
    patch = write_patch([ONE], [TWO], previous="urn:uuid:3ee0eca0-6d5f-4b4d-85db-f69ab1167eb1")
    first, *rest = patch.decode().splitlines()
    assert first.startswith("H id <urn:uuid:")
    assert first.endswith("> .")
    assert rest == [
        "H prev <urn:uuid:3ee0eca0-6d5f-4b4d-85db-f69ab1167eb1> .",
        "TX .",
        'D <http://example.org/s> <http://example.org/p> "one" .',
        'A <http://example.org/s> <http://example.org/p> "اثنان"@ar <http://example.org/g> .',
        "TC .",
    ]


def test_the_id_is_made_from_what_the_patch_says() -> None:
    patches = [
        write_patch([ONE], [TWO]),
        write_patch([TWO], [ONE]),
        write_patch([ONE], [TWO], previous="urn:x:1"),
        write_patch([], []),
    ]
    assert write_patch([ONE], [TWO]) == patches[0]
    assert len({patch.splitlines()[0] for patch in patches}) == len(patches)


def test_what_is_before_must_be_an_iri() -> None:
    with pytest.raises(OutputError, match=r"'a> \.' *: is not an IRI"):
        write_patch([], [], previous="a> .")


def applied(patch: bytes, before: set[Quad]) -> set[Quad]:
    """Return a graph after a patch: behind its letter, each change is a line of N-Quads."""
    after = set(before)
    for line in patch.decode().split("\n"):
        if line.startswith(("A ", "D ")):
            [quad] = parse(line[2:], format=RdfFormat.N_QUADS)
            (after.add if line[0] == "A" else after.discard)(quad)
    return after


def test_triples_within_triples_are_written() -> None:
    quad = Quad(S, P, Triple(S, P, Triple(S, P, Literal("<_:x> .\n#"))), G)
    assert applied(write_patch([], [quad]), set()) == {quad}


@settings(deadline=None)
@given(graphs(blank=True), graphs(blank=True))
def test_a_patch_makes_one_graph_of_the_other(before: set[Quad], after: set[Quad]) -> None:
    diff = graph_diff(before, after)
    assert applied(write_patch(diff.removed, diff.added), before) == after


def test_rdflib_makes_the_same_changes() -> None:
    data = rdflib.Dataset()
    data.parse(data=f"{ONE} .\n", format="nquads")
    kept = Quad(S, P, NamedNode(EX + "غ"), G)
    data.parse(data=write_patch([], [kept, TWO]), format="patch")
    data.parse(data=write_patch([ONE, TWO], [], notes=["what was wrong"]), format="patch")
    found = {(s, p, o, None if graph is None else str(graph)) for s, p, o, graph in data.quads()}
    assert found == {(*(rdflib.URIRef(EX + name) for name in ("s", "p", "غ")), f"{EX}g")}
