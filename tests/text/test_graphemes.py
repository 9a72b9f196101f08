"""Letters keep their marks where a text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.graphemes import begins_grapheme, widened


@pytest.mark.parametrize(
    "cluster",
    [
        "دّ",
        "رَّ",
        "e\u0301",
        "👩\u200d🚒",
        "👍🏽",
        "🇮🇶",
        "\r\n",
        "ب\u200c",
        "각",
        "क\u0940",
        "1\ufe0f\u20e3",
    ],
)  # fmt: skip
def test_a_cluster_is_never_cut(cluster: str) -> None:
    text = f"ب{cluster}ب"
    inside = range(2, 1 + len(cluster))
    assert not any(begins_grapheme(text, offset) for offset in inside)
    for offset in inside:
        assert widened(text, offset, offset) == (1, 1 + len(cluster))


def test_two_flags_are_cut_between_them() -> None:
    text = "🇮🇶🇺🇸"
    assert [begins_grapheme(text, one) for one in range(5)] == [True, False, True, False, True]


def test_joined_letters_may_be_cut_between_them() -> None:
    assert all(begins_grapheme("العراق", offset) for offset in range(7))


@given(st.text(max_size=12), st.integers(0, 14), st.integers(0, 14))
def test_widening_keeps_what_was_there(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = widened(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert begins_grapheme(text, first)
    assert begins_grapheme(text, last)
