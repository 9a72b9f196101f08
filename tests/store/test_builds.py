"""Where builds lie, and RDF files that are read instead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store.builds import MANIFEST, POINTER, current_build, find_home, load_files, open_store

if TYPE_CHECKING:
    from pathlib import Path


def made(home: Path, manifest: object) -> Path:
    folder = home / "one"
    folder.mkdir(parents=True)
    (home / POINTER).write_text("one\n")
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return folder


def test_the_current_build_is_the_one_that_is_pointed_to(tmp_path: Path) -> None:
    folder = made(tmp_path, {"sha256": "abc", "quads": 3})
    build = current_build(tmp_path)
    assert (build.folder, build.sha256, build.quads) == (folder, "abc", 3)


@pytest.mark.parametrize("manifest", [{}, {"sha256": "abc", "quads": "many"}, ["sha256"]])
def test_a_build_without_its_manifest_is_not_complete(tmp_path: Path, manifest: object) -> None:
    made(tmp_path, manifest)
    with pytest.raises(StoreError, match="is not a complete store; rebuild it"):
        current_build(tmp_path)


def test_a_folder_without_a_pointer_holds_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="contains no store; create one with: kg build"):
        open_store(tmp_path)


def test_the_nearest_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QAWL_STORE", raising=False)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    made(tmp_path / ".qawl", {})
    assert find_home() == tmp_path / ".qawl"
    monkeypatch.setenv("QAWL_STORE", "elsewhere")
    assert str(find_home()) == "elsewhere"


def test_files_are_loaded_by_their_endings(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> a <urn:B> .")
    (tmp_path / "b.nq").write_text("<urn:a> <urn:p> <urn:c> <urn:g> .\n")
    store = load_files((tmp_path / "a.ttl", tmp_path / "b.nq"))
    assert len(store) == 2
    assert [str(one) for one in store.named_graphs()] == ["<urn:g>"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "the extension is not one of"),
        ("a.ttl", "<urn:a> a", r"a\.ttl.*is not Turtle"),
        ("missing/a.ttl", None, "cannot be read"),
    ],
)
def test_what_cannot_be_loaded_is_named(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=message):
        load_files((tmp_path / name,))
