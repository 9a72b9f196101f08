"""Which request each path becomes, with a pool that answers at once."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from web_parts import SITE, InstantPool

from kg.web import requests
from kg.web.server.app import application
from kg.web.server.downloads import Downloads
from kg.web.server.gateway import Gateway, header
from kg.web.server.routes import routes
from kg.web.server.worker_pool import WorkerPool
from kg.web.settings import Settings
from kg.web.source import Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

BROWSER = {"accept": "text/html"}


@contextlib.asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    yield


def exchange(
    folder: Path, *asked: tuple[str, str], pool: InstantPool | None = None, **given: Any
) -> list[httpx.Response]:
    """Send requests, each a method and a path, to the application without processes."""

    async def run() -> list[httpx.Response]:
        downloads = Downloads(str(folder), SITE)
        answering: Any = pool or InstantPool()
        app = application(Settings(max_request_bytes=100), answering, SITE, downloads, lifespan)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE.url) as client:
            return [await client.request(method, path, **given) for method, path in asked]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "request_"),
    [
        ("/", requests.Home()),
        ("/?lang=ar", requests.Home("ar")),
        ("/queries", requests.QuestionList("text/html")),
        ("/queries.json?lang=ar", requests.QuestionList("text/html", "json", "ar")),
        ("/queries/who-said.rq", requests.QuestionFile("who-said")),
        (
            "/queries/claims.csv?speaker=bbc&place=&lang=ar",
            requests.NamedQuestion("claims", (("speaker", "bbc"),), "text/html", "csv", "ar"),
        ),
        ("/openapi.json", requests.OpenApi()),
        ("/.well-known/void", requests.VoidDescription("text/html")),
        ("/ontology.html?lang=ar", requests.OntologyDocument("ontology", "html", "ar")),
        ("/vocab/stance.ttl", requests.OntologyDocument("vocab/stance", "ttl")),
        ("/id/actor/x.rdf", requests.Resource("https://w3id.org/qawl/id/actor/x", "rdf")),
        ("/flat.nt", requests.Resource("https://w3id.org/qawl/flat", "nt")),
        ("/sparql?query=ASK{}", requests.SparqlCall(b"query=ASK{}", "text/html")),
    ],
)
def test_a_path_becomes_a_request(tmp_path: Path, path: str, request_: requests.Request) -> None:
    pool = InstantPool()
    exchange(tmp_path, ("GET", path), pool=pool, headers=BROWSER)
    assert pool.asked == [request_]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/queries.csv", 404),
        ("GET", "/ontology.csv", 404),
        ("GET", "/queries/claims?speaker=a&speaker=b", 400),
        ("POST", "/queries", 405),
        ("PUT", "/sparql", 405),
        ("GET", "/dumps/none", 404),
    ],
)
def test_a_path_is_refused_without_a_worker(
    tmp_path: Path, method: str, path: str, status: int
) -> None:
    pool = InstantPool()
    (answer,) = exchange(tmp_path, (method, path), pool=pool)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert not pool.asked


def test_a_thing_is_not_its_document(tmp_path: Path) -> None:
    (answer,) = exchange(tmp_path, ("GET", "/id/actor/x"), headers={"accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/qawl/id/actor/x.ttl"
    assert '</qawl/id/actor/x.html>; rel="alternate"; type="text/html"' in answer.headers["link"]


def test_a_long_query_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (answer,) = exchange(tmp_path, ("POST", "/sparql"), content=b"x" * 101)
    assert answer.status_code == 413


def test_an_answer_is_given_again_and_not_sent_twice(tmp_path: Path) -> None:
    pool = InstantPool()
    first, second = exchange(tmp_path, ("GET", "/"), ("GET", "/"), pool=pool)
    assert len(pool.asked) == 1
    assert first.text == second.text
    assert second.headers["server-timing"] == "cache;desc=hit"
    headers = {"if-none-match": first.headers["etag"]}
    (third,) = exchange(tmp_path, ("GET", "/"), pool=pool, headers=headers)
    assert third.status_code == 304
    assert not third.content


def test_who_wants_no_answer_that_there_is_gets_none(tmp_path: Path) -> None:
    asked = (("GET", "/"), ("GET", "/"), ("HEAD", "/"))
    for answer in exchange(tmp_path, *asked, headers={"if-none-match": "*"}):
        assert answer.status_code == 304
        assert not answer.content
        assert answer.headers["etag"]
    nothing, posted = exchange(
        tmp_path, ("GET", "/nothing"), ("POST", "/sparql"), headers={"if-none-match": "*"}
    )
    assert nothing.status_code == 404
    assert posted.status_code != 304


def test_every_answer_has_the_common_headers(tmp_path: Path) -> None:
    for answer in exchange(tmp_path, ("GET", "/"), ("GET", "/nothing"), ("OPTIONS", "/sparql")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "POST" in answer.headers["allow"]


def test_headers_that_are_repeated_are_joined() -> None:
    scope = {"headers": [(b"accept", b"a"), (b"x", b"y"), (b"accept", b"b")]}
    assert header(scope, b"accept") == "a, b"
    assert header(scope, b"none") == ""


def test_every_route_is_handled(tmp_path: Path) -> None:
    settings = Settings()
    pool = WorkerPool(settings)
    downloads = Downloads(str(tmp_path), SITE)
    paths = [route.path for route in routes(Gateway(settings, pool), SITE, downloads)]
    assert paths[0] == "/"
    assert paths[-1] == "/{path:path}"
    assert len(set(paths)) == len(paths)


def test_no_release_is_made_of_a_large_graph_or_a_database() -> None:
    async def state(source: Source, quads: int | None) -> tuple[int, str]:
        downloads = Downloads("", SITE)
        try:
            await downloads.make(source, quads)
            from kg.web.refusal import RequestRefused

            with pytest.raises(RequestRefused) as refused:
                downloads.response({"path": "/dumps/latest", "query_string": b""})
            return refused.value.status, str(refused.value)
        finally:
            downloads.close()

    database = Source(SourceKind.DATABASE, ("/nowhere",))
    files = Source(SourceKind.FILES, ("/nowhere.nq",))
    for source, quads in ((database, 1), (files, 200_001), (files, None)):
        status, reason = asyncio.run(state(source, quads))
        assert status == 404
        assert "--dumps" in reason
