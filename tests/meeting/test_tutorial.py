"""``docs/corpus.md``: every command of it, as it is written, and what it says comes out."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from examples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

TUTORIAL = ROOT / "docs" / "corpus.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def _blocks(kind: str) -> tuple[str, ...]:
    found = FENCE.findall(TUTORIAL.read_text(encoding="utf-8"))
    return tuple(body for language, body in found if language == kind)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Follow the tutorial: its folder, and what each block of commands prints."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "examples").symlink_to(ROOT / "examples")
    programs = folder / "bin"
    programs.mkdir()
    for name, words in (("kg", f'"{sys.executable}" -m kg'), ("python", f'"{sys.executable}"')):
        (programs / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "160",
    }
    for name in ("QAWL_STORE", "QAWL_ENDPOINT"):
        environment.pop(name, None)
    printed = []
    for block in _blocks("sh"):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=folder, env=environment, capture_output=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{block}\n{done.stderr.decode()}"
        printed.append(done.stdout.decode())
    return folder, printed


def _output(followed: tuple[Path, list[str]], command: str) -> str:
    """Return what the block with a command printed."""
    (number,) = (n for n, block in enumerate(_blocks("sh")) if command in block)
    return followed[1][number]


def test_sparql_and_sql_give_the_rows_that_the_tutorial_shows(
    followed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _output(followed, "kg query examples/floods/deaths.rq")
    (shown,) = _blocks("text")
    assert asked.replace("\r\n", "\n") == shown
    monkeypatch.chdir(followed[0])
    rows = duckdb.sql((ROOT / "examples/floods/deaths.sql").read_text(encoding="utf-8")).fetchall()
    head, *expected = csv.reader(io.StringIO(shown))
    assert [[str(cell) for cell in row] for row in rows] == expected
    assert head == ["article", "deaths", "said_by", "relayed_by"]


def test_the_decisions_of_the_tutorial_take_effect_and_are_taken_back(
    followed: tuple[Path, list[str]],
) -> None:
    places = _output(followed, "kg corpus build -o first\n")
    assert "tal-hamra" in places
    assert "rules/tell-hamra" not in places
    left = _output(followed, "cat first/authority/entities.yaml")
    assert "nadim-qasrani" in left
    assert "type: Place" not in left


def test_the_figures_that_the_tutorial_tells(followed: tuple[Path, list[str]]) -> None:
    printed = _output(followed, "kg query contradictions")
    told = re.findall(r"\((\d+) rows\)", printed)
    records = [int(one) for one in re.findall(r"^── (\d+) ", printed, re.MULTILINE)]
    assert told or records
    assert told[:3] == ["17", "9", "5"]


def test_the_tutorial_is_in_the_index() -> None:
    assert "(corpus.md)" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
