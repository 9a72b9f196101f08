"""Sources of articles: a folder, a table (JSONL, CSV, Parquet) or a web archive, streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.corpus.sources.folder import folder_records
from kg.corpus.sources.tables import is_table, table_records
from kg.corpus.sources.web_archive import archive_records, is_archive
from kg.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.corpus.record import Record, Refused

__all__ = ["check_source", "records"]


def check_source(source: Path) -> None:
    """Refuse a source from which no records can be read.

    :raises CorpusError: it does not exist, or is of an unsupported kind.
    """
    if not source.exists():
        raise CorpusError(f"{source}: no such file or folder; correct the path of the source")
    if not (source.is_dir() or is_table(source) or is_archive(source)):
        raise CorpusError(
            f"{source}: is not a source of articles; pass a folder, or a file whose name ends in "
            ".jsonl, .csv, .parquet or .warc (or one of these and .gz)"
        )


def records(source: Path, names: Mapping[str, str] | None = None) -> Iterator[Record | Refused]:
    """Yield the records of a source one by one, including those that cannot be read.

    :param source: a folder of texts, HTML pages, PDFs and articles' folders, and of the files that
        follow; a ``.jsonl``, ``.csv`` or ``.parquet`` table; a ``.warc`` archive; each but Parquet
        also compressed (``.gz``).
    :param names: the columns of tables, by content: id, text and the fields of a record.
    :raises CorpusError: the source does not exist, or is of an unsupported kind.
    """
    check_source(source)
    names = names or {}
    if source.is_dir():
        for item in folder_records(source):
            if isinstance(item, tuple):
                yield from _of_file(*item, names)
            else:
                yield item
    else:
        yield from _of_file(source, source.name, names)


def _of_file(path: Path, name: str, names: Mapping[str, str]) -> Iterator[Record | Refused]:
    if is_archive(path):
        yield from archive_records(path, name)
    else:
        yield from table_records(path, name, names)
