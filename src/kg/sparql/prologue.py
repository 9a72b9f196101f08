"""What a query begins with: its prefixes, and whether it asks for a table or for triples.

A query for another server is not read by our parser, which may know less than the server's own.
What a lexer of a few lines gets wrong here, the server answers with a syntax error.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from kg.errors import QuerySyntaxError
from kg.rdf.iris import PREFIXES

__all__ = ["QueryForm", "query_form", "with_prefixes"]

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_FORMS: Final[dict[str, QueryForm]] = {
    "select": "SELECT", "ask": "ASK", "construct": "CONSTRUCT", "describe": "DESCRIBE",
}  # fmt: skip
# Comments, IRIs and strings come first, so that nothing within them is taken for a word; a variable
# that is called like a keyword is none.
_TOKEN: Final = re.compile(
    r"""\#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$@]\w+
    | (?P<name>[\w.-]*):
    | (?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)


def query_form(text: str) -> QueryForm:
    """Return the form of a query.

    :raises QuerySyntaxError: the text is no query: it has none of the four words.
    """
    for match in _TOKEN.finditer(text):
        if found := _FORMS.get((match["word"] or "").lower()):
            return found
    raise QuerySyntaxError(
        "the query is not SPARQL 1.1: it has no SELECT, ASK, CONSTRUCT or DESCRIBE; add one"
    )


def with_prefixes(text: str) -> str:
    """Return a query with the declarations of those of our prefixes that it uses undeclared.

    They stand before its first line, so that the lines a server complains of stay the same.

    >>> with_prefixes("ASK { ?s a qawl:Claim }")
    'PREFIX qawl: <https://w3id.org/qawl/ontology#> ASK { ?s a qawl:Claim }'
    """
    used: dict[str, None] = {}
    declared: set[str] = set()
    declares = False
    for match in _TOKEN.finditer(text):
        if (name := match["name"]) is not None:
            if declares:
                declared.add(name)
            else:
                used[name] = None
        declares = (match["word"] or "").lower() == "prefix"
    missing = [name for name in used if name in PREFIXES and name not in declared]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
