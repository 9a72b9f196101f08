"""The state that a build leaves."""

from __future__ import annotations

import pytest

from kg.corpus.build_state import Counts, State, counted
from kg.corpus.part import ArticleEntry, PartManifest
from kg.corpus.relations import RelationManifest


def test_counts_leave_out_what_was_refused() -> None:
    part = PartManifest(
        "0",
        "v",
        (
            ArticleEntry("a", "a", "i", None, 2, 5, 100, notes=("n",)),
            ArticleEntry("b", "b", "j", "has no text", 1, 1, 1),
        ),
    )
    relations = [
        RelationManifest("", 2, 10, {"echo": 1}),
        RelationManifest("1", 1, 9, {"echo": 2}, 1),
    ]
    assert counted([part], relations, 3) == Counts(1, 3, 2, 5, 1, 100, 3, 1, {"echo": 3})


def test_a_state_comes_back() -> None:
    state = State(("a",), ("b",), Counts(1, 0, 1, 2, 0, 9, 0, 0, {"echo": 1}), ("x",), True)
    assert State.parse(state.serialized()) == state
    with pytest.raises(ValueError, match="parts"):
        State.parse(b"{}")
