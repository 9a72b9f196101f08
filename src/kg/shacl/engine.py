"""Validation: each shape is applied to all its focus nodes at once (section 3.4).

The value nodes of all focus nodes are collected first; each constraint is then evaluated on all of
them, mostly with set operations. For a shape that other shapes refer to, the set of non-conforming
nodes is computed once per node.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.shacl.core import Properties
from kg.shacl.model import Judge, Result, Scope
from kg.shacl.paths import values_of
from kg.shacl.prebinding import QueryStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from kg.shacl.columns import Columns
    from kg.shacl.model import Constraint, Finding, Shape
    from kg.shacl.shapes import ShapeSet
    from kg.shacl.vocabulary import Node, Term

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The results of a validation, and the number of focus nodes of all shapes."""

    results: tuple[Result, ...]
    focus_nodes: int


def judge(graph: Columns, shapes: ShapeSet, among: frozenset[Term] | None = None) -> Judgement:
    """Apply all shapes with targets to a graph, except those left to pySHACL.

    :param among: restricts the focus nodes to these; default all.
    :raises ShapesError: a shape's query fails.
    """
    evaluation = _Evaluation(graph, shapes)
    results: list[Result] = []
    judged: set[Term] = set()
    for shape in shapes.targeted:
        focus: set[Term] = set()
        for target in shape.targets:
            focus |= target.nodes(graph, among)
        judged |= focus
        if focus and shape.node not in shapes.left:
            for found in evaluation.results(shape.node, focus).values():
                results += found
    return Judgement(tuple(results), len(judged))


class _Evaluation(Judge):
    """One validation run, caching results by shape and node."""

    def __init__(self, graph: Columns, shapes: ShapeSet) -> None:
        self.graph = graph
        self._shapes = shapes
        self._judged: dict[Node, set[Term]] = defaultdict(set)
        self._results: dict[Node, dict[Term, list[Result]]] = defaultdict(dict)
        self._asked: dict[Node, set[Term]] = defaultdict(set)
        self._failed: dict[Node, set[Term]] = defaultdict(set)

    @cached_property
    def queries(self) -> QueryStore:
        """The graph as a store, limited to what the queries read; built on first use."""
        shapes, read = self._shapes, self._shapes.queried
        given = None
        if read is not None and not shapes.asks_shapes_graph:
            given = self.graph.given_quads(read)
        if given is not None:
            return QueryStore(given, shapes.graph.triples(), union=True)
        return QueryStore(self.graph.quads(read), shapes.graph.triples())

    def failing(self, shape: Node, nodes: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the nodes that do not conform to a shape."""
        asked, failed = self._asked[shape], self._failed[shape]
        if new := nodes - asked:
            asked |= new
            failed |= self._failing(self._shapes.shapes[shape], new)
        return failed & nodes

    def _failing(self, shape: Shape, nodes: AbstractSet[Term]) -> set[Term]:
        failed: set[Term] = set()
        if shape.deactivated:
            return failed
        scope = self._scope(shape, nodes)
        for constraint in shape.constraints:
            failed |= constraint.failing(self, scope)
            if len(failed) == len(nodes):
                break
        return failed

    def results(self, shape: Node, nodes: AbstractSet[Term]) -> Mapping[Term, list[Result]]:
        """Return a shape's results at each node that does not conform."""
        judged, found = self._judged[shape], self._results[shape]
        if new := nodes - judged:
            judged |= new
            for focus, result in self._evaluate(self._shapes.shapes[shape], new):
                found.setdefault(focus, []).append(result)
        return {one: found[one] for one in nodes if one in found} if found else {}

    def _scope(self, shape: Shape, focus: AbstractSet[Term]) -> Scope:
        values = None if shape.path is None else values_of(shape.path, self.graph, focus)
        return Scope(shape, focus, values)

    def _evaluate(self, shape: Shape, focus: AbstractSet[Term]) -> Iterator[tuple[Term, Result]]:
        """Yield the shape's results, each with its focus node."""
        if shape.deactivated:
            return
        scope = self._scope(shape, focus)
        for constraint in shape.constraints:
            if isinstance(constraint, Properties):
                yield from self._of_properties(constraint, scope)
            else:
                for finding in constraint.findings(self, scope):
                    yield finding.focus, _result(shape, constraint, finding)

    def _of_properties(self, constraint: Properties, scope: Scope) -> Iterator[tuple[Term, Result]]:
        # A value node shared by several focus nodes is validated for each, with equal results.
        if failed := self.results(constraint.shape, scope.distinct):
            for focus, values in scope.each():
                for value in values:
                    for result in failed.get(value, ()):
                        yield focus, result


def _result(shape: Shape, constraint: Constraint, finding: Finding) -> Result:
    return Result(
        focus=finding.focus,
        path=finding.path or shape.path,
        value=finding.value,
        shape=shape.node,
        component=constraint.component,
        constraint=constraint.source,
        severity=shape.severity,
        messages=constraint.messages_of(shape, finding),
    )
