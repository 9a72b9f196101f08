"""Connections: who does not read, or does not write, is cut off, and the place is free again."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import patient_http
import pytest
import uvicorn
from examples import ROOT
from server_process import Server, serving, until
from uvicorn.server import ServerState

from kg.web.server.connections import bounded_protocol
from kg.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = 4
LARGE = "SELECT%20*%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20qawl:Person%20%7D"


@dataclass
class FakeTransport:
    """A transport whose buffer holds what the test says."""

    unsent: int = 0
    closing: bool = False
    aborted: bool = False
    written: list[bytes] = field(default_factory=list)

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def get_extra_info(self, _: str, default: Any = None) -> Any:
        return default

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.aborted = True

    def close(self) -> None:
        self.closing = True

    def write(self, data: bytes) -> None:
        self.written.append(data)


def looked_at(levels: list[int], *, paused: bool = False, closing: bool = False) -> bool:
    """Return whether a connection is broken off whose buffer has these levels, look by look."""

    async def run() -> bool:
        config = uvicorn.Config(lambda *_: None)
        protocol: Any = bounded_protocol(Settings(send_timeout=100.0))(config, ServerState(), {})
        transport = FakeTransport()
        protocol.connection_made(transport)
        protocol.flow.write_paused = paused
        transport.closing = closing
        for level in levels:
            transport.unsent = level
            protocol._looking.cancel()
            protocol._look()
        protocol.connection_lost(ConnectionAbortedError())
        return transport.aborted

    return asyncio.run(run())


def test_who_is_cut_off_before_the_language_is_known_is_told_in_both() -> None:
    async def run() -> str:
        config = uvicorn.Config(lambda *_: None)
        protocol: Any = bounded_protocol(Settings(request_timeout=10.0))(config, ServerState(), {})
        transport = FakeTransport()
        protocol.connection_made(transport)
        protocol._too_late()
        protocol._looking.cancel()
        return b"".join(transport.written).decode()

    head, _, body = asyncio.run(run()).partition("\r\n\r\n")
    assert body.splitlines() == [
        "the request was still incomplete after 10 seconds", "لم يكتمل الطلب خلال 10 ثوان",
    ]  # fmt: skip
    assert f"Content-Length: {len(body.encode())}" in head


STILL = [1000] * 5


@pytest.mark.parametrize(
    ("levels", "paused", "closing", "aborted"),
    [
        (STILL, True, False, True),
        (STILL, False, True, True),
        (STILL, False, False, False),
        (STILL[1:], True, False, False),
        ([*STILL[1:], 999, 999, 999, 999], True, False, False),
        ([*STILL[1:], 999, 999, 999, 999, 999], True, False, True),
        ([0] * 9, False, True, False),
        ([5000, 4000, 3000, 2000, 1000, 900, 800], False, True, False),
    ],
)
def test_who_reads_nothing_is_cut_off(
    levels: list[int], paused: bool, closing: bool, aborted: bool
) -> None:
    assert looked_at(levels, paused=paused, closing=closing) == aborted


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    dumps = tmp_path_factory.mktemp("dumps")
    with (dumps / "large.nq").open("wb") as stream:
        stream.truncate(100_000_000)
    limits = ("--send-timeout", 1, "--max-connections", PLACES, "--dumps", dumps)
    data = ROOT / "graph" / "dumps" / "qawl.nq"
    with serving(data, *map(str, limits)) as found:
        yield found


def not_reading(server: Server, target: str) -> socket.socket:
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect(("127.0.0.1", server.port))
    reader.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return reader


@pytest.mark.parametrize("target", ["/dumps/large.nq", f"/sparql?query={LARGE}"])
def test_places_are_free_again_when_nobody_reads(server: Server, target: str) -> None:
    readers = [not_reading(server, target) for _ in range(PLACES)]
    try:
        until(lambda: patient_http.get(f"{server.url}/").status_code == 200)
        answered = 0
        for reader in readers:
            try:
                while piece := reader.recv(1 << 16):
                    answered += len(piece)
            except ConnectionResetError:
                pass
        assert answered < 100_000_000
    finally:
        for reader in readers:
            reader.close()
