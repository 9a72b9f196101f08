"""The engine's model: shapes, constraints, findings and results."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Literal, NamedNode

    from kg.shacl.columns import Columns, Values
    from kg.shacl.paths import Path
    from kg.shacl.prebinding import QueryStore
    from kg.shacl.vocabulary import Node, Term

__all__ = [
    "Constraint",
    "Finding",
    "Judge",
    "Result",
    "Scope",
    "Shape",
    "Target",
    "TargetKind",
    "ValueConstraint",
]


class Finding(NamedTuple):
    """A violation of a constraint at a focus node; ``None`` fields default to the shape's."""

    focus: Term
    value: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result (section 3.6.2), with the properties that the specification defines."""

    focus: Term
    path: Path | None
    value: Term | None
    shape: Node
    component: NamedNode
    constraint: Node | None
    severity: NamedNode
    messages: tuple[Literal, ...]


class TargetKind(Enum):
    """How a shape selects its focus nodes (section 2.1.3)."""

    NODE = sh("targetNode")
    CLASS = sh("targetClass")
    SUBJECTS_OF = sh("targetSubjectsOf")
    OBJECTS_OF = sh("targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a shape: a node, a class or a predicate."""

    kind: TargetKind
    term: Term

    def nodes(self, graph: Columns, among: frozenset[Term] | None = None) -> AbstractSet[Term]:
        """Return the focus nodes in a graph, restricted to ``among`` if it is given."""
        if self.kind is TargetKind.CLASS:
            layers = graph.instances_by_layer(self.term)
            return set().union(*(one if among is None else one & among for one in layers))
        if self.kind is TargetKind.NODE:
            return {self.term} if among is None else among.intersection((self.term,))
        side = graph.forward if self.kind is TargetKind.SUBJECTS_OF else graph.backward
        # Of what is no predicate a column is empty.
        column = side(self.term)  # type: ignore[arg-type]
        return set(column) if among is None else column.among(among).nodes


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape or, if it has a path, a property shape.

    ``refers`` are the shapes that its constraints refer to; ``beyond`` the names of the SHACL
    extensions it uses that this engine does not support.
    """

    node: Node
    path: Path | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: NamedNode
    messages: tuple[Literal, ...] = ()
    deactivated: bool = False
    refers: frozenset[Node] = frozenset()
    beyond: tuple[str, ...] = ()


class Judge(ABC):
    """What a constraint can ask of the running validation."""

    graph: Columns

    @property
    @abstractmethod
    def queries(self) -> QueryStore:
        """The graph as a store."""

    @abstractmethod
    def failing(self, shape: Node, nodes: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the nodes that do not conform to a shape."""

    @abstractmethod
    def results(self, shape: Node, nodes: AbstractSet[Term]) -> Mapping[Term, list[Result]]:
        """Return a shape's results at each node that does not conform."""


@dataclass(slots=True)
class Scope:
    """The focus nodes of a shape and the value nodes of those that have any.

    Without ``values``, each focus node is its own value node.
    """

    shape: Shape
    focus: AbstractSet[Term]
    values: Values | None

    @property
    def distinct(self) -> AbstractSet[Term]:
        """All value nodes."""
        return self.focus if self.values is None else self.values.distinct

    def each(self) -> Iterable[tuple[Term, Sequence[Term]]]:
        """Return every focus node that has value nodes, with them."""
        return ((one, (one,)) for one in self.focus) if self.values is None else self.values.items()

    def without(self) -> AbstractSet[Term]:
        """Return the focus nodes that have no value nodes."""
        return frozenset() if self.values is None else self.focus - self.values.nodes

    def having(self, wrong: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the focus nodes that have at least one of the given value nodes."""
        if not wrong or self.values is None:
            return wrong
        return {one for one, values in self.values.items() if not wrong.isdisjoint(values)}


class Constraint(ABC):
    """One constraint of a shape.

    ``source`` is the constraint's own node for ``sh:sparql``, otherwise ``None``.
    """

    __slots__ = ()
    component: NamedNode
    source: Node | None = None

    @abstractmethod
    def findings(self, judge: Judge, scope: Scope) -> Iterable[Finding]:
        """Yield the violations of the constraint."""

    def failing(self, judge: Judge, scope: Scope) -> AbstractSet[Term]:
        """Return the focus nodes that violate the constraint."""
        return {one.focus for one in self.findings(judge, scope)}

    def messages_of(self, shape: Shape, finding: Finding) -> tuple[Literal, ...]:
        """Return a result's messages: the shape's, or else the component's (2.1.5)."""
        return shape.messages or finding.messages


class ValueConstraint(Constraint):
    """A constraint that each value node satisfies or violates on its own."""

    __slots__ = ()

    @abstractmethod
    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the value nodes that violate the constraint."""

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the violations of the constraint."""
        if wrong := self.wrong(judge, scope.distinct):
            for focus, values in scope.each():
                for value in values:
                    if value in wrong:
                        yield Finding(focus, value)

    def failing(self, judge: Judge, scope: Scope) -> AbstractSet[Term]:
        """Return the focus nodes that violate the constraint."""
        return scope.having(self.wrong(judge, scope.distinct))
