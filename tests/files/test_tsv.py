"""Tab-separated tables: comments, missing fields, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import CorpusError
from kg.files.tsv import tsv_rows

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_by_the_names_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("# of a note\ncode\ten\tar\n\nking\tking\tملك\n# more\nmayor\tmayor \n")
    assert tsv_rows(path, CorpusError) == (
        {"code": "king", "en": "king", "ar": "ملك"},
        {"code": "mayor", "en": "mayor", "ar": ""},
    )


def test_a_field_too_many_and_no_file(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("code\nking\tملك\n")
    with pytest.raises(CorpusError, match=r"words.tsv:2: has 2 fields, but the header has 1"):
        tsv_rows(path, CorpusError)
    with pytest.raises(CorpusError, match="cannot be read"):
        tsv_rows(tmp_path / "none.tsv", CorpusError)
