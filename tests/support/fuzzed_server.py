"""What the fuzz tests share: a server with limits that a test can wait for, and what it owes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from raw_http import Answer, exchange
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["fuzzed_server", "is_an_answer", "some", "well_formed"]

some = settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def fuzzed_server(time_limit: float = 1) -> Iterator[Server]:
    """Run a server that at the end must live, answer, and have logged no fault."""
    with serving("--time-limit", str(time_limit), "--request-timeout", "1") as server:
        yield server
        answer = exchange(server, b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n")
        assert answer.status == 200
        log = server.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log


def well_formed(
    method: str, target: str, headers: Sequence[str] = (), body: bytes = b"", chunked: bool = False
) -> bytes:
    """Return a request that is good HTTP, whatever it asks."""
    lines = [f"{method} {target} HTTP/1.1", "Host: x", "Connection: close", *headers]
    if chunked and body:
        lines.append("Transfer-Encoding: chunked")
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    else:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def is_an_answer(answer: Answer) -> None:
    """Check what every answer has; 503 is the one fault that is documented."""
    assert 200 <= answer.status < 500 or answer.status == 503, answer.content[:500]
    assert answer.header("access-control-allow-origin") == "*"
    assert answer.header("x-content-type-options") == "nosniff"
    if answer.content:
        assert answer.media_type
    if answer.status == 503:
        assert any(word in answer.text for word in ("seconds", "memory", "has ended")), answer.text
