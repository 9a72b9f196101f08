"""Reading shapes: parameters are checked and constraints prepared for evaluation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import ShapesError
from kg.shacl.columns import Read
from kg.shacl.core_reader import CORE_PARAMETERS, PROPERTY_ONLY, Given, named_shapes
from kg.shacl.model import Shape, Target, TargetKind
from kg.shacl.paths import read_path
from kg.shacl.sparql_components import AskComponent, SelectConstraint
from kg.shacl.sparql_reader import (
    component_constraints,
    messages,
    read_components,
    sparql_constraint,
)
from kg.shacl.vocabulary import rdf, rdfs, sh, xsd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.shacl.columns import Columns
    from kg.shacl.model import Constraint
    from kg.shacl.paths import Path
    from kg.shacl.vocabulary import Node, Term

__all__ = ["ShapeSet", "read_shapes"]

_TYPE: Final = rdf("type")
_CLASS: Final = rdfs("Class")
_PATH: Final = sh("path")
_SPARQL: Final = sh("sparql")
_TRUE: Final = Literal("true", datatype=xsd("boolean"))
#: Properties that SHACL's extensions (Advanced Features, JavaScript) add to a shape's validation.
_FURTHER_TARGET: Final = "sh:target"
_BEYOND: Final = tuple(map(sh, ("target", "expression", "js")))


@dataclass(frozen=True)
class ShapeSet:
    """The shapes of a graph.

    ``targeted`` are the shapes with targets; ``left`` those among them that this engine does not
    evaluate, each with the reason.
    """

    graph: Columns
    shapes: Mapping[Node, Shape]
    targeted: tuple[Shape, ...]
    left: Mapping[Node, str]

    @cached_property
    def queried(self) -> Read | None:
        """What the shapes' queries read, or ``None`` if they can read any predicate."""
        found = Read(frozenset(), frozenset())
        for shape in self.shapes.values():
            for constraint in shape.constraints:
                if isinstance(constraint, SelectConstraint | AskComponent):
                    if constraint.query.read is None:
                        return None
                    found |= constraint.query.read
        return found

    @cached_property
    def asks_shapes_graph(self) -> bool:
        """Whether a query of the shapes reads the shapes graph."""
        return any(
            name == "shapesGraph"
            for shape in self.shapes.values()
            for one in shape.constraints
            if isinstance(one, SelectConstraint | AskComponent)
            for name, _ in one.query.constants
        )

    def left_to_others(self) -> ShapeSet:
        """Return the same shapes with none left for this engine to evaluate."""
        return replace(self, left={one.node: "" for one in self.targeted})


def read_shapes(graph: Columns, show: Callable[[Term], str] = str) -> ShapeSet:
    """Read all shapes of a graph.

    :param show: formats a term where a message has ``{?value}``.
    :raises ShapesError: a shape is malformed; the message names the shape and the parameter.
    """
    reader = _Reader(graph, show)
    found = reader.read_all()
    targeted = tuple(
        one
        for one in found.values()
        if (one.targets or _FURTHER_TARGET in one.beyond) and not one.deactivated
    )
    left: dict[Node, str] = {}
    for shape in targeted:
        if reason := _reason(shape, found):
            left[shape.node] = reason
    return ShapeSet(graph, found, targeted, left)


def _reason(top: Shape, shapes: Mapping[Node, Shape]) -> str:
    """Return why this engine cannot evaluate a shape, empty if it can."""
    done: set[Node] = set()
    # Depth first; a marker on the way back detects shapes that refer to themselves.
    above: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(top.node, False)]
    while waiting:
        node, leaving = waiting.pop()
        if leaving:
            above.pop()
            done.add(node)
        elif node in above:
            return f"{node} is recursive"
        elif node not in done:
            if shapes[node].beyond:
                return f"{node} has {', '.join(shapes[node].beyond)}"
            above.append(node)
            waiting.append((node, True))
            waiting += ((one, False) for one in sorted(shapes[node].refers, key=str))
    return ""


class _Reader:
    """Reads each shape once, following references to other shapes."""

    def __init__(self, graph: Columns, show: Callable[[Term], str]) -> None:
        self.graph = graph
        self.show = show
        self.found: dict[Node, Shape] = {}
        self.components = read_components(graph)

    def read_all(self) -> dict[Node, Shape]:
        waiting = sorted(self._candidates(), key=str)
        while waiting:
            node = waiting.pop()
            if node not in self.found:
                shape = self._shape(node)
                self.found[node] = shape
                waiting += shape.refers
        return self.found

    def _candidates(self) -> set[Node]:
        graph = self.graph
        found: set[Any] = set()
        for name in ("NodeShape", "PropertyShape"):
            found |= graph.instances(sh(name))
        for kind in TargetKind:
            found.update(graph.subjects(kind.value))
        found.update(graph.subjects(sh("target")))
        classes = graph.instances(_CLASS)
        for parameter in CORE_PARAMETERS:
            found |= classes.intersection(graph.subjects(parameter))
        return found

    def _shape(self, node: Node) -> Shape:
        graph = self.graph
        try:
            paths = graph.values(node, _PATH)
            if len(paths) > 1:
                raise ShapesError("sh:path has several values; give exactly one")
            path = read_path(graph, paths[0]) if paths else None
            constraints = tuple(self._constraints(node, path))
            return Shape(
                node=node,
                path=path,
                targets=tuple(self._targets(node)),
                constraints=constraints,
                severity=self._severity(node),
                messages=messages(graph, node),
                deactivated=_TRUE in graph.values(node, sh("deactivated")),
                refers=frozenset(named for one in constraints for named in named_shapes(one)),
                beyond=tuple(
                    f"sh:{one.value.rpartition('#')[2]}"
                    for one in _BEYOND
                    if graph.values(node, one)
                ),
            )
        except ShapesError as error:
            raise ShapesError(f"{node}: {error}") from error

    def _constraints(self, node: Node, path: Path | None) -> Iterator[Constraint]:
        graph = self.graph
        for predicate in graph.predicates(node):
            read = CORE_PARAMETERS.get(predicate)
            if read is not None:
                if path is None and predicate in PROPERTY_ONLY:
                    name = Given(graph, node, predicate).name
                    raise ShapesError(f"{name} needs a sh:path; add one")
                yield from read(Given(graph, node, predicate))
            elif predicate == _SPARQL:
                for source in graph.values(node, predicate):
                    query = sparql_constraint(graph, node, source, path, self.show)
                    if query is not None:
                        yield query
        yield from component_constraints(graph, node, path, self.components, self.show)

    def _targets(self, node: Node) -> Iterator[Target]:
        for kind in TargetKind:
            for one in self.graph.values(node, kind.value):
                if kind is not TargetKind.NODE and not isinstance(one, NamedNode):
                    raise Given(self.graph, node, kind.value).fault(one, "an IRI")
                yield Target(kind, one)
        if isinstance(node, NamedNode) and node in self.graph.instances(_CLASS):
            yield Target(TargetKind.CLASS, node)

    def _severity(self, node: Node) -> NamedNode:
        found = self.graph.values(node, sh("severity")) or [sh("Violation")]
        if len(found) > 1 or not isinstance(found[0], NamedNode):
            raise ShapesError("sh:severity takes one IRI; correct it")
        return found[0]
