"""The parameters of SHACL Core as read from a shapes graph, and what is refused in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode
from turtle_columns import columns, ex

from kg.errors import ShapesError
from kg.shacl import core
from kg.shacl.core_reader import CORE_PARAMETERS, PROPERTY_ONLY, Given, named_shapes
from kg.shacl.regexes import Regex
from kg.shacl.vocabulary import sh, xsd

if TYPE_CHECKING:
    from kg.shacl.model import Constraint

A, B, S, T = map(ex, "abST")
TWO = Literal("2", datatype=xsd("integer"))
DEFINED = "ex:S a sh:NodeShape . ex:T sh:path ex:p ."


def given(name: str, turtle: str) -> Given:
    return Given(columns(turtle), A, sh(name))


def read(name: str, turtle: str) -> list[Constraint]:
    return list(CORE_PARAMETERS[sh(name)](given(name, turtle)))


@pytest.mark.parametrize(
    ("name", "turtle", "constraints"),
    [
        ("class", "ex:a sh:class ex:S, ex:T .", [core.HasClass(S), core.HasClass(T)]),
        ("nodeKind", "ex:a sh:nodeKind sh:IRI .", [core.HasKind((NamedNode,))]),
        ("minCount", "ex:a sh:minCount 2 .", [core.AtLeast(2)]),
        ("minCount", "ex:a sh:minCount 0 .", []),
        ("maxCount", "ex:a sh:maxCount 0 .", [core.AtMost(0)]),
        (
            "minInclusive",
            "ex:a sh:minInclusive 2 .",
            [core.InRange(sh("MinInclusiveConstraintComponent"), TWO)],
        ),
        ("pattern", 'ex:a sh:pattern "^x" .', [core.Matches(Regex("^x"))]),
        ("pattern", 'ex:a sh:pattern "^x" ; sh:flags "i" .', [core.Matches(Regex("^x", "i"))]),
        ("languageIn", 'ex:a sh:languageIn ("en" "ar") .', [core.InLanguage(("en", "ar"))]),
        ("uniqueLang", "ex:a sh:uniqueLang true .", [core.UniqueLanguages()]),
        ("uniqueLang", 'ex:a sh:uniqueLang "1"^^xsd:boolean .', []),
        ("in", "ex:a sh:in (ex:a 2) .", [core.OneOfTerms(frozenset({A, TWO}))]),
        ("or", f"{DEFINED} ex:a sh:or (ex:S ex:T) .", [core.AnyOf((S, T))]),
        ("node", f"{DEFINED} ex:a sh:node ex:S .", [core.ConformsTo(S)]),
        ("property", f"{DEFINED} ex:a sh:property ex:T .", [core.Properties(T)]),
        ("closed", "ex:a sh:closed false .", []),
        (
            "closed",
            f"{DEFINED} ex:a sh:closed true ; sh:property ex:T ; sh:ignoredProperties (ex:q) .",
            [core.Closed(frozenset({ex("p"), ex("q")}))],
        ),
    ],
)
def test_parameters_make_constraints(name: str, turtle: str, constraints: list[Constraint]) -> None:
    assert sorted(read(name, turtle), key=str) == sorted(constraints, key=str)


@pytest.mark.parametrize(
    ("name", "turtle", "message"),
    [
        ("minCount", "ex:a sh:minCount 1, 2 .", "sh:minCount has 2 values"),
        ("minCount", 'ex:a sh:minCount "two" .', "sh:minCount takes an xsd:integer"),
        ("datatype", 'ex:a sh:datatype "date" .', "sh:datatype takes an IRI"),
        ("nodeKind", "ex:a sh:nodeKind ex:Stone .", "sh:nodeKind takes one of <http"),
        ("in", "ex:a sh:in ex:b .", "sh:in takes an RDF list"),
        ("languageIn", "ex:a sh:languageIn (ex:b) .", "sh:languageIn takes a list of literals"),
        ("minInclusive", "ex:a sh:minInclusive ex:b .", "sh:minInclusive takes a literal"),
        ("not", 'ex:a sh:not "S" .', "sh:not takes a shape"),
        ("node", "ex:a sh:node ex:S .", "<https://example.org/S>, which is not defined"),
        ("node", f"{DEFINED} ex:a sh:node ex:T .", "which is a property shape; wrap it in one"),
        ("property", f"{DEFINED} ex:a sh:property ex:S .", "which has no sh:path; add one"),
    ],
)
def test_malformed_parameters_are_refused(name: str, turtle: str, message: str) -> None:
    with pytest.raises(ShapesError, match=re.escape(message)):
        read(name, turtle)


def test_the_siblings_of_a_qualified_shape_are_those_of_the_same_parent() -> None:
    siblings = """
        ex:Hand sh:property ex:a, ex:b .
        ex:a sh:path ex:p ; sh:qualifiedValueShape ex:S ; sh:qualifiedMinCount 1 ;
          sh:qualifiedMaxCount 2 ; sh:qualifiedValueShapesDisjoint %s .
        ex:b sh:path ex:p ; sh:qualifiedValueShape ex:T .
        ex:Elsewhere sh:property [ sh:path ex:p ; sh:qualifiedValueShape ex:Other ] .
    """
    least, most = (sh(f"Qualified{name}CountConstraintComponent") for name in ("Min", "Max"))
    assert read("qualifiedValueShape", DEFINED + siblings % "true") == [
        core.Qualified(least, S, (T,), 1, float("inf")),
        core.Qualified(most, S, (T,), 0, 2),
    ]
    alone = read("qualifiedValueShape", DEFINED + siblings % "false")
    assert [named_shapes(one) for one in alone] == [(S,), (S,)]


@pytest.mark.parametrize(
    ("constraint", "shapes"),
    [
        (core.NotA(S), (S,)),
        (core.Properties(T), (T,)),
        (core.ExactlyOneOf((S, T)), (S, T)),
        (core.Qualified(sh("x"), S, (T,), 0, 1), (S, T)),
        (core.AtLeast(1), ()),
    ],
)
def test_constraints_tell_the_shapes_that_they_name(
    constraint: Constraint, shapes: tuple[NamedNode, ...]
) -> None:
    assert named_shapes(constraint) == shapes


def test_counts_and_orders_are_for_property_shapes_alone() -> None:
    assert sh("minCount") in PROPERTY_ONLY
    assert sh("class") not in PROPERTY_ONLY
    assert PROPERTY_ONLY.issubset(CORE_PARAMETERS)
