"""Spans of a text, in Unicode code points, and the search for a quote's one place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Span", "find_all", "find_words", "merge"]

# One-letter Arabic proclitics (and, so, by, for, like) that are written onto the next word.
_PROCLITICS = "وفبلك"
# Harakat, tatweel and the superscript alef belong to the word before them.
_MARKS = "\u0640\u064b-\u065f\u0670"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, ``text[start:end]``, counted in Unicode code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Tell whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def stands_between(self, text: str, prefix: str, suffix: str) -> bool:
        """Tell whether the one comes right before it in the text, and the other right after."""
        return text.endswith(prefix, 0, self.start) and text.startswith(suffix, self.end)

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]


def find_all(text: str, quote: str, within: Iterable[Span] | None = None) -> tuple[Span, ...]:
    """Return every place of a quote in a text, overlapping ones included.

    :param within: keep only hits that lie wholly inside one of these spans.

    >>> find_all("aXbaX", "aX")
    (Span(start=0, end=2), Span(start=3, end=5))
    """
    if not quote:
        return ()
    hits = []
    start = text.find(quote)
    while start != -1:
        hits.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    if within is None:
        return tuple(hits)
    frames: Sequence[Span] = tuple(within)
    return tuple(hit for hit in hits if any(frame.contains(hit) for frame in frames))


@lru_cache(maxsize=512)
def _word_pattern(surface: str) -> re.Pattern[str]:
    # (?<!\w) then at most two proclitics: a possessive quantifier keeps the match linear.
    return re.compile(
        rf"(?<![\w{_MARKS}])[{_PROCLITICS}]{{0,2}}({re.escape(surface)})(?![\w{_MARKS}])"
    )


def find_words(text: str, surface: str) -> tuple[Span, ...]:
    """Return the places where a surface form stands as whole words.

    Arabic proclitics (و ف ب ل ك) may be written onto its front; they are not part of the span.

    >>> [span.of("وبغداد بغدادي بغداد") for span in find_words("وبغداد بغدادي بغداد", "بغداد")]
    ['بغداد', 'بغداد']
    """
    return tuple(Span(*match.span(1)) for match in _word_pattern(surface).finditer(text))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with those that touch or overlap joined.

    >>> merge([Span(5, 9), Span(0, 3), Span(2, 5)])
    (Span(start=0, end=9),)
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
