"""A graph as columns: for each predicate, the objects of every subject.

SHACL shapes ask for the values of one path at many nodes, so the graph is stored that way: one pass
over the triples, then only dictionary lookups. (Running a SELECT for each of Qawl's 700 constraints
is slower: a query on Oxigraph takes 20 to 130 microseconds before its first row.)

A graph can extend a base graph, as an article extends the ontology and the authority files. The
base's columns are built once and shared by all articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import ShapesError
from kg.shacl.vocabulary import rdf, rdfs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kg.shacl.vocabulary import Term

__all__ = ["Column", "Columns", "Read", "Values"]

_TYPE = rdf("type")
_SUBCLASS = rdfs("subClassOf")
_FIRST = rdf("first")
_REST = rdf("rest")
_NIL = rdf("nil")


@dataclass(frozen=True, slots=True)
class Read:
    """What queries read of a graph: predicates and, if only these are asked for, classes."""

    predicates: frozenset[NamedNode]
    classes: frozenset[NamedNode] | None

    def takes(self, cls: object) -> bool:
        """Return whether a query can tell that a node has a type."""
        return self.classes is None or cls in self.classes

    def __or__(self, other: Read) -> Read:
        """Return what either reads."""
        both = self.classes is not None and other.classes is not None
        return Read(
            self.predicates | other.predicates,
            self.classes | other.classes if both else None,  # type: ignore[operator]
        )


class Column(Protocol):
    """The distinct values of one path by node. Iterates over the nodes that have values."""

    def __getitem__(self, node: Term, /) -> Sequence[Term]:
        """Return the values of a node, possibly empty."""

    def __iter__(self) -> Iterator[Term]: ...

    def among(self, nodes: AbstractSet[Term], /) -> Values:
        """Return the entries of those nodes that have values."""


class Values(dict["Term", "Sequence[Term]"]):
    """A column with entries of its own; nodes without values are not in it."""

    def __missing__(self, node: Term) -> Sequence[Term]:
        return ()

    # Sets keep the hashes of their members, which terms have to compute each time.

    @cached_property
    def nodes(self) -> frozenset[Term]:
        """The nodes that have values."""
        return frozenset(self)

    @cached_property
    def distinct(self) -> frozenset[Term]:
        """The values of all nodes."""
        return frozenset(chain.from_iterable(self.values()))

    def among(self, nodes: AbstractSet[Term]) -> Values:
        """Return the entries of those nodes that have values."""
        found = self.nodes & nodes
        return self if len(found) == len(self) else Values({one: self[one] for one in found})


class _Layered:
    """A column whose own entries override those of a base column."""

    def __init__(self, own: Values, base: Column) -> None:
        self._own = own
        self._base = base

    def __getitem__(self, node: Term) -> Sequence[Term]:
        # Not self._own[node], which would call a function for every node without values.
        found = self._own.get(node)
        return self._base[node] if found is None else found

    def __iter__(self) -> Iterator[Term]:
        yield from self._own
        yield from (node for node in self._base if node not in self._own)

    def among(self, nodes: AbstractSet[Term]) -> Values:
        own = self._own.among(nodes)
        if len(own) == len(nodes):
            return own
        below = self._base.among(nodes - own.nodes)
        return Values({**below, **own}) if below else own


def _over(own: Values, base: Column) -> Column:
    """Return a column layered over a base; if both have a node, its values are merged."""
    if not own:
        return base
    if both := base.among(own.nodes):
        own = Values(own)
        for node in both:
            own[node] = list(dict.fromkeys((*base[node], *own[node])))
    return _Layered(own, base)


class Columns:
    """A read-only graph. Named graphs are merged.

    :param triples: triples or quads; duplicates are allowed.
    :param base: the graph that this one extends.
    :raises ShapesError: a triple uses RDF 1.2, which SHACL does not cover.
    """

    def __init__(self, triples: Iterable[Triple | Quad], base: Columns | None = None) -> None:
        self.base = base
        # Quads that the caller holds anyway need not be made again for the queries.
        held = isinstance(triples, list | tuple | frozenset) and all(
            isinstance(one, Quad) for one in triples
        )
        by_predicate: dict[NamedNode, tuple[dict[Term, list[Term]], list[Quad]]] = {}
        # Equal terms share one object, which saves memory and makes comparison fast.
        known: dict[Any, Any] = {}
        for one in triples:
            subject, value = one.subject, one.object
            subject = known.setdefault(subject, subject)
            value = known.setdefault(value, value)
            both = by_predicate.get(predicate := one.predicate)
            if both is None:
                both = by_predicate[predicate] = {}, []
            column, given = both
            if held:
                given.append(one)  # type: ignore[arg-type]
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            else:
                values.append(value)
        self._own = {one: _distinct(column) for one, (column, _) in by_predicate.items()}
        self._given = {one: given for one, (_, given) in by_predicate.items()} if held else None
        # What extends another graph is asked for its nodes; sets and dictionaries keep hashes.
        self._nodes = frozenset(known) if base is not None else None
        self._forward: dict[NamedNode, Column] = {}
        self._backward: dict[NamedNode, Column] = {}
        self._classes: dict[Term, frozenset[Term]] = {}
        self._typed: dict[frozenset[Term], tuple[frozenset[Term], ...]] = {}
        self._quads: dict[Read | None, list[Quad]] = {}
        _refuse_rdf_1_2(known)

    @cached_property
    def nodes(self) -> frozenset[Term]:
        """The subjects and objects of the graph, excluding its base."""
        if self._nodes is not None:
            return self._nodes
        found: set[Term] = set()
        for column in self._own.values():
            found |= column.nodes
            found |= column.distinct
        return frozenset(found)

    @cached_property
    def size(self) -> int:
        """The number of triples, excluding the base."""
        return sum(map(len, (v for column in self._own.values() for v in column.values())))

    def triples(self) -> Iterator[Triple]:
        """Yield the triples, excluding the base."""
        for predicate, column in self._own.items():
            for subject, values in column.items():
                for value in values:
                    # No literal is a key of a column.
                    yield Triple(subject, predicate, value)  # type: ignore[arg-type]

    def all_triples(self) -> Iterator[Triple]:
        """Yield the triples, including the base."""
        yield from self.triples()
        if self.base is not None:
            yield from self.base.all_triples()

    def quads(self, read: Read | None) -> Iterator[Quad]:
        """Yield the quads that are read (default: all), including those of the base."""
        known = self._quads.get(read)
        if known is None:
            wanted = self._own if read is None else read.predicates & self._own.keys()
            known = [
                # As above.
                Quad(subject, predicate, value)  # type: ignore[arg-type]
                for predicate in wanted
                for subject, values in self._own[predicate].items()
                for value in values
                if read is None or predicate != _TYPE or read.takes(value)
            ]
            self._quads[read] = known
        yield from known
        if self.base is not None:
            yield from self.base.quads(read)

    def given_quads(self, read: Read) -> Iterator[Quad] | None:
        """Return the quads that are read, in the graphs that they were given in.

        Those of the base are in the default graph. ``None`` if this graph was not made from stored
        quads.
        """
        if self._given is None:
            return None
        own = (
            one
            for predicate, given in self._given.items()
            if predicate in read.predicates
            for one in given
            if predicate != _TYPE or read.takes(one.object)
        )
        return chain(own, () if self.base is None else self.base.quads(read))

    def forward(self, predicate: NamedNode) -> Column:
        """Return the column from subjects to objects."""
        found = self._forward.get(predicate)
        if found is None:
            own = self._own.get(predicate) or Values()
            found = _over(own, self.base.forward(predicate)) if self.base else own
            self._forward[predicate] = found
        return found

    def backward(self, predicate: NamedNode) -> Column:
        """Return the column from objects to subjects."""
        found = self._backward.get(predicate)
        if found is None:
            own = self._inverted(predicate)
            found = _over(own, self.base.backward(predicate)) if self.base else own
            self._backward[predicate] = found
        return found

    def _inverted(self, predicate: NamedNode) -> Values:
        found: dict[Term, list[Term]] = {}
        for subject, values in self._own.get(predicate, {}).items():
            for value in values:
                found.setdefault(value, []).append(subject)
        return Values(found)

    def predicates(self, subject: Term) -> Iterable[NamedNode]:
        """Return the predicates of a subject."""
        own = [one for one, column in self._own.items() if subject in column]
        return dict.fromkeys((*self.base.predicates(subject), *own)) if self.base else own

    @cached_property
    def all_predicates(self) -> frozenset[NamedNode]:
        """All predicates of the graph, including its base."""
        return frozenset(self._own).union(self.base.all_predicates if self.base else ())

    def instances(self, cls: Term) -> frozenset[Term]:
        """Return the SHACL instances of a class, including those of its subclasses (2.1.3)."""
        return frozenset().union(*self.instances_by_layer(cls))

    def instances_by_layer(self, cls: Term) -> tuple[frozenset[Term], ...]:
        """Return the instances of a class: this graph's first, then its base's."""
        return self._typed_as(self._subclasses(cls))

    def _typed_as(self, classes: frozenset[Term]) -> tuple[frozenset[Term], ...]:
        found = self._typed.get(classes)
        if found is None:
            below = self.base._typed_as(classes) if self.base else ()
            own = frozenset(node for one in classes for node in self._nodes_by_type[one])
            found = self._typed[classes] = (own, *below)
        return found

    @cached_property
    def _nodes_by_type(self) -> Values:
        return self._inverted(_TYPE)

    def _subclasses(self, cls: Term) -> frozenset[Term]:
        if self.base is not None and _SUBCLASS not in self._own:
            return self.base._subclasses(cls)
        found = self._classes.get(cls)
        if found is None:
            below = self.backward(_SUBCLASS)
            subclasses, waiting = {cls}, [cls]
            while waiting:
                new = set(below[waiting.pop()]) - subclasses
                subclasses |= new
                waiting += new
            found = self._classes[cls] = frozenset(subclasses)
        return found

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the objects of a subject and a predicate."""
        return list(self.forward(predicate)[subject])

    def items(self, head: Term) -> list[Term] | None:
        """Return the members of an RDF list, or ``None`` if the node is not a list."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.values(head, _FIRST), self.values(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return None
            seen.add(head)
            found += first
            head = rest[0]
        return found

    def subjects(self, predicate: NamedNode) -> Iterable[Term]:
        """Return the subjects that have a predicate."""
        return iter(self.forward(predicate))


def _distinct(column: dict[Term, list[Term]]) -> Values:
    """Return a column without duplicate values."""
    for subject, values in column.items():
        if len(values) > 1 and len(distinct := dict.fromkeys(values)) < len(values):
            column[subject] = list(distinct)
    return Values(column)


def _refuse_rdf_1_2(terms: Iterable[Term | Triple]) -> None:
    for value in terms:
        kind = type(value)
        if kind is NamedNode or kind is BlankNode:
            continue
        if isinstance(value, Triple) or getattr(value, "direction", None) is not None:
            raise ShapesError(
                f"{value}: is RDF 1.2, which SHACL does not cover; validate the RDF 1.1 form"
            )
