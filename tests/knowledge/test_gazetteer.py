"""The general gazetteer: what any article may name, and a graph describes only where one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY, READING, TEXT, write_article

from kg.errors import AuthorityError
from kg.files import shipped
from kg.graph.build import compile_graph
from kg.knowledge.authority import load_authority
from kg.knowledge.gazetteer import (
    described_entity,
    general_entities,
    read_entries,
    state_id,
    territories,
)
from kg.knowledge.ontology import Ontology, load_ontology
from kg.rdf.iris import AUTHORITY_GRAPH, resource, term
from kg.shacl.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(shipped.ontology_dir())


def _about(store: Store, node: str) -> set[str]:
    quads = store.quads_for_pattern(term(node), None, None, AUTHORITY_GRAPH)
    return {quad.predicate.value.rpartition("#")[2] for quad in quads}


def test_a_state_is_not_its_territory(ontology: Ontology) -> None:
    known = general_entities(ontology)
    assert known["mali"].node == resource("place", "mali")
    assert known[state_id("mali")].node == term("actor:mali-state")
    assert known[state_id("mali")].labels == {"en": "Mali (the state)", "ar": "مالي (الدولة)"}
    assert "bamako-state" not in known
    assert {"en": "Mali", "ar": "مالي"} in [one.labels for one in territories()]


def test_an_entity_is_described_where_an_article_names_it(tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    reading = READING.replace("speaker: agency, source: bulletin", "speaker: reuters")
    write_article(tmp_path, "flood", TEXT, reading)
    store = compile_graph(tmp_path).store
    assert {"type", "prefLabel", "altLabel"} <= _about(store, "actor:reuters")
    assert _about(store, "actor:associated-press") == set()
    report = validate(store)
    assert report.passes, report.text()


def test_authority_files_go_before(tmp_path: Path, ontology: Ontology) -> None:
    mine = 'actor:reuters a qawl:Person ; skos:prefLabel "Mr Reuters"@en, "السيد رويترز"@ar .\n'
    (tmp_path / "entities.ttl").write_text(AUTHORITY + mine, encoding="utf-8")
    authority = load_authority(tmp_path, ontology)
    assert authority.describes("reuters")
    assert not authority.describes("associated-press")
    assert authority.labels[term("actor:reuters")]["en"] == "Mr Reuters"
    assert list(authority.general_quads(term("actor:reuters"))) == []


def test_what_is_no_entity_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(AuthorityError, match="'Claim' is not an entity: use a kind of Actor"):
        described_entity("x", "Claim", {"en": "X", "ar": "س"}, ontology)
    path = tmp_path / "names.ttl"
    path.write_text('<urn:x> a <urn:y> ; <urn:z> "X"@en .', encoding="utf-8")
    with pytest.raises(AuthorityError, match="add a skos:prefLabel in English and in Arabic"):
        read_entries(path, AuthorityError)
