"""The small picture of a text's voices: depth of quotation across, position in the text down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.segments import stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.display.segments import Paragraph
    from kg.display.voices import Voice

__all__ = ["PALETTE_SIZE", "Band", "Icicle", "colour_numbers", "icicle"]

#: The stylesheet has a colour for each of so many voices; after them the colours begin again.
PALETTE_SIZE: Final = 8
#: The height of the picture in its own units.
_HEIGHT: Final = 1000.0
_LEAST: Final = 2.0


@dataclass(frozen=True, slots=True)
class Band:
    """A voice from one place in the text to another.

    :param column: how many voices relay it, the article not counted.
    :param top: of the picture's height, as ``height`` is.
    :param start: where it begins in the text, in code points.
    """

    voice: Voice
    column: int
    top: float
    height: float
    start: int


@dataclass(frozen=True, slots=True)
class Icicle:
    """The picture: its bands and the size of its drawing area."""

    bands: tuple[Band, ...]
    columns: int
    height: float = _HEIGHT


def colour_numbers(paragraphs: Iterable[Paragraph]) -> Mapping[str, int]:
    """Return a number for the speakers of each voice, in the order of the text, from 0."""
    keys = dict.fromkeys(
        voice.key
        for paragraph in paragraphs
        for stretch in stretches_of(paragraph.block)
        for voice in stretch.path
    )
    return {key: number % PALETTE_SIZE for number, key in enumerate(keys)}


def icicle(paragraphs: Sequence[Paragraph], length: int) -> Icicle:
    """Return the picture of a text of a given length in code points."""
    scale = _HEIGHT / max(1, length)
    found: list[Band] = []
    opened: list[Band] = []

    def close(depth: int, end: int) -> None:
        while len(opened) > depth:
            band = opened.pop()
            height = max(_LEAST, (end - band.start) * scale)
            found.append(
                Band(band.voice, band.column, round(band.top, 1), round(height, 1), band.start)
            )

    for paragraph in paragraphs:
        for stretch in stretches_of(paragraph.block):
            depth = 0
            while depth < min(len(opened), len(stretch.path)) and (
                opened[depth].voice == stretch.path[depth]
            ):
                depth += 1
            close(depth, stretch.start)
            for column, voice in enumerate(stretch.path[depth:], depth):
                opened.append(Band(voice, column, stretch.start * scale, 0.0, stretch.start))
    close(0, length)
    found.sort(key=lambda one: (one.start, one.column))
    return Icicle(tuple(found), max((one.column + 1 for one in found), default=1))
