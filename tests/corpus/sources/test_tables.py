"""Tables: JSONL, CSV and Parquet with any columns; a bad row does not stop the others."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
from typing import TYPE_CHECKING

import pyarrow
import pytest
from pyarrow import parquet

from kg.corpus.record import Record, Refused
from kg.corpus.sources.tables import record_of_row, table_records
from kg.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"nr": "1", "body_text": "First.", "when": "2031-03-04T10:00:00Z", "paper": "The Post"},
    {"nr": "2", "body_text": "الثاني.", "when": "2031-03", "paper": ""},
]
NAMES = {"id": "nr", "text": "body_text", "published": "when", "publisher": "paper"}
WANTED = [
    ("1", "First.", {"published": "2031-03-04", "publisher": "The Post"}),
    ("2", "الثاني.", {"published": "2031-03"}),
]


def _write(path: Path) -> Path:
    if path.suffix == ".parquet":
        parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)
        return path
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(path, "wt", encoding="utf-8", newline="") as stream:
        if ".jsonl" in path.name:
            stream.writelines(f"{json.dumps(row)}\n" for row in ROWS)
        else:
            delimiter = "\t" if ".tsv" in path.name else ","
            writer = csv.DictWriter(stream, list(ROWS[0]), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz", "a.tsv", "a.parquet"]
)
def test_every_kind_of_table_gives_the_same_records(tmp_path: Path, name: str) -> None:
    found = list(table_records(_write(tmp_path / name), name, NAMES))
    told = [(one.id, one.content.decode(), one.fields) for one in found if isinstance(one, Record)]
    assert told == WANTED


def test_usual_names_need_no_mapping() -> None:
    row = {"Headline": "T", "url": "http://x.example/1", "maintext": "Text.", "lang": "en"}
    found = record_of_row(row, "f:1", {})
    assert isinstance(found, Record)
    assert (found.id, found.content) == ("http://x.example/1", b"Text.")
    assert found.fields == {"title": "T", "url": "http://x.example/1", "language": "en"}


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-03-04 10:11", "2031-03-04"),
        ("Tue, 04 Mar 2031 10:00:00 GMT", "2031-03-04"),
        (datetime.datetime(2031, 3, 4, 10, tzinfo=datetime.UTC), "2031-03-04"),
        (datetime.date(2031, 3, 4), "2031-03-04"),
        ("2031", "2031"),
        ("last week", "last week"),
    ],
)
def test_dates_become_edtf_where_they_can(value: object, day: str) -> None:
    found = record_of_row({"id": 1, "text": "T.", "date": value}, "f:1", {})
    assert isinstance(found, Record)
    assert found.fields["published"] == day


def test_bad_rows_are_refused_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        b'{"id": "1", "text": "One."}',
        b"{broken",
        b"[1]",
        b'{"id": "4", "text": ""}',
        b'{"text": "no id"}',
        b'{"id": "6", "text": "\\ud800"}',
        b'{"id": "\xff"}',
        b'{"id": "8", "text": "Eight."}',
        b'{"id": "9", "title": "no text"}',
    ]
    path.write_bytes(b"\n".join(lines))
    found = list(table_records(path, "a.jsonl", {}))
    assert [one.id for one in found if isinstance(one, Record)] == ["1", "8"]
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.place for one in refused] == [f"a.jsonl:{n}" for n in (2, 3, 4, 5, 6, 7, 9)]
    assert [one.id for one in refused] == ["", "", "4", "", "6", "", "9"]


def test_a_file_that_is_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-12])
    found = list(table_records(path, "a.jsonl.gz", NAMES))
    assert isinstance(found[-1], Refused)
    assert "the rest of the file cannot be read" in found[-1].reason


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 nothing")
    (found,) = table_records(path, "a.parquet", {})
    assert isinstance(found, Refused)


def test_a_column_that_no_row_has_is_an_error(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv")
    with pytest.raises(CorpusError, match="no column 'boddy' for text"):
        list(table_records(path, "a.csv", {**NAMES, "text": "boddy"}))
