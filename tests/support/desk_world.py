"""A draft of the small article, and a person who sits down to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.desk.desk import Desk
from kg.desk.live import LiveGraph

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace

    from kg.desk.sitting import Sitting

__all__ = ["PERSON", "READINGS", "draft_of", "sitting_of"]

PERSON = "Lina Haddad"
READINGS = "articles/flood/readings"


def draft_of(workspace: Workspace) -> Path:
    """Make the small reading a draft by the rules, with a comment before each claim."""
    text = workspace.reading.read_text(encoding="utf-8")
    text = text.replace(
        "{name: A reader, kind: person}", "{name: Rules, kind: rules, version: '1'}"
    )
    text = text.replace("  - id: drowned\n", "  # the first\n  - id: drowned\n")
    text = text.replace("  - id: drowned-by-agency", "  # the second\n  - id: drowned-by-agency")
    workspace.reading.unlink()
    path = workspace.reading.with_name("rules.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def sitting_of(workspace: Workspace, person: str = PERSON) -> Sitting:
    """Sit down to the draft."""
    found = Desk(LiveGraph(workspace.graph), person).sitting("flood")
    assert found is not None
    return found
