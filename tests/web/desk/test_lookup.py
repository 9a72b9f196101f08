"""Entities and questions are found by any of their names, Arabic however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_world import draft_of, sitting_of
from pyoxigraph import Store

from kg.desk.live import LiveGraph
from kg.web.desk.lookup import choices, entities, questions

if TYPE_CHECKING:
    from examples import Workspace


def test_entities_are_found_by_folded_names(workspace: Workspace) -> None:
    draft_of(workspace)
    reading = sitting_of(workspace).look().grounded.reading
    known = LiveGraph(workspace.graph).known
    assert [one["id"] for one in entities(known, reading, "الوِزاره", "ar")] == ["ministry"]
    [found] = entities(known, reading, "hosp", "ar")
    assert found == {"id": "hospital", "label": "المستشفى", "kind": "actor", "known": "yes"}
    assert entities(known, reading, " ", "en") == []
    assert entities(known, reading, "nobody", "en") == []


def test_questions_come_with_the_claims_that_answer_them(workspace: Workspace) -> None:
    [found] = questions(workspace.graph, "drowned villagers")
    assert found["question"] == {"how-many": "deaths", "of": "villagers", "event": "flood"}
    assert found["answers"][0]["claim"] == "flood/curated/drowned"
    assert questions(workspace.graph, "nobody asked this") == []


def test_choices_have_labels_in_the_language_of_the_page(workspace: Workspace) -> None:
    store = Store()
    store.extend(LiveGraph(workspace.graph).known.quads)
    english, arabic = choices(store, "en"), choices(store, "ar")
    assert ("at-least", "at least") in english["comparator"]
    assert dict(arabic["stance"])["certain"] != dict(english["stance"])["certain"]
    assert all(english.values())
