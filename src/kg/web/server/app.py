"""The application: maps paths to handlers."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipResponder
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.web.page_language import localized
from kg.web.refusal import RequestRefused
from kg.web.requests import SparqlCall
from kg.web.server.access import Access
from kg.web.server.clients import Clients
from kg.web.server.gateway import Gateway, header, refuse
from kg.web.server.localized_errors import in_language
from kg.web.server.routes import routes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.web.server.downloads import Downloads
    from kg.web.server.worker_pool import WorkerPool
    from kg.web.settings import Settings
    from kg.web.site import Site

__all__ = ["application"]

_WORTH_COMPRESSING: Final = 1000
_COMPRESSION: Final = 5
_LONGEST_CODINGS: Final = 1000
_METHODS: Final = "GET, HEAD, OPTIONS"
_ENDPOINT_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_EXPOSED: Final = (
    b"access-control-expose-headers",
    b"ETag, Link, Location, Retry-After, Server-Timing, Qawl-Truncated",
)
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SAFETY: Final = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        _POLICY.encode(),
    ),
]
_PREFLIGHT: Final = [
    (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-None-Match, *"),
    (b"access-control-max-age", b"86400"),
]


@lru_cache(maxsize=256)
def _takes_gzip(accept_encoding: str) -> bool:
    """Return whether a client takes gzip, by RFC 9110, section 12.5.3."""
    qualities = {}
    for one in accept_encoding.lower().split(","):
        coding, _, rest = one.partition(";")
        qualities[coding.strip()] = rest.partition("=")[2].strip() or "1"
    quality = qualities.get("gzip", qualities.get("*", "0"))
    return quality.strip("0.") != ""


def _of_compressed(name: bytes, value: bytes) -> bytes:
    """Return a header adapted to a compressed answer.

    ``Vary`` is set once, and the ETag is weak, because the bytes differ from those of the
    uncompressed answer.
    """
    if name == b"vary":
        return b", ".join(dict.fromkeys(part.strip() for part in value.split(b",")))
    if name == b"etag" and not value.startswith(b"W/"):
        return b"W/" + value
    return value


class _CommonHeaders:
    """Puts the headers on every answer, errors included, and answers CORS preflights."""

    def __init__(self, app: ASGIApp, cors_origin: str) -> None:
        self._app = app
        self._cors = (
            [(b"access-control-allow-origin", cors_origin.encode()), _EXPOSED]
            if cors_origin
            else []
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if (b"content-encoding", b"gzip") in headers:
                    headers = [(name, _of_compressed(name, value)) for name, value in headers]
                own = {name for name, _ in headers}  # a picture has a policy of its own
                safety = [one for one in _SAFETY if one[0] not in own]
                message["headers"] = [*headers, *self._cors, *safety]
            await send(message)

        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or (not hosts and scope["http_version"] == "1.1"):  # RFC 9112, 3.2
            await refuse(
                scope,
                with_headers,
                RequestRefused(
                    HTTPStatus.BAD_REQUEST,
                    f"a request must have one Host header; this has {len(hosts)}",
                ),
            )
            return
        compressing = _takes_gzip(header(scope, b"accept-encoding")[:_LONGEST_CODINGS])
        if scope["method"] == "OPTIONS":
            start = {"type": "http.response.start", "status": HTTPStatus.NO_CONTENT.value}
            endpoint = scope["path"].endswith("/sparql")
            methods = (_ENDPOINT_METHODS if endpoint else _METHODS).encode()
            preflight = [(b"access-control-allow-methods", methods), *_PREFLIGHT]
            allowed = [(b"allow", methods), *(preflight if self._cors else ())]
            await with_headers({**start, "headers": allowed})
            await with_headers({"type": "http.response.body", "body": b""})
            return
        app = self._app
        if compressing:
            app = GZipResponder(app, _WORTH_COMPRESSING, compresslevel=_COMPRESSION)
        await app(scope, receive, with_headers)


async def _body(receive: Receive, longest: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        body += message.get("body", b"")
        if len(body) > longest:
            raise RequestRefused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the query has more than {longest} bytes"
            )
        if not message.get("more_body"):
            return bytes(body)


class SparqlEndpoint:
    """The SPARQL 1.1 Protocol at one path."""

    def __init__(self, gateway: Gateway, settings: Settings) -> None:
        self._gateway = gateway
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            call = await self._call(scope, receive)
        except RequestRefused as refused:
            await refuse(scope, send, refused)
        except ConnectionResetError:
            return
        else:
            await self._gateway.answer(call, scope, receive, send)

    async def _call(self, scope: Scope, receive: Receive) -> SparqlCall:
        method = scope["method"]
        if method not in {"GET", "HEAD", "POST"}:
            raise RequestRefused(
                HTTPStatus.METHOD_NOT_ALLOWED, f"{method}: use GET or POST", allow=_ENDPOINT_METHODS
            )
        accept = header(scope, b"accept")
        if method != "POST":
            return SparqlCall(scope["query_string"], accept, keep_language=scope["keep_language"])
        return SparqlCall(
            scope["query_string"],
            accept,
            body=await _body(receive, self._settings.max_request_bytes),
            content_type=header(scope, b"content-type"),
            content_encoding=header(scope, b"content-encoding"),
            keep_language=scope["keep_language"],
        )


async def _not_found(request: Request, _: Exception) -> Response:
    return PlainTextResponse(f"{request.url.path}: nothing found here\n", HTTPStatus.NOT_FOUND)


def application(
    settings: Settings,
    pool: WorkerPool,
    site: Site,
    downloads: Downloads,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    *,
    more: Sequence[BaseRoute] = (),
    admit: Callable[[Scope], None] = lambda _: None,
) -> ASGIApp:
    """Return the ASGI application.

    :param lifespan: starts the pool before the first request and stops it after the last.
    :param more: routes that come before those of every server.
    :param admit: raises :class:`RequestRefused` for requests that this server does not answer.
    """
    gateway = Gateway(settings, pool)
    access = Access(settings.tokens)
    clients = Clients(settings.max_client_requests, settings.trusted_proxy)
    endpoint = SparqlEndpoint(gateway, settings)
    starlette = Starlette(
        routes=[*more, Route("/sparql", endpoint), *routes(gateway, site, downloads)],
        exception_handlers={HTTPStatus.NOT_FOUND: _not_found},
        lifespan=lifespan,
    )
    starlette.router.redirect_slashes = False

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await starlette(scope, receive, send)
            return
        if site.path and scope["path"].startswith(f"{site.path}/"):
            scope["path"] = scope["path"].removeprefix(site.path)
        scope["query_string"], scope["keep_language"] = localized(
            scope["query_string"], header(scope, b"accept-language")
        )
        if b"lang=ar" in scope["query_string"]:
            send = in_language(scope, send, "ar")
        # The way to the endpoint is the one that is taken thousands of times a second.
        app = endpoint if scope["path"] == "/sparql" else starlette
        try:
            access.check(scope)
            admit(scope)
            with clients.admitted(scope):
                await app(scope, receive, send)
        except RequestRefused as refused:
            await refuse(scope, send, refused)

    return _CommonHeaders(route, settings.cors_origin)
