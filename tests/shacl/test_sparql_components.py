"""Constraints in SPARQL by themselves: what their solutions say, and how messages are filled in."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode
from turtle_columns import LookUpJudge, columns, ex, scope

from kg.shacl.model import Finding, Scope, Shape
from kg.shacl.paths import Predicate
from kg.shacl.prebinding import PreboundQuery
from kg.shacl.sparql_components import AskComponent, SelectConstraint
from kg.shacl.vocabulary import Term, sh, xsd

COMPONENT = sh("SPARQLConstraintComponent")
TOM, KIT = ex("tom"), ex("kit")
ONE, TWO = (Literal(number, datatype=xsd("integer")) for number in "12")
DATA = "ex:tom ex:age 1 . ex:kit ex:age 2 ."
OWN, THEIRS = Literal("the shape's"), Literal("the query's")


def shape(path: Predicate | None = None, messages: tuple[Literal, ...] = ()) -> Shape:
    return Shape(ex("S"), path, (), (), sh("Violation"), messages)


def local(node: Term) -> str:
    return node.value.rpartition("/")[2]


def select(where: str, *messages: Literal, source: NamedNode | None = None) -> SelectConstraint:
    query = PreboundQuery.prepare(
        f"PREFIX ex: <https://example.org/> SELECT {where}", "here", constants={"limit": ONE}
    )
    return SelectConstraint(COMPONENT, query, messages, source, local)


def found(constraint: SelectConstraint, of: Shape | None = None) -> list[Finding]:
    asked = Scope(of or shape(), {TOM, KIT}, None)
    return list(constraint.findings(LookUpJudge(columns(DATA)), asked))


def test_each_solution_is_a_finding_with_its_value_and_its_path() -> None:
    older = select("$this ?value ?path WHERE { $this ?path ?value FILTER(?value > $limit) }")
    assert found(older) == [Finding(KIT, TWO, Predicate(ex("age")))]


def test_without_a_value_the_focus_node_of_a_node_shape_is_the_value() -> None:
    older = select("$this WHERE { $this ex:age ?age FILTER(?age > $limit) }")
    assert found(older) == [Finding(KIT, KIT)]
    assert found(older, shape(Predicate(ex("age")))) == [Finding(KIT, None)]


def test_a_message_has_the_values_of_the_solution_and_of_the_constants() -> None:
    where = "$this ?age WHERE { $this ex:age ?age FILTER(?age > $limit) }"
    message = Literal("{?this} is {$age}, not {?limit}; {?nobody} {x}", language="en")
    (one,) = found(select(where, message))
    assert one.messages == (Literal("kit is 2, not 1; {?nobody} {x}", language="en"),)


def test_a_message_of_the_query_itself_comes_first() -> None:
    where = '$this ?message WHERE { $this ex:age 2 BIND("two" AS ?message) }'
    (one,) = found(select(where, Literal("unused")))
    assert one.messages == (Literal("two"),)


def test_messages_of_sparql_come_before_the_shapes_and_those_of_a_component_after() -> None:
    finding, where = Finding(TOM, messages=(THEIRS,)), "$this WHERE { $this ex:age 1 }"
    written = shape(messages=(OWN,))
    assert select(where, source=ex("q")).messages_of(written, finding) == (THEIRS,)
    assert select(where).messages_of(written, finding) == (OWN,)
    assert select(where, source=ex("q")).messages_of(written, Finding(TOM)) == (OWN,)
    assert select(where).messages_of(shape(), finding) == (THEIRS,)


def test_an_ask_is_broken_by_the_values_that_it_is_false_for() -> None:
    query = PreboundQuery.prepare(
        "ASK { FILTER($value <= $most) }", "here", rows=("this", "value"), constants={"most": ONE}
    )
    message = Literal("{$value} of {$this} is over {$most}")
    constraint = AskComponent(ex("AtMost"), query, (message,), local)
    asked = scope({TOM: [ONE, TWO], KIT: [ONE]})
    assert list(constraint.findings(LookUpJudge(columns(DATA)), asked)) == [
        Finding(TOM, TWO, messages=(Literal("2 of tom is over 1"),))
    ]
