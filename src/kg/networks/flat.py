"""A networkx graph prepared for writers: text ids, and attributes that any format can hold.

A user's own graph is cleaned up here, once for all formats: ``None`` and non-finite numbers are
left out, lists become one text, dates become ISO text, anything else its ``str``.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import NetworkError
from kg.networks.days import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from kg.networks.node_attributes import Value

__all__ = ["Edge", "Flat", "Kind", "Node", "flatten", "renamed"]

#: What the values of an attribute are. A ``long`` does not fit in 32 bits.
Kind = Literal["boolean", "int", "long", "double", "string"]

_INT32: Final = 2**31
_INT64: Final = 2**63
_WIDER: Final[tuple[Kind, ...]] = ("int", "long", "double")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id and attributes."""

    id: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between the ids of two nodes."""

    source: str
    target: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Flat:
    """A network ready to be written; nodes and edges are generated on demand.

    ``node_kinds`` and ``edge_kinds`` give the kind of every attribute, in order of first use.
    ``dated`` says that each ``start`` and ``end`` is a day, so that they are times.
    """

    graph: nx.Graph
    directed: bool
    multiple: bool
    about: Mapping[str, Value]
    node_kinds: Mapping[str, Kind]
    edge_kinds: Mapping[str, Kind]
    dated: bool

    def nodes(self) -> Iterator[Node]:
        """Return the nodes."""
        for node, data in self.graph.nodes(data=True):
            yield Node(str(node), _clean(data))

    def edges(self) -> Iterator[Edge]:
        """Return the edges."""
        for source, target, data in self.graph.edges(data=True):
            yield Edge(str(source), str(target), _clean(data))


def flatten(graph: nx.Graph) -> Flat:
    """Return a graph ready to be written.

    :raises NetworkError: it has no nodes, or two nodes have the same name as text.
    """
    if not graph:
        raise NetworkError("the network is empty, so there is nothing to write")
    names = {str(node) for node in graph}
    if len(names) < len(graph):
        twice = sorted(map(str, graph))
        name = next(one for one, other in pairwise(twice) if one == other)
        raise NetworkError(f"two nodes would both be written as {name!r}; rename one of them")
    node_kinds = _kinds(data for _, data in graph.nodes(data=True))
    edge_kinds = _kinds(data for _, _, data in graph.edges(data=True))
    parts = (graph.nodes(data=True), graph.edges(data=True))
    days = [
        data[name]
        for part in parts
        for *_, data in part
        for name in ("start", "end")
        if name in data
    ]
    dated = bool(days) and all(isinstance(one, str) and days_of(one, None) for one in set(days))
    return Flat(
        graph,
        graph.is_directed(),
        graph.is_multigraph(),
        _clean(graph.graph),
        node_kinds,
        edge_kinds,
        dated,
    )


_WEIGHT: Final = "weight"
_PLAIN: Final = frozenset({str, int, bool})


def _clean(data: Mapping[Any, Any]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in data.items():
        if name == _WEIGHT and isinstance(value, str):
            value = _number(value)
        kind = type(value)
        if kind in _PLAIN or (kind is float and math.isfinite(value)):
            found[name if type(name) is str else str(name)] = value
        elif (mended := _mended(value)) is not None:
            found[str(name)] = mended
    return found


def _number(text: str) -> int | float | str:
    """Return a text as a number if it is one, such as a weight read from CSV; else the text."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if math.isfinite(value):
            return value
    return text


def _mended(value: object) -> Value | None:
    if hasattr(value, "item") and not isinstance(value, str):  # a scalar of numpy
        value = value.item()
    if isinstance(value, bool | int):
        return value
    if value is None or isinstance(value, float):
        return value if isinstance(value, float) and math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        value = sorted(map(str, value))
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def _kinds(parts: Iterable[Mapping[Any, Any]]) -> dict[str, Kind]:
    found: dict[str, set[Kind]] = {}
    for data in parts:
        for name, value in data.items():
            if type(value) is str and name != _WEIGHT:
                kind: Kind = "string"
            elif (clean := _clean({name: value})) and (
                plain := next(iter(clean.values()))
            ) is not None:
                kind = _kind(plain)
            else:
                continue
            known = found.get(name if type(name) is str else str(name))
            if known is None:
                found[str(name)] = {kind}
            elif kind not in known:
                known.add(kind)
    return {name: _one_kind(kinds) for name, kinds in found.items()}


def _kind(value: Value) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        size = abs(value)
        return "int" if size < _INT32 else "long" if size < _INT64 else "string"
    return "double" if isinstance(value, float) else "string"


def _one_kind(kinds: set[Kind]) -> Kind:
    """Return the kind that all values of an attribute fit in."""
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds <= set(_WIDER):
        return max(kinds, key=_WIDER.index)
    return "string"


def renamed(names: Iterable[str], reserved: frozenset[str]) -> dict[str, str]:
    """Return attribute names for a format: those that it reserves get an underscore.

    >>> renamed(["id", "label"], frozenset({"id"}))
    {'id': 'id_', 'label': 'label'}
    """
    taken = set(names)
    found: dict[str, str] = {}
    for name in sorted(taken):
        new = name
        while new.lower() in reserved or (new != name and new in taken):
            new += "_"
        found[name] = new
        taken.add(new)
    return found
