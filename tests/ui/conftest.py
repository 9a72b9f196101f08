"""A browser and a server on the shipped graph for the tests of the pages' scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import Chromium, browser_session, need_scripts
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    need_scripts()
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with browser_session() as found:
        yield found
