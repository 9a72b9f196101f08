"""What each path of the desk does. Only requests that pass the guard can write."""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
import json
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.desk.decision_requests import parse_decision
from kg.errors import ArticleError, ChangedUnderneathError, DecisionError, KgError, OutputError
from kg.web.desk import lookup
from kg.web.desk.view import difference, reading_view
from kg.web.page import page_text
from kg.web.page_language import page_language
from kg.web.refusal import RequestRefused
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from kg.desk.desk import Desk
    from kg.desk.sitting import Seen, Sitting
    from kg.web.desk.guard import Guard
    from kg.web.desk.keeper import GraphKeeper
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["DeskPages"]

_LONGEST_DECISION: Final = 1_000_000
_LONGEST_ARTICLE: Final = 30_000_000
_NO_STORE: Final = {"cache-control": "no-store"}


def _status(error: KgError) -> HTTPStatus:
    cause = error.__cause__
    if isinstance(cause, OSError):
        if cause.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return HTTPStatus.INSUFFICIENT_STORAGE
        return HTTPStatus.FORBIDDEN
    match error:
        case ChangedUnderneathError():
            return HTTPStatus.CONFLICT
        case OutputError():
            return HTTPStatus.FORBIDDEN
        case _:
            return HTTPStatus.UNPROCESSABLE_ENTITY


def _refusal(error: KgError) -> Response:
    content: dict[str, Any] = {"error": str(error)}
    match error:
        case ChangedUnderneathError():
            content["difference"] = difference(error.seen, error.now)
        case DecisionError():
            content |= {"part": error.part, "field": error.field}
    return JSONResponse(content, _status(error), _NO_STORE)


async def _body(request: Request, longest: int) -> dict[str, Any]:
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > longest:
            raise RequestRefused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request can have at most {longest} bytes"
            )
    try:
        found = json.loads(data)
    except ValueError as error:
        raise RequestRefused(HTTPStatus.BAD_REQUEST, f"this is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise RequestRefused(HTTPStatus.BAD_REQUEST, "a request must be a JSON object")
    return found


def _language(request: Request) -> Language:
    return page_language(request.scope["query_string"])


class DeskPages:
    """The pages of a desk, and their requests."""

    def __init__(self, desk: Desk, keeper: GraphKeeper, site: Site, guard: Guard) -> None:
        self._desk = desk
        self._keeper = keeper
        self._site = site
        self._guard = guard
        # One decision at a time; the log's lock orders those of other desks.
        self._writing = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the routes; reading is GET, deciding is POST."""
        read, write = ["GET"], ["POST"]

        def route(path: str, do: Callable[[Request], Awaitable[Response]], how: list[str]) -> Route:
            return Route(path, self._answered(do), methods=how)

        return [
            route("/desk", self._home, read),
            route("/desk", self._add, write),
            route("/desk/{slug}", self._page, read),
            route("/desk/{slug}/state", self._state, read),
            route("/desk/{slug}/now", self._now, read),
            route("/desk/{slug}/choices", self._choices, read),
            route("/desk/{slug}/entities", self._entities, read),
            route("/desk/{slug}/questions", self._questions, read),
            route("/desk/{slug}/decide", self._decide, write),
            route("/desk/{slug}/undo", self._undo, write),
            route("/desk/{slug}/draft", self._draft, write),
        ]

    def _answered(
        self, do: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                if request.method == "POST":
                    self._guard.check_write(request.scope)
                return await do(request)
            except RequestRefused as refused:
                headers = {**_NO_STORE, **refused.headers}
                return JSONResponse({"error": str(refused)}, refused.status, headers)
            except ArticleError as error:
                return JSONResponse({"error": str(error)}, HTTPStatus.NOT_FOUND, _NO_STORE)
            except KgError as error:
                return _refusal(error)

        return answered

    # Pages

    async def _home(self, request: Request) -> Response:
        articles = await run_in_threadpool(self._desk.articles)
        return self._html("desk_home", _language(request), articles=articles)

    async def _page(self, request: Request) -> Response:
        slug, language = request.path_params["slug"], _language(request)
        sitting = await run_in_threadpool(self._desk.sitting, slug)
        article = self._desk.live.article(slug)
        code = article.metadata.language
        label = article.metadata.label.model_dump()
        return self._html(
            "desk",
            language,
            slug=slug,
            has_draft=sitting is not None,
            title=label.get(language) or slug,
            text_language=code,
            direction="rtl" if code.partition("-")[0] in {"ar", "fa", "he", "ur"} else "ltr",
            text=article.text,
            words=json.dumps(dict(wording("web.desk.page", language)), ensure_ascii=False),
        )

    def _html(self, template: str, language: Language, **values: Any) -> Response:
        text = page_text(
            template, self._site, language, person=self._desk.person,
            d=wording("web.desk", language), **values,
        )  # fmt: skip
        return HTMLResponse(text.encode("utf-8", "replace"), headers=_NO_STORE)

    # What the page asks for

    def _sitting(self, request: Request) -> Sitting:
        slug = request.path_params["slug"]
        sitting = self._desk.sitting(slug)
        if sitting is None:
            raise ArticleError(f"{slug}: has no reading yet; have the rules write a draft first")
        return sitting

    def _view(self, sitting: Sitting, seen: Seen, language: Language) -> dict[str, Any]:
        slug = sitting.article.slug
        doubts = self._desk.doubts(slug, seen, sitting.draft, self._keeper.snapshot.store)
        return reading_view(self._desk.live, sitting, seen, doubts, self._site, language)

    def _graph(self, sitting: Sitting) -> dict[str, Any]:
        state, faults = self._keeper.state(sitting.article.slug, sitting.path.stem)
        return {"state": state, "faults": [asdict(one) for one in faults]}

    async def _state(self, request: Request) -> Response:
        def look() -> dict[str, Any]:
            sitting = self._sitting(request)
            view = self._view(sitting, sitting.look(), _language(request))
            return {**view, "graph": self._graph(sitting)}

        return JSONResponse(await run_in_threadpool(look), headers=_NO_STORE)

    async def _now(self, request: Request) -> Response:
        def now() -> dict[str, Any]:
            sitting = self._sitting(request)
            return {"sha256": sitting.sha256_now(), "graph": self._graph(sitting)}

        return JSONResponse(await run_in_threadpool(now), headers=_NO_STORE)

    async def _choices(self, request: Request) -> Response:
        found = await run_in_threadpool(
            lookup.choices, self._keeper.snapshot.store, _language(request)
        )
        return JSONResponse(found)

    async def _entities(self, request: Request) -> Response:
        def search() -> list[dict[str, str]]:
            reading = self._sitting(request).look().grounded.reading
            words = request.query_params.get("q", "")
            return lookup.entities(self._desk.live.known, reading, words, _language(request))

        return JSONResponse(await run_in_threadpool(search), headers=_NO_STORE)

    async def _questions(self, request: Request) -> Response:
        words = request.query_params.get("q", "")
        found = await run_in_threadpool(lookup.questions, self._desk.live.graph, words)
        return JSONResponse(found, headers=_NO_STORE)

    # What writes

    async def _decide(self, request: Request) -> Response:
        body = await _body(request, _LONGEST_DECISION)
        decision = parse_decision(body.get("decision"))
        return await self._written(
            request, lambda sitting: sitting.decide(decision, str(body.get("saw")))
        )

    async def _undo(self, request: Request) -> Response:
        body = await _body(request, _LONGEST_DECISION)
        return await self._written(request, lambda sitting: sitting.undo(str(body.get("saw"))))

    async def _written(self, request: Request, change: Callable[[Sitting], Seen]) -> Response:
        def write() -> tuple[Sitting, Seen]:
            sitting = self._sitting(request)
            return sitting, change(sitting)

        async with self._writing:
            sitting, seen = await run_in_threadpool(write)
            await run_in_threadpool(self._desk.remember, sitting.path, seen)
        # What follows in the graph is computed while the page gets its answer.
        self._keeper.ask()
        view = await run_in_threadpool(self._view, sitting, seen, _language(request))
        return JSONResponse({**view, "graph": self._graph(sitting)}, headers=_NO_STORE)

    async def _draft(self, request: Request) -> Response:
        await _body(request, _LONGEST_DECISION)
        async with self._writing:
            await run_in_threadpool(self._desk.draft, request.path_params["slug"])
        self._keeper.ask()
        return JSONResponse({"slug": request.path_params["slug"]}, headers=_NO_STORE)

    async def _add(self, request: Request) -> Response:
        body = await _body(request, _LONGEST_ARTICLE)
        try:
            raw = base64.b64decode(str(body.get("content", "")), validate=True)
        except binascii.Error as error:
            raise RequestRefused(HTTPStatus.BAD_REQUEST, "content is base64") from error
        name = str(body.get("name") or "pasted text")
        async with self._writing:
            slug, notes = await run_in_threadpool(
                lambda: self._desk.add_article(
                    raw, name, slug=body.get("slug") or None, title=body.get("title") or None
                )
            )
        self._keeper.ask()
        return JSONResponse({"slug": slug, "notes": notes}, HTTPStatus.CREATED, _NO_STORE)
