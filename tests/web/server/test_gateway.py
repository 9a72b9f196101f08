"""The gateway between HTTP and the pool of workers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.web.requests import Home
from kg.web.server.gateway import Gateway
from kg.web.server.job import Job
from kg.web.settings import Settings
from kg.web.template_config import Loaded

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any


@dataclass
class EndlessPool:
    """Stands in for a pool whose workers go on computing."""

    loaded: Loaded = field(default_factory=lambda: Loaded("v1", 3, in_memory=True))
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    abandoned: list[Job] = field(default_factory=list)

    def submit(self, message: bytes) -> Job:
        self.asked.set()
        return Job(message)

    def abandon(self, job: Job) -> None:
        self.abandoned.append(job)


def test_a_query_that_the_server_ends_with_is_told_so() -> None:
    async def run() -> tuple[list[MutableMapping[str, Any]], int]:
        pool, sent = EndlessPool(), []

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        async def receive() -> dict[str, str]:
            raise AssertionError("the request was whole")

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        gateway = Gateway(Settings(), pool)  # type: ignore[arg-type]
        answering = asyncio.create_task(gateway.answer(Home(), scope, receive, send))
        await pool.asked.wait()
        answering.cancel()  # as uvicorn does where it has waited as long as it waits
        await answering
        return sent, len(pool.abandoned)

    (begun, body), abandoned = asyncio.run(run())
    assert begun["status"] == 503
    assert b"shutting down" in body["body"]
    assert abandoned == 1
