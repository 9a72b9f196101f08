"""The folder of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.corpus.build import add_source
from kg.corpus.home import CorpusHome
from kg.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_corpus_is_opened_as_it_was_saved(tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    home = add_source(tmp_path / "corpus", source, {"text": "body"}, "2031-03-09")
    assert CorpusHome.open(tmp_path / "corpus") == home
    assert [(one.path, one.columns) for one in home.sources] == [(str(source), {"text": "body"})]


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CorpusError, match=r"thesis\.txt"):
        CorpusHome.create(tmp_path)
    with pytest.raises(CorpusError, match="is not a corpus folder"):
        CorpusHome.open(tmp_path)


def test_a_damaged_corpus_is_said(tmp_path: Path) -> None:
    CorpusHome.create(tmp_path / "c")
    (tmp_path / "c" / "corpus.json").write_text("{")
    with pytest.raises(CorpusError, match="cannot be read"):
        CorpusHome.open(tmp_path / "c")


def test_one_build_at_a_time(tmp_path: Path) -> None:
    home = CorpusHome.create(tmp_path / "c")
    with home.locked(), pytest.raises(CorpusError, match="another build"), home.locked():
        pass


def test_the_setting_follows_the_authority(tmp_path: Path) -> None:
    home = CorpusHome.create(tmp_path / "c")
    before = home.setting().version
    (home.folder / "authority").mkdir()
    (home.folder / "authority" / "actors.ttl").write_text("")
    assert home.setting().version != before


def test_readings_of_people_lie_by_slug(tmp_path: Path) -> None:
    home = CorpusHome.create(tmp_path / "c")
    (home.folder / "readings" / "a").mkdir(parents=True)
    (home.folder / "readings" / "a" / "me.yaml").write_bytes(b"x")
    assert home.readings_of("a") == {"me": b"x"}
    assert home.readings_of("b") == {}
