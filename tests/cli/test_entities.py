"""``kg entities``: from candidates to a decision, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import READING, TEXT, write_article

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]

LABEL = "{type: MediaOutlet, label: {en: Nahr News Agency, ar: وكالة نهر للأنباء}}"


@pytest.fixture
def graph(workspace: Workspace) -> Path:
    """Two articles whose readings propose the same agency."""
    reading = READING.replace("voices:\n", f"entities:\n  nahr: {LABEL}\nvoices:\n", 1).replace(
        "speaker: agency, source: bulletin", "speaker: nahr"
    )
    workspace.reading.write_text(reading, encoding="utf-8")
    write_article(
        workspace.graph, "storm", TEXT, reading.replace("article: flood", "article: storm")
    )
    return workspace.graph


def _built(kg: Kg) -> None:
    built = kg("build")
    assert built.returncode == 0, built.stderr


def test_two_become_one_and_two_again(graph: Path, kg: Kg) -> None:
    _built(kg)
    before = kg("entities", "candidates", "--format", "csv").stdout
    assert "same-name,flood/curated/nahr storm/curated/nahr" in before
    new = ("--type", "MediaOutlet", "--en", "Nahr News Agency", "--ar", "وكالة نهر للأنباء")
    linked = kg("entities", "link", "nahr-agency", "flood/curated/nahr", "storm/curated/nahr", *new)
    assert linked.returncode == 0, linked.stderr
    decisions = graph / "authority" / "entities.yaml"
    assert len(decisions.read_text(encoding="utf-8").splitlines()) == 1
    _built(kg)
    listed = kg("entities", "list", "--kind", "actor", "--format", "csv").stdout
    assert "nahr-agency,MediaOutlet,Nahr News Agency,وكالة نهر للأنباء," in listed
    assert "curated/nahr" not in listed
    assert kg("entities", "candidates", "--format", "csv").stdout.count("\n") == 1
    assert kg("entities", "split", "nahr-agency").returncode == 0
    assert decisions.read_text(encoding="utf-8") == ""
    _built(kg)
    assert "curated/nahr" in kg("entities", "list", "--proposed", "--format", "csv").stdout


def test_two_that_are_two_are_no_candidates(graph: Path, kg: Kg) -> None:
    _built(kg)
    pair = ("flood/curated/nahr", "storm/curated/nahr")
    assert kg("entities", "split", *pair, "--why", "of two states").returncode == 0
    assert "0 candidates" in kg("entities", "candidates").stderr
    assert "of two states" in (graph / "authority" / "entities.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("link", "nobody", "a name"), 2, "a new entity needs --type, --en, --ar"),
        (("link", "agency", "valley"), 2, "are of different kinds"),
        (("split", "nobody"), 1, "has no decision on 'nobody'"),
        (("candidates", "--reason", "love"), 2, "is not one of"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    graph: Path, kg: Kg, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = kg("entities", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert not (graph / "authority" / "entities.yaml").exists()
