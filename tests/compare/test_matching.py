"""Pairing: one to one, as alike as can be, whatever the order of the lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.compare.matching import Place, pair_up, place_of, trimmed
from kg.text.spans import Span

TEXT = "ab cd ef gh ij kl mn op"


@dataclass(frozen=True)
class Thing:
    place: Place
    mark: int = 0


def thing(start: int, end: int, mark: int = 0) -> Thing:
    return Thing(Place((Span(start, end),)), mark)


def pairs(first: list[Thing], second: list[Thing]) -> list[tuple[int, int, bool]]:
    found = pair_up(TEXT, first, second, lambda one, other: int(one.mark == other.mark))
    return [(pair.reference, pair.other, pair.exact) for pair in found]


def test_each_thing_is_paired_once_and_the_whole_is_the_most_alike() -> None:
    # 0-8 could take either; if it took the first, 0-2 would go empty.
    assert pairs([thing(0, 8), thing(0, 2)], [thing(0, 2), thing(0, 5)]) == [
        (0, 1, False),
        (1, 0, True),
    ]


def test_a_shared_blank_is_no_overlap() -> None:
    assert pairs([thing(0, 3)], [thing(2, 5)]) == []
    assert pairs([thing(0, 2)], [thing(3, 5)]) == []


def test_agreement_decides_between_equals_and_nothing_else() -> None:
    same = [thing(0, 5, 1), thing(0, 5, 2)]
    assert pairs(same, same[::-1]) == [(0, 1, True), (1, 0, True)]
    # A place that is more alike wins against a facet that agrees.
    assert pairs([thing(0, 5, 1)], [thing(0, 8, 1), thing(0, 5, 2)]) == [(0, 1, True)]


def test_places_in_several_pieces_are_compared_by_all_of_them() -> None:
    both = Thing(Place((Span(0, 2), Span(9, 11))))
    assert pairs([both], [thing(9, 11), thing(3, 5)]) == [(0, 0, False)]
    assert place_of("«ab», cd.", [Span(5, 9), Span(0, 5)]).spans == (Span(1, 3), Span(6, 8))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("«قال»:", "قال"), (" 5% ", "5%"), ("$5.", "$5"), ("“”", "“”"), ("سمَّى ", "سمَّى")],
)
def test_punctuation_at_the_ends_does_not_count_but_signs_of_amounts_do(
    text: str, kept: str
) -> None:
    assert trimmed(text, Span(0, len(text))).of(text) == kept


_PLACES = st.lists(
    st.tuples(st.integers(0, 10), st.integers(1, 6), st.integers(0, 1)).map(
        lambda one: thing(one[0], one[0] + one[1], one[2])
    ),
    max_size=4,
)


def _likeness(one: Thing, other: Thing) -> float | None:
    a, b = ({*range(x.place.start, x.place.end)} for x in (one, other))
    if not any(TEXT[offset].isalnum() for offset in a & b):
        return None
    return (10_000 * len(a & b) // len(a | b) + 1) + 0.001 * (one.mark == other.mark)


@settings(deadline=None)
@given(_PLACES, _PLACES)
def test_no_other_pairing_is_more_alike(first: list[Thing], second: list[Thing]) -> None:
    if len(first) > len(second):
        first, second = second, first
    found = pairs(first, second)
    total = sum(_likeness(first[a], second[b]) or 0 for a, b, _ in found)
    best = max(
        sum(_likeness(one, second[b]) or 0 for one, b in zip(first, order, strict=True))
        for order in permutations(range(len(second)), len(first))
    )
    assert total == pytest.approx(best)
    assert len({a for a, _, _ in found}) == len({b for _, b, _ in found}) == len(found)
