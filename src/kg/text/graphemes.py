"""Where a text can be cut without separating a letter from its marks (after UAX #29)."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["begins_grapheme", "widened"]

_EXTENDING: Final = frozenset({"Mn", "Me", "Mc"})
_JOINER: Final = "\u200d"
_NON_JOINER: Final = "\u200c"


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _is_jamo(letter: str) -> bool:
    return "\u1160" <= letter <= "\u11ff"


def begins_grapheme(text: str, offset: int) -> bool:
    """Return whether a cut before this code point leaves every letter whole.

    >>> begins_grapheme("e\u0301a", 1), begins_grapheme("e\u0301a", 2)
    (False, True)
    """
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before == "\r" and after == "\n":
        return False
    if before in "\r\n" or after in "\r\n":
        return True
    if unicodedata.category(after) in _EXTENDING or after in {_JOINER, _NON_JOINER}:
        return False
    if before == _JOINER or "\U0001f3fb" <= after <= "\U0001f3ff" or _is_jamo(after):
        return False
    if _is_flag(after):  # a flag is a pair
        first = offset
        while first and _is_flag(text[first - 1]):
            first -= 1
        return (offset - first) % 2 == 0
    return True


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range around a span that separates no letter from its marks.

    >>> widened("e\u0301a", 0, 1)
    (0, 2)
    """
    while not begins_grapheme(text, start):
        start -= 1
    while not begins_grapheme(text, end):
        end += 1
    return start, end
