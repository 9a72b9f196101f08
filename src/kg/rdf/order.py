"""The canonical order of quads and triples, which makes output the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import NamedNode, Quad, Triple

from kg.rdf.iris import ID, term

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["in_order"]

_Statement = TypeVar("_Statement", Quad, Triple)
_TYPE = term("rdf:type")


def _by_owner(node: object) -> str:
    # The parts of a resource follow it: the dot before their names sorts before everything else.
    if isinstance(node, NamedNode) and node.value.startswith(ID):
        return node.value.replace(".", "\0")
    return str(node).lstrip("<")


def _key(statement: Quad | Triple) -> tuple[str, str, bool, str, str]:
    return (
        str(statement.graph_name) if isinstance(statement, Quad) else "",
        _by_owner(statement.subject),
        statement.predicate != _TYPE,
        str(statement.predicate),
        str(statement.object),
    )


def in_order(statements: Iterable[_Statement]) -> list[_Statement]:
    """Return quads or triples without duplicates, sorted by graph and subject.

    A node's ``rdf:type`` comes first, its parts follow it, and everything else is in code point
    order.
    """
    return sorted(set(statements), key=_key)
