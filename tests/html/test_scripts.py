"""Which file a page's script is, and that installing builds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.html import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(scripts, "SCRIPTS", tmp_path)
    scripts._modules.cache_clear()
    yield tmp_path
    scripts._modules.cache_clear()


def test_a_script_is_the_file_that_was_built_from_its_source(folder: Path) -> None:
    built = {"sources": "…", "modules": {"article": "article-ABC.js"}}
    (folder / "built.json").write_text(json.dumps(built))
    assert scripts.scripts_are_built()
    assert scripts.script_file("article") == "article-ABC.js"
    with pytest.raises(KeyError):
        scripts.script_file("artikel")


def test_where_none_were_built_pages_have_none(folder: Path) -> None:
    assert not scripts.scripts_are_built()
    assert scripts.script_file("article") is None
