"""Where a query stops being valid SPARQL, and what would be valid there.

Oxigraph reports how far any of its attempts came, which may be some words after the mistake, and
only some of what it expected. So the place is searched for: the longest sequence of tokens that it
can parse to its end. The expected words are those with which parsing can continue from there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from kg.errors import QuerySyntaxError, SyntaxPlace, did_you_mean
from kg.rdf.iris import PREFIXES
from kg.sparql.lexer import significant
from kg.sparql.text import reads_to_the_end

__all__ = ["KINDS", "syntax_error"]

#: Kinds of words that a query can go on with, each with an example.
KINDS: Final = {
    "variable": "?x", "iri": "<x:x>", "text": '"x"', "number": "1", "function": "STR(",
    "operator": "=", "prefix": "x: ",
}  # fmt: skip
_NAMES: Final = {
    "variable": "a variable", "iri": "an IRI or prefixed name", "text": "a text",
    "number": "a number", "function": "a function", "operator": "an operator",
    "prefix": "a prefix with a colon",
}  # fmt: skip
# A word is followed by a blank, so that it is not the beginning of another.
_WORDS: Final = (
    "{", "}", "(", ")", "[", "]", ".", ";", ",", "*", "a", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE",
    "PREFIX", "BASE", "DISTINCT", "REDUCED", "FROM", "NAMED", "WHERE", "OPTIONAL", "UNION", "MINUS",
    "FILTER", "BIND", "VALUES", "GRAPH", "SERVICE", "AS", "GROUP BY", "HAVING", "ORDER BY", "BY",
    "ASC(", "DESC(", "LIMIT", "OFFSET", "UNDEF", "EXISTS", "NOT EXISTS", "IN (", "NOT IN (",
)  # fmt: skip
_LONGEST: Final = 20_000
_MOST_NAMED: Final = 10
_OXIGRAPH: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_PREFIX_UNKNOWN: Final = "Prefix not found"
_DECLARED: Final = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)


def syntax_error(text: str, error: SyntaxError) -> QuerySyntaxError:
    """Return Oxigraph's error in readable form, with its place and what was expected there."""
    place = _place(text, str(error))
    if place is None:
        return QuerySyntaxError(f"the query is not valid SPARQL 1.1: {error}; correct it")
    where = f"line {place.line}, column {place.column}"
    found = text[place.start : place.end]
    if place.reason:
        message = f"{where}: {place.reason}; correct it there"
    else:
        what = f"{found!r} is not allowed" if found else "it ends unexpectedly"
        message = f"{what} at {where}; expected {_listed(place.expected)}"
        if found.isalpha():
            message += did_you_mean(found.upper(), place.expected)
    return QuerySyntaxError(f"the query is not valid SPARQL 1.1: {message}", place)


def _listed(expected: tuple[str, ...]) -> str:
    named = [_NAMES.get(one, one) for one in expected[:_MOST_NAMED]]
    more = "…" if len(expected) > _MOST_NAMED else ""
    return ", ".join(named) + more if named else "something else"


def _place(text: str, reported: str) -> SyntaxPlace | None:
    found = _OXIGRAPH.fullmatch(reported)
    if found is None or len(text) > _LONGEST:
        return None
    # Of the alternatives that the parser gives, only those with a space explain anything.
    reasons = [one for one in found[3].split(", ") if one[0].isalpha() and " " in one]
    words = list(significant(text))
    good = bisect_left(words, 1, key=lambda one: not reads_to_the_end(text[: one.end]))
    end_of_good = words[good - 1].end if good else 0
    if good == len(words):
        start = end = end_of_good
    else:
        start, end = words[good].start, words[good].end
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    if _PREFIX_UNKNOWN in reasons and ":" in text[start:end]:
        return SyntaxPlace(start, end, line, column, (), _unknown_prefix(text, text[start:end]))
    if reasons and _PREFIX_UNKNOWN not in reasons:
        return SyntaxPlace(start, end, line, column, (), reasons[0])
    return SyntaxPlace(start, end, line, column, _expected(text[:end_of_good]))


def _unknown_prefix(text: str, name: str) -> str:
    prefix = name.partition(":")[0]
    hint = did_you_mean(prefix, [*PREFIXES, *_DECLARED.findall(text)])
    return f"the prefix {prefix}: is not declared{hint}"


def _expected(text: str) -> tuple[str, ...]:
    """Return what a beginning of a query can continue with."""
    kinds = (kind for kind, example in KINDS.items() if reads_to_the_end(f"{text} {example}"))
    words = (one.rstrip(" (") or one for one in _WORDS if reads_to_the_end(f"{text} {one}"))
    return (*words, *kinds)
