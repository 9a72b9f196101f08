"""Arabic folding: a copy of a text for matching, with a map back to the raw text.

Folding drops harakat, tatweel and format characters, and unifies commonly confused letters and
digits. Storage and quotation always use the raw text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.text.spans import Span, find_all

__all__ = ["FoldedText", "fold"]

_UNIFIED = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        # The letters that keyboards for Persian and Urdu have in their place.
        "ی": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ه",
        "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "\u00a0": " ",
    }
)  # fmt: skip


# Arabic Presentation Forms A and B: letters as they are drawn, which old files and PDF have.
_PRESENTATION_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if any(ord(character) in block for block in _PRESENTATION_FORMS):
        letters = unicodedata.normalize("NFKC", character)
        if letters != character:
            return "".join(map(_fold_character, letters)).strip()
    if unicodedata.category(character) in {"Mn", "Cf"} or character == "\u0640":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character.translate(_UNIFIED).lower()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text with, for each of its characters, the offset of its source in the raw text."""

    raw: str
    folded: str
    offsets: tuple[int, ...]

    def raw_span(self, span: Span) -> Span:
        """Return the span of the raw text for a span of the folded text."""
        if span.start == span.end:
            start = self.offsets[span.start] if span.start < len(self.offsets) else len(self.raw)
            return Span(start, start)
        end = self.offsets[span.end] if span.end < len(self.offsets) else len(self.raw)
        return Span(self.offsets[span.start], end)

    def find(self, quote: str) -> tuple[Span, ...]:
        """Return the raw spans whose folded text equals the folded quote."""
        return tuple(self.raw_span(hit) for hit in find_all(self.folded, fold(quote).folded))


def fold(text: str) -> FoldedText:
    """Fold a text.

    >>> fold("عِراق ٢٠٠٣").folded
    'عراق 2003'
    """
    pieces = [_fold_character(character) for character in text]
    # A character can fold to nothing (a mark) or to several characters (İ in lower case).
    offsets = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return FoldedText(text, "".join(pieces), tuple(offsets))
