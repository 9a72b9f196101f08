"""One query from its arrival to its last byte."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from kg.web.messages import Head, encoded
from kg.web.server.spool import IN_MEMORY, Spool

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.web.messages import End
    from kg.web.server.spool import SpoolSpace

__all__ = ["Answer", "Job", "failure"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be sent: complete, or still growing in its spool.

    :param content: the whole answer, if it is complete and small; otherwise it is read from the
        spool.
    :param cut: what was left out, if known by now.
    """

    head: Head
    content: bytes | None
    spool: Spool | None = None
    cut: str | None = None
    version: str = ""
    seconds: float = 0.0
    waited: float = 0.0


def failure(status: HTTPStatus, reason: str, **headers: str) -> Answer:
    """Return an answer that gives an error in plain text."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    head = Head(
        status, encoded({"content-type": "text/plain; charset=utf-8", **named}), repeatable=False
    )
    return Answer(head, f"{reason}\n".encode("utf-8", "replace"))


def _nothing() -> None:
    pass


class Job:
    """A request on its way through the pool; ``ready`` returns its answer once one can be sent.

    :param message: the request as a worker reads it.
    :param space: the space for unread data; default: its own.
    """

    __slots__ = (
        "_head", "_spool", "arrived", "begun", "computed", "cut", "message", "on_long",
        "processor_before", "ready", "resumed", "version",
    )  # fmt: skip

    def __init__(self, message: bytes, space: SpoolSpace | None = None) -> None:
        self.message = message
        #: Called when the job turns out to be a long one.
        self.on_long: Callable[[], object] = _nothing
        self.ready: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.arrived = time.monotonic()
        self.begun = 0.0
        self.resumed = 0.0
        self.computed = 0.0
        #: What its worker had computed before, where that was looked at.
        self.processor_before: float | None = None
        self.version = ""
        self.cut: str | None = None
        self._head = Head(HTTPStatus.INTERNAL_SERVER_ERROR, (), repeatable=False)
        self._spool = Spool(space)

    def begin(self, version: str) -> None:
        """Record that a worker has taken the job."""
        self.version = version
        self.begun = self.resumed = time.monotonic()

    def head(self, head: Head) -> None:
        """Take status and headers; they replace earlier ones that were not sent."""
        if not self.ready.done():
            self._head = head
            self._spool.clear()
        elif head.status >= HTTPStatus.BAD_REQUEST:
            self._spool.close(failed=True)

    def data(self, data: bytes) -> None:
        """Take a piece of the answer."""
        if self._spool.closed:
            return
        try:
            self._spool.put(data)
        except OSError:
            self.fail(failure(HTTPStatus.SERVICE_UNAVAILABLE, "the server's disk is full"))
            return
        if self._spool.size > IN_MEMORY and not self.ready.done():
            self._give(None)

    def end(self, end: End) -> None:
        """Record that the answer is complete.

        If something was truncated after the headers were sent and the content cannot say so, the
        transfer is aborted.
        """
        self.cut = end.cut
        if self._spool.closed:
            return
        self._spool.close(failed=bool(end.cut) and self.ready.done() and not end.told)
        if not self.ready.done():
            self._give(self._spool.whole())

    def fail(self, answer: Answer) -> None:
        """Send this answer instead, or abort the one that is being sent."""
        if self.ready.done():
            self._spool.close(failed=True)
        else:
            self.ready.set_result(answer)

    def _give(self, content: bytes | None) -> None:
        self.ready.set_result(
            Answer(
                self._head,
                content,
                None if content is not None else self._spool,
                self.cut,
                self.version,
                time.monotonic() - self.begun,
                self.begun - self.arrived,
            )
        )
