"""Constraints in SPARQL as read from a shapes graph, and what is refused in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal
from turtle_columns import columns, ex

from kg.errors import ShapesError
from kg.shacl.paths import Predicate
from kg.shacl.sparql_components import AskComponent, SelectConstraint
from kg.shacl.sparql_reader import (
    component_constraints,
    messages,
    read_components,
    sparql_constraint,
)
from kg.shacl.vocabulary import xsd

if TYPE_CHECKING:
    from kg.shacl.model import Constraint
    from kg.shacl.paths import Path

S, Q = ex("S"), ex("q")
SELECT = 'sh:select "SELECT $this WHERE { $this a ex:Cat }"'
COMPONENT = """
ex:AtMost a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
  sh:validator [ sh:ask "ASK { FILTER($value <= $most) }" ; sh:message "Over {$most}" ] .
"""
TWO_PARAMETERS = """
ex:Between a sh:ConstraintComponent ;
  sh:parameter [ sh:path ex:low ], [ sh:path ex:high ; sh:optional true ] ;
  sh:propertyValidator [ sh:select "SELECT $this WHERE { $this $PATH ?x FILTER(?x < $low) }" ] .
"""


def read(turtle: str, path: Path | None = None) -> SelectConstraint | None:
    return sparql_constraint(columns(turtle), S, Q, path, str)


def made(turtle: str, path: Path | None = None) -> list[Constraint]:
    graph = columns(turtle)
    return list(component_constraints(graph, S, path, read_components(graph), str))


def test_a_query_is_read_with_its_prefixes_and_its_messages() -> None:
    found = read(
        f"""ex:q {SELECT} ; sh:message "A cat"@en, "قط"@ar ; sh:prefixes ex:o .
            ex:o sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ]."""
    )
    assert found is not None
    assert found.source == Q
    assert found.query.text.startswith("PREFIX ex: <https://example.org/>\n")
    assert set(found.messages) == {Literal("A cat", language="en"), Literal("قط", language="ar")}


def test_prefixes_of_an_imported_ontology_count() -> None:
    found = read(
        f"""ex:q {SELECT} ; sh:prefixes ex:o .
            ex:o <http://www.w3.org/2002/07/owl#imports> ex:lower .
            ex:lower <http://www.w3.org/2002/07/owl#imports> ex:o ;
              sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ]."""
    )
    assert found is not None
    assert found.query.text.startswith("PREFIX ex: <https://example.org/>\n")


def test_a_deactivated_query_is_none() -> None:
    assert read(f"ex:q {SELECT} ; sh:deactivated true .") is None


def test_the_path_and_the_shape_are_bound_before() -> None:
    query = 'ex:q sh:select "SELECT $this WHERE { $this $PATH ?x FILTER(?x = $currentShape) }" .'
    found = read(query, Predicate(ex("age")))
    assert found is not None
    assert "<https://example.org/age>" in found.query.text
    assert dict(found.query.constants) == {"currentShape": S}


def test_messages_are_the_literals_in_their_order() -> None:
    graph = columns('ex:q sh:message "b", "a", ex:c .')
    assert messages(graph, Q) == (Literal("a"), Literal("b"))


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("ex:q a ex:Query .", "sh:select takes one query"),
        ("ex:q sh:select ex:other .", "sh:select takes one query"),
        (f'ex:q {SELECT}, "SELECT $this {{}}" .', "sh:select takes one query"),
        ('ex:q sh:select "DESCRIBE $this" .', "is neither a SELECT nor an ASK query"),
        (
            f'ex:q {SELECT} ; sh:prefixes [ sh:declare [ sh:prefix "ex" ] ] .',
            "a sh:declare takes one sh:prefix and one sh:namespace",
        ),
        (
            f"""ex:q {SELECT} ; sh:prefixes [ sh:declare
                 [ sh:prefix "ex" ; sh:namespace "https://example.org/" ],
                 [ sh:prefix "ex" ; sh:namespace "https://example.com/" ] ] .""",
            "the prefix 'ex' is declared twice",
        ),
    ],
)
def test_a_malformed_query_is_refused_with_its_node(turtle: str, message: str) -> None:
    with pytest.raises(ShapesError, match=re.escape(message)) as caught:
        read(turtle)
    assert str(caught.value).startswith(str(Q))


def test_a_query_is_a_node() -> None:
    with pytest.raises(ShapesError, match=r'sh:sparql takes a node, .*"q"'):
        sparql_constraint(columns(""), S, Literal("q"), None, str)


def test_components_have_their_parameters_and_their_validators() -> None:
    (found,) = read_components(columns(TWO_PARAMETERS))
    assert found.iri == ex("Between")
    assert found.parameters == {ex("low"): False, ex("high"): True}
    assert found.needed == (ex("low"),)
    assert {name for name, several in found.validators.items() if several} == {"propertyValidator"}


@pytest.mark.parametrize(
    "component",
    [
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:p ] .",
        "ex:C a sh:ConstraintComponent ; sh:validator [ sh:ask 'ASK {}' ] .",
    ],
)
def test_a_component_without_parameters_or_validators_is_none(component: str) -> None:
    assert read_components(columns(component)) == ()


def test_a_parameter_without_a_path_is_refused() -> None:
    broken = "ex:C a sh:ConstraintComponent ; sh:parameter [ ] , ex:p . ex:p sh:path 'x' ."
    with pytest.raises(ShapesError, match="a sh:parameter needs a sh:path that is an IRI"):
        read_components(columns(broken))


def test_each_value_of_a_sole_parameter_is_a_constraint() -> None:
    found = made(f"{COMPONENT} ex:S ex:most 1, 2 .")
    assert all(isinstance(one, AskComponent) for one in found)
    assert {one.component for one in found} == {ex("AtMost")}
    given = {dict(one.query.constants)["most"] for one in found if isinstance(one, AskComponent)}
    assert given == {Literal(number, datatype=xsd("integer")) for number in "12"}


def test_a_shape_without_the_needed_parameters_has_no_constraint() -> None:
    path = Predicate(ex("age"))
    assert made(f"{TWO_PARAMETERS} ex:S ex:high 1 .", path) == []
    assert len(made(f"{TWO_PARAMETERS} ex:S ex:low 1 .", path)) == 1
    # Its only validator is for property shapes.
    assert made(f"{TWO_PARAMETERS} ex:S ex:low 1 .") == []


def test_one_of_several_parameters_has_one_value() -> None:
    with pytest.raises(ShapesError, match=r"Between>: a parameter has several values"):
        made(f"{TWO_PARAMETERS} ex:S ex:low 1, 2 .", Predicate(ex("age")))
