"""What a process loads once, and what parts depend on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.corpus.workshop import (
    Setting,
    corpus_authority,
    folder_digest,
    software_digest,
    workshop,
)
from kg.files import shipped
from kg.knowledge.ontology import load_ontology

if TYPE_CHECKING:
    from pathlib import Path

SETTING = Setting("/nowhere", "/nowhere", "2031-03-09", "software", "knowledge")


def test_the_version_follows_what_articles_are_read_with() -> None:
    changes = ({"made": "2031-03-10"}, {"software": "other"}, {"knowledge": "other"})
    versions = {replace(SETTING, **change).version for change in changes}
    assert len(versions | {SETTING.version}) == 4
    assert replace(SETTING, authority="/elsewhere").version == SETTING.version


def test_a_corpus_may_have_no_authority(tmp_path: Path) -> None:
    ontology = load_ontology(shipped.ontology_dir())
    assert corpus_authority(tmp_path, ontology).triples == ()
    assert corpus_authority(shipped.graph_dir() / "authority", ontology).triples


def test_a_workshop_is_loaded_once() -> None:
    assert workshop(SETTING) is workshop(SETTING)
    assert workshop(SETTING).read_by_rules


def test_digests_follow_names_and_contents(tmp_path: Path) -> None:
    digests = {folder_digest(tmp_path)}
    (tmp_path / "a.ttl").write_text("a")
    digests.add(folder_digest(tmp_path))
    (tmp_path / "a.ttl").rename(tmp_path / "b.ttl")
    digests.add(folder_digest(tmp_path))
    (tmp_path / "b.ttl").write_text("b")
    digests.add(folder_digest(tmp_path))
    assert len(digests) == 4
    assert software_digest() == software_digest()
