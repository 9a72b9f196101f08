"""A graph as columns: for each predicate, the objects of every subject.

SHACL shapes ask for the values of one path at many nodes, so the graph is stored that way: one pass
over the triples, then only dictionary lookups. (Running a SELECT for each of Qawl's 700 constraints
is slower: a query on Oxigraph takes 20 to 130 microseconds before its first row.)

A graph can extend a base graph, as an article extends the ontology and the authority files. The
base's columns are built once and shared by all articles.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import ShapesError
from kg.shacl.vocabulary import rdf, rdfs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.shacl.vocabulary import Term

__all__ = ["Column", "Columns"]

_TYPE = rdf("type")
_SUBCLASS = rdfs("subClassOf")
_FIRST = rdf("first")
_REST = rdf("rest")
_NIL = rdf("nil")


class Column(Protocol):
    """The distinct values of one path by node. Iterates over the nodes that have values."""

    def __getitem__(self, node: Term, /) -> Sequence[Term]:
        """Return the values of a node, possibly empty."""

    def __contains__(self, node: object, /) -> bool: ...

    def __iter__(self) -> Iterator[Term]: ...


class _Plain(dict["Term", list["Term"]]):
    """A column that contains every node; most nodes have no values."""

    def __missing__(self, node: Term) -> Sequence[Term]:
        return ()


class _Layered:
    """A column whose own entries override those of a base column."""

    def __init__(self, own: _Plain, base: Column) -> None:
        self._own = own
        self._base = base

    def __getitem__(self, node: Term) -> Sequence[Term]:
        return self._own[node] or self._base[node]

    def __contains__(self, node: object) -> bool:
        return node in self._own or node in self._base

    def __iter__(self) -> Iterator[Term]:
        yield from self._own
        yield from (node for node in self._base if node not in self._own)


def _over(own: _Plain, base: Column) -> Column:
    """Return a column layered over a base; if both have a node, its values are merged."""
    if not own:
        return base
    if both := [node for node in own if node in base]:
        own = _Plain(own)
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
        self._given = triples if isinstance(triples, list | tuple | frozenset) else None
        by_predicate: dict[NamedNode, _Plain] = {}
        # Equal terms share one object, which saves memory and makes comparison fast.
        known: dict[Any, Any] = {}
        for one in triples:
            subject, value = one.subject, one.object
            subject = known.setdefault(subject, subject)
            value = known.setdefault(value, value)
            column = by_predicate.get(predicate := one.predicate)
            if column is None:
                column = by_predicate[predicate] = _Plain()
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            else:
                values.append(value)
        self._own = by_predicate
        self._forward: dict[NamedNode, Column] = {}
        self._backward: dict[NamedNode, Column] = {}
        self._classes: dict[Term, frozenset[Term]] = {}
        self._typed: dict[frozenset[Term], tuple[frozenset[Term], ...]] = {}
        self._left_out: dict[frozenset[Term], int] = {}
        self._quads: dict[frozenset[NamedNode] | None, list[Quad]] = {}
        self._clean()

    def _clean(self) -> None:
        """Drop duplicate triples and refuse anything that is not RDF 1.1."""
        for column in self._own.values():
            for subject, values in column.items():
                if len(values) > 1 and len(distinct := dict.fromkeys(values)) < len(values):
                    column[subject] = list(distinct)
            kinds = set(map(type, chain.from_iterable(column.values())))
            if not kinds <= {NamedNode, BlankNode}:
                _refuse_rdf_1_2(chain.from_iterable(column.values()))

    @cached_property
    def nodes(self) -> frozenset[Term]:
        """The subjects and objects of the graph, excluding its base."""
        found: set[Term] = set()
        for column in self._own.values():
            found.update(column, chain.from_iterable(column.values()))
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

    def quads(self, predicates: frozenset[NamedNode] | None) -> Iterator[Quad]:
        """Yield the quads with the given predicates (default: all), including the base."""
        known = self._quads.get(predicates)
        if known is None:
            wanted = self._own if predicates is None else predicates & self._own.keys()
            known = [
                # As above.
                Quad(subject, predicate, value)  # type: ignore[arg-type]
                for predicate in wanted
                for subject, values in self._own[predicate].items()
                for value in values
            ]
            self._quads[predicates] = known
        yield from known
        if self.base is not None:
            yield from self.base.quads(predicates)

    def given_quads(self, predicates: frozenset[NamedNode]) -> Iterator[Quad] | None:
        """Return the quads with the given predicates in the graphs that they were given in.

        Those of the base are in the default graph. ``None`` where this graph was not made from
        quads that somebody holds.
        """
        if self._given is None or not all(isinstance(one, Quad) for one in self._given):
            return None
        own = (one for one in self._given if one.predicate in predicates)
        return chain(own, () if self.base is None else self.base.quads(predicates))

    def forward(self, predicate: NamedNode) -> Column:
        """Return the column from subjects to objects."""
        found = self._forward.get(predicate)
        if found is None:
            own = self._own.get(predicate) or _Plain()
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

    def _inverted(self, predicate: NamedNode) -> _Plain:
        found = _Plain()
        for subject, values in self._own.get(predicate, {}).items():
            for value in values:
                found.setdefault(value, []).append(subject)
        return found

    @cached_property
    def _masks(self) -> dict[Term, int]:
        """The predicates of each subject, as bits in the order of the columns."""
        found: dict[Term, int] = {}
        for place, column in enumerate(self._own.values()):
            for subject in column:
                found[subject] = found.get(subject, 0) | 1 << place
        return found

    def predicates(
        self, subject: Term, without: frozenset[Term] = frozenset()
    ) -> Iterable[NamedNode]:
        """Return the predicates of a subject, except those in ``without``."""
        left_out = self._left_out.get(without)
        if left_out is None:
            places = (place for place, one in enumerate(self._own) if one in without)
            left_out = self._left_out[without] = sum(1 << place for place in places)
        mask = self._masks.get(subject, 0) & ~left_out
        own = [one for place, one in enumerate(self._own) if mask >> place & 1] if mask else ()
        below = self.base.predicates(subject, without) if self.base else ()
        return {*below, *own} if below else own

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
    def _nodes_by_type(self) -> _Plain:
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


def _refuse_rdf_1_2(values: Iterable[Term | Triple]) -> None:
    for value in values:
        if isinstance(value, Triple) or getattr(value, "direction", None) is not None:
            raise ShapesError(
                f"{value}: is RDF 1.2, which SHACL does not cover; validate the RDF 1.1 form"
            )
