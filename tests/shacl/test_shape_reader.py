"""Shapes read from a graph: their targets, what they refer to, and those left to others."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal
from turtle_columns import columns, ex

from kg.errors import ShapesError
from kg.shacl import core
from kg.shacl.columns import Read
from kg.shacl.model import Target, TargetKind
from kg.shacl.paths import Predicate
from kg.shacl.shapes import read_shapes
from kg.shacl.vocabulary import rdf, sh

S, T = ex("S"), ex("T")


def test_a_shape_has_its_targets_its_constraints_and_its_words() -> None:
    found = read_shapes(
        columns(
            """ex:S sh:targetClass ex:Cat ; sh:targetNode ex:tom ; sh:severity sh:Info ;
                 sh:message "So"@en ; sh:property ex:T .
               ex:T sh:path ex:p ; sh:minCount 1 ."""
        )
    )
    shape = found.shapes[S]
    assert set(shape.targets) == {
        Target(TargetKind.CLASS, ex("Cat")),
        Target(TargetKind.NODE, ex("tom")),
    }
    assert shape.constraints == (core.Properties(T),)
    assert shape.refers == {T}
    assert (shape.path, shape.severity) == (None, sh("Info"))
    assert shape.messages == (Literal("So", language="en"),)
    assert found.shapes[T].path == Predicate(ex("p"))
    assert found.shapes[T].severity == sh("Violation")
    assert found.targeted == (shape,)
    assert found.left == {}


def test_a_class_that_is_a_shape_targets_its_instances() -> None:
    found = read_shapes(columns("ex:S a rdfs:Class, sh:NodeShape ; sh:nodeKind sh:IRI ."))
    assert found.shapes[S].targets == (Target(TargetKind.CLASS, S),)


def test_a_deactivated_shape_has_no_focus_nodes() -> None:
    found = read_shapes(columns("ex:S sh:targetNode ex:tom ; sh:deactivated true ; sh:in () ."))
    assert found.shapes[S].deactivated
    assert found.targeted == ()


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ("ex:S sh:targetNode ex:tom ; sh:node ex:T . ex:T sh:not ex:S .", "is recursive"),
        ("ex:S sh:targetNode ex:tom ; sh:node ex:T . ex:T sh:js ex:code .", "T> has sh:js"),
        ("ex:S a sh:NodeShape ; sh:target [ ] .", "S> has sh:target"),
    ],
)
def test_shapes_beyond_the_recommendation_are_left_with_the_reason(
    shapes: str, reason: str
) -> None:
    assert reason in read_shapes(columns(shapes)).left[S]


def test_all_shapes_can_be_left_to_others() -> None:
    found = read_shapes(columns("ex:S sh:targetNode ex:tom ; sh:node ex:T . ex:T sh:in () ."))
    assert found.left_to_others().left == {S: ""}
    assert found.left_to_others().targeted == found.targeted


def test_the_predicates_that_queries_look_at_are_known() -> None:
    query = 'ex:S sh:targetNode ex:tom ; sh:sparql [ sh:select "%s" ] .'
    looks = "SELECT $this WHERE { $this <https://example.org/p> ?x }"
    # Those of lists and rdf:type are always among them.
    found = read_shapes(columns(query % looks)).queried
    assert found is not None
    assert found.predicates == {ex("p"), rdf("first"), rdf("rest"), rdf("type")}
    anywhere = "SELECT $this WHERE { $this ?any ?x }"
    assert read_shapes(columns(query % anywhere)).queried is None
    assert read_shapes(columns("ex:S sh:targetNode ex:tom .")).queried == Read(
        frozenset(), frozenset()
    )


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ("ex:S a sh:NodeShape ; sh:minCount 1 .", "sh:minCount needs a sh:path; add one"),
        ("ex:S a sh:PropertyShape ; sh:path ex:p, ex:q .", "sh:path has several values"),
        ('ex:S sh:targetClass "Cat" .', "sh:targetClass takes an IRI"),
        ('ex:S a sh:NodeShape ; sh:severity "bad" .', "sh:severity takes one IRI"),
        ("ex:S a sh:NodeShape ; sh:in ex:list .", "sh:in takes an RDF list"),
    ],
)
def test_a_malformed_shape_is_named(shapes: str, message: str) -> None:
    with pytest.raises(ShapesError, match=re.escape(message)) as caught:
        read_shapes(columns(shapes))
    assert str(caught.value).startswith(str(S))
