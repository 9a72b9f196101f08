"""The constraint components of SHACL Core, each by itself on values chosen by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from turtle_columns import LookUpJudge, brief, columns, ex, scope

from kg.shacl import core
from kg.shacl.paths import Predicate
from kg.shacl.regexes import Regex
from kg.shacl.vocabulary import sh, xsd

if TYPE_CHECKING:
    from kg.shacl.model import ValueConstraint
    from kg.shacl.vocabulary import Term

A, B, C = map(ex, "abc")
BLANK = BlankNode("blank")
ONE, TWO, THREE = (Literal(str(number), datatype=xsd("integer")) for number in (1, 2, 3))
WORD, LONG = Literal("word"), Literal("long word")
BRITISH, ARABIC = Literal("word", language="en-GB"), Literal("قول", language="ar")
NO_DAY = Literal("2001-02-30", datatype=xsd("date"))
# Of the shapes, b and c fail the first, a and c the second.
SHAPES = (ex("First"), ex("Second"))
FAILED: dict[NamedNode | BlankNode, set[Term]] = {SHAPES[0]: {B, C}, SHAPES[1]: {A, C}}


@pytest.mark.parametrize(
    ("constraint", "values", "wrong"),
    [
        (core.HasDatatype(xsd("integer")), {ONE, WORD, A}, {WORD, A}),
        (core.HasDatatype(xsd("date")), {NO_DAY}, {NO_DAY}),
        (core.HasKind((NamedNode, BlankNode)), {A, BLANK, WORD}, {WORD}),
        (core.InRange(sh("MinExclusiveConstraintComponent"), TWO), {ONE, TWO, THREE}, {ONE, TWO}),
        (core.InRange(sh("MinInclusiveConstraintComponent"), TWO), {ONE, TWO, THREE}, {ONE}),
        (core.InRange(sh("MaxExclusiveConstraintComponent"), TWO), {ONE, TWO, WORD}, {TWO, WORD}),
        (core.InRange(sh("MaxInclusiveConstraintComponent"), TWO), {ONE, TWO, THREE}, {THREE}),
        (core.HasLength(sh("MaxLengthConstraintComponent"), 0, 4), {WORD, LONG}, {LONG}),
        (core.HasLength(sh("MinLengthConstraintComponent"), 5, 99), {WORD, LONG}, {WORD}),
        (core.HasLength(sh("MaxLengthConstraintComponent"), 0, 4), {BLANK}, {BLANK}),
        (core.HasLength(sh("MaxLengthConstraintComponent"), 0, 3), {ARABIC}, set()),
        (core.Matches(Regex("^w")), {WORD, LONG, BLANK}, {LONG, BLANK}),
        (core.InLanguage(("en",)), {BRITISH, ARABIC, WORD}, {ARABIC, WORD}),
        (core.InLanguage(("*",)), {BRITISH, ARABIC, WORD}, {WORD}),
        (core.OneOfTerms(frozenset({A, ONE})), {A, B, ONE}, {B}),
        (core.ConformsTo(SHAPES[0]), {A, B, C}, {B, C}),
        (core.NotA(SHAPES[0]), {A, B, C}, {A}),
        (core.AllOf(SHAPES), {A, B, C}, {A, B, C}),
        (core.AnyOf(SHAPES), {A, B, C}, {C}),
        (core.ExactlyOneOf(SHAPES), {A, B, C}, {C}),
        (core.ExactlyOneOf((SHAPES[0], SHAPES[0])), {A, B}, {A, B}),
    ],
)
def test_values_keep_a_constraint_or_break_it(
    constraint: ValueConstraint, values: set[Term], wrong: set[Term]
) -> None:
    assert constraint.wrong(LookUpJudge(failed=FAILED), values) == wrong


def test_instances_of_a_subclass_are_instances() -> None:
    graph = columns("ex:a a ex:Cat . ex:b a ex:Stone . ex:Cat rdfs:subClassOf ex:Animal .")
    assert core.HasClass(ex("Animal")).wrong(LookUpJudge(graph), {A, B, WORD}) == {B, WORD}


def test_a_wrong_value_is_found_at_every_focus_node_that_has_it() -> None:
    found = core.OneOfTerms(frozenset({ONE})).findings(
        LookUpJudge(), scope({A: [ONE, TWO], B: [TWO], C: [ONE]})
    )
    assert brief(found) == [(A, TWO), (B, TWO)]


def test_counts() -> None:
    values = scope({A: [], B: [ONE], C: [ONE, TWO]})
    assert brief(core.AtLeast(1).findings(LookUpJudge(), values)) == [(A, None)]
    assert brief(core.AtMost(1).findings(LookUpJudge(), values)) == [(C, None)]
    assert brief(core.HasValue(TWO).findings(LookUpJudge(), values)) == [(A, None), (B, None)]


def test_a_language_is_reported_once_however_often_it_is_used() -> None:
    english = [Literal(word, language="en") for word in ("one", "two", "three")]
    values = scope({A: [*english, ARABIC], B: [english[0], ARABIC, WORD, LONG]})
    assert brief(core.UniqueLanguages().findings(LookUpJudge(), values)) == [(A, None)]


def test_pairs_of_properties() -> None:
    judge = LookUpJudge(columns("ex:a ex:other 2, 3 ."))
    values, other = scope({A: [ONE, TWO]}), ex("other")
    assert brief(core.Equals(other).findings(judge, values)) == [(A, ONE), (A, THREE)]
    assert brief(core.Disjoint(other).findings(judge, values)) == [(A, TWO)]
    before = core.HasOrder(sh("LessThanConstraintComponent"), other)
    assert brief(before.findings(judge, values)) == [(A, TWO)]
    not_after = core.HasOrder(sh("LessThanOrEqualsConstraintComponent"), other)
    assert brief(not_after.findings(judge, values)) == []


@pytest.mark.parametrize(
    ("least", "most", "siblings", "found"),
    [(1, 9, (), [B]), (0, 0, (), [A]), (1, 9, (SHAPES[1],), [B]), (0, 9, (), [])],
)
def test_a_qualified_count_is_of_the_values_that_conform(
    least: int, most: int, siblings: tuple[NamedNode, ...], found: list[Term]
) -> None:
    # Only the value a conforms to the first shape; it does not to the second, the sibling.
    component = sh("QualifiedMinCountConstraintComponent")
    constraint = core.Qualified(component, SHAPES[0], siblings, least, most)
    values = scope({A: [A, B], B: [B, C]})
    assert brief(constraint.findings(LookUpJudge(failed=FAILED), values)) == [
        (focus, None) for focus in found
    ]


def test_a_sibling_takes_the_values_that_conform_to_it_out_of_the_count() -> None:
    component = sh("QualifiedMinCountConstraintComponent")
    constraint = core.Qualified(component, SHAPES[0], (SHAPES[1],), 1, 9)
    judge = LookUpJudge(failed={SHAPES[0]: set(), SHAPES[1]: {A}})
    assert brief(constraint.findings(judge, scope({A: [A], B: [B]}))) == [(B, None)]


def test_a_closed_shape_names_the_property_that_is_too_many() -> None:
    judge = LookUpJudge(columns("ex:a ex:known 1 ; ex:strange 2, 3 ."))
    found = list(core.Closed(frozenset({ex("known")})).findings(judge, scope({A: [A]})))
    assert brief(found) == [(A, TWO), (A, THREE)]
    assert {one.path for one in found} == {Predicate(ex("strange"))}


def test_a_property_shape_fails_the_focus_nodes_and_has_no_finding_of_its_own() -> None:
    constraint, values = core.Properties(SHAPES[0]), scope({A: [A, B], B: [A]})
    judge = LookUpJudge(failed=FAILED)
    assert list(constraint.findings(judge, values)) == []
    assert constraint.failing(judge, values) == {A}
