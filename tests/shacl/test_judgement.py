"""The engine and pySHACL, each asked directly: results, focus nodes, and shapes left out."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from turtle_columns import columns, ex, triples

from kg.errors import ShapesError
from kg.shacl.engine import Judgement, judge
from kg.shacl.model import Result
from kg.shacl.paths import Predicate
from kg.shacl.referee import judge_by_pyshacl
from kg.shacl.shapes import read_shapes
from kg.shacl.vocabulary import sh

# pySHACL warns of what it does not understand in shapes.
pytestmark = pytest.mark.filterwarnings("ignore")

DATA = 'ex:tom a ex:Cat . ex:kit a ex:Cat ; ex:name "Kit" . ex:rex ex:name ex:noName .'
SHAPES = """
ex:S sh:targetClass ex:Cat ; sh:property ex:Name .
ex:Name sh:path ex:name ; sh:minCount 1 ; sh:message "A cat has a name"@en .
ex:T sh:targetSubjectsOf ex:name ; sh:property ex:Words ; sh:severity sh:Warning .
ex:Words sh:path ex:name ; sh:nodeKind sh:Literal ; sh:severity sh:Warning .
"""
NAMELESS = Result(
    focus=ex("tom"),
    path=Predicate(ex("name")),
    value=None,
    shape=ex("Name"),
    component=sh("MinCountConstraintComponent"),
    constraint=None,
    severity=sh("Violation"),
    messages=(Literal("A cat has a name", language="en"),),
)
BREAK = [
    (ex("rex"), ex("noName"), ex("Words"), sh("NodeKindConstraintComponent"), sh("Warning")),
    (ex("tom"), None, ex("Name"), sh("MinCountConstraintComponent"), sh("Violation")),
]


def judged(data: str, shapes: str, among: frozenset[object] | None = None) -> Judgement:
    return judge(columns(data), read_shapes(columns(shapes)), among)  # type: ignore[arg-type]


def keys(results: tuple[Result, ...]) -> list[tuple[object, ...]]:
    found = [(one.focus, one.value, one.shape, one.component, one.severity) for one in results]
    return sorted(found, key=str)


def test_results_are_of_the_property_shape_with_all_that_it_says() -> None:
    found = judged(DATA, SHAPES)
    assert keys(found.results) == BREAK
    assert NAMELESS in found.results
    # tom, kit and rex: kit is a focus node of both shapes.
    assert found.focus_nodes == 3


def test_only_focus_nodes_among_those_asked_for_are_judged() -> None:
    found = judged(DATA, SHAPES, frozenset({ex("kit"), ex("tom")}))
    assert found.results == (NAMELESS,)
    assert found.focus_nodes == 2


def test_a_shape_that_is_left_counts_its_focus_nodes_and_has_no_results() -> None:
    left = read_shapes(columns(SHAPES)).left_to_others()
    assert judge(columns(DATA), left) == Judgement((), 3)


def test_a_value_of_two_focus_nodes_is_reported_for_each() -> None:
    shapes = """ex:S sh:targetClass ex:Cat ; sh:property [ sh:path ex:owner ; sh:node ex:T ] .
                ex:T sh:nodeKind sh:Literal ."""
    found = judged("ex:tom a ex:Cat ; ex:owner ex:al . ex:kit a ex:Cat ; ex:owner ex:al .", shapes)
    assert {(one.focus, one.value) for one in found.results} == {
        (ex("tom"), ex("al")),
        (ex("kit"), ex("al")),
    }


def test_a_query_that_fails_is_an_error_of_the_shapes() -> None:
    shapes = 'ex:S sh:targetClass ex:Cat ; sh:sparql [ sh:select "SELECT $this WHERE {" ] .'
    with pytest.raises(ShapesError, match="the constraint's query fails"):
        judged(DATA, shapes)


def test_pyshacl_finds_the_same() -> None:
    found = judge_by_pyshacl(triples(DATA), triples(SHAPES))
    assert keys(found) == BREAK
    assert NAMELESS in found


@pytest.mark.parametrize(("without", "left"), [("S", BREAK[:1]), ("T", BREAK[1:])])
def test_pyshacl_leaves_out_the_shapes_that_others_have_judged(
    without: str, left: list[tuple[object, ...]]
) -> None:
    found = judge_by_pyshacl(triples(DATA), triples(SHAPES), [ex(without)])
    assert keys(found) == left


def test_pyshacl_leaves_out_a_class_that_is_a_shape() -> None:
    shapes = triples("ex:Cat a rdfs:Class, sh:NodeShape ; sh:nodeKind sh:Literal .")
    assert len(judge_by_pyshacl(triples(DATA), shapes)) == 2
    assert judge_by_pyshacl(triples(DATA), shapes, [ex("Cat")]) == ()


def test_a_switch_that_is_one_is_off_for_pyshacl_too() -> None:
    shapes = triples('ex:S sh:targetClass ex:Cat ; sh:closed "1"^^xsd:boolean .')
    assert judge_by_pyshacl(triples(DATA), shapes) == ()


def test_what_pyshacl_cannot_evaluate_is_an_error_of_the_shapes() -> None:
    shapes = triples("ex:S sh:targetClass ex:Cat ; sh:property [ sh:minCount 1 ] .")
    with pytest.raises(ShapesError, match="pySHACL"):
        judge_by_pyshacl(triples(DATA), shapes)


def test_pyshacl_gives_blank_nodes_back() -> None:
    (found,) = judge_by_pyshacl(triples("[] a ex:Cat ."), triples(SHAPES))
    assert isinstance(found.focus, BlankNode)
    assert isinstance(found.shape, NamedNode)
