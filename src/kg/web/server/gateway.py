"""From a request for a worker to the bytes of the HTTP response."""

from __future__ import annotations

import asyncio
import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.web.server.answer_cache import AnswerCache
from kg.web.server.job import failure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive, Scope, Send

    from kg.web.refusal import RequestRefused
    from kg.web.requests import Request
    from kg.web.server.job import Answer, Job
    from kg.web.server.worker_pool import WorkerPool
    from kg.web.settings import Settings

__all__ = ["Gateway", "header", "refuse"]

_VARY: Final = (b"vary", b"Accept, Accept-Encoding, Accept-Language")


def header(scope: Scope, name: bytes) -> str:
    """Return the value of a request header, several joined by commas (RFC 9110)."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1")


async def refuse(scope: Scope, send: Send, refused: RequestRefused) -> None:
    """Send the answer to a request that was refused before any work on it."""
    answer = failure(refused.status, str(refused), **refused.headers)
    await _send_whole(scope, send, answer)


async def _send_whole(
    scope: Scope, send: Send, answer: Answer, more: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    content = answer.content or b""
    headers = [*answer.head.headers, *more, _VARY]
    headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": answer.head.status, "headers": headers})
    await send(
        {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content}
    )


def _etag(version: str, message: bytes) -> str:
    digest = hashlib.blake2b(message, key=version.encode()[:64], digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def _matches(scope: Scope, etag: str) -> bool:
    """Return whether the client has this answer, by the weak comparison of RFC 9110."""
    given = header(scope, b"if-none-match")
    if not given or scope["method"] == "POST":
        return False
    opaque = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == opaque for one in given.split(","))


def _takes_none(scope: Scope) -> bool:
    """Return whether the client wants no answer if there is one (RFC 9110, section 13.1.2)."""
    return scope["method"] != "POST" and header(scope, b"if-none-match").strip() == "*"


class Gateway:
    """Answers requests through the pool or from the cache."""

    def __init__(self, settings: Settings, pool: WorkerPool) -> None:
        self._pool = pool
        self._cache = AnswerCache(settings.cache_bytes)

    async def answer(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        message = request.packed()
        version = self._pool.loaded.version
        etag = _etag(version, message)
        # A client that has the present answer needs no worker.
        if _matches(scope, etag):
            await _send_not_modified(send, etag)
            return
        answer = self._cache.get(message, version)
        if answer is not None and _takes_none(scope):
            await _send_not_modified(send, etag)
            return
        if answer is not None:
            await _send_whole(scope, send, answer, _extra(answer, etag, cached=True))
            return
        job = self._pool.submit(message)
        watching: list[asyncio.Task[None]] = []
        job.on_long = lambda: watching.append(asyncio.create_task(self._watch(job, receive)))
        try:
            answer = await job.ready
        except asyncio.CancelledError:
            # The server stops and has waited as long as it does. The task ends with this answer.
            self._pool.abandon(job)
            answer = failure(HTTPStatus.SERVICE_UNAVAILABLE, "the server is shutting down")
            await _send_whole(scope, send, answer)
            return
        finally:
            for task in watching:
                task.cancel()
        lasting = answer.head.status == HTTPStatus.OK and answer.head.repeatable
        if lasting and answer.version == version:
            self._cache.put(message, answer)
        extra = _extra(answer, etag if lasting else "")
        if answer.content is not None:
            if lasting and _takes_none(scope):
                await _send_not_modified(send, etag)
            else:
                await _send_whole(scope, send, answer, extra)
            return
        try:
            complete = await self._send_growing(scope, answer, extra, receive, send)
        finally:
            assert answer.spool is not None
            answer.spool.discard()
        if not complete:
            self._pool.abandon(job)

    async def _watch(self, job: Job, receive: Receive) -> None:
        """Stop working on a long query when its client has disconnected."""
        await _disconnected(receive)
        self._pool.abandon(job)

    async def _send_growing(
        self,
        scope: Scope,
        answer: Answer,
        extra: Iterable[tuple[bytes, bytes]],
        receive: Receive,
        send: Send,
    ) -> bool:
        """Send an answer as it grows; return whether all of it went out.

        If it is cut off, the response is left unfinished, so that no client mistakes a part for the
        whole.
        """
        assert answer.spool is not None
        headers = [*answer.head.headers, *extra, _VARY]
        await send(
            {"type": "http.response.start", "status": answer.head.status, "headers": headers}
        )
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return False
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            async for piece in answer.spool.pieces():
                part = {"type": "http.response.body", "body": piece, "more_body": True}
                await send(part)
                if gone.done():
                    return False
            await send({"type": "http.response.body", "body": b""})
        except EOFError:
            return False
        finally:
            gone.cancel()
        return True


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_not_modified(send: Send, etag: str) -> None:
    headers = [(b"etag", etag.encode()), (b"cache-control", b"no-cache"), _VARY]
    await send(
        {
            "type": "http.response.start",
            "status": HTTPStatus.NOT_MODIFIED.value,
            "headers": headers,
        }
    )
    await send({"type": "http.response.body", "body": b""})


def _extra(answer: Answer, etag: str, *, cached: bool = False) -> list[tuple[bytes, bytes]]:
    found = []
    if etag:
        found.append((b"etag", etag.encode()))
        found.append((b"cache-control", b"no-cache"))
    else:
        found.append((b"cache-control", b"no-store"))
    if answer.cut:
        found.append((b"qawl-truncated", answer.cut.encode()))
    if cached:
        found.append((b"server-timing", b"cache;desc=hit"))
    elif answer.seconds:
        timing = f"queue;dur={answer.waited * 1000:.1f}, query;dur={answer.seconds * 1000:.1f}"
        found.append((b"server-timing", timing.encode()))
    return found
