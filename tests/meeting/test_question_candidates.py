"""Claims that may answer one question: only where a reading left it open, and never joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY, READING, TEXT, write_article

from kg.graph.build import compile_graph
from kg.knowledge.decisions import DifferentClaims, QuestionDecisions
from kg.meeting.question_candidates import QuestionCandidate, amounts_in, question_candidates
from kg.store.local import Graph

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "{how-many: deaths, of: villagers, event: flood}"
NOTHING = QuestionDecisions()
CLAIM, OTHER = "flood/curated/drowned", "storm/curated/drowned"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles that name one agency; the second cannot tell who died."""
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(tmp_path, "flood", TEXT, READING)
    bare = READING.replace("article: flood", "article: storm").replace(TOLD, "{how-many: deaths}")
    write_article(tmp_path, "storm", TEXT, bare)
    return tmp_path


def test_what_a_reading_left_open_may_be_the_same(folder: Path) -> None:
    graph = Graph(compile_graph(folder).store)
    (found,) = question_candidates(graph, NOTHING)
    assert isinstance(found, QuestionCandidate)
    assert (found.measure, found.unit, found.shared) == ("deaths", "NUM", ("agency",))
    told = {one.ref: one.told for one in found.claims}
    assert told[CLAIM] and not told[OTHER]
    assert {one.value for one in amounts_in(graph)} == {"12", "15"}


def test_it_is_joined_by_a_decision_alone(folder: Path) -> None:
    def questions() -> dict[str, str]:
        found = amounts_in(Graph(compile_graph(folder).store))
        return {one.ref: one.question for one in found}

    assert questions()[CLAIM] != questions()[OTHER]
    decision = f"- {{ask: {TOLD}, claims: [{OTHER}], why: the flood is meant}}\n"
    (folder / "authority" / "questions.yaml").write_text(decision, encoding="utf-8")
    assert questions()[CLAIM] == questions()[OTHER]


def test_what_was_decided_to_be_two_is_no_candidate(folder: Path) -> None:
    apart = QuestionDecisions(different=(DifferentClaims(different=(CLAIM, OTHER)),))
    assert question_candidates(Graph(compile_graph(folder).store), apart) == ()


def test_whatever_is_counted_is_no_measure_of_the_same(folder: Path) -> None:
    path = folder / "articles" / "storm" / "readings" / "curated.yaml"
    text = path.read_text(encoding="utf-8").replace("how-many: deaths", "how-many: count")
    path.write_text(text, encoding="utf-8")
    assert question_candidates(Graph(compile_graph(folder).store), NOTHING) == ()
