"""``kg desk`` as a process of its own, and a client that has its token."""

from __future__ import annotations

import ctypes
import os
import re
import selectors
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from examples import ROOT
from server_process import PATIENCE, ended, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

__all__ = ["FERRY", "RunningDesk", "ferry_in", "open_desk", "running_desk", "without_override"]

#: A graph with one article, its draft, and the reading that a careful person makes of it.
FERRY = ROOT / "tests" / "support" / "ferry"

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE = 24, 1


def without_override() -> None:
    """Before a process starts: let permissions bind it, also where the superuser starts it."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0)


_LINK = re.compile(r"(http://\S+?)(/desk\S*)#token=(\S+)")


@dataclass
class RunningDesk:
    """A desk that runs: its link, and what a page of it would send."""

    url: str
    path: str
    token: str
    process: subprocess.Popen[str]
    graph: Path
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {"origin": self.url, "qawl-token": self.token}
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE, headers=headers)

    @property
    def link(self) -> str:
        return f"{self.url}{self.path}#token={self.token}"

    def state(self, slug: str = "flood") -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/desk/{slug}/state").json()
        return found

    def decide(
        self, decision: dict[str, Any], slug: str = "flood", saw: str | None = None
    ) -> httpx.Response:
        saw = saw or self.state(slug)["sha256"]
        return self.client.post(f"/desk/{slug}/decide", json={"saw": saw, "decision": decision})

    def undo(self, slug: str = "flood") -> httpx.Response:
        return self.client.post(f"/desk/{slug}/undo", json={"saw": self.state(slug)["sha256"]})

    def ask(self, query: str) -> list[str]:
        answer = self.client.get("/sparql", params={"query": query, "format": "csv"})
        return answer.text.splitlines()[1:]

    def until_fresh(self, slug: str = "flood") -> None:
        until(lambda: self.client.get(f"/desk/{slug}/now").json()["graph"]["state"] == "fresh")


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if selector.select(1.0):
                return process.stdout.readline()
    raise AssertionError("kg desk did not start")


def ferry_in(folder: Path) -> Path:
    """Return a copy of the ferry's graph in a folder, in which nothing has been decided."""
    graph = folder / "graph"
    shutil.copytree(FERRY, graph, ignore=shutil.ignore_patterns("lina-haddad.yaml"))
    return graph


def open_desk(page: Page, desk: RunningDesk, path: str = "/desk/ferry") -> None:
    """Open a page of the desk by its link, and wait until it can be used."""
    page.goto(f"{path}#token={desk.token}")
    if path != "/desk":
        page.locator("#desk[data-ready]").wait_for()


@contextmanager
def running_desk(
    graph: Path, *arguments: str, person: str = "Lina Haddad", **options: Any
) -> Iterator[RunningDesk]:
    """Run ``kg desk`` on a free port until the block ends.

    :param options: of :class:`subprocess.Popen`, such as ``user`` or ``preexec_fn``.
    """
    command = [
        sys.executable, "-m", "kg", "desk", *arguments, "--as", person, "--graph", str(graph),
        "--port", "0",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=graph.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        **options,
    )
    try:
        found = _LINK.search(line := _first_line(process))
        assert found, f"kg desk said {line!r}"
        desk = RunningDesk(*found.groups(), process, graph)
        with desk.client:
            yield desk
    finally:
        ended(process)
        assert process.stdout is not None
        process.stdout.close()
