"""An HTTP server on the loopback that answers what a test tells it to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Asked:
    """One request as the server got it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What to answer.

    ``length`` is the ``Content-Length`` to give, where that is not the body's; ``None``: none.
    """

    body: bytes = b""
    status: int = 200
    media_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = -1


@dataclass
class ScriptedServer:
    """Answers by ``script``, a function of the request; remembers what it was asked."""

    script: Callable[[Asked], Reply]
    asked: list[Asked] = field(default_factory=list)
    #: Set at the end: a script that waits for it never answers in time.
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def handle_request(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                head = {name.lower(): value for name, value in self.headers.items()}
                one = Asked(self.command, self.path, head, body)
                outer.asked.append(one)
                reply = outer.script(one)
                self.close_connection = True
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.media_type)
                self.send_header("Connection", "close")
                for name, value in reply.headers:
                    self.send_header(name, value)
                if reply.length is not None:
                    length = len(reply.body) if reply.length == -1 else reply.length
                    self.send_header("Content-Length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(reply.body)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_request  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
