"""What ``CONTRIBUTING.md`` sends a newcomer to is there, and every module says what is in it."""

from __future__ import annotations

import ast
import re

from examples import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("### Where to find things")[2].partition("\n### ")[0]


def _is_there(path: str) -> bool:
    # Words in capitals stand for any name, and braces for each of several.
    pattern = re.sub(r"\b[A-Z]+\b|\{[^}]+\}", "*", path).rstrip("/")
    return any(any(place.glob(pattern)) for place in (ROOT, ROOT / "src" / "kg"))


def test_every_file_of_the_map_is_there() -> None:
    paths = re.findall(r"`([\w./*{},]+(?:/|\.(?:py|tsv|toml|rq|ttl|ts|html|css|md)))`", TABLE)
    assert len(paths) > 60
    # A template and a stylesheet are named after their neighbours in the same row.
    alone = {"claim_card.html", "reading.css"}
    assert [path for path in paths if path not in alone and not _is_there(path)] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {path.parent.name for path in (ROOT / "src" / "kg").glob("*/__init__.py")}
    floors = PAGE.partition("```text")[2].partition("```")[0]
    assert rooms <= set(re.findall(r"^  (\w+)", floors, re.MULTILINE))


def test_every_module_says_what_is_in_it() -> None:
    silent = [
        path
        for path in (ROOT / "src" / "kg").rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_page_of_the_documentation_is_listed() -> None:
    listed = set(re.findall(r"\(([\w-]+\.\w+)\)", (ROOT / "docs" / "README.md").read_text("utf-8")))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= listed
