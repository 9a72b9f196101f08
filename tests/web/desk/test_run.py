"""``kg desk`` from its link to its end, and what it does not start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desk_process import running_desk
from desk_world import draft_of

from kg.web.desk.run import run_desk

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from examples import Workspace


def test_the_link_is_for_this_machine_and_the_token_is_no_part_of_a_request(
    workspace: Workspace,
) -> None:
    assert run_desk.__doc__
    draft_of(workspace)
    with running_desk(workspace.graph, "flood") as desk:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/desk/flood#token=[\w-]{32,}", desk.link)
        assert desk.client.get("/desk/flood").status_code == 200
        assert desk.client.get("/articles/flood").status_code == 200
        assert desk.client.get("/desk").status_code == 200
    assert desk.process.returncode is not None


def test_what_cannot_be_opened_is_told(
    workspace: Workspace, kg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = kg("desk", "floot", "--graph", workspace.graph)
    assert done.returncode == 2
    assert "did you mean flood" in done.stderr
    done = kg("desk", "flood", "--graph", workspace.graph, "--host", "203.0.113.1")
    assert done.returncode == 2
    assert "cannot listen here" in done.stderr


def test_help_says_what_it_does(kg: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = kg("desk", "--help")
    assert done.returncode == 0
    assert "--as" in done.stdout
    assert "before the page confirms it" in " ".join(done.stdout.split())
