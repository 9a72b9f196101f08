"""The scripts are built when their sources change, and are absent rather than old."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import bundle
import pytest
from browser import need_scripts
from examples import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def packages() -> Path:
    """Return the packages that the scripts are made of; before :func:`ui`, which replaces them."""
    need_scripts()
    return bundle.UI / "node_modules"


@pytest.fixture
def ui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "ui"
    (folder / "src" / "parts").mkdir(parents=True)
    (folder / "src" / "page.ts").write_text('import { one } from "./parts/one";\nalert(one);\n')
    (folder / "src" / "parts" / "one.ts").write_text("export const one: number = 1;\n")
    shutil.copy(ROOT / "ui" / "package-lock.json", folder)
    monkeypatch.setattr(bundle, "UI", folder)
    monkeypatch.setattr(bundle, "TARGET", tmp_path / "static" / "ui")
    return folder


def built(sources: str) -> None:
    bundle.TARGET.mkdir(parents=True)
    (bundle.TARGET / "built.json").write_text(json.dumps({"sources": sources, "modules": {}}))


def test_scripts_are_current_until_a_source_changes(ui: Path) -> None:
    assert not bundle.is_current()
    built(bundle._sources())
    assert bundle.is_current()
    (ui / "src" / "parts" / "one.ts").write_text("export const one: number = 2;\n")
    assert not bundle.is_current()


def test_without_node_old_scripts_are_taken_away(ui: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built("other")
    monkeypatch.setattr(bundle, "node", lambda: None)
    with pytest.raises(bundle.NotBuiltError, match="there is no Node 18 or newer with npm"):
        bundle.build()
    assert not bundle.TARGET.exists()


def test_a_page_becomes_one_file_whose_name_changes_with_it(packages: Path, ui: Path) -> None:
    (ui / "node_modules").symlink_to(packages)
    bundle.build()
    first = json.loads((bundle.TARGET / "built.json").read_text())["modules"]
    assert [*first] == ["page"]
    assert (bundle.TARGET / first["page"]).read_text() == "alert(1);\n"
    (ui / "src" / "parts" / "one.ts").write_text("export const one: number = 2;\n")
    bundle.build()
    second = json.loads((bundle.TARGET / "built.json").read_text())["modules"]
    assert second["page"] != first["page"]
    assert (bundle.TARGET / "LICENCES.txt").is_file()


def test_no_address_of_a_registry_is_kept() -> None:
    for name in ("package.json", "package-lock.json"):
        assert "://" not in (ROOT / "ui" / name).read_text(encoding="utf-8")
