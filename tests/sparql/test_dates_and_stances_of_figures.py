"""A figure's date says whether the text tells it, and a figure whether its voice affirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import write_article

from kg.graph.build import compile_graph
from kg.sparql.results import Table
from kg.store.local import Graph

if TYPE_CHECKING:
    from examples import Workspace

DATED = ("figures", "figures-over-time", "casualties")
TEXT = (
    "غرق 45 شخصا. وقالت الوزارة في مايو 2003 إن 41 شخصا غرقوا. وقال المستشفى إن 42 شخصا غرقوا. "
    "وطالبت الوكالة بألا يزيد الغرقى على 43 شخصا. ونفى المستشفى غرق 44 شخصا."
)
READING = """\
article: counts
reader: {name: A reader, kind: person}
made: 2026-11-22
voices:
  article: {speaker: the-article}
  ministry: {in: article, speaker: ministry, cue: وقالت الوزارة في مايو 2003,
    said: {edtf: 2003-05, surface: مايو 2003}}
  hospital: {in: article, speaker: hospital, cue: وقال المستشفى,
    said: {edtf: 2003-06, status: implied, why: the report of June}}
  agency: {in: article, speaker: agency, cue: وطالبت الوكالة}
  denying: {in: article, speaker: hospital, act: deny, cue: ونفى المستشفى}
claims:
  - {id: own, voice: article, quote: غرق 45 شخصا, gloss: 45 people drowned, QUESTION, answer: {value: 45, unit: person, surface: 45 شخصا}}
  - {id: dated, voice: ministry, quote: 41 شخصا غرقوا, gloss: 41 people drowned, QUESTION, answer: {value: 41, unit: person, surface: 41 شخصا}}
  - {id: guessed, voice: hospital, quote: 42 شخصا غرقوا, gloss: 42 people drowned, QUESTION, answer: {value: 42, unit: person, surface: 42 شخصا}}
  - {id: hoped, voice: agency, quote: بألا يزيد الغرقى على 43 شخصا, gloss: No more than 43 are to drown, modality: wished, QUESTION, answer: {value: 43, comparator: at-most, unit: person, surface: 43 شخصا}}
  - {id: denied, voice: denying, quote: غرق 44 شخصا, gloss: 44 people drowned, QUESTION, answer: {value: 44, unit: person, surface: 44 شخصا}}
  - {id: of-the-day, voice: hospital, quote: 42 شخصا, gloss: 42 drowned, as-of: {edtf: 2003-07, status: implied}, QUESTION, answer: {value: 42, unit: person, surface: 42 شخصا}}
""".replace("QUESTION", "question: {how-many: deaths, of: villagers, event: flood}")  # noqa: E501


def asked(workspace: Workspace, name: str, **given: str) -> list[dict[str, object]]:
    folder = write_article(workspace.graph, "counts", TEXT, READING)
    path = folder / "article.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}published: 2004-01-02\n", encoding="utf-8")
    answer = Graph(compile_graph(workspace.graph).store).query(name, **given)
    assert isinstance(answer, Table)
    return answer.dicts()


def rows(workspace: Workspace, name: str, **given: str) -> dict[str, dict[str, object]]:
    return {str(row["id"]).removeprefix("counts/"): row for row in asked(workspace, name, **given)}


@pytest.mark.parametrize("name", DATED)
def test_a_date_without_words_is_the_readers(workspace: Workspace, name: str) -> None:
    found = rows(workspace, name)
    dates = {one: (row["as_of"], row["as_of_marking"]) for one, row in found.items()}
    assert dates["own"] == ("2004-01-02", "inferred")
    assert dates["hoped"] == ("2004-01-02", "inferred")
    assert dates["dated"] == ("2003-05", "explicit")
    assert dates["guessed"] == ("2003-06", "inferred")
    assert dates["of-the-day"] == ("2003-07", "inferred")
    assert dates["flood/drowned"] == (None, None)


@pytest.mark.parametrize("name", DATED)
def test_strictly_read_such_a_date_is_left_out(workspace: Workspace, name: str) -> None:
    found = rows(workspace, name, mode="strict")
    assert {one for one, row in found.items() if row["as_of"] is not None} == {"dated"}


def test_what_is_known_by_a_day_may_rest_on_the_publication(workspace: Workspace) -> None:
    known = rows(workspace, "figures-over-time", until="2004-12-31")
    assert known["own"]["as_of_marking"] == "inferred"


@pytest.mark.parametrize(
    ("claim", "as_of"), [("counts/own", "2004-01-02 (inferred)"), ("counts/dated", "2003-05")]
)
def test_the_details_of_a_claim_mark_the_date_too(
    workspace: Workspace, claim: str, as_of: str
) -> None:
    found = asked(workspace, "claim-details", claim=claim)
    assert [row["value"] for row in found if row["property"] == "as of"] == [as_of]


@pytest.mark.parametrize("name", [*DATED, "ranges-and-approximations"])
def test_what_nobody_affirms_is_told_from_what_somebody_does(
    workspace: Workspace, name: str
) -> None:
    found = rows(workspace, name)
    held = {one: (row["stance"], row["modality"]) for one, row in found.items()}
    assert held["hoped"] == ("unknown", "wished")
    if name != "ranges-and-approximations":
        assert held["denied"] == ("certainly-not", None)
        assert held["own"] == ("certain", None)


def test_an_update_marks_the_dates_that_it_rests_on(workspace: Workspace) -> None:
    told = {
        (row["later_id"], row["earlier_id"]): row
        for row in asked(workspace, "updates")
        if row["later_id"] in {"counts/own", "counts/guessed"}
    }
    row = told["counts/own", "counts/dated"]
    assert (row["later_as_of"], row["later_as_of_marking"]) == ("2004-01-02", "inferred")
    assert (row["earlier_as_of"], row["earlier_as_of_marking"]) == ("2003-05", "explicit")
    row = told["counts/guessed", "counts/dated"]
    assert (row["later_as_of"], row["later_as_of_marking"]) == ("2003-06", "inferred")
