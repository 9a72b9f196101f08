"""How Turtle writes strings, numbers and names (RDF 1.2 Turtle, W3C, section 6.5)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Literal

__all__ = ["is_bare", "is_local_name", "shows_datatype", "string"]

# PN_CHARS_BASE, PN_CHARS and PN_LOCAL of the grammar, without what would need an escape.
_LETTER: Final = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INSIDE: Final = rf"{_LETTER}_0-9\u00b7\u0300-\u036f\u203f\u2040-"
_XSD: Final = PREFIXES["xsd"]
_STRING: Final = f"{_XSD}string"
_BARE: Final = {
    f"{_XSD}boolean": re.compile("true|false"),
    f"{_XSD}integer": re.compile("[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
# A long string holds line feeds, and quotation marks except those that could end it.
_ESCAPED_IN_LONG: Final = re.compile(r'\\|"(?="|$)|[\x00-\x09\x0b-\x1f\x7f]')
_LONG: Final = 100
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@cache
def _local_name() -> re.Pattern[str]:
    # Compiled where it is needed: so wide a set of letters takes longer than most questions.
    return re.compile(rf"(?:[{_LETTER}_0-9](?:[.{_INSIDE}]*[{_INSIDE}])?)?")


def is_local_name(text: str) -> bool:
    """Return whether a text can follow a prefix without an escape.

    >>> is_local_name("0-53.quote"), is_local_name("flood/toll"), is_local_name("a.")
    (True, False, False)
    """
    return _local_name().fullmatch(text) is not None


def is_bare(node: Literal) -> bool:
    """Return whether a number or a boolean is written without quotation marks and datatype."""
    pattern = _BARE.get(node.datatype.value)
    return pattern is not None and pattern.fullmatch(node.value) is not None


def shows_datatype(node: Literal) -> bool:
    """Return whether a literal is written with its datatype."""
    return not (node.language or node.datatype.value == _STRING or is_bare(node))


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def string(value: str) -> str:
    r"""Return a string in quotation marks; a long one of several lines keeps its lines.

    >>> print(string('He said "no"'))
    "He said \"no\""
    """
    if len(value) > _LONG and "\n" in value.strip("\n"):
        return f'"""{_ESCAPED_IN_LONG.sub(_escape, value)}"""'
    return f'"{_ESCAPED.sub(_escape, value)}"'
