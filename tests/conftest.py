"""What the tests share: a small graph of our own, the shipped graph, and the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from examples import ROOT, Workspace, small_workspace
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Machines are shared: how long an example takes tells nothing.
settings.register_profile("qawl", deadline=None)
settings.load_profile("qawl")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests report, whichever worker they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(str(value))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Lay out a small graph: one article of two sentences, three voices deep, two claims."""
    return small_workspace(tmp_path)


@pytest.fixture
def kg(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``kg`` as a user would, in a process of its own, in an empty folder."""

    def run(
        *arguments: str | Path, stdin: str | bytes | None = None, cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"}
        for name in ("QAWL_STORE", "QAWL_ENDPOINT", "QAWL_ENDPOINT_USER", "QAWL_ENDPOINT_PASSWORD"):
            environment.pop(name, None)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=cwd,
            env=environment,
            input=data,
            capture_output=True,
            timeout=600,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run
