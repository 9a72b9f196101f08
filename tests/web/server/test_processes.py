"""The processes behind the server: a template, its workers, and the pool that gives them work."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import pytest
from examples import ROOT
from web_parts import SITE

from kg.errors import StoreError
from kg.web import requests
from kg.web.server.connections import bounded_protocol
from kg.web.server.job import Job, failure
from kg.web.server.run import serve
from kg.web.server.worker_pool import WorkerPool
from kg.web.server.worker_process import Template
from kg.web.settings import Settings
from kg.web.source import Source, SourceKind
from kg.web.template_config import TemplateConfig

DUMP = Source(SourceKind.FILES, (str(ROOT / "graph" / "dumps" / "qawl.nq"),))
ENDLESS = b"query=SELECT+(COUNT(*)+AS+?n){?a+?b+?c.?d+?e+?f.?g+?h+?i+FILTER(?c!=?f)}"


def test_a_template_forks_workers_that_answer() -> None:
    async def run() -> tuple[int, bytes | None]:
        config = TemplateConfig(DUMP, SITE, Settings())
        template = await Template.start(config)
        try:
            assert template.loaded.in_memory
            assert template.loaded.quads
            free: asyncio.Queue[object] = asyncio.Queue()
            worker = await template.fork(free.put_nowait, lambda *_: None)
            job = Job(requests.SparqlCall(b"query=ASK{}&format=csv").packed())
            job.begin(template.loaded.version)
            worker.start(job)
            answer = await asyncio.wait_for(job.ready, 30)
            assert await asyncio.wait_for(free.get(), 30) is worker
            worker.kill()
            return answer.head.status, answer.content
        finally:
            template.stop()
            await asyncio.sleep(0)  # in which the connections are closed

    assert asyncio.run(run()) == (200, b"true")


def test_a_template_without_a_graph_says_why() -> None:
    config = TemplateConfig(Source(SourceKind.FILES, ("/nowhere.nq",)), SITE, Settings())
    with pytest.raises(StoreError, match=r"/nowhere\.nq"):
        asyncio.run(Template.start(config))


def test_the_pool_answers_beside_a_query_that_it_ends_in_time() -> None:
    async def run() -> tuple[int, int, str]:
        settings = Settings(time_limit=5.0)
        pool = WorkerPool(settings)
        await pool.start(TemplateConfig(DUMP, SITE, settings))
        try:
            endless = pool.submit(requests.SparqlCall(ENDLESS).packed())
            short = pool.submit(requests.Home().packed())
            answer = await asyncio.wait_for(short.ready, 30)
            ended = await asyncio.wait_for(endless.ready, 60)
            reason = (ended.content or b"").decode()
            return answer.head.status, ended.head.status, reason
        finally:
            await pool.stop()
            await asyncio.sleep(0)

    status, ended, reason = asyncio.run(run())
    assert (status, ended) == (200, 503)
    assert "the query was stopped after 5 seconds" in reason


def test_a_failure_is_a_line_of_text() -> None:
    answer = failure(HTTPStatus.SERVICE_UNAVAILABLE, "busy", retry_after="3")
    assert answer.content == b"busy\n"
    assert (b"retry-after", b"3") in answer.head.headers


def test_connections_are_bounded_by_the_settings() -> None:
    protocol = bounded_protocol(Settings(request_timeout=2.5, max_connections=7))
    assert (protocol.request_timeout, protocol.max_connections) == (2.5, 7)  # type: ignore[attr-defined]


def test_an_address_that_cannot_be_listened_on_is_named() -> None:
    with pytest.raises(StoreError, match="no-such-host"):
        serve(Settings(host="no-such-host.invalid"), DUMP)
