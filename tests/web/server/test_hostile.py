"""What hostile clients send: no time, memory, file or connection is to be had by it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import patient_http
import pytest
from disguises import DISGUISES, ESCAPED
from server_process import PATIENCE, Server, processor_ticks, serving, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("hostile")

TIME_LIMIT = 2.0
MUCH = 50_000_000
LIGHT = "SELECT ?s { ?s a qawl:Person } LIMIT 3"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }"
HEAVY = {
    "a cross join": CROSS,
    "a sorted cross join": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d",
    "a property path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>)* ?c }",
    "a regular expression": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
        'FILTER (REGEX(CONCAT(STR(?c), STR(?f)), "^(a+)+((a|b)*c)*$")) }'
    ),
    "much memory": (
        "SELECT (GROUP_CONCAT(?x) AS ?g) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND (CONCAT(STR(?c), STR(?f)) AS ?x) }"
    ),
    "doubling strings": 'SELECT ?z { BIND ("aaaaaaaaaa" AS ?a) '
    + "".join(
        f"BIND (CONCAT(?{chr(97 + one)}, ?{chr(97 + one)}, ?{chr(97 + one)}) AS ?{chr(98 + one)}) "
        for one in range(25)
    )
    + "}",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    limits = ("--time-limit", TIME_LIMIT, "--request-timeout", 2, "--memory-limit", 500_000_000)
    with serving(*map(str, limits)) as found:
        yield found


def ask(server: Server, query: str, **parameters: str) -> httpx.Response:
    return patient_http.get(f"{server.url}/sparql", params={"query": query, **parameters})


@pytest.fixture(scope="module")
def patient_server() -> Iterator[Server]:
    """Serve without limits: a heavy query goes on until a test ends it."""
    with serving() as found:
        yield found


def still_answers(server: Server) -> None:
    assert ask(server, f"{LIGHT} # {time.monotonic()}").status_code == 200


@pytest.mark.parametrize("kind", HEAVY)
def test_a_heavy_query_is_ended(server: Server, kind: str) -> None:
    answer = ask(server, HEAVY[kind])
    assert answer.status_code == 503
    assert "seconds" in answer.text or "MB" in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    still_answers(server)


def test_what_a_query_held_is_free_again(server: Server) -> None:
    ask(server, HEAVY["much memory"])
    # A worker shares the template's pages; what is its own is what queries left.
    until(lambda: max(map(private_bytes, server.workers()), default=MUCH) < MUCH)


def private_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def test_200_heavy_queries_at_once_leave_room_for_light_ones() -> None:
    async def load(url: str) -> tuple[list[httpx.Response], list[float]]:
        limits = httpx.Limits(max_connections=400)
        async with httpx.AsyncClient(timeout=PATIENCE, limits=limits) as client:
            light: list[float] = []

            async def heavy(number: int) -> httpx.Response:
                text = [*HEAVY.values()][number % len(HEAVY)]
                return await client.get(f"{url}/sparql", params={"query": f"{text} # {number}"})

            async def watch() -> None:
                while True:
                    begun = time.monotonic()
                    query = f"{LIGHT} # {begun}"
                    answer = await client.get(f"{url}/sparql", params={"query": query})
                    assert answer.status_code == 200
                    light.append(time.monotonic() - begun)
                    await asyncio.sleep(0.02)

            watching = asyncio.create_task(watch())
            answers: list[httpx.Response] = []
            # On a busy machine a round of 200 may be over before many light ones are asked.
            while len(light) <= 10 and len(answers) < 5 * 200:
                first = len(answers)
                answers += await asyncio.gather(*(heavy(first + n) for n in range(200)))
            if watching.done():
                watching.result()
            watching.cancel()
            return answers, light

    limit = 5
    # On a busy machine a light query waits longer than on another, but is not refused.
    limits = ("--time-limit", limit, "--max-waiting", 250, "--memory-limit", 500_000_000)
    with serving(*map(str, limits)) as server:
        answers, light = asyncio.run(load(server.url))
        assert len(answers) % 200 == 0
        assert all(answer.status_code == 503 and answer.text.strip() for answer in answers)
        assert sum("retry-after" in answer.headers for answer in answers) > len(answers) / 2
        assert len(light) > 10
        # Most are answered sooner than a heavy query uses up its time.
        assert statistics.median(light) < limit
        still_answers(server)


def at_work(server: Server) -> list[int]:
    """Return the workers that have computed for so long as only a heavy query takes."""
    return [pid for pid in server.workers() if processor_ticks(pid) >= 20]


def test_a_worker_that_is_killed_loses_its_query_alone(patient_server: Server) -> None:
    server = patient_server

    async def kill_one() -> tuple[list[httpx.Response], httpx.Response]:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            heavy = asyncio.create_task(
                client.get(f"{server.url}/sparql", params={"query": f"{CROSS} # killed"})
            )
            await asyncio.to_thread(until, partial(at_work, server))
            busy = max(server.workers(), key=processor_ticks)
            others = [
                asyncio.create_task(
                    client.get(f"{server.url}/sparql", params={"query": f"{LIGHT} # {number}"})
                )
                for number in range(40)
            ]
            os.kill(busy, signal.SIGKILL)
            return [await one for one in others], await heavy

    others, heavy = asyncio.run(kill_one())
    assert all(one.status_code == 200 for one in others)
    assert heavy.status_code == 503
    assert "the process that answered the query died" in heavy.text


@pytest.mark.parametrize("disguise", [*DISGUISES, *ESCAPED])
def test_no_service_is_called(server: Server, disguise: str) -> None:
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen()
        ear.settimeout(0.05)
        url = f"http://127.0.0.1:{ear.getsockname()[1]}/"
        answer = ask(server, disguise.replace("URL", url))
        assert answer.status_code in {400, 403}
        with pytest.raises(TimeoutError):
            ear.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
    ],
)
def test_from_reads_and_fetches_nothing(server: Server, query: str) -> None:
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen()
        ear.settimeout(0.05)
        url = f"http://127.0.0.1:{ear.getsockname()[1]}/"
        answer = ask(server, query.replace("URL", url))
        assert answer.json()["results"]["bindings"] == []
        with pytest.raises(TimeoutError):
            ear.accept()


def test_workers_cannot_open_files(server: Server) -> None:
    for pid in server.workers():
        limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
        files = next(line for line in limits if line.startswith("Max open files"))
        assert files.split()[3:5] == ["0", "0"]


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "DROP ALL",
        "CLEAR SILENT ALL", "LOAD <http://127.0.0.1:1/>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:a>",
        "CREATE GRAPH <a:a>", "ASK {} ; DROP ALL", "SELECT * {} DROP ALL",
        "PREFIX a: <a:> INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", "# a query\nDROP ALL",
        "\\u0044ROP ALL", "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)  # fmt: skip
def test_no_update_gets_through(server: Server, update: str) -> None:
    url = f"{server.url}/sparql"
    for answer in (
        ask(server, update),
        patient_http.get(url, params={"update": update}),
        patient_http.post(url, data={"query": update}),
        patient_http.post(url, data={"update": update}),
        patient_http.post(url, data={"query": "ASK {}", "update": update}),
        patient_http.post(
            url, content=update, headers={"content-type": "application/sparql-update"}
        ),
        patient_http.post(
            url, content=update, headers={"content-type": "application/sparql-query"}
        ),
    ):
        assert answer.status_code in {400, 403}


def test_large_and_deep_queries_are_refused(server: Server) -> None:
    url = f"{server.url}/sparql"
    kind = {"content-type": "application/sparql-query"}
    large = patient_http.post(url, content=b"ASK {" + b" " * 10_000_000 + b"}", headers=kind)
    assert large.status_code == 413
    deep = patient_http.post(url, content=b"ASK " + b"{" * 400_000 + b"}" * 400_000, headers=kind)
    assert deep.status_code == 400
    assert "brackets" in deep.text
    still_answers(server)


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


def raw(server: Server, *pieces: bytes, pause: float = 0) -> bytes:
    """Send bytes as they are; return what comes until the server closes or waits."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        answer = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            while data := connection.recv(65536):
                answer += data
                if b"\r\n\r\n" in answer and not pause:
                    break
        except (TimeoutError, ConnectionError):
            pass
        return answer


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"),
        (b"GET /sparql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", b"431"),
        (
            POST + b"Content-Length: 3\r\n\r\n\xff\xfe\xfd",
            b"400",
        ),
        (b"GET /sparql?query=ASK%7B%7D%00 HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
    ],
)
def test_malformed_requests_are_answered(
    server: Server, request_bytes: bytes, status: bytes
) -> None:
    answer = raw(server, request_bytes)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"access-control-allow-origin: *" in answer.lower()
    still_answers(server)


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-A: ",
        POST + b"Content-Length: 100\r\n\r\nSEL",
    ],
)
def test_a_slow_request_is_ended(server: Server, beginning: bytes) -> None:
    answer = raw(server, beginning, *([b"a"] * 3), pause=0.4)
    assert answer.startswith(b"HTTP/1.1 408")


def test_many_idle_connections_leave_room(server: Server) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
    try:
        still_answers(server)
    finally:
        for one in idle:
            one.close()


def test_slow_readers_hold_no_worker(server: Server) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e qawl:Person }".replace(" ", "%20").encode()
    request = b"GET /sparql?query=" + query.replace(b"?", b"%3F") + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    readers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    try:
        for reader in readers:
            reader.sendall(request)
        time.sleep(0.5)
        still_answers(server)
    finally:
        for reader in readers:
            reader.close()


def test_a_client_that_goes_ends_its_query(patient_server: Server) -> None:
    query = str(httpx.QueryParams(query=f"{CROSS} # gone")).encode()
    with socket.create_connection(("127.0.0.1", patient_server.port)) as connection:
        connection.sendall(b"GET /sparql?" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        until(partial(at_work, patient_server))
        busy = at_work(patient_server)
    until(lambda: not set(busy) & set(patient_server.workers()))


def test_nothing_of_a_request_becomes_a_header_or_a_template(server: Server) -> None:
    answer = patient_http.get(f"{server.url}/id/a%0d%0aSet-Cookie:%20a=b")
    assert "set-cookie" not in answer.headers
    page = patient_http.get(
        f"{server.url}/sparql",
        params={"query": "ASK { ?s ?p '{{ 7 * 191 }}<script>alert(1)</script>' }"},
        headers={"accept": "text/html"},
    )
    assert "1337" not in page.text
    assert "<script>alert" not in page.text


def test_the_log_has_no_traceback(server: Server) -> None:
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
