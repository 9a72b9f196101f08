"""The small picture of the voices, compared with the text number by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_world import first_article

from kg.display.icicle import PALETTE_SIZE, Icicle, colour_numbers, icicle
from kg.display.segments import cut, stretches_of

if TYPE_CHECKING:
    from kg.display.claims import Claim


def test_a_band_stands_where_its_voice_does(iraq: dict[str, Claim]) -> None:
    text = first_article().text
    paragraphs = cut(text, iraq.values())
    found = icicle(paragraphs, len(text))
    assert isinstance(found, Icicle)
    assert found.columns == 2
    told = [
        (voice.id, depth, stretch.start, stretch.end)
        for paragraph in paragraphs
        for stretch in stretches_of(paragraph.block)
        for depth, voice in enumerate(stretch.path)
    ]
    for name, depth, start, end in told:
        (band,) = [
            one
            for one in found.bands
            if (one.voice.id, one.column) == (name, depth) and one.start <= start
            and start * 1000 / len(text) < one.top + one.height
        ]  # fmt: skip
        assert band.top == pytest.approx(band.start * 1000 / len(text), abs=0.1)
        assert band.top + band.height >= end * 1000 / len(text) - 0.2
    assert sum(one.height for one in found.bands if one.column == 0) < 1000


def test_speakers_keep_their_colour_and_colours_begin_again(iraq: dict[str, Claim]) -> None:
    paragraphs = cut(first_article().text, iraq.values())
    numbers = colour_numbers(paragraphs)
    assert len(numbers) > PALETTE_SIZE
    assert set(numbers.values()) == set(range(PALETTE_SIZE))


def test_a_text_without_voices_has_no_bands() -> None:
    assert icicle(cut("نص", ()), 2) == Icicle((), 1)
