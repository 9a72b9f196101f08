"""Language detection from a text's letters and commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["language_of"]

_LONGEST = 100_000
_WORD = re.compile(r"[^\W\d_]+")
# Letters of other languages in Arabic script that Arabic does not have.
_PERSIAN = frozenset("پچژگ")
_URDU = frozenset("ٹڈڑےں")
_ENGLISH = frozenset(
    {
        "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "by",
        "at", "from", "said", "has", "have", "it", "he", "his", "are", "be",
    }
)  # fmt: skip


def language_of(text: str) -> str | None:
    """Return ``ar``, ``fa``, ``ur`` or ``en``; ``None`` if neither letters nor words decide.

    >>> language_of("قال الوزير إن الأسعار ستنخفض")
    'ar'
    >>> language_of("The minister said that prices will fall.")
    'en'
    """
    words = _WORD.findall(text[:_LONGEST])
    letters = Counter("".join(words))
    total = letters.total()
    arabic = sum(count for letter, count in letters.items() if "\u0600" <= letter <= "\u06ff")
    if not total:
        return None
    if arabic > total / 2:
        if sum(letters[letter] for letter in _URDU) > arabic / 100:
            return "ur"
        if sum(letters[letter] for letter in _PERSIAN) > arabic / 100:
            return "fa"
        return "ar"
    latin = sum(
        count
        for letter, count in letters.items()
        if unicodedata.name(letter, "").startswith("LATIN")
    )
    common = sum(word.lower() in _ENGLISH for word in words)
    return "en" if latin > total / 2 and common * 8 >= len(words) else None
