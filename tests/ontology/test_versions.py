"""What ``docs/versions.md`` promises of names and versions holds."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf.iris import term

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
EARLIER = ONTOLOGY / "versions" / "0.1.0"
OURS = "https://w3id.org/qawl/"


def triples(*files: Path) -> list[ox.Quad]:
    return [one for file in files for one in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]


@cache
def names(folder: Path) -> set[str]:
    """Return the terms and concepts that a version describes, deprecated ones too."""
    kinds = {term("rdf:type"), term("owl:deprecated")}
    return {
        one.subject.value
        for one in triples(folder / "qawl.ttl", *(folder / "vocab").glob("*.ttl"))
        if one.predicate in kinds
        and isinstance(one.subject, ox.NamedNode)
        and one.subject.value.startswith(OURS)
    }


@cache
def replacements() -> dict[str, set[str]]:
    """Return what each deprecated name is replaced by."""
    current = triples(ONTOLOGY / "qawl.ttl")
    return {
        name.value: {
            one.object.value
            for one in current
            if one.subject == name
            and one.predicate == term("dcterms:isReplacedBy")
            and isinstance(one.object, ox.NamedNode)
        }
        for name in {one.subject for one in current if one.predicate == term("owl:deprecated")}
        if isinstance(name, ox.NamedNode)
    }


@cache
def changed() -> dict[str, dict[str, str]]:
    with (ONTOLOGY / "changed-iris.csv").open(encoding="utf-8", newline="") as file:
        return {row["old"]: row for row in csv.DictReader(file)}


def test_no_name_of_the_earlier_version_is_gone() -> None:
    assert names(EARLIER) - names(ONTOLOGY) == set()


def test_what_is_deprecated_is_not_new() -> None:
    assert set(replacements()) <= names(EARLIER)


def test_a_deprecated_name_and_the_table_say_the_same() -> None:
    told = {old: set(row["new"].split()) for old, row in changed().items() if "{" not in old}
    assert told == replacements()


def test_what_has_no_replacement_has_a_reason() -> None:
    assert [old for old, row in changed().items() if not row["new"] and not row["note"]] == []


def test_replacements_exist() -> None:
    new = {one for found in replacements().values() for one in found if one.startswith(OURS)}
    assert new <= names(ONTOLOGY) - set(replacements())


def test_nothing_uses_a_deprecated_name() -> None:
    described = {term("owl:deprecated"), term("dcterms:isReplacedBy"), term("rdf:type")}
    files = set(ONTOLOGY.rglob("*.ttl")) - set((ONTOLOGY / "versions").rglob("*"))
    files |= set((ROOT / "graph" / "dumps").glob("qawl.ttl"))
    old = {ox.NamedNode(one) for one in replacements()}
    used = {
        (one.subject, one.predicate)
        for one in triples(*files)
        if one.predicate in old
        or one.object in old
        or (one.subject in old and one.predicate not in described)
    }
    assert used == set()


@pytest.mark.parametrize(
    ("file", "name"),
    [("qawl.ttl", "ontology"), ("alignments.ttl", "alignments"), ("shapes/common.ttl", "shapes")],
)
def test_a_version_says_what_came_before_and_whether_it_is_compatible(file: str, name: str) -> None:
    def said(path: Path, *predicates: str) -> set[str]:
        wanted = {term(f"owl:{one}") for one in predicates}
        return {
            getattr(one.object, "value", "")
            for one in triples(path)
            if one.subject == ox.NamedNode(OURS + name) and one.predicate in wanted
        }

    (prior,) = said(ONTOLOGY / file, "priorVersion")
    assert said(ONTOLOGY / file, "incompatibleWith", "backwardCompatibleWith") == {prior}
    assert (ONTOLOGY / "versions" / prior.rpartition("/")[2] / file).is_file()
    (number,) = said(ONTOLOGY / file, "versionInfo")
    assert said(ONTOLOGY / file, "versionIRI") == {f"{OURS}{name}/{number}"}


def test_all_files_have_one_number() -> None:
    files = [ONTOLOGY / "qawl.ttl", ONTOLOGY / "alignments.ttl", ONTOLOGY / "shapes" / "common.ttl"]
    found = {
        getattr(one.object, "value", "")
        for one in triples(*files, *(ONTOLOGY / "vocab").glob("*.ttl"))
        if one.predicate == term("owl:versionInfo")
    }
    assert len(found) == 1
