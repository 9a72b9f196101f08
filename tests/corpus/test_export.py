"""Export: the quads as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_corpus import MADE, TEXTS, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.export import export_quads
from kg.corpus.home import CorpusHome
from kg.errors import CorpusError
from kg.store.builds import load_files, open_store

if TYPE_CHECKING:
    from pathlib import Path


def test_every_form_has_the_quads_of_the_store(tmp_path: Path) -> None:
    home = add_source(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS), {}, MADE)
    build_corpus(home)
    wanted = set(open_store(tmp_path / "c"))
    for name in ("a.nq", "a.nq.gz", "a.nq.zst"):
        assert export_quads(home, tmp_path / name) == (tmp_path / name).stat().st_size
        assert set(load_files((tmp_path / name,))) == wanted


def test_a_corpus_without_a_build_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="build the corpus first"):
        export_quads(CorpusHome.create(tmp_path / "c"), tmp_path / "a.nq")
