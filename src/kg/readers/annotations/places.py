"""The places of annotations: offsets as tools count them, checked against the marked words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import ReadingError
from kg.text.spans import Span, find_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Written", "counting", "placed"]


def _code_points(text: str) -> dict[int, int]:
    return {offset: offset for offset in range(len(text) + 1)}


def _single_line_ends(text: str) -> dict[int, int]:
    """Map offsets that count each line end as one character to ours."""
    found: dict[int, int] = {}
    counted = 0
    for offset, character in enumerate(text):
        found.setdefault(counted, offset)
        counted += not (character == "\r" and text.startswith("\n", offset + 1))
    return {**found, counted: len(text)}


def _utf16_units(text: str) -> dict[int, int]:
    found, counted = {}, 0
    for offset, character in enumerate(text):
        found[counted] = offset
        counted += 1 + (character > "\uffff")
    return {**found, counted: len(text)}


#: How tools count the offsets of a text, to ours; code points first.
_COUNTINGS: Final[tuple[Callable[[str], dict[int, int]], ...]] = (
    _code_points,
    _single_line_ends,
    _utf16_units,
)


@dataclass(frozen=True, slots=True)
class Written:
    """The place of an annotation as given in a file: pairs of offsets, and its words if known."""

    places: tuple[tuple[int, int], ...]
    words: str | None = None

    def spans(self, text: str, offsets: Mapping[int, int]) -> tuple[Span, ...] | None:
        """Return its spans, if they are in the text and contain its words."""
        found = []
        for start, end in self.places:
            if start >= end or start not in offsets or end not in offsets:
                return None
            found.append(Span(offsets[start], offsets[end]))
        held = " ".join(span.of(text) for span in found)
        if self.words is not None and held.split() != self.words.split():
            return None
        return tuple(found)


def counting(text: str, written: Sequence[Written]) -> Mapping[int, int]:
    """Return a mapping to our offsets from whichever way of counting matches most of the words.

    :param written: the places of one file.
    """
    return max(
        (one(text) for one in _COUNTINGS),  # of several that fit as well, the first
        key=lambda offsets: sum(one.spans(text, offsets) is not None for one in written),
    )


def placed(text: str, written: Written, offsets: Mapping[int, int]) -> tuple[Span, ...]:
    """Return the spans of an annotation: by its offsets, else by its words alone.

    :param offsets: what :func:`counting` found.
    :raises ReadingError: neither identifies a single place.
    """
    if (spans := written.spans(text, offsets)) is not None:
        return spans
    if written.words is None:
        raise ReadingError(
            f"{written.places[0][0]} {written.places[-1][1]} is not a valid span in a text of "
            f"{len(text)}"
        )
    hits = find_all(text, written.words) if len(written.places) == 1 else ()
    if len(hits) != 1:
        raise ReadingError(
            f"its words {written.words[:60]!r} are not at "
            f"{';'.join(f'{start} {end}' for start, end in written.places)} and occur "
            f"{'several times elsewhere' if hits else 'nowhere else'}; correct its offsets"
        )
    return hits
