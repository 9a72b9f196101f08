"""``kg corpus`` from the command line, and its progress bar."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from small_corpus import MADE, TEXTS, write_jsonl

from kg.cli.corpus import command
from kg.cli.progress_bar import ProgressBar, progress_bar
from kg.corpus.progress import Progress, Step

if TYPE_CHECKING:
    from pathlib import Path


def _kg(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(command, list(map(str, arguments)))
    return found.exit_code, found.output + str(found.exception or "")


def _build(tmp_path: Path) -> tuple[int, str]:
    return _kg("build", tmp_path / "a.jsonl", "-o", tmp_path / "c", "--workers", 1, "--made", MADE)


def test_a_corpus_is_built_added_to_and_exported(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", TEXTS)
    status, said = _build(tmp_path)
    assert status == 0
    assert said.splitlines()[0] == "read 4 articles, kept 0, removed 0"
    rows = [{"nr": "5", "words": "The minister said that 3 people died."}]
    (tmp_path / "b.jsonl").write_text("".join(map(json.dumps, rows)))
    columns = ("--column", "id=nr", "--column", "text=words")
    status, said = _kg("add", tmp_path / "c", tmp_path / "b.jsonl", *columns, "--workers", 1)
    assert (status, said.splitlines()[0]) == (0, "read 1 articles, kept 4, removed 0")
    status, said = _kg("status", tmp_path / "c")
    assert status == 0
    assert "5 articles" in said
    assert _kg("export", tmp_path / "c", "-o", tmp_path / "c.nq.zst")[0] == 0
    assert (tmp_path / "c.nq.zst").stat().st_size > 1000


def test_refused_records_make_exit_status_1(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", {**TEXTS, "empty": ""})
    status, said = _build(tmp_path)
    assert status == 1
    assert "a.jsonl:5: has no text" in said
    assert _kg("status", tmp_path / "c")[0] == 1


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", TEXTS)
    assert _build(tmp_path)[0] == 0
    other = write_jsonl(tmp_path / "b.jsonl", TEXTS)
    assert "kg corpus add" in _kg("build", other, "-o", tmp_path / "c")[1]
    assert "is not a corpus folder" in _kg("status", tmp_path / "nothing")[1]
    assert "WHAT=NAME" in _kg("build", other, "-o", tmp_path / "d", "--column", "words")[1]
    assert "no such" in _kg("build", tmp_path / "z", "-o", tmp_path / "d")[1]


def test_the_bar_has_rate_refusals_and_time_left() -> None:
    stream = io.StringIO()
    bar = ProgressBar(stream)
    bar.begin(Step.ARTICLES, 100)
    bar.advance(25, 2)
    line = bar.line(5.0)
    for part in ("articles", "25/100", "5.0/s", "2 records refused", "0:00:15"):
        assert part in line
    bar.begin(Step.SURVEY, None)
    bar.advance(7)
    assert bar.line(0.0).startswith("survey  7")
    bar.end()
    assert stream.getvalue().endswith("\r\033[K")


def test_only_a_terminal_has_a_bar() -> None:
    assert type(progress_bar(io.StringIO())) is Progress
