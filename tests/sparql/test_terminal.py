"""Text for a terminal: columns that stand under one another whatever the script."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.sparql.results import Table, Triples
from kg.sparql.terminal import isolate, render, render_table, width


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("قَوْل", 3), ("漢字", 4), ("a\u2068b\u2069", 2)]
)
def test_columns_are_counted_as_a_terminal_does(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("قول", "\u2068قول\u2069"),
        ("a\nb", "a⏎b"),
        ("\x1b[31m\u202e", "\\u001b[31m\\u202e"),
    ],
)
def test_text_cannot_reorder_or_rewrite_the_terminal(text: str, shown: str) -> None:
    assert isolate(text) == shown


def test_a_table_is_aligned_where_it_fits_and_else_record_by_record() -> None:
    rows = [["1", "one"], ["22", ""]]
    assert render_table(["n", "name"], rows, 80) == "n   name\n──  ────\n1   one\n22"
    assert render_table(["n", "name"], rows, 5) == (
        "── 1 ───\nn     1\nname  one\n── 2 ───\nn     22"
    )


def test_results_end_with_their_number() -> None:
    actor = NamedNode("https://w3id.org/qawl/id/actor/bbc")
    table = Table(("who",), ((actor,), (None,)))
    assert render(table, 80) == "who\n─────────\nactor:bbc\n\n(2 rows)"
    assert render(Table(("who",), ())) == "who\n(0 rows)"
    assert render(Table((), (), boolean=True)) == "yes"
    triples = Triples((Triple(actor, NamedNode("urn:p"), Literal("x")),))
    assert render(triples) == "actor:bbc urn:p x .\n(1 triples)"
