"""A scripted OpenAI-compatible server on loopback, for the real client to talk to."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What a script returns: a status, headers and a body; or text to be wrapped as an answer.
Reply = tuple[int, dict[str, str], str]


@dataclass
class ModelServer:
    """Answers by a script, and keeps the requests."""

    script: Callable[[dict[str, Any], int], Reply | str]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)

    def paragraph(self, number: int) -> dict[str, Any]:
        """Return what the request of this number gave the model to read."""
        return json.loads(self.requests[number]["messages"][1]["content"])


def completion(text: str | None, finish_reason: str = "stop", refusal: str | None = None) -> Reply:
    """Return an answer as servers wrap it."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    body = {
        "id": "x", "object": "chat.completion", "created": 0, "model": "scripted-1",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
    }  # fmt: skip
    return 200, {"Content-Type": "application/json"}, json.dumps(body, ensure_ascii=False)


@contextmanager
def model_server(
    script: Callable[[dict[str, Any], int], Reply | str],
) -> Iterator[ModelServer]:
    """Run a server on loopback whose answers the script gives: (request, its number) -> reply."""
    server = ModelServer(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            request = json.loads(raw)
            request["path"] = self.path
            request["authorization"] = self.headers.get("Authorization")
            server.requests.append(request)
            reply = server.script(request, len(server.requests) - 1)
            status, headers, body = completion(reply) if isinstance(reply, str) else reply
            data = body.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            with suppress(BrokenPipeError):  # a client that had enough of waiting
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def slow(seconds: float, reply: Reply | str) -> Reply | str:
    """Return a reply after some time."""
    time.sleep(seconds)
    return reply
