"""Spans of a text in Unicode code points, and finding quotes in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Span", "find_all", "find_words", "merge"]

# One-letter Arabic proclitics (and, so, by, for, like), written joined to the next word.
_PROCLITICS = "وفبلك"
# Harakat, tatweel and superscript alef are part of the preceding word.
_MARKS = "\u0640\u064b-\u065f\u0670"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of a text, ``text[start:end]``, in Unicode code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Return whether the other span is entirely within this one."""
        return self.start <= other.start and other.end <= self.end

    def stands_between(self, text: str, prefix: str, suffix: str) -> bool:
        """Return whether the prefix directly precedes the span, and the suffix directly follows."""
        return text.endswith(prefix, 0, self.start) and text.startswith(suffix, self.end)

    def of(self, text: str) -> str:
        """Return the text of the span."""
        return text[self.start : self.end]


def find_all(text: str, quote: str, within: Iterable[Span] | None = None) -> tuple[Span, ...]:
    """Return every occurrence of a quote in a text, including overlapping ones.

    :param within: keep only occurrences entirely inside one of these spans.

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
    # (?<!\w), then at most two proclitics: possessive quantifiers keep matching linear.
    return re.compile(
        rf"(?<![\w{_MARKS}])[{_PROCLITICS}]{{0,2}}({re.escape(surface)})(?![\w{_MARKS}])"
    )


def find_words(text: str, surface: str) -> tuple[Span, ...]:
    """Return the occurrences of a surface form as whole words.

    Arabic proclitics (و ف ب ل ك) may precede it; they are not part of the span.

    >>> [span.of("وبغداد بغدادي بغداد") for span in find_words("وبغداد بغدادي بغداد", "بغداد")]
    ['بغداد', 'بغداد']
    """
    return tuple(Span(*match.span(1)) for match in _word_pattern(surface).finditer(text))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, joining those that touch or overlap.

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
