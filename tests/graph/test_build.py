"""The build: swapped in whole, or nothing changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from examples import ROOT

from kg.errors import BuildError, StoreError
from kg.graph.build import build
from kg.sparql.results import Table
from kg.store.local import open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace

CLAIMS = "SELECT (COUNT(*) AS ?n) WHERE { ?claim a qawl:Claim }"


def claims(home: Path) -> int:
    answer = open_graph(home).sparql(CLAIMS)
    assert isinstance(answer, Table)
    return int(str(answer.dicts()[0]["n"]))


def add_claim(workspace: Workspace) -> None:
    workspace.edit(
        "mentions:",
        "  - {id: in-valley, voice: agency, kind: state, quote: في الوادي, gloss: In the valley}\n"
        "mentions:",
    )


def test_a_build_replaces_the_one_before(workspace: Workspace) -> None:
    home = workspace.root / ".qawl"
    build(workspace.graph, home, validate=False)
    add_claim(workspace)
    build(workspace.graph, home, validate=False)
    assert claims(home) == 3
    # The build before is kept for whoever still reads it, older ones are not.
    build(workspace.graph, home, validate=False)
    assert len(list(home.glob("build-*"))) == 2


def test_the_same_input_gives_the_same_graph(workspace: Workspace) -> None:
    first = build(workspace.graph, workspace.root / "a", validate=False)
    second = build(workspace.graph, workspace.root / "b", validate=False)
    assert first.digest == second.digest


def test_a_graph_with_violations_is_not_swapped_in(workspace: Workspace) -> None:
    home = workspace.root / ".qawl"
    build(workspace.graph, home)
    add_claim(workspace)
    workspace.edit("act: report", "act: report, said: 2001")
    workspace.edit("act: announce", "act: announce, said: 2005")
    with pytest.raises(BuildError, match="violates its shapes"):
        build(workspace.graph, home)
    assert claims(home) == 2


KILL_AT = """
import os, sys
import kg.graph.build
from pathlib import Path
step = sys.argv[1]
def die(*_, **__):
    os.kill(os.getpid(), 9)
if step == "pointer":
    Path.replace = die
elif step == "manifest":
    Path.write_text = die
elif step == "store":
    original = kg.graph.build.Store
    class Dying:
        def __new__(cls, *arguments):
            store = original(*arguments)
            if not arguments:
                return store
            class Wrapped:
                bulk_extend = die
            return Wrapped()
    kg.graph.build.Store = Dying
kg.graph.build.build(Path(sys.argv[2]), Path(sys.argv[3]), validate=False)
"""


@pytest.mark.parametrize("step", ["store", "manifest", "pointer"])
def test_a_build_killed_at_a_step_leaves_the_one_before(workspace: Workspace, step: str) -> None:
    home = workspace.root / ".qawl"
    build(workspace.graph, home, validate=False)
    add_claim(workspace)
    done = subprocess.run(
        [sys.executable, "-c", KILL_AT, step, str(workspace.graph), str(home)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert claims(home) == 2
    build(workspace.graph, home, validate=False)
    assert claims(home) == 3
    assert len(list(home.glob("build-*"))) == 2


def test_a_build_killed_at_any_moment_leaves_a_graph(workspace: Workspace) -> None:
    home = workspace.root / ".qawl"
    build(workspace.graph, home, validate=False)
    command = [sys.executable, "-m", "kg", "build", "--no-validate", "--graph", "graph"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for hundredths in range(10, 130, 12):
        process = subprocess.Popen(
            command, cwd=workspace.root, env=environment, stdout=subprocess.DEVNULL
        )
        time.sleep(hundredths / 100)
        process.kill()
        process.wait()
        assert claims(home) == 2


def test_only_one_build_runs_at_a_time(workspace: Workspace) -> None:
    import fcntl

    home = workspace.root / ".qawl"
    home.mkdir()
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="another build is running"):
            build(workspace.graph, home, validate=False)
    build(workspace.graph, home, validate=False)


def test_a_full_disk_leaves_the_graph_before(workspace: Workspace) -> None:
    """A limit on file size stands in for the disk: RocksDB meets it in the middle of its files."""
    home = workspace.root / ".qawl"
    build(workspace.graph, home, validate=False)
    code = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from kg.cli import main\n"
        "main(['build', '--no-validate', '--graph', 'graph'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert claims(home) == 2
    assert len(list(home.glob("build-*"))) == 1


def test_a_half_written_store_is_refused_with_the_remedy(workspace: Workspace) -> None:
    home = workspace.root / ".qawl"
    report = build(workspace.graph, home, validate=False)
    (report.store.parent / "build.json").unlink()
    with pytest.raises(StoreError, match="rebuild it with: kg build"):
        open_graph(home)
