"""HTTP connections with limits on their number and on the time for sending requests and answers.

uvicorn limits only the time between requests; a client that sends one byte a minute, or reads
nothing, could keep its connection forever.
"""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.web.server.clients import client_name
from kg.wording import LANGUAGES, wording

if TYPE_CHECKING:
    import asyncio

    from kg.web.settings import Settings
    from kg.wording import Language

__all__ = ["bounded_protocol"]

_LONGEST_HEAD: Final = 1 << 16
# How often within the time to send it is looked whether a client reads.
_LOOKS: Final = 4


class _BoundedProtocol(HttpToolsProtocol):
    request_timeout: ClassVar[float]
    send_timeout: ClassVar[float]
    max_connections: ClassVar[int]
    max_client_connections: ClassVar[int]
    proxies: ClassVar[frozenset[str]]
    by_client: ClassVar[Counter[str]]
    cors: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._in_head = True
        self._looking: asyncio.TimerHandle | None = None
        self._unsent = 0
        self._stalled = 0
        self._client = ""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._look()
        self._client = client_name(self.client[0]) if self.client else ""
        self.by_client[self._client] += 1
        if self._too_many_of_client():
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS, "yours")
            return
        if len(self.connections) > self.max_connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "connections")
            return
        self._expect_request()

    def _too_many_of_client(self) -> bool:
        most = self.max_client_connections
        return bool(most) and (
            self._client not in self.proxies and self.by_client[self._client] > most
        )

    def _expect_request(self) -> None:
        self._forget_deadline()
        self._deadline = self.loop.call_later(self.request_timeout, self._too_late)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            # A head that ends in this piece is as long as what stands before its end.
            if self._head_size + data.find(b"\r\n\r\n") > _LONGEST_HEAD:
                self._refuse_head()
                return
            self._head_size += len(data)
        super().data_received(data)
        # Once the parser has seen the end of a head, on_headers_complete has set this to zero.
        if self._head_size > _LONGEST_HEAD and self._in_head:
            self._refuse_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        if self._deadline is None:
            self._expect_request()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head_size = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._forget_deadline()
        self._in_head = True
        super().on_message_complete()

    def _look(self) -> None:
        """Break the connection off when nothing of what is on its way has been read for long.

        Closing it would wait until all is read. While more may be written, a constant level means
        nothing.
        """
        unsent = self.transport.get_write_buffer_size()
        nothing_added = self.flow.write_paused or self.transport.is_closing()
        if unsent and unsent == self._unsent and nothing_added:
            self._stalled += 1
        else:
            self._stalled = 0
        if self._stalled >= _LOOKS:
            self.transport.abort()
            return
        self._unsent = unsent
        self._looking = self.loop.call_later(self.send_timeout / _LOOKS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        if self._looking is not None:
            self._looking.cancel()
        self.by_client[self._client] -= 1
        if not self.by_client[self._client]:
            del self.by_client[self._client]
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - named by uvicorn
        """Answer input that is not HTTP, with the usual headers."""
        self._refuse(HTTPStatus.BAD_REQUEST, "not-http")

    def _refuse_head(self) -> None:
        self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "long-head")

    def _too_late(self) -> None:
        self._deadline = None
        self._refuse(HTTPStatus.REQUEST_TIMEOUT, "slow")

    def _reason(self, key: str, language: Language) -> str:
        words = wording("web.refusals", language)
        if words.counts(key):
            return words.measured(key, self.request_timeout, f"{self.request_timeout:g}")
        return words[key].format(most=_LONGEST_HEAD)

    def _refuse(self, status: HTTPStatus, key: str) -> None:
        """Say in every language why, since what the client wants to read is not known yet."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            body = "".join(f"{self._reason(key, one)}\n" for one in LANGUAGES).encode()
            head = (
                f"HTTP/1.1 {status.value} {status.phrase}\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                f"{self.cors}"
                "X-Content-Type-Options: nosniff\r\n"
                "Retry-After: 3\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()


def bounded_protocol(settings: Settings) -> type[HttpToolsProtocol]:
    """Return the protocol class for uvicorn, bound to these settings."""
    origin = settings.cors_origin
    return type(
        "BoundedProtocol",
        (_BoundedProtocol,),
        {
            "request_timeout": settings.request_timeout,
            "send_timeout": settings.send_timeout,
            "max_connections": settings.max_connections,
            "max_client_connections": settings.max_client_connections,
            "proxies": frozenset(map(client_name, settings.trusted_proxy)),
            "by_client": Counter(),
            "cors": f"Access-Control-Allow-Origin: {origin}\r\n" if origin else "",
        },
    )
