"""SPARQL that a person names on the command line: a file, standard input, or the query itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kg.errors import QueryError

__all__ = ["read_query"]

_LARGEST_QUERY = 1_000_000
# How SPARQL begins; a DESCRIBE needs no braces. No name of a question has a blank.
_SPARQL = re.compile(r"\s*(?:#|(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b.*\s)", re.I | re.S)


def read_query(query: str) -> str | None:
    """Return SPARQL: what was given itself, or that of a file or of standard input.

    ``None`` where the name of a question was given.

    :raises QueryError: it cannot be read, is empty, too long, or not UTF-8.
    """
    if query == "-":
        raw = sys.stdin.buffer.read(_LARGEST_QUERY + 1)
        place = "standard input"
    else:
        if "{" in query or (_SPARQL.match(query) and not query.endswith(".rq")):
            return query
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
