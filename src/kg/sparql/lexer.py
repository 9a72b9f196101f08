r"""The tokens of SPARQL, as the terminals of its grammar say (SPARQL 1.2, section 19.8).

The grammar always takes the longest match, so that ``?a<?b&&?c>?d`` has the IRI ``<?b&&?c>``;
Oxigraph, which reads by rules and not by tokens, finds two comparisons there. Whoever must know
what Oxigraph reads asks it (:mod:`kg.sparql.text`) or considers both (:mod:`kg.sparql.nesting`).

Codepoint escapes are read where SPARQL 1.2 and Oxigraph have them, in IRIs and strings, and decoded
nowhere; :func:`decoded` gives the text as SPARQL 1.1 reads it, which has them everywhere.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Kind", "Token", "decoded", "significant", "token_at", "tokens"]


class Kind(Enum):
    """What a token is; the values are the names of groups in the pattern."""

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
    """A piece of a query, and the index at which it begins."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The index of the next token."""
        return self.start + len(self.text)


_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = rf"{_BASE}_0-9\-\u00b7\u0300-\u036f\u203f\u2040"
# Of a longer prefix only the end is read as one: what begins like a name is not searched for a
# colon to the end of the text, time and again. The token ends where it would.
_LONGEST_PREFIX: Final = 100
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR: Final = rf"\\[tbnrf\\\"']|{_UCHAR}"

_TOKEN: Final = re.compile(
    rf"""
      (?P<space>[ \t\r\n]++)
    | (?P<comment>\#[^\r\n]*+)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>)
    | (?P<string>
          \"{{3}}(?:"{{0,2}}(?:[^"\\]|{_ECHAR}))*+\"{{3}} | "(?:[^"\\\r\n]|{_ECHAR})*+"
        | '{{3}}(?:'{{0,2}}(?:[^'\\]|{_ECHAR}))*+'{{3}} | '(?:[^'\\\r\n]|{_ECHAR})*+')
    | (?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040]*+)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
    | (?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?)
    | (?P<name>(?:[{_BASE}](?:[{_CHARS}.]{{0,{_LONGEST_PREFIX}}}[{_CHARS}])?)?:
          (?:(?:[{_BASE}_:0-9]|{_PLX})(?:\.*+(?:[{_CHARS}:]|{_PLX}))*+)?+)
    | (?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
    | (?P<word>[{_BASE}_][{_BASE}_0-9]*+)
    | (?P<symbol><<\(|\)>>|<<|>>|\{{\||\|\}}|\^\^|&&|\|\||!=|<=|>=|[^ \t\r\n])
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS: Final = {kind.value: kind for kind in Kind}
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def token_at(text: str, start: int) -> Token:
    """Return the token that begins at an index within a text."""
    found = _TOKEN.match(text, start)
    assert found is not None
    return Token(_KINDS[found.lastgroup or ""], found[0], start)


def tokens(text: str) -> Iterator[Token]:
    """Return all tokens of a text, also of one that is not SPARQL; joined they are the text."""
    start = 0
    while start < len(text):
        token = token_at(text, start)
        yield token
        start = token.end


def significant(text: str) -> Iterator[Token]:
    """Return the tokens that the parser sees: all but white space and comments."""
    return (
        one for one in tokens(text) if one.kind is not Kind.SPACE and one.kind is not Kind.COMMENT
    )


def decoded(text: str) -> str:
    r"""Return a text with the characters that its codepoint escapes stand for.

    >>> decoded(r"\u0041SK {}")
    'ASK {}'
    """
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), text)
