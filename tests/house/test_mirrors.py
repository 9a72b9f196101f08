"""The tests mirror the house: a folder for every room, and in it a test for every module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from examples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = ROOT / "src" / "kg"
TESTS = ROOT / "tests"

#: Modules that no test of their own folder imports, each with the reason.
EXCEPTIONS: dict[str, str] = {
    "kg.__main__": "run as `python -m kg` by every test of the command line",
    "kg.web.worker.main": "a process of its own: every test of the server starts it",
}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCES.rglob("*.py")):
        parts = path.relative_to(SOURCES).with_suffix("").parts
        if parts[-1] != "__init__":
            yield ".".join(("kg", *parts)), TESTS.joinpath(*parts[:-1])


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_every_room_has_a_folder_of_tests() -> None:
    rooms = {folder for _, folder in _modules()}
    assert sorted(str(room.relative_to(TESTS)) for room in rooms if not room.is_dir()) == []


def test_every_module_is_imported_by_a_test_in_its_mirror() -> None:
    seen = {
        folder: set().union(*map(_imported, folder.glob("test_*.py")))
        for folder in {folder for _, folder in _modules()}
    }
    alone = [name for name, folder in _modules() if name not in seen[folder]]
    # A command's module is found by its name, and run by the tests of the command line.
    commands = {name for name in alone if name.startswith("kg.cli.")}
    assert sorted(set(alone) - commands) == sorted(EXCEPTIONS)


def test_few_modules_are_loose() -> None:
    assert len(list(SOURCES.glob("*.py"))) <= 8
