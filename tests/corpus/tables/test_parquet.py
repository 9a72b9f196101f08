"""Tables come back as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyarrow import parquet

from kg.corpus.tables.parquet import read_rows, write_tables
from kg.corpus.tables.schemas import tables

if TYPE_CHECKING:
    from pathlib import Path


def _row(table: str, article: str) -> dict[str, object]:
    return {**{one.name: None for one in tables()[table]}, "article": article}


def test_rows_come_back_by_article(tmp_path: Path) -> None:
    rows = {name: [_row(name, one) for one in ("a", "a", "b", "c")] for name in tables()}
    rows["claims"][0]["chain"] = [
        {"voice": "v", "speakers": ["s"], "names": ["S"], "source": None, "act": "say",
         "marking": "explicit"},
    ]  # fmt: skip
    write_tables(tmp_path, rows)
    found = read_rows(tmp_path, {"a", "c"})
    assert set(found) == {"a", "c"}
    assert found["a"]["claims"] == rows["claims"][:2]
    assert found["c"]["times"] == rows["times"][3:]


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_tables(tmp_path / name, {"claims": [_row("claims", "a")]})
    for name in tables():
        one, two = (tmp_path / side / f"{name}.parquet" for side in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    write_tables(tmp_path, {})
    for name, columns in tables().items():
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        assert (table.num_rows, table.column_names) == (0, [one.name for one in columns])
