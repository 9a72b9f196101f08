"""HTTP byte by byte: a request goes out exactly as it is written, the answer is taken apart."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server_process import PATIENCE

if TYPE_CHECKING:
    from server_process import Server

__all__ = ["Answer", "exchange", "request"]


@dataclass(frozen=True)
class Answer:
    """An answer: status, headers with lower-case names, and the content as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def header(self, name: str) -> str:
        """Return a header that must not be there twice; empty where it is not there."""
        found = [value for key, value in self.headers if key == name.lower()]
        assert len(found) <= 1, f"{name} stands {len(found)} times: {found}"
        return found[0] if found else ""

    @property
    def media_type(self) -> str:
        return self.header("content-type").partition(";")[0]

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


def exchange(server: Server, sent: bytes, *, timeout: float = PATIENCE) -> Answer:
    """Send these bytes over a connection of their own and return the answer.

    :raises http.client.HTTPException: what came back is not an answer in HTTP.
    :raises OSError: nothing came back.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout) as connection:
        connection.sendall(sent)
        method = sent.split(b" ", 1)[0].decode("latin-1")
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        content = response.read()
        headers = tuple((name.lower(), value) for name, value in response.getheaders())
        return Answer(response.status, headers, content)


def request(
    server: Server, method: str, target: str, *lines: str, body: bytes | None = None
) -> Answer:
    """Send a request: its target and header lines as they are, besides them Host and the length."""
    head = [f"{method} {target} HTTP/1.1", "Host: www.example", "Connection: close", *lines]
    if body is not None:
        head.append(f"Content-Length: {len(body)}")
    return exchange(server, "\r\n".join([*head, "", ""]).encode("latin-1") + (body or b""))
