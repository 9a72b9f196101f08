"""Names for comparison: folded, with words joined by single spaces."""

from __future__ import annotations

import re

from kg.text.folding import fold

__all__ = ["is_arabic", "name_key"]

_ARABIC = re.compile("[\u0600-\u06ff]")


def name_key(name: str) -> str:
    """Return the comparison key of a name, which ignores marks and case.

    >>> name_key("وكالةُ  أنباءِ «نهر»") == name_key("وكاله انباء نهر")
    True
    """
    return " ".join(re.findall(r"\w+", fold(name).folded))


def is_arabic(name: str) -> bool:
    """Return whether a name is written in Arabic letters."""
    return _ARABIC.search(name) is not None
