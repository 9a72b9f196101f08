"""Properties of a query's text, as read by the parser that will run it.

Whether ``SERVICE`` or ``FROM`` is a keyword or part of a comment, string, IRI or name is decided by
Oxigraph itself: the word is replaced by one that is not a keyword; if the text still parses to its
end, the word was not a keyword. A separate lexer could be tricked into another reading.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.errors import ServiceRefusedError
from kg.rdf.iris import PREFIXES
from kg.sparql.lexer import Kind, decoded, significant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "BASE_IRI",
    "in_written_order",
    "is_repeatable",
    "names_its_dataset",
    "reads_to_the_end",
    "refuse_services",
]

#: The base for relative IRIs in queries without ``BASE``. Code that runs a checked query must use
#: the same base, or the parser reads a different text from the one that was checked.
BASE_IRI: Final = "https://w3id.org/qawl/"

_NO_KEYWORD: Final = {"service": "qawlqwl", "from": "qawl"}
_WORDS: Final = {word: re.compile(word, re.IGNORECASE | re.ASCII) for word in _NO_KEYWORD}
# No valid SPARQL continues with this character, so the text is parsed but never run. The parser can
# report an error late, by up to its longest keyword; blank lines keep it off the last line.
_BLANK_LINES: Final = 100
_STOP: Final = "\n" * _BLANK_LINES + "\x00"
_MOST_CHECKED: Final = 100
_ERROR_LINE = re.compile(r"error at (\d+):")
# May find a star that is none, within a comment or a string; never misses one.
_STAR: Final = re.compile(r"(?:SELECT|DISTINCT|REDUCED)(?:\s|#[^\r\n]*+)*+\*", re.IGNORECASE)
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b", re.IGNORECASE | re.ASCII)


@cache
def _parser() -> Store:
    return Store()


def reads_to_the_end(text: str) -> bool:
    """Return whether the parser finds nothing wrong up to the end of a text, which may break off.

    What is wrong with a query as a whole, such as a variable that is never bound, does not count.
    """
    try:
        _parser().query(text + _STOP, base_iri=BASE_IRI, prefixes=PREFIXES)
    except SyntaxError as error:
        found = _ERROR_LINE.match(str(error))
        return found is not None and int(found[1]) > text.count("\n") + _BLANK_LINES
    except (OSError, ValueError, RuntimeError):
        return False
    return False


def _places(text: str, word: str) -> list[int]:
    return [match.start() for match in _WORDS[word].finditer(text)]


def _without(text: str, word: str, places: Collection[int]) -> str:
    pieces, end = [], 0
    for place in sorted(places):
        pieces += [text[end:place], _NO_KEYWORD[word]]
        end = place + len(word)
    return "".join((*pieces, text[end:]))


def _is_keyword(text: str, word: str) -> bool:
    places = _places(text, word)
    if not places or not reads_to_the_end(text):
        return False  # not valid SPARQL: running it reports what is wrong
    return not reads_to_the_end(_without(text, word, places))


def names_its_dataset(text: str) -> bool:
    """Return whether a query has ``FROM`` or ``FROM NAMED`` clauses (SPARQL 1.1, section 13.2)."""
    return _is_keyword(text, "from")


def in_written_order(text: str, columns: Sequence[str]) -> str:
    """Return a query whose ``SELECT *`` names its variables, in the order in which they appear.

    SPARQL leaves the order open and Oxigraph sorts them by name, so that ``?who`` comes after
    ``?friend``. A text without such a star is returned unchanged.

    :param columns: the variables that are visible, without a question mark.

    >>> in_written_order("SELECT * { ?who a ?b }", ["b", "who"])
    'SELECT ?who ?b { ?who a ?b }'
    """
    if _STAR.search(text) is None:
        return text
    star, seen = None, dict[str, None]()
    before = ""
    for token in significant(text):
        if star is None:
            if token.text == "{":
                return text  # what follows is within braces: a CONSTRUCT's, or another SELECT's
            if token.text == "*" and before in {"SELECT", "DISTINCT", "REDUCED"}:
                star = token
            before = token.text.upper()
        elif token.kind is Kind.VARIABLE:
            seen[token.text[1:]] = None
    ordered = [name for name in seen if name in columns]
    if star is None or len(ordered) != len(columns) or not columns or ordered == list(columns):
        return text
    return f"{text[: star.start]}{' '.join(f'?{name}' for name in ordered)}{text[star.end :]}"


def is_repeatable(text: str) -> bool:
    """Return whether the same graph always gives the same result: no ``NOW``, ``RAND``, ``UUID``.

    A text that contains one of these words anywhere counts as not repeatable.
    """
    return _CHANGING.search(decoded(text)) is None


def refuse_services(text: str, allowed: Collection[str]) -> None:
    """Refuse a query that would call a server not in ``allowed``.

    An allowed server must be written as an absolute IRI, not as a prefixed name or a variable.

    :param allowed: IRIs of endpoints, exactly as queries write them.
    :raises ServiceRefusedError: the query has ``SERVICE`` with anything else.
    """
    places = _places(text, "service")
    if "\\" in text and len(_places(decoded(text), "service")) > len(places):
        raise ServiceRefusedError(
            "SERVICE is written with codepoint escapes; write it in plain letters"
        )
    if not _is_keyword(text, "service"):
        return
    if not allowed:
        raise ServiceRefusedError(
            "SERVICE is not allowed: this graph does not query other servers; remove it from the "
            "query"
        )
    if len(places) > _MOST_CHECKED:
        raise ServiceRefusedError(
            f"'service' occurs more than {_MOST_CHECKED} times; split the query"
        )
    for place in places:
        if reads_to_the_end(_without(text, "service", {place})):
            continue
        endpoint = _endpoint(text[place + len("service") :])
        if endpoint is None or endpoint not in allowed:
            named = f"<{endpoint}>" if endpoint is not None else "without an IRI in angle brackets"
            raise ServiceRefusedError(
                f"SERVICE {named} is not allowed; allowed are: {', '.join(sorted(allowed))}"
            )


def _endpoint(text: str) -> str | None:
    """Return the IRI at the start of a text, possibly after ``SILENT``; otherwise ``None``."""
    for token in significant(text):
        if token.text.upper() != "SILENT":
            return token.text[1:-1] if token.kind is Kind.IRI else None
    return None
