"""The entities of a graph, with all their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY, READING, TEXT, write_article

from kg.graph.build import compile_graph
from kg.meeting.entities import Entity, entities_in, reference
from kg.rdf.iris import ID
from kg.store.local import Graph

if TYPE_CHECKING:
    from pathlib import Path


def test_entities_have_their_names_and_articles(tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    proposed = "entities:\n  office: {type: GovernmentBody, label: {en: Office, ar: مكتب}}\n"
    reading = READING.replace("voices:\n", f"{proposed}voices:\n", 1)
    write_article(tmp_path, "flood", TEXT, reading.replace("speaker: ministry", "speaker: office"))
    found = entities_in(Graph(compile_graph(tmp_path).store))
    agency, office = found["agency"], found["flood/curated/office"]
    assert (agency.kind, agency.type, agency.proposed) == ("actor", "MediaOutlet", False)
    assert agency.surfaces == {"الوكالة": 2}
    assert agency.articles == {"flood"}
    assert (office.type, office.proposed, office.articles) == ("GovernmentBody", True, {"flood"})
    assert office.names() == {"Office", "مكتب"}
    assert (office.label("ar"), office.label("fr")) == ("مكتب", "Office")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("actor/nahr", ("actor", "nahr")),
        ("place/flood/rules/valley", ("place", "flood/rules/valley")),
        ("claim/flood/curated/toll", None),
        ("actor/flood/author", None),
        ("graph/authority", None),
    ],
)
def test_what_decisions_call_an_entity(path: str, expected: tuple[str, str] | None) -> None:
    assert reference(ID + path) == expected


def test_a_transcription_that_a_draft_made_is_no_name() -> None:
    draft = Entity("a/rules/x", "actor", proposed=True)
    draft.labels |= {("ar", "وزير الري"), ("en", "Wzyr al-ry (unnamed)")}
    assert draft.names() == {"وزير الري"}
