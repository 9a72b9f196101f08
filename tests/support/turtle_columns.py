"""Graphs of a few triples for the tests of the SHACL engine, and a judge that looks answers up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.shacl.columns import Columns, Values
from kg.shacl.model import Judge, Scope, Shape
from kg.shacl.prebinding import QueryStore
from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kg.shacl.model import Finding, Result
    from kg.shacl.vocabulary import Node, Term

PREAMBLE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ex(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREAMBLE + turtle, format=RdfFormat.TURTLE)]


def columns(turtle: str) -> Columns:
    return Columns(triples(turtle))


@dataclass
class LookUpJudge(Judge):
    """Judges no shape itself: it is given the nodes that fail each."""

    graph: Columns = field(default_factory=lambda: columns(""))
    failed: Mapping[Node, set[Term]] = field(default_factory=dict)

    @property
    def queries(self) -> QueryStore:
        return QueryStore(self.graph.quads(None), ())

    def failing(self, shape: Node, nodes: AbstractSet[Term]) -> AbstractSet[Term]:
        return nodes & self.failed[shape]

    def results(self, shape: Node, nodes: AbstractSet[Term]) -> Mapping[Term, list[Result]]:
        raise AssertionError(f"nobody asks for the results of {shape}")


def scope(values: Mapping[Term, Collection[Term]]) -> Scope:
    """Return focus nodes with the values of each."""
    own = Values({one: tuple(found) for one, found in values.items() if found})
    return Scope(Shape(ex("S"), None, (), (), sh("Violation")), set(values), own)


def brief(findings: Iterable[Finding]) -> list[tuple[Term, Term | None]]:
    """Return focus node and value of each finding, sorted."""
    return sorted(((one.focus, one.value) for one in findings), key=str)
