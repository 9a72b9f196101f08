"""A browser, a server on the shipped graph, and a desk for the tests of the pages' scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import Chromium, browser_session, need_scripts
from desk_process import RunningDesk, ferry_in, running_desk
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    need_scripts()
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Run a desk over the ferry's article and its draft."""
    need_scripts()
    with running_desk(ferry_in(tmp_path_factory.mktemp("desk"))) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with browser_session() as found:
        yield found
