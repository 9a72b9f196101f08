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
from examples import READING, TEXT, Workspace, write_article
from server_process import Server, children, serving

from kg.graph.build import build

if TYPE_CHECKING:
    from pathlib import Path

#: Takes seconds, not minutes.
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) = STRLEN(STR(?f))) }"
ARTICLES = "SELECT (COUNT(?a) AS ?n) { ?a a qawl:Article }"


def articles(server: Server) -> int:
    answer = httpx.get(f"{server.url}/sparql", params={"query": ARTICLES, "format": "csv"})
    return int(answer.text.splitlines()[1])


def test_no_request_fails_while_a_new_build_is_taken_up(
    workspace: Workspace, tmp_path: Path
) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    failed: list[str] = []
    counts: list[int] = []

    async def load(server: Server) -> None:
        async with httpx.AsyncClient(timeout=30) as client:

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
                for name in ("second", "third"):
                    await asyncio.sleep(1)
                    reading = READING.replace("article: flood", f"article: {name}")
                    write_article(workspace.graph, name, TEXT, reading)
                    await asyncio.to_thread(build, workspace.graph, home)

            end = time.monotonic() + 120
            await asyncio.gather(rebuild(), *(ask(worker) for worker in range(4)))

    with serving("--store", home) as server:
        assert articles(server) == 1
        etag = httpx.get(f"{server.url}/sparql", params={"query": ARTICLES}).headers["etag"]
        asyncio.run(load(server))
        assert failed == []
        assert counts == sorted(counts)
        assert set(counts) >= {1, 3}
        again = httpx.get(
            f"{server.url}/sparql", params={"query": ARTICLES}, headers={"if-none-match": etag}
        )
        assert again.status_code == 200
        same = httpx.get(
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
        ask = partial(httpx.get, f"{server.url}/sparql", timeout=60)
        long = beside.submit(ask, params={"query": LONG, "format": "csv"})
        write_article(
            workspace.graph, "second", TEXT, READING.replace("article: flood", "article: second")
        )
        build(workspace.graph, home)
        while articles(server) == 1:
            time.sleep(0.05)
        assert not long.done()
        assert long.result().status_code == 200, long.result().text
        # The process that held the older build is gone with its last query.
        deadline = time.monotonic() + 10
        while len(children(server.process.pid)) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(children(server.process.pid)) == 1


def test_a_broken_build_leaves_the_old_one_in_service(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    with serving("--store", home) as server:
        current = (home / "current").read_text()
        shutil.copytree(home / current, home / "build-broken00")
        shutil.rmtree(home / "build-broken00" / "store")
        (home / "current").write_text("build-broken00")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if "was not taken up" in server.log.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        assert "was not taken up" in server.log.read_text(encoding="utf-8")
        assert articles(server) == 1


def test_a_template_that_is_lost_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "store"
    build(workspace.graph, home)
    with serving("--store", home) as server:
        os.kill(children(server.process.pid)[0], signal.SIGKILL)
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            try:
                if articles(server) == 1:
                    return
            except (httpx.HTTPError, IndexError, ValueError):
                time.sleep(0.2)
        raise AssertionError(server.log.read_text(encoding="utf-8"))
