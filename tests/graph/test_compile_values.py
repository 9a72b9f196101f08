"""The parts of claims as quads: times and their corners, amounts and their bounds, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import TEXT
from small_compiler import objects, values_of

from kg.errors import AuthorityError, ReadingError
from kg.graph.compile_values import describe_times, located
from kg.rdf.iris import AGENTS_GRAPH, ClaimName, concept, resource
from kg.rdf.quads import QuadSink
from kg.reading.parts import Answer, Question, Time
from kg.text.spans import Span

if TYPE_CHECKING:
    from examples import Workspace

NODE = resource("claim", "flood", "curated", "toll.part")
ONE, OTHER = (ClaimName("flood", "curated", name) for name in ("one", "other"))


@pytest.mark.parametrize(
    ("edtf", "extent", "corners"),
    [
        ("2001-05", None, ("2001-05-01", "2001-05-31", "2001-05-01", "2001-05-31")),
        ("2001-05", "throughout", ("2001-05-01", "2001-05-01", "2001-05-31", "2001-05-31")),
        ("2001-05-03/..", None, ("2001-05-03", "2001-05-03", None, None)),
    ],
)
def test_times_have_their_corners(
    edtf: str, extent: str | None, corners: tuple[str | None, ...]
) -> None:
    sink = QuadSink(AGENTS_GRAPH)
    describe_times(sink, NODE, edtf, extent)
    names = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    for name, day in zip(names, corners, strict=True):
        assert objects(sink.quads, NODE, f"qawl:{name}") == ({day} if day else set()), name


def test_a_date_lies_within_and_an_interval_says_itself_how_far_it_reaches() -> None:
    date, interval = QuadSink(AGENTS_GRAPH), QuadSink(AGENTS_GRAPH)
    describe_times(date, NODE, "2001~", None)
    describe_times(interval, NODE, "2001/..", None)
    assert objects(date.quads, NODE, "qawl:extent") == {concept("extent", "within").value}
    assert objects(interval.quads, NODE, "qawl:extent") == set()
    assert objects(date.quads, NODE, "qawl:approximate") == {"true"}
    assert objects(date.quads, NODE, "qawl:openEnd") == set()
    assert objects(interval.quads, NODE, "qawl:openEnd") == {"true"}


@pytest.mark.parametrize(
    ("answer", "low", "high", "comparator"),
    [
        ({"value": 12}, "12", "12", "exactly"),
        ({"value": 12, "comparator": "at-least"}, "12", None, "at-least"),
        ({"value": 12, "comparator": "less-than"}, None, "12", "less-than"),
        ({"lower": 10, "upper": 20}, "10", "20", None),
        ({"value": 12, "approximate": True}, "12", "12", None),
        ({"value": 12, "emended": 120}, "120", "120", "exactly"),
        ({"comparator": "many"}, None, None, "many"),
    ],
)
def test_an_amount_has_the_bounds_that_its_comparator_leaves(
    workspace: Workspace,
    answer: dict[str, object],
    low: str | None,
    high: str | None,
    comparator: str | None,
) -> None:
    values = values_of(workspace)
    amount = Answer.model_validate({"unit": "person", **answer})
    values.quantity(NODE, amount, None, "here")
    quads = values.sink.quads
    assert objects(quads, NODE, "qawl:low") == ({low} if low else set())
    assert objects(quads, NODE, "qawl:high") == ({high} if high else set())
    wanted = {concept("comparator", comparator).value} if comparator else set()
    assert objects(quads, NODE, "qawl:comparator") == wanted


def test_a_time_keeps_its_words_and_what_it_hangs_on(workspace: Workspace) -> None:
    values = values_of(workspace)
    start = TEXT.index("منذ 3 مايو")
    time = Time.model_validate({"anchor": "flood", "relation": "since", "status": "relative"})
    values.time(NODE, time, Span(start, start + 10), "here")
    quads = values.sink.quads
    assert objects(quads, NODE, "qawl:surface") == {"منذ 3 مايو"}
    assert objects(quads, NODE, "qawl:anchorEvent") == {resource("event", "flood").value}
    assert objects(quads, NODE, "qawl:dateStatus") == {concept("date-status", "relative").value}
    passage = resource("passage", "flood", "1", f"{start}-{start + 10}")
    assert objects(quads, NODE, "qawl:evidence") == {passage.value}
    # The passage itself lies in the article's graph, which all its readings share.
    assert not [quad for quad in quads if quad.subject == passage]


def test_a_passage_is_found_by_place_and_by_the_words_around_it(workspace: Workspace) -> None:
    values = values_of(workspace)
    node = values.passage(Span(0, 5))
    quads, quote = values.passages.quads, f"{node.value}.quote"
    assert {f"{node.value}.position", quote} == objects(quads, node, "oa:hasSelector")
    selector = next(quad.subject for quad in quads if quad.subject.value == quote)
    assert objects(quads, selector, "oa:exact") == {"ذكرت "}
    assert objects(quads, selector, "oa:prefix") == {""}
    assert objects(quads, selector, "oa:suffix") == {TEXT[5:37]}


def test_entities_are_found_by_id_and_by_kind(workspace: Workspace) -> None:
    values = values_of(workspace)
    assert values.entity("agency", "f:1", "actor") == resource("actor", "agency")
    assert values.label(resource("actor", "agency"), "ar") == "الوكالة"
    assert values.label(resource("actor", "nobody"), "ar") == "nobody"
    with pytest.raises(ReadingError, match=r"^f:1: 'agency' is of kind actor, but event or place"):
        values.entity("agency", "f:1", "event", "place")
    with pytest.raises(
        ReadingError, match=r"^f:2: 'agancy' is neither in the authority.*did you mean agency"
    ):
        values.entity("agancy", "f:2")


def test_equal_questions_of_two_claims_are_one_question(workspace: Workspace) -> None:
    values = values_of(workspace)
    deaths = Question.model_validate({"how-many": "deaths", "event": "flood"})
    by_day = Question.model_validate(
        {"how-many": "deaths", "event": "flood", "during": "2001-05-03"}
    )
    assert values.question(deaths, ONE, "here") == values.question(deaths, OTHER, "here")
    assert values.question(by_day, ONE, "here") != values.question(deaths, ONE, "here")
    # A rate is another question than a count.
    assert values.question(deaths, ONE, "here", "day") != values.question(deaths, ONE, "here")


def test_a_bare_question_is_one_claims_own(workspace: Workspace) -> None:
    values = values_of(workspace)
    bare = Question.model_validate({"how-many": "deaths"})
    one, other = (values.question(bare, claim, "here") for claim in (ONE, OTHER))
    assert one != other
    measure = {concept("measure", "deaths").value}
    assert objects(values.questions.quads, one, "qawl:measure") == measure


def test_a_name_or_a_time_alone_is_one_articles_own(workspace: Workspace) -> None:
    """Two articles share a question only by what it is about."""
    values = values_of(workspace)
    there = ClaimName("storm", "curated", ONE.id)
    named = Question.model_validate({"is-it-so": "was-inspected"})
    dated = Question.model_validate({"how-many": "deaths", "during": "2001"})
    whole = {"subject": "flood", "predicate": "attribute", "name": "was-inspected"}
    told = Question.model_validate({"is-it-so": whole})
    for question in (named, dated):
        of_one = values.question(question, ONE, "here")
        assert of_one == values.question(question, OTHER, "here")
        assert of_one != values.question(question, there, "here")
    assert values.question(told, ONE, "here") == values.question(told, there, "here")


def test_an_unknown_word_is_an_error_at_its_place() -> None:
    with (
        pytest.raises(ReadingError, match=r"^reading\.yaml:7: no such unit$"),
        located("reading.yaml:7"),
    ):
        raise AuthorityError("no such unit")
