"""Text that XML 1.0 can hold.

XML has no way to write most control characters, not even as references. They are replaced by
their pictures (U+2400 and on), so that a reader sees what was there and no parser stumbles.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escaped", "storable"]

_FORBIDDEN: Final = {
    **{code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A, 0x0D}},
    **dict.fromkeys((65534, 65535, *range(55296, 57344)), 65533),
}
# Parsers turn bare tabs and line ends in attribute values into spaces; references stay.
_ESCAPES: Final[dict[int, int | str]] = {
    **_FORBIDDEN,
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    0x09: "&#9;",
    0x0A: "&#10;",
    0x0D: "&#13;",
}
_SPECIAL: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')


def escaped(text: str) -> str:
    """Return a text for an XML element or attribute value."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def storable(text: str) -> str:
    """Return a text with characters that XML cannot represent replaced."""
    return text.translate(_FORBIDDEN)
