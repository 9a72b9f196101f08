"""The one order of quads and triples: what is written and compared is the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Quad, Triple

from kg.rdf.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["in_order"]

_Statement = TypeVar("_Statement", Quad, Triple)
_TYPE = term("rdf:type")


def _key(statement: Quad | Triple) -> tuple[str, str, bool, str, str]:
    return (
        str(statement.graph_name) if isinstance(statement, Quad) else "",
        str(statement.subject),
        statement.predicate != _TYPE,
        str(statement.predicate),
        str(statement.object),
    )


def in_order(statements: Iterable[_Statement]) -> list[_Statement]:
    """Return quads or triples, each once, by graph and subject.

    The classes of a node come first, as people read it; all else is in the order of code points.
    """
    return sorted(set(statements), key=_key)
