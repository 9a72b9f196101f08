"""RDF Patch: what is written, what is read, and that a patch makes one graph of the other."""

from __future__ import annotations

import pytest
from graph_strategies import graphs
from hypothesis import given, settings
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.diff.rdf_patch import PatchRow, read_patch, write_patch
from kg.diff.resources import graph_diff
from kg.errors import OutputError, StoreError

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
    assert len({read_patch(patch).headers["id"] for patch in patches}) == len(patches)


def test_what_is_before_must_be_an_iri() -> None:
    with pytest.raises(OutputError, match=r"'a> \.' *: is not an IRI"):
        write_patch([], [], previous="a> .")


# As in the example of Jena's documentation, with each liberty that it allows.
LIBERAL = b"""\
# a comment
H id <uuid:0686c69d-8f89-4496-acb5-744f0157a8db> .
H "made by" "somebody \\"else\\"" .
TX .
PA rdf <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
PA "owl" "http://www.w3.org/2002/07/owl#" .
PD owl .
A  <http://example.org/s>   <http://example.org/p> "one"  .  # with a comment
A <http://example.org/s> <http://example.org/p> <_:b1> .
D _:b1 <http://example.org/p> "not a node: <_:b2>" <http://example.org/g> .
TC .

TX .
A <http://example.org/s> <http://example.org/p> "thrown away" .
TA .
TX .\r
D <http://example.org/s> <http://example.org/p> "one" .\r
TC .\r
A <http://example.org/s> <http://example.org/p> "outside of a transaction" .
"""


def test_what_jena_allows_is_read() -> None:
    patch = read_patch(LIBERAL)
    assert patch.headers["id"] == "uuid:0686c69d-8f89-4496-acb5-744f0157a8db"
    blank = BlankNode("b1")
    assert patch.rows == (
        PatchRow(True, ONE),
        PatchRow(True, Quad(S, P, blank)),
        PatchRow(False, Quad(blank, P, Literal("not a node: <_:b2>"), G)),
        PatchRow(False, ONE),
        PatchRow(True, Quad(S, P, Literal("outside of a transaction"))),
    )
    assert patch.apply([TWO]) == {
        TWO,
        Quad(S, P, blank),
        Quad(S, P, Literal("outside of a transaction")),
    }


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"TX .\nA <http://a> <http://b> .\nTC .\n", "file.rdfp:2: "),
        (b"A <http://a> <http://b> <http://c>\n", "file.rdfp:1: "),
        (b'TX .\nA <http://a> <http://b> "c .\nTC .\n', "file.rdfp:2: "),
        (b"\n\nB <http://a> <http://b> <http://c> .\n", "file.rdfp:3: .*none of the rows"),
        (b"<http://a> <http://b> <http://c> .\n", "file.rdfp:1: .*none of the rows"),
        (b"TX\n", "file.rdfp:1: .*none of the rows"),
        (b"H id .\n", "file.rdfp:1: .*none of the rows"),
        (b"TX .\nTX .\nTC .\n", "file.rdfp:2: .*began on line 1"),
        (b"TC .\n", "file.rdfp:1: .*none has begun"),
        (b"TX .\nTC .\nTA .\n", "file.rdfp:3: .*none has begun"),
        (b"\nTX .\n", "file.rdfp:2: .*does not end"),
        (b"A .\nA <http://a> <http://b> <http://c> .\n", "file.rdfp:1: "),
        (b"A # nothing\n", "file.rdfp:1: .*a row is one quad"),
        (b"TX .\n\xff\n", "file.rdfp: byte 5 is not UTF-8"),
    ],
)
def test_what_is_no_patch_is_refused_with_its_line(payload: bytes, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        read_patch(payload, "file.rdfp")


def test_triples_within_triples_are_written_and_read() -> None:
    quad = Quad(S, P, Triple(S, P, Triple(S, P, Literal("<_:x> .\n#"))), G)
    assert read_patch(write_patch([], [quad])).apply([]) == {quad}


@settings(deadline=None)
@given(graphs(blank=True), graphs(blank=True))
def test_a_patch_makes_one_graph_of_the_other(before: set[Quad], after: set[Quad]) -> None:
    diff = graph_diff(before, after)
    assert read_patch(write_patch(diff.removed, diff.added)).apply(before) == after
