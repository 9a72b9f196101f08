"""The stage gives back the records that were put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.corpus.record import Record
from kg.corpus.stage import read_staged, write_staged

if TYPE_CHECKING:
    from pathlib import Path


def test_records_come_back_in_any_order(tmp_path: Path) -> None:
    records = [
        Record("a", "f:1", "نص".encode(), "text", {"title": "ت"}),
        Record("b", "f:2", b"", "html", {}, {"text": "text.txt"}, {"me": b"\x00\xff", "you": b""}),
        Record("c", "f:3", b"x" * 1000),
    ]
    path = tmp_path / "stage"
    with path.open("wb") as stream:
        places = [write_staged(stream, record) for record in records]
    assert [read_staged(path, one) for one in reversed(places)] == records[::-1]
