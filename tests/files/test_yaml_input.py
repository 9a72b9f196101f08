"""YAML is plain data with lines, and nothing that YAML can do beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ReadingError
from kg.files.yaml_input import load_yaml, plain_value, shown

if TYPE_CHECKING:
    from pathlib import Path


def _write(folder: Path, content: str) -> Path:
    path = folder / "reading.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_values_have_their_lines(tmp_path: Path) -> None:
    path = _write(tmp_path, "made: 2003-03-19\nclaims:\n  - id: toll\n    value: 12\n")
    file = load_yaml(path)
    assert file.data == {"made": "2003-03-19", "claims": [{"id": "toll", "value": 12}]}
    assert file.place("claims", 0, "value") == f"{path}:4"
    assert file.place("claims", 0, "unit") == f"{path}:3"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: &b 1\n", ":1: YAML anchors and aliases are not allowed"),
        ("a: 1\nb: !!python/name:os.system x\n", ":2: YAML tags and directives are not allowed"),
        ("a: 1\nb: 2\na: 3\n", ":3: the key 'a' is a duplicate .first on line 1"),
        ("[" * 41 + "]" * 41, ":1: is nested more than 40 levels deep"),
        ("a: [1\nb: 2", ":2: is not YAML"),
        ("? [a, b]\n: 1\n", ":1: a key must be a plain word"),
        ('a: "\\0"\n', ":1: contains a NUL character"),
        ("# nothing\n", ": is empty"),
    ],
)
def test_what_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = _write(tmp_path, content)
    with pytest.raises(ReadingError, match=rf"^{path}{message}"):
        load_yaml(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-1.5", -1.5), ("012", "012"), ("No", "No"), ("true", True), ("~", None)],
)
def test_plain_values(text: str, value: object) -> None:
    assert plain_value(text) == value


def test_long_values_are_cut_in_messages() -> None:
    assert shown("a" * 300) == f"'{'a' * 200}'… (300 characters)"
    assert shown({"a": 1}) == "a mapping of 1"
    assert shown([1, 2]) == "a list of 2"
