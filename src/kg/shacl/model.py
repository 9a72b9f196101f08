"""What the engine works with: shapes, constraints and what a constraint finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Literal, NamedNode

    from kg.shacl.columns import Columns
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
    """What breaks a constraint at a focus node; what is None is as the shape has it."""

    focus: Term
    value: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result (section 3.6.2), with the properties that the recommendation gives it."""

    focus: Term
    path: Path | None
    value: Term | None
    shape: Node
    component: NamedNode
    constraint: Node | None
    severity: NamedNode
    messages: tuple[Literal, ...]


class TargetKind(Enum):
    """How a shape names its focus nodes (section 2.1.3)."""

    NODE = sh("targetNode")
    CLASS = sh("targetClass")
    SUBJECTS_OF = sh("targetSubjectsOf")
    OBJECTS_OF = sh("targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Target:
    """One of the targets of a shape: a node, a class or a predicate."""

    kind: TargetKind
    term: Term

    def nodes(self, graph: Columns, among: frozenset[Term] | None = None) -> AbstractSet[Term]:
        """Return the focus nodes in a graph, or those of them that are among others."""
        if self.kind is TargetKind.CLASS:
            layers = graph.instances_by_layer(self.term)
            return set().union(*(one if among is None else one & among for one in layers))
        if self.kind is TargetKind.NODE:
            found: Iterable[Term] = (self.term,)
        else:
            column = graph.forward if self.kind is TargetKind.SUBJECTS_OF else graph.backward
            found = column(self.term)  # type: ignore[arg-type]
        return set(found) if among is None else among.intersection(found)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape where it has a path.

    ``refers`` are the shapes that its constraints name; ``beyond`` the names of SHACL's extensions
    that it uses and this engine does not evaluate.
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
    """What constraints ask of the evaluation that they are part of."""

    graph: Columns

    @property
    @abstractmethod
    def queries(self) -> QueryStore:
        """The graph as a store."""

    @abstractmethod
    def failing(self, shape: Node, nodes: Collection[Term]) -> set[Term]:
        """Return those nodes that do not conform to a shape."""

    @abstractmethod
    def results(self, shape: Node, nodes: Collection[Term]) -> Mapping[Term, list[Result]]:
        """Return the results of a shape at each node that does not conform."""


@dataclass(slots=True)
class Scope:
    """The focus nodes of a shape with the value nodes of each."""

    shape: Shape
    focus: list[Term]
    values: Mapping[Term, Collection[Term]] | None
    _distinct: set[Term] | None = field(default=None, repr=False)

    @property
    def distinct(self) -> set[Term]:
        """All value nodes."""
        if self._distinct is None:
            if self.values is None:
                self._distinct = set(self.focus)
            else:
                self._distinct = {one for values in self.values.values() for one in values}
        return self._distinct

    def each(self) -> Iterable[tuple[Term, Collection[Term]]]:
        """Return every focus node with its value nodes."""
        return ((one, (one,)) for one in self.focus) if self.values is None else self.values.items()

    def having(self, wrong: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the focus nodes that have one of some value nodes."""
        if not wrong or self.values is None:
            return wrong
        return {one for one, values in self.values.items() if not wrong.isdisjoint(values)}


class Constraint(ABC):
    """A constraint of a shape, of one component.

    ``source`` is the node that it is written at, where it is one of ``sh:sparql``.
    """

    __slots__ = ()
    component: NamedNode
    source: Node | None = None

    @abstractmethod
    def findings(self, judge: Judge, scope: Scope) -> Iterable[Finding]:
        """Yield what breaks the constraint."""

    def failing(self, judge: Judge, scope: Scope) -> AbstractSet[Term]:
        """Return the focus nodes that break the constraint."""
        return {one.focus for one in self.findings(judge, scope)}

    def messages_of(self, shape: Shape, finding: Finding) -> tuple[Literal, ...]:
        """Return the messages of a result: the shape's before those of a component (2.1.5)."""
        return shape.messages or finding.messages


class ValueConstraint(Constraint):
    """A constraint that every value node keeps or breaks by itself."""

    __slots__ = ()

    @abstractmethod
    def wrong(self, judge: Judge, values: set[Term]) -> AbstractSet[Term]:
        """Return those value nodes that break the constraint."""

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield what breaks the constraint."""
        if wrong := self.wrong(judge, scope.distinct):
            for focus, values in scope.each():
                for value in values:
                    if value in wrong:
                        yield Finding(focus, value)

    def failing(self, judge: Judge, scope: Scope) -> AbstractSet[Term]:
        """Return the focus nodes that break the constraint."""
        return scope.having(self.wrong(judge, scope.distinct))
