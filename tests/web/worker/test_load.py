"""What is loaded is all that was built, or nothing."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from damaged import QUADS, flip, made_build, renote
from web_parts import SITE

from kg.errors import StoreError
from kg.store.builds import MANIFEST, STORE_FOLDER
from kg.web.server.worker_process import Template
from kg.web.settings import Settings
from kg.web.source import Source, SourceKind
from kg.web.template_config import TemplateConfig
from kg.web.worker.load import LoadedGraph

if TYPE_CHECKING:
    from pathlib import Path

IN_MEMORY = QUADS
ON_DISK = QUADS - 1


def source(home: Path) -> Source:
    return Source(SourceKind.BUILDS, (str(home),))


@pytest.mark.parametrize("most", [IN_MEMORY, ON_DISK], ids=["in memory", "on disk"])
def test_a_build_is_loaded_whole(tmp_path: Path, most: int) -> None:
    made_build(tmp_path)
    loaded = LoadedGraph.load(source(tmp_path), most)
    assert (loaded.memory is not None) == (most == IN_MEMORY)
    assert len(loaded.store()) == QUADS


@pytest.mark.parametrize("most", [IN_MEMORY, ON_DISK], ids=["in memory", "on disk"])
def test_no_build_with_a_damaged_file_is_loaded(tmp_path: Path, most: int) -> None:
    store = made_build(tmp_path) / STORE_FOLDER
    for path in sorted(store.iterdir()):
        content = path.read_bytes()
        flip(path)
        with pytest.raises(StoreError, match=path.name):
            LoadedGraph.load(source(tmp_path), most)
        path.write_bytes(content[: len(content) // 2] + (b"" if content else b"x"))
        with pytest.raises(StoreError, match=path.name):
            LoadedGraph.load(source(tmp_path), most)
        path.unlink()
        with pytest.raises(StoreError, match=path.name):
            LoadedGraph.load(source(tmp_path), most)
        path.write_bytes(content)
    assert LoadedGraph.load(source(tmp_path), most).quads == QUADS


def test_a_store_that_was_damaged_before_it_was_noted_is_not_loaded_in_part(
    tmp_path: Path,
) -> None:
    folder = made_build(tmp_path)
    refused = 0
    for path in sorted((folder / STORE_FOLDER).glob("*.sst")):
        content = path.read_bytes()
        flip(path)
        renote(folder)
        try:
            loaded = LoadedGraph.load(source(tmp_path), IN_MEMORY)
        except StoreError:
            refused += 1
        else:  # an index that is not read
            assert loaded.memory is not None
            assert len(loaded.memory) == QUADS
        path.write_bytes(content)
    assert refused


def test_the_template_reports_the_loader_that_failed(tmp_path: Path) -> None:
    folder = made_build(tmp_path)
    for path in (folder / STORE_FOLDER).glob("*.sst"):
        flip(path)
    renote(folder)
    config = TemplateConfig(source(tmp_path), SITE, Settings())
    with pytest.raises(StoreError, match="is damaged"):
        asyncio.run(Template.start(config))


def test_a_build_of_fewer_quads_than_noted_is_not_loaded(tmp_path: Path) -> None:
    folder = made_build(tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "quads": QUADS + 1}))
    with pytest.raises(StoreError, match=f"{QUADS} of {QUADS + 1} quads could be read"):
        LoadedGraph.load(source(tmp_path), QUADS + 1)


def test_loading_needs_no_room_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_build(tmp_path)
    monkeypatch.setenv("TMPDIR", "/dev/full")
    monkeypatch.setattr("tempfile.tempdir", "/dev/full")
    assert LoadedGraph.load(source(tmp_path), IN_MEMORY).quads == QUADS
