"""Authority files: entities with ids, or a message with the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY

from kg.errors import AuthorityError
from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import Ontology, load_ontology
from kg.rdf.iris import AUTHORITY_GRAPH, term

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(shipped.ontology_dir())


def test_entities_have_all_their_classes(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    authority = load_authority(tmp_path, ontology)
    assert sorted(one for one in authority.entities if authority.describes(one)) == [
        "agency", "bulletin", "flood", "hospital", "ministry", "valley", "villagers",
    ]  # fmt: skip
    assert authority.labels[term("actor:agency")] == {"en": "The Agency", "ar": "الوكالة"}
    classes = {
        one.object
        for one in authority.quads()
        if one.subject == term("actor:agency") and one.predicate == term("rdf:type")
    }
    assert {term("qawl:MediaOutlet"), term("qawl:Organization"), term("qawl:Actor")} <= classes
    assert {quad.graph_name for quad in authority.quads()} == {AUTHORITY_GRAPH}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("actor:x a qawl:Nothing .", ":21: .*'Nothing' is not a class of the ontology"),
        ("actor:flood a qawl:Person .", ":21: the id 'flood' stands for"),
        ("qawl:x a qawl:Person .", ":21: .* is not an IRI of an entity; write .*id/KIND/ID"),
        ("actor:x a [] .", "blank nodes and triple terms are not supported"),
        ("<actor:x> a qawl:Person .", ":21: .* is a prefixed name in angle brackets"),
    ],
)
def test_what_cannot_be_an_entity_is_refused(
    tmp_path: Path, ontology: Ontology, line: str, message: str
) -> None:
    (tmp_path / "entities.ttl").write_text(f"{AUTHORITY}{line}\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match=message):
        load_authority(tmp_path, ontology)


def test_an_empty_folder_is_said(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(AuthorityError, match="has no authority files"):
        load_authority(tmp_path, ontology)
