"""Spans and the search for quotes and names in a text."""

from __future__ import annotations

from kg.text.spans import Span, find_all, find_words, merge


def test_hits_may_overlap() -> None:
    assert find_all("ababa", "aba") == (Span(0, 3), Span(2, 5))


def test_hits_can_be_kept_to_frames() -> None:
    assert find_all("12 و12", "12", within=[Span(3, 6)]) == (Span(4, 6),)


def test_nothing_is_found_for_an_empty_quote() -> None:
    assert find_all("abc", "") == ()


def test_proclitics_stay_outside_the_name() -> None:
    text = "زار بلير بغداد، وبغداد لم تزره؛ ولبغداد بابها، وبغدادي هو."
    assert [span.start for span in find_words(text, "بغداد")] == [9, 17, 34]


def test_a_name_inside_another_word_is_not_that_name() -> None:
    assert find_words("العراقيون والعراقي", "العراق") == ()


def test_marks_belong_to_the_word() -> None:
    assert find_words("العراقُ", "العراق") == ()


def test_touching_spans_are_joined() -> None:
    assert merge([Span(4, 6), Span(0, 2), Span(2, 3)]) == (Span(0, 3), Span(4, 6))
