"""SPARQL given on the command line: a file, standard input, or the query itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kg.errors import QueryError

__all__ = ["read_query", "unknown_terms"]

_LARGEST_QUERY = 1_000_000
# How SPARQL begins; a DESCRIBE needs no braces. No name of a question has a blank.
_SPARQL = re.compile(r"\s*(?:#|(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b.*\s)", re.I | re.S)

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"})


def read_query(query: str) -> str | None:
    """Return the SPARQL given as text, or read from a file or standard input.

    ``None`` if the argument is the name of a question.

    :raises QueryError: it cannot be read, is empty, too long, or not UTF-8.
    """
    if query == "-":
        raw = sys.stdin.buffer.read(_LARGEST_QUERY + 1)
        place = "standard input"
    else:
        if "{" in query or (_SPARQL.match(query) and not query.endswith(".rq")):
            return query
        if query.upper() in _FORMS:
            raise QueryError(f"{query}: put the query in quotes: kg query '{query} …'")
        path = Path(query)
        if path.suffix != ".rq" and not path.is_file():
            return None
        try:
            with path.open("rb") as stream:
                raw = stream.read(_LARGEST_QUERY + 1)
        except OSError as error:
            raise QueryError(f"{path}: cannot be read: {error.strerror or error}") from error
        place = str(path)
    if len(raw) > _LARGEST_QUERY:
        raise QueryError(f"{place}: is longer than the limit of {_LARGEST_QUERY} bytes for a query")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{place}: byte {error.start} is not UTF-8; convert it") from error
    if not text.strip():
        raise QueryError(f"{place}: is empty; write a SPARQL query in it")
    return text.removeprefix("\ufeff")


def unknown_terms(text: str) -> list[str]:
    """Return a hint for each ontology name in a query that the ontology does not have.

    Such a name matches nothing, so the answer would be empty.
    """
    from kg.errors import did_you_mean
    from kg.files import shipped
    from kg.knowledge.ontology import load_ontology
    from kg.rdf.curies import shorten
    from kg.sparql.lexer import Kind, tokens

    named = {one.text for one in tokens(text) if one.kind is Kind.NAME}
    named = {one for one in named if one.startswith("qawl:") and one != "qawl:"}
    if not named:
        return []
    core = load_ontology(shipped.ontology_dir()).core
    known = {shorten(str(one.subject)[1:-1]) for one in core}
    return [f"{one} is not in the ontology{did_you_mean(one, known)}" for one in named - known]
