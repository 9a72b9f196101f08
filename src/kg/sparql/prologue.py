"""The prefixes and the form (table or triples) of a query for another server.

Such a query does not go through our parser, which may support less than the server's. If the lexer
misreads it, the server answers with a syntax error.
"""

from __future__ import annotations

from typing import Final, Literal

from kg.errors import QuerySyntaxError
from kg.rdf.iris import PREFIXES
from kg.sparql.lexer import Kind, significant

__all__ = ["QueryForm", "query_form", "with_prefixes"]

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_FORMS: Final[dict[str, QueryForm]] = {
    "select": "SELECT", "ask": "ASK", "construct": "CONSTRUCT", "describe": "DESCRIBE",
}  # fmt: skip


def query_form(text: str) -> QueryForm:
    """Return the form of a query.

    :raises QuerySyntaxError: the text has no SELECT, ASK, CONSTRUCT or DESCRIBE.
    """
    for token in significant(text):
        if token.kind is Kind.WORD and (found := _FORMS.get(token.text.lower())):
            return found
    raise QuerySyntaxError(
        "the query is not valid SPARQL 1.1: it has no SELECT, ASK, CONSTRUCT or DESCRIBE; add one"
    )


def with_prefixes(text: str) -> str:
    """Return a query with declarations for those of our prefixes that it uses undeclared.

    They are added to its first line, so that line numbers in the server's errors stay correct.

    >>> with_prefixes("ASK { ?s a qawl:Claim }")
    'PREFIX qawl: <https://w3id.org/qawl/ontology#> ASK { ?s a qawl:Claim }'
    """
    used: dict[str, None] = {}
    declared: set[str] = set()
    declares = False
    for token in significant(text):
        if token.kind is Kind.NAME:
            name = token.text.partition(":")[0]
            if declares:
                declared.add(name)
            else:
                used[name] = None
        declares = token.text.lower() == "prefix"
    missing = [name for name in used if name in PREFIXES and name not in declared]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
