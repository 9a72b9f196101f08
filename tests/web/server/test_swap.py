"""A new build is taken up while serving, without a request that fails."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import httpx
import patient_http
from examples import READING, TEXT, Workspace, write_article
from server_process import PATIENCE, Server, children, processor_ticks, serving, until

from kg.graph.build import build

if TYPE_CHECKING:
    from pathlib import Path

#: How many articles there are, counted so that it takes seconds.
LONG = """SELECT (COUNT(DISTINCT ?article) AS ?n)
{ ?article a qawl:TextVersion . ?a a ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) = STRLEN(STR(?f))) }"""
#: Ticks that a worker computes only while it answers such a query.
AT_WORK = 20
ARTICLES = "SELECT (COUNT(?a) AS ?n) { ?a a qawl:TextVersion }"


def articles(server: Server, query: str = ARTICLES) -> int:
    answer = patient_http.get(f"{server.url}/sparql", params={"query": query, "format": "csv"})
    return int(answer.text.splitlines()[1])


def at_work(server: Server) -> list[int]:
    """Return the workers that have computed for long."""
    return [pid for pid in server.workers() if processor_ticks(pid) >= AT_WORK]


def test_no_request_fails_while_a_new_build_is_taken_up(
    workspace: Workspace, tmp_path: Path
) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    failed: list[str] = []
    counts: list[int] = []

    async def load(server: Server) -> None:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:

            async def ask(worker: int) -> None:
                number = 0
                while counts[-1:] != [3] and time.monotonic() < end:
                    number += 1
                    query = f"{ARTICLES} # {worker} {number}"
                    try:
                        answer = await client.get(
                            f"{server.url}/sparql", params={"query": query, "format": "csv"}
                        )
                    except httpx.HTTPError as error:
                        failed.append(repr(error))
                        continue
                    if answer.status_code == 200:
                        counts.append(int(answer.text.splitlines()[1]))
                    else:
                        failed.append(answer.text)

            async def rebuild() -> None:
                for number, name in enumerate(("second", "third"), 1):
                    while counts[-1:] != [number] and time.monotonic() < end:
                        await asyncio.sleep(0.05)
                    reading = READING.replace("article: flood", f"article: {name}")
                    write_article(workspace.graph, name, TEXT, reading)
                    await asyncio.to_thread(build, workspace.graph, home)

            end = time.monotonic() + PATIENCE
            await asyncio.gather(rebuild(), *(ask(worker) for worker in range(4)))

    with serving("--store", home) as server:
        assert articles(server) == 1
        etag = patient_http.get(f"{server.url}/sparql", params={"query": ARTICLES}).headers["etag"]
        asyncio.run(load(server))
        assert failed == []
        assert counts == sorted(counts)
        assert set(counts) == {1, 2, 3}
        again = patient_http.get(
            f"{server.url}/sparql", params={"query": ARTICLES}, headers={"if-none-match": etag}
        )
        assert again.status_code == 200
        same = patient_http.get(
            f"{server.url}/sparql",
            params={"query": ARTICLES},
            headers={"if-none-match": again.headers["etag"]},
        )
        assert same.status_code == 304
        assert same.content == b""


def test_a_query_that_has_begun_ends_on_the_build_it_began_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    with serving("--store", home) as server, ThreadPoolExecutor(1) as beside:
        long = beside.submit(articles, server, LONG)
        until(partial(at_work, server))
        # It stands still until the new build is in service, however fast the machine.
        (worker,) = at_work(server)
        os.kill(worker, signal.SIGSTOP)
        write_article(
            workspace.graph, "second", TEXT, READING.replace("article: flood", "article: second")
        )
        build(workspace.graph, home)
        until(lambda: articles(server) == 2)
        assert not long.done()
        os.kill(worker, signal.SIGCONT)
        assert long.result() == 1
        # The process that held the older build is gone with its last query.
        until(lambda: len(children(server.process.pid)) == 1)


def test_a_broken_build_leaves_the_old_one_in_service(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    with serving("--store", home) as server:
        current = (home / "current").read_text()
        shutil.copytree(home / current, home / "build-broken00")
        shutil.rmtree(home / "build-broken00" / "store")
        (home / "current").write_text("build-broken00")
        until(lambda: "could not be loaded" in server.log.read_text(encoding="utf-8"))
        assert articles(server) == 1


def test_a_template_that_is_lost_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    with serving("--store", home) as server:
        os.kill(children(server.process.pid)[0], signal.SIGKILL)

        def answered() -> bool:
            try:
                return articles(server) == 1
            except (httpx.HTTPError, IndexError, ValueError):
                return False

        until(answered)
