"""Tables of articles: JSONL, CSV and Parquet, one record at a time, with any column names."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import sys
import zlib
from typing import TYPE_CHECKING, Any, Final

from kg.corpus.record import FIELDS, Record, Refused
from kg.edtf import corners
from kg.errors import CorpusError, DateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["COLUMNS", "is_table", "record_of_row", "table_records"]

#: The names that columns may have where the user names none, in the order of preference.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "uid", "uuid", "guid", "article_id", "url", "link"),
    "text": ("text", "body", "content", "maintext", "article", "plain_text"),
    "title": ("title", "headline"),
    "author": ("author", "byline"),
    "publisher": ("publisher", "outlet", "source", "source_name", "sitename"),
    "published": ("published", "date", "date_publish", "published_at", "publication_date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}

_ENDINGS: Final = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_BATCH = 256


def _ending(path: Path) -> str:
    return path.name.lower().removesuffix(".gz").rpartition(".")[2]


def is_table(path: Path) -> bool:
    """Return whether a file name has the extension of a table."""
    name = path.name.lower()
    return name.removesuffix(".gz").endswith(_ENDINGS) and not name.endswith(".parquet.gz")


def table_records(path: Path, name: str, names: Mapping[str, str]) -> Iterator[Record | Refused]:
    """Yield the records of a table.

    :param name: the file's name in messages.
    :param names: the columns that the user named, by their content.
    :raises CorpusError: no row has a column that the user named, or pyarrow is not installed.
    """
    rows = {"parquet": _parquet, "csv": _csv, "tsv": _csv}.get(_ending(path), _jsonl)
    number = 0
    unseen = dict(names)
    try:
        for number, row in rows(path):
            place = f"{name}:{number}"
            if isinstance(row, str):
                yield Refused("", place, row)
                continue
            if unseen:
                unseen = {wanted: one for wanted, one in unseen.items() if one not in row}
            yield record_of_row(row, place, names)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Refused("", f"{name}:{number + 1}", f"the rest of the file cannot be read: {reason}")
    for wanted, one in unseen.items():
        raise CorpusError(f"{name}: has no column {one!r} for {wanted}; name another")


def _open(path: Path) -> io.TextIOWrapper:
    raw: Any = gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")  # noqa: SIM115 - the wrapper closes it
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with _open(path) as stream:
        # Bytes, so that one line that is not UTF-8 does not end the file.
        lines: Iterable[bytes] = stream.buffer  # type: ignore[assignment]  # typed as text-only
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield number, f"is not JSON: {error}"
                continue
            yield number, row if isinstance(row, dict) else "is not a JSON object"


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    csv.field_size_limit(sys.maxsize)
    with _open(path) as stream:
        reader = csv.DictReader(stream, delimiter="\t" if _ending(path) == "tsv" else ",")
        for row in reader:
            if None in row or None in row.values():
                columns = len(reader.fieldnames or ())
                yield reader.line_num, f"does not have as many columns as the header ({columns})"
            else:
                yield reader.line_num, row


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise CorpusError(
            f"{path}: is a Parquet file; to read it, install: pip install 'qawl[corpus]'"
        ) from error
    try:
        with ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except ArrowInvalid as error:
        raise OSError(str(error)) from error


def _column(row: Mapping[str, Any], wanted: str, names: Mapping[str, str]) -> str | None:
    """Return the column for a kind of content; one that the user named must exist."""
    if (named := names.get(wanted)) is not None:
        return named if named in row else None
    lower = {str(one).lower(): one for one in row}
    return next((lower[one] for one in COLUMNS[wanted] if one in lower), None)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _day(value: str) -> str:
    """Return a date as EDTF, without any time; anything else is returned unchanged."""
    if len(value) > len("2024-03-01") and value[10] in "T ":
        value = value[:10]
    try:
        corners(value)
    except DateError:
        from email.utils import parsedate_to_datetime

        try:
            return parsedate_to_datetime(value).date().isoformat()
        except (ValueError, IndexError):
            return value
    return value


def record_of_row(row: Mapping[str, Any], place: str, names: Mapping[str, str]) -> Record | Refused:
    """Return the record of one row of a table."""
    columns = {wanted: _column(row, wanted, names) for wanted in COLUMNS}
    told = {wanted: _told(row[column]) for wanted, column in columns.items() if column}
    name, known = told.get("id", ""), ", ".join(map(str, row))
    if not name:
        return Refused(
            "", place, f"has no id in its columns ({known}); name the column: --column id=NAME"
        )
    if columns["text"] is None:
        reason = f"has no text in its columns ({known}); name the column: --column text=NAME"
        return Refused(name, place, reason)
    text = row[columns["text"]]
    if not isinstance(text, str) or not text.strip():
        return Refused(name, place, "has no text")
    fields = {name: told[name] for name in FIELDS if told.get(name)}
    if "published" in fields:
        fields["published"] = _day(fields["published"])
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        return Refused(name, place, f"the text is not valid Unicode: {error}")
    return Record(name, place, content, "text", fields)
