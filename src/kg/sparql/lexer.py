r"""A tokenizer for SPARQL, following the terminals of its grammar (SPARQL 1.2, section 19.8).

The grammar always takes the longest match, so ``?a<?b&&?c>?d`` contains the IRI ``<?b&&?c>``;
Oxigraph, which has no separate lexer, reads two comparisons there. Code that depends on how
Oxigraph reads a query asks Oxigraph (:mod:`kg.sparql.text`) or allows for both readings
(:mod:`kg.sparql.nesting`).

Codepoint escapes are recognized where SPARQL 1.2 and Oxigraph allow them, in IRIs and strings, and
are not decoded; :func:`decoded` decodes them everywhere, as SPARQL 1.1 requires.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Kind", "Token", "decoded", "significant", "token_at", "tokens"]


class Kind(Enum):
    """The kind of a token; the values are the group names of the pattern."""

    SPACE = "space"
    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NAME = "name"
    NUMBER = "number"
    WORD = "word"
    SYMBOL = "symbol"


class Token(NamedTuple):
    """A piece of a query, with the index at which it starts."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The index after the token."""
        return self.start + len(self.text)


_ASCII_BASE: Final = "A-Za-z"
_OTHER_BASE: Final = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_OTHER_CHARS: Final = "\u00b7\u0300-\u036f\u203f\u2040"
# Of a longer prefix only the end is matched, which keeps the search for its colon from scanning the
# rest of the text again and again. The token still ends in the same place.
_LONGEST_PREFIX: Final = 100
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR: Final = rf"\\[tbnrf\\\"']|{_UCHAR}"


@cache
def _token(ascii_only: bool) -> re.Pattern[str]:
    """Return the pattern of a token; most queries are ASCII, and its pattern compiles faster."""
    base = _ASCII_BASE if ascii_only else _ASCII_BASE + _OTHER_BASE
    inside = "" if ascii_only else _OTHER_CHARS
    chars = rf"{base}_0-9\-{inside}"
    return re.compile(
        rf"""
          (?P<space>[ \t\r\n]++)
        | (?P<comment>\#[^\r\n]*+)
        | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>)
        | (?P<string>
              \"{{3}}(?:"{{0,2}}(?:[^"\\]|{_ECHAR}))*+\"{{3}} | "(?:[^"\\\r\n]|{_ECHAR})*+"
            | '{{3}}(?:'{{0,2}}(?:[^'\\]|{_ECHAR}))*+'{{3}} | '(?:[^'\\\r\n]|{_ECHAR})*+')
        | (?P<variable>[?$][{base}_0-9][{base}_0-9{inside}]*+)
        | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
        | (?P<blank>_:[{base}_0-9](?:[{chars}.]*[{chars}])?)
        | (?P<name>(?:[{base}](?:[{chars}.]{{0,{_LONGEST_PREFIX}}}[{chars}])?)?:
              (?:(?:[{base}_:0-9]|{_PLX})(?:\.*+(?:[{chars}:]|{_PLX}))*+)?+)
        | (?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
        | (?P<word>[{base}_][{base}_0-9]*+)
        | (?P<symbol><<\(|\)>>|<<|>>|\{{\||\|\}}|\^\^|&&|\|\||!=|<=|>=|[^ \t\r\n])
        """,
        re.VERBOSE | re.DOTALL,
    )


_KINDS: Final = {kind.value: kind for kind in Kind}
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def token_at(text: str, start: int) -> Token:
    """Return the token that starts at an index of a text."""
    found = _token(text.isascii()).match(text, start)
    assert found is not None
    return Token(_KINDS[found.lastgroup or ""], found[0], start)


def tokens(text: str) -> Iterator[Token]:
    """Return all tokens of a text, which need not be valid SPARQL; joined, they equal the text."""
    start = 0
    while start < len(text):
        token = token_at(text, start)
        yield token
        start = token.end


def significant(text: str) -> Iterator[Token]:
    """Return the tokens except white space and comments."""
    return (
        one for one in tokens(text) if one.kind is not Kind.SPACE and one.kind is not Kind.COMMENT
    )


def decoded(text: str) -> str:
    r"""Return a text with its codepoint escapes decoded.

    >>> decoded(r"\u0041SK {}")
    'ASK {}'
    """
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), text)
