"""Arabic folding: a copy of a text for matching, with a map back to the raw one.

Folding drops harakat, tatweel and format characters, and unifies the letters and digits that
writers confuse. What is stored and quoted is always the raw text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.text.spans import Span, find_all

__all__ = ["FoldedText", "fold"]

_UNIFIED = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه",
        "ک": "ك", "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "\u00a0": " ",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if unicodedata.category(character) in {"Mn", "Cf"} or character == "\u0640":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character.translate(_UNIFIED).lower()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and, for each of its characters, the offset of the raw one it came from."""

    raw: str
    folded: str
    offsets: tuple[int, ...]

    def raw_span(self, span: Span) -> Span:
        """Return the raw span behind a span of the folded text."""
        if span.start == span.end:
            start = self.offsets[span.start] if span.start < len(self.offsets) else len(self.raw)
            return Span(start, start)
        end = self.offsets[span.end] if span.end < len(self.offsets) else len(self.raw)
        return Span(self.offsets[span.start], end)

    def find(self, quote: str) -> tuple[Span, ...]:
        """Return the raw spans whose folded form is the folded form of the quote."""
        return tuple(self.raw_span(hit) for hit in find_all(self.folded, fold(quote).folded))


def fold(text: str) -> FoldedText:
    """Fold a text.

    >>> fold("عِراق ٢٠٠٣").folded
    'عراق 2003'
    """
    pieces = [_fold_character(character) for character in text]
    # One piece may be no letter (a mark) or several (as ß is not, but İ is when lower-cased).
    offsets = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return FoldedText(text, "".join(pieces), tuple(offsets))
