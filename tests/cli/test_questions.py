"""``kg questions``: what may be asked alike, decided and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import READING, TEXT, write_article

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]

TOLD = "{how-many: deaths, of: villagers, event: flood}"


def test_from_a_candidate_to_a_decision_and_back(workspace: Workspace, kg: Kg) -> None:
    bare = READING.replace("article: flood", "article: storm").replace(TOLD, "{how-many: deaths}")
    write_article(workspace.graph, "storm", TEXT, bare)
    assert kg("build").returncode == 0
    listed = kg("questions", "candidates")
    assert "storm/curated/drowned  12  (unspecific)" in listed.stdout
    linked = kg("questions", "link", "storm/curated/drowned", "--ask", TOLD, "--why", "the flood")
    assert linked.returncode == 0, linked.stderr
    assert kg("build").returncode == 0
    found = kg("query", "agreements", "--format", "csv").stdout
    assert "flood/drowned" in found and "storm/drowned" in found
    assert kg("questions", "split", "storm/curated/drowned").returncode == 0
    decided = workspace.graph / "authority" / "questions.yaml"
    assert decided.read_text(encoding="utf-8") == ""
    two = kg("questions", "split", "storm/curated/drowned", "flood/curated/drowned")
    assert two.returncode == 0
    assert "different" in decided.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (
            ("link", "flood/curated/drowned", "--ask", "{how-many: deaths, event: nobody}"),
            2,
            "'nobody'",
        ),
        (("link", "flood/curated/drowned", "--ask", "{is-it-so: it-rained}"), 2, "is about"),
        (("link", "flood/curated/drowned", "--ask", "{how-mny: deaths}"), 2, "--ask: how-mny"),
        (("link", "storm/curated/x", "--ask", "{how-many"), 2, "is not YAML"),
        (("link", "x", "--ask", "{how-many: deaths}"), 2, "questions.yaml:1: claims.0"),
        (("split", "storm/curated/x"), 1, "has no decision on"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    workspace: Workspace, kg: Kg, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = kg("questions", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert not (workspace.graph / "authority" / "questions.yaml").exists()
