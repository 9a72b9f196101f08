"""Every named question, run as it stands, against its expected answer.

The expected answers are worked out from the readings by a second, plain implementation
(``expected_answers.py``), not copied from any output: of the shipped article, in
``queries/expected``, on three roads (pyoxigraph over the N-Quads dump, rdflib's own engine over the
same, and the Turtle dump loaded afresh into rdflib, one graph without named graphs); and of the
three articles together, read generously and strictly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
import rdflib
from expected_answers import (
    QUESTIONS,
    Corpus,
    expected_files,
    overlapping,
    shipped,
    spoken_by,
    three,
)
from named_questions import DUMPS, EXPECTED, NAMES, QUERIES, answer, expected, rows_of
from three_articles import three_articles

from kg.errors import ParameterError
from kg.sparql.rq_file import load_rq
from kg.store.local import Graph
from kg.store.queryable import named_question, named_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGINES = ["pyoxigraph", "rdflib", "turtle"]
MODES = ["generous", "strict"]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """Load the published dump on one of the three roads."""
    if request.param == "pyoxigraph":
        store = pyoxigraph.Store()
        store.load(path=DUMPS / "qawl.nq", format=pyoxigraph.RdfFormat.N_QUADS)
        return Graph(store)
    if request.param == "rdflib":
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=(DUMPS / "qawl.nq").read_bytes(), format="nquads")
        return dataset
    return rdflib.Graph().parse(DUMPS / "qawl.ttl", format="turtle")


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_expected_one(engine: Any, name: str) -> None:
    columns, rows = answer(engine, load_rq(QUERIES / f"{name}.rq").text)
    head, wanted = expected(name)
    assert columns == head
    if head == ("subject", "predicate", "object"):
        wanted = sorted(wanted, key=str)
    assert rows == wanted


def test_the_expected_answers_are_those_of_the_reading() -> None:
    for name, content in expected_files().items():
        assert (EXPECTED / f"{name}.csv").read_text(encoding="utf-8") == content, name


def test_every_question_has_an_expected_answer_and_the_other_way_round() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == NAMES
    assert len(NAMES) >= 50


# The three articles together


@pytest.fixture(scope="module")
def graph() -> Graph:
    return three_articles()


@pytest.fixture(scope="module", params=MODES)
def corpus(request: pytest.FixtureRequest) -> Corpus:
    return three(request.param)


def asked(graph: Graph, name: str, **given: str) -> list[tuple[object, ...]]:
    return answer(graph, graph.question_text(named_question(name), given))[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_of_three_articles_is_the_expected_one(
    graph: Graph, corpus: Corpus, name: str
) -> None:
    given = {"mode": corpus.mode} if named_question(name).parameter("mode") else {}
    head, rows = QUESTIONS[name](corpus)
    wanted = rows_of(rows)
    if head == ["subject", "predicate", "object"]:
        wanted = sorted(wanted, key=str)
    assert asked(graph, name, **given) == wanted


@pytest.mark.parametrize("mode", MODES)
def test_strictly_read_the_shipped_article_answers_as_expected(mode: str) -> None:
    store = pyoxigraph.Store()
    store.load(path=DUMPS / "qawl.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    graph, corpus = Graph(store), shipped(mode)
    for name in NAMES:
        if named_question(name).parameter("mode"):
            assert asked(graph, name, mode=mode) == rows_of(QUESTIONS[name](corpus)[1]), name


# Dates


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1900-01-01", "1900-12-31"),
        ("2000-01-01", "2000-12-31"),
        ("2006-06-01", "2006-06-30"),
        ("2006-12-30", "2006-12-30"),
        ("2007-01-01", "2007-12-31"),
        ("2016-07-06", "2016-07-06"),
    ],
)
def test_overlaps_with_an_interval(graph: Graph, corpus: Corpus, first: str, last: str) -> None:
    found = asked(graph, "between-dates", date_from=first, date_to=last, mode=corpus.mode)
    assert found == rows_of(overlapping(corpus, first, last))


def overlaps(graph: Graph, first: str, last: str) -> Mapping[str, str]:
    rows = graph.table("between-dates", date_from=first, date_to=last).dicts()
    return {local(row["id"]): str(row["overlap"]) for row in rows}


def local(short_id: object) -> str:
    """Return a claim's id without its article."""
    return str(short_id).partition("/")[2]


def test_an_open_end_and_a_doubtful_year_are_possible_only(graph: Graph) -> None:
    assert overlaps(graph, "1900-01-01", "1900-12-31")["us-dead-to-2010"] == "possible"
    assert "certain" not in overlaps(graph, "1900-01-01", "1900-12-31").values()
    assert overlaps(graph, "2000-01-01", "2000-12-31")["bush-commented"] == "possible"
    assert overlaps(graph, "2000-01-01", "2000-12-31")["memos-said"] == "certain"


def test_of_a_set_of_dates_one_has_to_lie_in_the_interval(graph: Graph) -> None:
    assert "saddam-execution-date" not in overlaps(graph, "2006-06-01", "2006-06-30")
    assert overlaps(graph, "2006-12-30", "2006-12-30")["saddam-execution-date"] == "possible"
    assert overlaps(graph, "2006-01-01", "2006-12-31")["saddam-execution-date"] == "certain"


def test_what_has_only_a_relative_or_an_open_time_is_found(graph: Graph) -> None:
    found = overlaps(graph, "2007-01-01", "2007-12-31")
    rises = ("bombing-caused-attacks", "attacks-forced-flight", "sectarian-violence-rises")
    assert {found[one] for one in rises} == {"possible"}


def test_every_date_given_is_in_the_timeline(graph: Graph) -> None:
    rows = graph.table("events-in-order").dicts()
    obama = [row["edtf"] for row in rows if local(row["id"]) == "obama-declared"]
    assert obama == ["2010"]
    implied = {local(row["id"]) for row in rows if row["implied"]}
    assert implied == {"saddam-execution-date"}


# Aliases


def test_an_old_name_answers_as_the_general_question_does(graph: Graph, corpus: Corpus) -> None:
    heads = {"george-w-bush", "saddam-hussein", "barack-obama", "tony-blair"}
    mode = corpus.mode
    assert asked(graph, "heads-of-government", mode=mode) == rows_of(spoken_by(corpus, heads))
    starts = asked(graph, "dates-of-the-invasion", mode=mode)
    assert starts == rows_of(QUESTIONS["dates-of-an-event"](corpus)[1])
    implied = asked(graph, "implied-population", mode=mode)
    assert implied == rows_of(QUESTIONS["implied-wholes"](corpus)[1])
    strict = asked(graph, "strict-voices-of-figures")
    assert strict == rows_of(QUESTIONS["figures"](three("strict"))[1])


def test_an_alias_gives_its_values_and_takes_others(graph: Graph) -> None:
    ends = graph.table("dates-of-the-invasion", aspect="end")
    assert len(ends.rows) == 0
    samarra = graph.table(
        "dates-of-the-invasion", event="samarra-bombing-2006", aspect="occurrence"
    )
    assert [local(row["id"]) for row in samarra.dicts()] == ["samarra-bombing-date"]
    with pytest.raises(ParameterError, match="george-w-bash"):
        graph.table("said-by", actor="george-w-bash, tony-blair")


def test_aliases_are_no_other_questions_names() -> None:
    aliases = [alias for one in named_questions() for alias in one.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(NAMES)


def test_every_question_and_alias_is_documented() -> None:
    listed = (QUERIES.parent / "docs" / "questions.md").read_text(encoding="utf-8")
    for question in named_questions():
        for name in (question.name, *question.aliases):
            assert f"`{name}`" in listed, name
        assert all(f"`{one.option}`" in listed for one in question.parameters)
