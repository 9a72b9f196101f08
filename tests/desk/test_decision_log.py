"""The log of decisions: whole lines, in order, and only what was confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.desk.decision_log import BEGIN, DecisionLog, Entry, log_path, sha256_of, text_at
from kg.errors import OutputError, ReadingError
from kg.files.yaml_edit import Splice, spliced

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Entry(1, "2026-11-30T10:00:00Z", "L", BEGIN, "", sha256_of("abc"), text="abc")
SECOND = Entry(
    2, "2026-11-30T10:00:01Z", "L", "accept", sha256_of("abc"), sha256_of("axbc"),
    {"claim": "ش"}, (Splice(1, "", "x"),),
)  # fmt: skip


def test_the_log_lies_beside_the_reading(tmp_path: Path) -> None:
    assert log_path(tmp_path / "lina.yaml") == tmp_path / "lina.decisions.jsonl"


def test_entries_come_back_and_the_text_can_be_replayed(tmp_path: Path) -> None:
    path = tmp_path / "log"
    assert DecisionLog.read(path) == ()
    with DecisionLog.opened(path, lambda: sha256_of("abc")) as log, log.adding([FIRST, SECOND]):
        pass
    entries = DecisionLog.read(path)
    assert entries == (FIRST, SECOND)
    assert text_at(entries, sha256_of("abc")) == "abc"
    assert text_at(entries, sha256_of("axbc")) == "axbc"
    assert text_at(entries, sha256_of("?")) is None
    assert spliced("axbc", SECOND.inverse) == "abc"


def test_what_was_never_confirmed_goes_when_the_log_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(FIRST.packed() + SECOND.packed())
    with DecisionLog.opened(path, lambda: sha256_of("abc")) as log:
        assert log.entries == [FIRST]
    assert path.read_bytes() == FIRST.packed()
    path.write_bytes(FIRST.packed() + SECOND.packed()[:-9])
    with DecisionLog.opened(path, lambda: sha256_of("abc")) as log:
        assert log.entries == [FIRST]
    assert path.read_bytes() == FIRST.packed()


def test_where_the_file_cannot_be_written_the_log_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(FIRST.packed())
    with (
        pytest.raises(OutputError),
        DecisionLog.opened(path, lambda: sha256_of("abc")) as log,
        log.adding([SECOND]),
    ):
        raise OutputError("no room")
    assert path.read_bytes() == FIRST.packed()


def test_a_line_that_is_none_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(FIRST.packed() + b"{}\n")
    with pytest.raises(ReadingError, match=r"log:2: is not a valid line of a decision log"):
        DecisionLog.read(path)
