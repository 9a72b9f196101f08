"""SHACL property paths (section 2.3.1): reading, evaluating and writing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import ShapesError
from kg.shacl.columns import Values
from kg.shacl.vocabulary import rdf, sh

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from collections.abc import Set as AbstractSet

    from kg.shacl.columns import Columns
    from kg.shacl.vocabulary import Term

__all__ = [
    "Alternative",
    "Inverse",
    "Path",
    "Predicate",
    "Repeated",
    "Sequence",
    "path_triples",
    "read_path",
    "values_of",
]

_FIRST = rdf("first")
_REST = rdf("rest")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A single predicate."""

    iri: NamedNode

    def ends(self, graph: Columns, backwards: bool = False) -> Callable[[Term], Collection[Term]]:
        """Return a function from a node to the distinct nodes that the path reaches."""
        return (graph.backward(self.iri) if backwards else graph.forward(self.iri)).__getitem__

    def text(self, name: Callable[[NamedNode], str], inner: bool = False) -> str:
        """Return the path in SPARQL syntax; ``name`` writes each IRI."""
        return name(self.iri)


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path followed backwards."""

    path: Path

    def ends(self, graph: Columns, backwards: bool = False) -> Callable[[Term], Collection[Term]]:
        """Return a function from a node to the distinct nodes that the path reaches."""
        return self.path.ends(graph, not backwards)

    def text(self, name: Callable[[NamedNode], str], inner: bool = False) -> str:
        """Return the path in SPARQL syntax; ``name`` writes each IRI."""
        return f"^{self.path.text(name, inner=True)}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Several paths in sequence."""

    parts: tuple[Path, ...]

    def ends(self, graph: Columns, backwards: bool = False) -> Callable[[Term], Collection[Term]]:
        """Return a function from a node to the distinct nodes that the path reaches."""
        parts = self.parts[::-1] if backwards else self.parts
        first, *others = [part.ends(graph, backwards) for part in parts]

        def ends(node: Term) -> Collection[Term]:
            found: Collection[Term] = first(node)
            for step in others:
                found = dict.fromkeys(end for one in found for end in step(one))
            return found

        return ends

    def text(self, name: Callable[[NamedNode], str], inner: bool = False) -> str:
        """Return the path in SPARQL syntax; ``name`` writes each IRI."""
        joined = "/".join(part.text(name, inner=True) for part in self.parts)
        return f"({joined})" if inner else joined


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any one of several paths."""

    parts: tuple[Path, ...]

    def ends(self, graph: Columns, backwards: bool = False) -> Callable[[Term], Collection[Term]]:
        """Return a function from a node to the distinct nodes that the path reaches."""
        parts = [part.ends(graph, backwards) for part in self.parts]
        return lambda node: dict.fromkeys(end for part in parts for end in part(node))

    def text(self, name: Callable[[NamedNode], str], inner: bool = False) -> str:
        """Return the path in SPARQL syntax; ``name`` writes each IRI."""
        joined = "|".join(part.text(name, inner=True) for part in self.parts)
        return f"({joined})" if inner else joined


@dataclass(frozen=True, slots=True)
class Repeated:
    """A repeated or optional path: ``*``, ``+`` or ``?``."""

    path: Path
    sign: str

    def ends(self, graph: Columns, backwards: bool = False) -> Callable[[Term], Collection[Term]]:
        """Return a function from a node to the distinct nodes that the path reaches."""
        step = self.path.ends(graph, backwards)
        if self.sign == "?":
            return lambda node: dict.fromkeys((node, *step(node)))

        def ends(node: Term) -> Collection[Term]:
            found = {node: None} if self.sign == "*" else {}
            waiting = [node]
            while waiting:
                for end in step(waiting.pop()):
                    if end not in found:
                        found[end] = None
                        waiting.append(end)
            return found

        return ends

    def text(self, name: Callable[[NamedNode], str], inner: bool = False) -> str:
        """Return the path in SPARQL syntax; ``name`` writes each IRI."""
        return f"{self.path.text(name, inner=True)}{self.sign}"


Path = Predicate | Inverse | Sequence | Alternative | Repeated


def values_of(path: Path, graph: Columns, nodes: AbstractSet[Term]) -> Values:
    """Return the distinct nodes that a path reaches from each of some nodes, where it does."""
    if isinstance(path, Predicate):
        return graph.forward(path.iri).among(nodes)
    if isinstance(path, Inverse) and isinstance(path.path, Predicate):
        return graph.backward(path.path.iri).among(nodes)
    ends = path.ends(graph)
    return Values((one, tuple(found)) for one in nodes if (found := ends(one)))


_REPEATED = {"*": sh("zeroOrMorePath"), "+": sh("oneOrMorePath"), "?": sh("zeroOrOnePath")}
_INVERSE = sh("inversePath")
_ALTERNATIVE = sh("alternativePath")


def read_path(graph: Columns, node: Term, above: frozenset[Term] = frozenset()) -> Path:
    """Read a property path from the shapes graph.

    :raises ShapesError: the node is not a well-formed property path.
    """
    if isinstance(node, NamedNode):
        return Predicate(node)
    if node in above:
        raise _malformed(node)
    above |= {node}
    if graph.values(node, _FIRST):
        return Sequence(_parts(graph, node, above, fewest=2))
    if inverse := graph.values(node, _INVERSE):
        return Inverse(_inner(graph, node, inverse, above))
    if alternatives := graph.values(node, _ALTERNATIVE):
        return Alternative(_parts(graph, alternatives[0], above, fewest=1))
    for sign, predicate in _REPEATED.items():
        if repeated := graph.values(node, predicate):
            return Repeated(_inner(graph, node, repeated, above), sign)
    raise _malformed(node)


def _inner(graph: Columns, node: Term, found: list[Term], above: frozenset[Term]) -> Path:
    if len(found) != 1:
        raise _malformed(node)
    return read_path(graph, found[0], above)


def _parts(graph: Columns, head: Term, above: frozenset[Term], fewest: int) -> tuple[Path, ...]:
    members = graph.items(head)
    if members is None or len(members) < fewest:
        raise _malformed(head)
    return tuple(read_path(graph, member, above) for member in members)


def _malformed(node: Term) -> ShapesError:
    return ShapesError(f"{node}: is not a SHACL property path; correct its sh:path")


def path_triples(path: Path, prefix: str) -> tuple[NamedNode | BlankNode, tuple[Triple, ...]]:
    """Return a path's root node and its triples, for the validation report.

    :param prefix: prefix of the labels of its blank nodes.
    """
    triples: list[Triple] = []
    serial = iter(range(1_000_000_000))

    def listed(parts: tuple[Path, ...]) -> NamedNode | BlankNode:
        head: NamedNode | BlankNode = rdf("nil")
        for member in [write(part) for part in parts][::-1]:
            node = BlankNode(f"{prefix}{next(serial)}")
            triples.extend((Triple(node, _FIRST, member), Triple(node, _REST, head)))
            head = node
        return head

    def write(one: Path) -> NamedNode | BlankNode:
        if isinstance(one, Predicate):
            return one.iri
        if isinstance(one, Sequence):
            return listed(one.parts)
        node = BlankNode(f"{prefix}{next(serial)}")
        if isinstance(one, Inverse):
            triples.append(Triple(node, _INVERSE, write(one.path)))
        elif isinstance(one, Alternative):
            triples.append(Triple(node, _ALTERNATIVE, listed(one.parts)))
        else:
            triples.append(Triple(node, _REPEATED[one.sign], write(one.path)))
        return node

    root = write(path)
    return root, tuple(triples)
