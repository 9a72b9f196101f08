"""Writing decisions: one line more, one name less, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import AuthorityError
from kg.knowledge.decisions import load_entity_decisions
from kg.meeting.write_decisions import authority_here, decided, taken_back, write_decisions

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ("entity", "same", "names", "different")
TEXT = """\
# Ours.
- {entity: nahr, type: MediaOutlet, label: {en: Nahr, ar: نهر}, names: [نَهر], same: [a/rules/x]}
- {entity: nahr, same: [b/rules/y, c/rules/z], why: heard}
- {different: [a/rules/x, d/rules/w]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "entities.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_decision_is_a_line_more(path: Path) -> None:
    text = decided(path, {"entity": "reuters", "names": ["رويترز"], "why": "one: agency"})
    assert text.startswith(TEXT)
    assert text.splitlines()[-1] == "- {entity: reuters, names: [رويترز], why: 'one: agency'}"
    assert decided(path.with_name("new.yaml"), {"entity": "x"}) == "- {entity: x}\n"


@pytest.mark.parametrize(
    ("name", "lines", "left"),
    [
        ("b/rules/y", 1, ["- {entity: nahr, same: [c/rules/z], why: heard}"]),
        ("d/rules/w", 1, []),
        ("nahr", 2, ["- {different: [a/rules/x, d/rules/w]}"]),
        ("nobody", 0, TEXT.splitlines()[1:]),
    ],
)
def test_what_was_decided_is_taken_back(path: Path, name: str, lines: int, left: list[str]) -> None:
    text, found = taken_back(path, name, KEYS)
    assert found == lines
    assert text.startswith("# Ours.\n")
    assert set(left) <= set(text.splitlines())
    assert name not in text.replace("# Ours.", "") or not lines


def test_a_decision_of_several_lines_is_left_to_its_writer(path: Path) -> None:
    path.write_text("- {entity: nahr,\n   same: [a/rules/x]}\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"entities.yaml:1: is not a one-line decision"):
        taken_back(path, "nahr", KEYS)


def test_what_cannot_be_followed_is_not_written(path: Path) -> None:
    text = decided(path, {"entity": "other", "same": ["a/rules/x"]})
    with pytest.raises(AuthorityError, match="'a/rules/x' is 'other' here and 'nahr' before"):
        write_decisions(path, text, lambda new: load_entity_decisions(path.parent, new))
    assert path.read_text(encoding="utf-8") == TEXT


def test_decisions_may_be_a_graphs_first_authority_file(tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    assert "reuters" in authority_here(folder).entities
    write_decisions(folder / "entities.yaml", "- {entity: reuters, names: [R]}\n", len)
    assert authority_here(folder).same.entities["reuters"].names == ("R",)
    with pytest.raises(AuthorityError, match="has no authority files"):
        authority_here(tmp_path / "nowhere" / "authority")
