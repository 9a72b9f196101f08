"""Offsets as tools count them, and what the words say against them."""

from __future__ import annotations

import pytest

from kg.errors import ReadingError
from kg.readers.annotations.places import Written, counting, placed
from kg.text.spans import Span

TEXT = "a😀\r\nb the b end"


@pytest.mark.parametrize("start", [4, 3, 5], ids=["code points", "line ends once", "UTF-16 units"])
def test_the_counting_that_the_words_bear_out_is_taken(start: int) -> None:
    written = Written(((start, start + 5),), "b the")
    assert placed(TEXT, written, counting(TEXT, [written])) == (Span(4, 9),)


def test_words_that_stand_elsewhere_are_found_once() -> None:
    assert placed(TEXT, Written(((0, 3),), "end"), counting(TEXT, [])) == (Span(12, 15),)
    with pytest.raises(ReadingError, match="several times elsewhere"):
        placed(TEXT, Written(((0, 3),), "b"), counting(TEXT, []))
    with pytest.raises(ReadingError, match="nowhere else"):
        placed(TEXT, Written(((0, 3),), "xyz"), counting(TEXT, []))


@pytest.mark.parametrize("place", [(3, 3), (0, 99), (-5, 2), (9, 4)])
def test_offsets_without_words_must_be_of_the_text(place: tuple[int, int]) -> None:
    with pytest.raises(ReadingError, match="is not a valid span in a text of 15"):
        placed(TEXT, Written((place,)), counting(TEXT, []))
