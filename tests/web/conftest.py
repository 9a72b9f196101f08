"""A server on the shipped graph that the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shipped_server() -> Iterator[Server]:
    """Serve the graph shipped with Qawl; whatever the tests send, it must live and log no fault."""
    with serving() as server:
        yield server
        assert server.process.poll() is None, "the server has died"
        log = server.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log
