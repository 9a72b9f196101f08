"""Folders: texts, pages, PDFs and articles' folders, wherever they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_corpus import write_articles, write_jsonl

from kg.corpus.record import Record, Refused
from kg.corpus.sources import records
from kg.corpus.sources.folder import folder_records
from kg.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "2031" / "03").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("x")
    (tmp_path / "2031" / "03" / "b.TXT").write_text("Text.")
    (tmp_path / "2031" / "a.html").write_text("<html></html>")
    (tmp_path / "notes.docx").write_text("not an article")
    write_jsonl(tmp_path / "more.jsonl", {"c": "Text."})
    write_articles(tmp_path / "articles", {"d": ("Text.", {"me": "article: d"})})
    found = [one for one in records(tmp_path) if isinstance(one, Record)]
    assert [(one.id, one.form) for one in found] == [
        ("c", "text"), ("2031/a", "html"), ("2031/03/b", "text"), ("d", "text"),
    ]  # fmt: skip
    assert found[-1].readings == {"me": b"article: d"}
    assert found[-1].described is not None


def test_an_articles_folder_that_is_damaged_is_refused(tmp_path: Path) -> None:
    write_articles(tmp_path, {"a": ("Text.", {}), "b": ("Text.", {}), "c": ("Text.", {})})
    (tmp_path / "a" / "text.txt").unlink()
    (tmp_path / "b" / "article.yaml").write_text("{")
    found = list(folder_records(tmp_path))
    assert [type(one) for one in found] == [Refused, Refused, Record]


def test_what_is_no_source_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(CorpusError, match="is not a source"):
        list(records(tmp_path / "a.docx"))
    with pytest.raises(CorpusError, match="no such"):
        list(records(tmp_path / "missing"))
