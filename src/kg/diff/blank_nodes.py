"""Blank nodes of two versions, named so that those with the same content have the same name.

Canonicalization (RDFC-1.0) names the nodes of one graph: when a triple is added, unrelated nodes
may get other names. Here a node is identified by a hash of its own triples, including those of the
blank nodes that they lead to; incoming triples distinguish nodes that are alike. Nodes in cycles
are distinguished by refining the hashes of their neighbours; if these remain alike, one node of
each version is assumed to be the same, and the hashes are refined again.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import BlankNode, Quad, Triple

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

__all__ = ["MOST_WORK", "with_common_names"]

#: How many triples are looked at for nodes in circles that look alike, before the diff gives up.
MOST_WORK: Final = 2_000_000
_HASH_LENGTH: Final = 16

_Colours: TypeAlias = dict[BlankNode, str]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_HASH_LENGTH]


def _nodes(term: object) -> Iterator[BlankNode]:
    """Return the blank nodes in a term; one of RDF 1.2 may be a triple."""
    if isinstance(term, BlankNode):
        yield term
    elif isinstance(term, Triple):
        yield from _nodes(term.subject)
        yield from _nodes(term.object)


def _written(term: object, colours: Mapping[BlankNode, str]) -> str:
    if isinstance(term, BlankNode):
        return f"_:{colours.get(term, '')}"
    if isinstance(term, Triple):
        inner = (_written(one, colours) for one in (term.subject, term.predicate, term.object))
        return f"<<( {' '.join(inner)} )>>"
    return str(term)


@dataclass(frozen=True, slots=True)
class _Side:
    """One version: its quads, by the blank nodes that they are about, and that they lead to."""

    quads: Set[Quad]
    about: dict[BlankNode, list[Quad]] = field(default_factory=lambda: defaultdict(list))
    leading_to: dict[BlankNode, list[Quad]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for quad in self.quads:
            for node in {*_nodes(quad.subject), *_nodes(quad.graph_name)}:
                self.about[node].append(quad)
            for node in set(_nodes(quad.object)):
                self.leading_to[node].append(quad)

    def nodes(self) -> set[BlankNode]:
        return self.about.keys() | self.leading_to.keys()

    def hash_of(self, node: BlankNode, colours: Mapping[BlankNode, str], before: str = "") -> str:
        """Return the hash of a node's own triples, without the node itself."""
        others = {**colours, node: "self"} if node in colours else colours
        return _digest([before, *sorted(_row(quad, others) for quad in self.about.get(node, ()))])

    def incoming(self, node: BlankNode, colours: Mapping[BlankNode, str]) -> str:
        return _digest(sorted(_row(quad, colours) for quad in self.leading_to.get(node, ())))


def _row(quad: Quad, colours: Mapping[BlankNode, str]) -> str:
    parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(_written(one, colours) for one in parts)


def _coloured(side: _Side) -> tuple[_Colours, set[BlankNode]]:
    """Return the hashes of the nodes that do not depend on a cycle, and the other nodes.

    Each hash comes after those of the nodes that it depends on.
    """
    colours: _Colours = {}
    waiting_for = {
        node: {one for quad in side.about.get(node, ()) for one in _neighbours(quad)} - {node}
        for node in side.nodes()
    }
    holders: dict[BlankNode, list[BlankNode]] = defaultdict(list)
    for node, others in waiting_for.items():
        for other in others:
            holders[other].append(node)
    ready = [node for node, others in waiting_for.items() if not others]
    while ready:
        node = ready.pop()
        colours[node] = side.hash_of(node, colours)
        for holder in holders[node]:
            waiting_for[holder].discard(node)
            if not waiting_for[holder]:
                ready.append(holder)
    return colours, side.nodes() - colours.keys()


def _neighbours(quad: Quad) -> set[BlankNode]:
    return {*_nodes(quad.subject), *_nodes(quad.object), *_nodes(quad.graph_name)}


@dataclass(slots=True)
class _Circles:
    """The nodes of both versions that are in cycles or lead to one."""

    sides: tuple[_Side, _Side]
    colours: tuple[_Colours, _Colours]
    nodes: tuple[set[BlankNode], set[BlankNode]]
    work: int = 0

    def solve(self) -> None:
        """Give each node a hash that is unique in its version, as far as the nodes differ.

        :raises StoreError: that would take too long.
        """
        for colours, nodes in zip(self.colours, self.nodes, strict=True):
            colours.update(dict.fromkeys(nodes, "circle"))
        self._refine()
        chosen = 0
        while pair := self._alike():
            chosen += 1
            for colours, node in zip(self.colours, pair, strict=True):
                if node is not None:
                    colours[node] = f"chosen {chosen}"
            self._refine()

    def _refine(self) -> None:
        """Hash the nodes with their neighbours' hashes until no more nodes can be distinguished."""
        known = -1
        while (count := sum(len(group) for group in self._groups())) != known:
            known = count
            for side, colours, nodes in zip(self.sides, self.colours, self.nodes, strict=True):
                self.work += sum(len(side.about.get(node, ())) for node in nodes)
                if self.work > MOST_WORK:
                    raise StoreError(
                        f"{len(nodes)} blank nodes refer to each other in cycles and look alike, "
                        f"too many for kg diff to tell apart ({MOST_WORK} triples are examined); "
                        "give these nodes IRIs"
                    )
                new = {
                    node: _digest(
                        [side.hash_of(node, colours, colours[node]), side.incoming(node, colours)]
                    )
                    for node in nodes
                }
                colours.update(new)

    def _groups(self) -> tuple[set[str], set[str]]:
        first, second = (
            {colours[node] for node in nodes}
            for colours, nodes in zip(self.colours, self.nodes, strict=True)
        )
        return first, second

    def _alike(self) -> tuple[BlankNode | None, BlankNode | None] | None:
        """Return a node of each version, both of the first hash that several nodes have."""
        counts = [
            Counter(colours[node] for node in nodes)
            for colours, nodes in zip(self.colours, self.nodes, strict=True)
        ]
        several = sorted({hash_ for count in counts for hash_ in count if count[hash_] > 1})
        if not several:
            return None
        first, second = (
            next((node for node in nodes if colours[node] == several[0]), None)
            for colours, nodes in zip(self.colours, self.nodes, strict=True)
        )
        return first, second


def _names(
    sides: tuple[_Side, _Side], colours: tuple[_Colours, _Colours]
) -> tuple[dict[BlankNode, BlankNode], dict[BlankNode, BlankNode]]:
    """Return the new names: of nodes with one hash, those that the same leads to are paired.

    Nodes come before those that depend on them, so that their names are known.
    """
    by_hash: dict[str, tuple[list[BlankNode], list[BlankNode]]] = defaultdict(lambda: ([], []))
    for number, hashes in enumerate(colours):
        for node, hash_ in hashes.items():
            by_hash[hash_][number].append(node)
    depths = _depths(sides, colours)
    names: tuple[dict[BlankNode, BlankNode], dict[BlankNode, BlankNode]] = ({}, {})
    for hash_ in sorted(by_hash, key=lambda one: (-depths[one], one)):
        for number, pair in enumerate(_paired(by_hash[hash_], sides, colours), 1):
            name = BlankNode(f"b{hash_}" if number == 1 else f"b{hash_}-{number}")
            for known, hashes, one in zip(names, colours, pair, strict=True):
                if one is not None:
                    known[one] = name
                    hashes[one] = name.value
    return names


def _depths(sides: tuple[_Side, _Side], colours: tuple[_Colours, _Colours]) -> dict[str, float]:
    """Return the depth of the nodes below the nodes of each hash."""
    depths: dict[str, float] = {}
    for side, hashes in zip(sides, colours, strict=True):
        for node, hash_ in hashes.items():
            below = {one for quad in side.about.get(node, ()) for one in _neighbours(quad)} - {node}
            # What is not known yet is in a circle, for these are the last.
            deepest = max((depths.get(hashes[one], math.inf) for one in below), default=0)
            depths[hash_] = 1 + deepest
    return depths


def _paired(
    groups: tuple[list[BlankNode], list[BlankNode]],
    sides: tuple[_Side, _Side],
    colours: tuple[_Colours, _Colours],
) -> list[tuple[BlankNode | None, BlankNode | None]]:
    if max(map(len, groups)) == 1:
        first, second = groups
        return [(first[0] if first else None, second[0] if second else None)]
    waiting: dict[str, tuple[list[BlankNode], list[BlankNode]]] = defaultdict(lambda: ([], []))
    for number, (group, side, known) in enumerate(zip(groups, sides, colours, strict=True)):
        for node in group:
            waiting[side.incoming(node, known)][number].append(node)
    pairs: list[tuple[BlankNode | None, BlankNode | None]] = []
    left: tuple[list[BlankNode], list[BlankNode]] = ([], [])
    for _, (first, second) in sorted(waiting.items()):
        both = min(len(first), len(second))
        pairs += zip(first[:both], second[:both], strict=True)
        left[0].extend(first[both:])
        left[1].extend(second[both:])
    return [*pairs, *((node, None) for node in left[0]), *((None, node) for node in left[1])]


def _renamed(term: object, names: Mapping[BlankNode, BlankNode]) -> Any:
    if isinstance(term, BlankNode):
        return names[term]
    if isinstance(term, Triple):
        subject, value = _renamed(term.subject, names), _renamed(term.object, names)
        return Triple(subject, term.predicate, value)
    return term


def with_common_names(before: Set[Quad], after: Set[Quad]) -> tuple[set[Quad], set[Quad]]:
    """Return the quads of two versions with consistent names for blank nodes.

    Two versions that differ in the names of blank nodes alone give equal sets, except for nodes in
    cycles with identical surroundings that are still not interchangeable; those may be reported as
    different.

    :raises StoreError: there are too many blank nodes in cycles that look alike.
    """
    sides = (_Side(before), _Side(after))
    (first, in_circles), (second, in_others) = map(_coloured, sides)
    colours = (first, second)
    _Circles(sides, colours, (in_circles, in_others)).solve()
    first_quads, second_quads = (
        {
            Quad(
                _renamed(quad.subject, names),
                quad.predicate,
                _renamed(quad.object, names),
                _renamed(quad.graph_name, names),
            )
            for quad in side.quads
        }
        for side, names in zip(sides, _names(sides, colours), strict=True)
    )
    return first_quads, second_quads
