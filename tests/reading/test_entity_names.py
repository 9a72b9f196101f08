"""Names become entities that are known, or new ones of the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import AuthorityError
from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.reading.entity_names import EntityNames

if TYPE_CHECKING:
    from examples import Workspace


@pytest.fixture
def names(workspace: Workspace) -> EntityNames:
    ontology = load_ontology(shipped.ontology_dir())
    return EntityNames(load_authority(workspace.graph / "authority", ontology), ontology)


def test_known_names_are_found_however_they_are_written(names: EntityNames) -> None:
    assert names.resolve("الوَزَارَة", "GovernmentBody") == "ministry"
    assert names.resolve("the ministry", "Organization") == "ministry"
    assert names.resolve("الوادي", "State") == "valley"
    assert names.entities == {}


def test_a_name_of_another_kind_is_another_entity(names: EntityNames) -> None:
    assert names.resolve("الوادي", "Person", "Al-Wadi") == "al-wadi"
    assert names.entities["al-wadi"].label == {"en": "Al-Wadi", "ar": "الوادي"}


def test_new_names_are_entities_once_and_take_no_id_that_is_taken(names: EntityNames) -> None:
    first = names.resolve("سامر الحداد", "Person", "Ministry")
    assert first == "ministry-2"
    assert names.resolve("سامِر الحدّاد", "Person") == first
    unnamed = names.resolve("مراقبون", "UnnamedActor")
    assert unnamed.startswith("entity-")
    assert names.entities[unnamed].label == {"en": "مراقبون", "ar": "مراقبون"}
    assert names.resolve("the-article", "Person") == "the-article-2"


def test_a_class_must_be_one(names: EntityNames) -> None:
    with pytest.raises(AuthorityError, match="'Persn'"):
        names.resolve("x", "Persn")
