"""Rows of a query, read one by one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import Literal, QuerySolutions, QueryTriples

from kg.errors import NetworkError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import QuerySolution

    from kg.store.local import Graph

__all__ = ["answer", "literal_text", "reading", "solutions"]


def answer(graph: Graph, text: str) -> QuerySolutions | QueryTriples:
    """Answer a SELECT or CONSTRUCT.

    :raises NetworkError: it is an ASK.
    :raises QueryError: the query is malformed.
    """
    found = graph.run(text)
    if not isinstance(found, QuerySolutions | QueryTriples):
        raise NetworkError(
            "the query asks for yes or no, which is not a network; write a SELECT of two or three "
            "columns, or a CONSTRUCT"
        )
    return found


@contextmanager
def reading() -> Iterator[None]:
    """Convert failures while reading rows to Qawl's errors."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def solutions(graph: Graph, text: str) -> tuple[frozenset[str], Iterator[QuerySolution]]:
    """Run one of our SELECT queries: return its columns, and its rows as they are read.

    :raises QueryError: the query fails, now or while rows are read.
    """
    found = answer(graph, text)
    assert isinstance(found, QuerySolutions)

    def rows() -> Iterator[QuerySolution]:
        with reading():
            yield from found

    return frozenset(variable.value for variable in found.variables), rows()


def literal_text(value: object) -> str | None:
    """Return the text of a literal; ``None`` for anything else."""
    return value.value if isinstance(value, Literal) else None
