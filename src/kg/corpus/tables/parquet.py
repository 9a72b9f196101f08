"""Writing and reading the tables of a part as Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.corpus.tables.schemas import arrow_schema, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from kg.corpus.tables.rows import Row

__all__ = ["read_rows", "write_tables"]


def write_tables(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write each table as ``TABLE.parquet``; an empty table still has its columns.

    :raises CorpusError: pyarrow is not installed.
    :raises OSError: the disk is full.
    """
    for name in tables():
        schema = arrow_schema(name)
        import pyarrow
        from pyarrow import parquet

        table = pyarrow.Table.from_pylist(list(rows.get(name, ())), schema=schema)
        with (folder / f"{name}.parquet").open("wb") as stream:
            parquet.write_table(table, stream, compression="zstd")


def read_rows(folder: Path, articles: Collection[str]) -> dict[str, dict[str, list[Row]]]:
    """Return the rows of some articles in a part, by article and table."""
    from pyarrow import parquet

    found: dict[str, dict[str, list[Row]]] = {
        slug: {name: [] for name in tables()} for slug in articles
    }
    wanted: Any = [("article", "in", list(articles))]
    for name in tables():
        for row in parquet.read_table(folder / f"{name}.parquet", filters=wanted).to_pylist():
            found[row["article"]][name].append(row)
    return found
