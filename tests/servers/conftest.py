"""One start of each server for a whole run; ``--dist loadgroup`` keeps its tests together."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from real_servers import SERVERS, Server, environment, running

from kg.remote.connect import RemoteGraph, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a server, and keep those of one server on one worker."""
    for item in items:
        name = getattr(item, "callspec", None) and item.callspec.params.get("server")
        if name in SERVERS:
            item.add_marker(pytest.mark.servers)
            item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(scope="session", params=SERVERS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Start a server and load the graph shipped with Qawl by ``kg publish``, as a user would."""
    folder = tmp_path_factory.mktemp(request.param)
    with running(request.param, folder) as started:
        published = command(started, folder)("publish", started.gsp)
        assert published.returncode == 0, published.stderr
        yield started


def command(server: Server, folder: Path) -> Kg:
    """Return ``kg`` as a process in a folder, which knows the login of a server."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            cwd=folder,
            env=environment(server, **more),
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    return run


@pytest.fixture
def kg(server: Server, tmp_path: Path) -> Kg:
    return command(server, tmp_path)


@pytest.fixture
def remote(server: Server) -> RemoteGraph:
    return connect(server.query)
