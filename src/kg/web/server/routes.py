"""What each path but the endpoint's asks for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.files import shipped
from kg.rdf.iris import NAMESPACE
from kg.web.formats import HTML, RDF_FORMATS, RESULT_FORMATS, by_word, choose
from kg.web.pages.documents import document
from kg.web.server.downloads import sent_file
from kg.web.server.gateway import header, refuse
from kg.web.sparql_request import RequestRefused, parameters
from kg.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from kg.web.server.downloads import Downloads
    from kg.web.server.gateway import Gateway
    from kg.web.site import Site

__all__ = ["routes"]

# Linked data first: who wants a page says so, and who says nothing is a program.
_DESCRIPTIONS: Final = (*RDF_FORMATS, HTML)
_ANSWERS: Final = frozenset({one.ending for one in (*RESULT_FORMATS, *RDF_FORMATS, HTML)})
_METHODS: Final = frozenset({"GET", "HEAD"})


class _Handler:
    """Has a path answered: by a worker, or by a response that needs none."""

    def __init__(self, gateway: Gateway, ask: Callable[[Scope], Work | Response]) -> None:
        self._gateway = gateway
        self._ask = ask

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] not in _METHODS:
                raise RequestRefused(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    f"{scope['method']}: use GET; POST is for /sparql",
                    allow="GET, HEAD, OPTIONS",
                )
            asked = self._ask(scope)
        except RequestRefused as refused:
            await refuse(scope, send, refused)
            return
        if isinstance(asked, Work):
            await self._gateway.answer(asked, scope, receive, send)
        else:
            await asked(scope, receive, send)


def _split(path: str) -> tuple[str, str]:
    """Return a path without its ending, and the ending, if it is that of a format."""
    stem, dot, ending = path.rpartition(".")
    return (stem, ending) if dot and "/" not in ending and ending in _ANSWERS else (path, "")


def _page(name: str, **details: Any) -> Callable[[Scope], Work]:
    return lambda scope: Work.of(do="page", page=name, accept=header(scope, b"accept"), **details)


def _questions(scope: Scope) -> Work:
    ending = scope["path_params"].get("ending", "")
    offers = (HTML, *RDF_FORMATS)
    if ending and ending != "json" and by_word(ending, offers) is None:
        raise _nothing_here(scope)
    return Work.of(do="page", page="questions", accept=header(scope, b"accept"), format=ending)


def _question(scope: Scope) -> Work | Response:
    name, ending = _split(scope["path_params"]["name"])
    if name.endswith(".rq"):
        return Work.of(do="page", page="rq", name=name.removesuffix(".rq"))
    given: dict[str, str] = {}
    for key, value in parameters(scope["query_string"], "the query string"):
        if key in given:
            raise RequestRefused(HTTPStatus.BAD_REQUEST, f"parameter {key} is given twice")
        if value.strip():  # a form sends the fields that were left empty, too
            given[key] = value
    return Work.of(
        do="question",
        name=name,
        parameters=given,
        accept=header(scope, b"accept"),
        format=ending,
    )


def _nothing_here(scope: Scope) -> RequestRefused:
    return RequestRefused(HTTPStatus.NOT_FOUND, f"{scope['path']}: there is nothing here")


def _dereference(site: Site) -> Callable[[Scope], Work | Response]:
    def dereferenced(scope: Scope) -> Work | Response:
        path = scope["path"].removeprefix("/")
        stem, ending = _split(path)
        if path == "context.jsonld":
            return sent_file(scope, shipped.ontology_dir() / path, "application/ld+json")
        kind = "document" if document(stem) else "resource"
        if kind == "resource" and not stem.startswith(("id/", "vocab/")) and stem != "flat":
            raise _nothing_here(scope)
        if not ending:
            return _see_other(site, NAMESPACE + stem, scope)
        if by_word(ending, _DESCRIPTIONS) is None:
            raise _nothing_here(scope)
        language = dict(parameters(scope["query_string"], "the query string")).get("lang", "")
        return Work.of(
            do="page",
            page=kind,
            path=stem,
            iri=NAMESPACE + stem,
            format=ending,
            # Of the two that there are, so that no other makes the page anew.
            language="ar" if language[:2] == "ar" else "en",
        )

    return dereferenced


def _see_other(site: Site, iri: str, scope: Scope) -> Response:
    """Return the redirect from a thing to the document about it (httpRange-14)."""
    chosen = choose(header(scope, b"accept"), _DESCRIPTIONS)
    if chosen is None:
        listed = ", ".join(one.media_type for one in _DESCRIPTIONS)
        raise RequestRefused(HTTPStatus.NOT_ACCEPTABLE, f"not to be had so; accept one of {listed}")
    links = ", ".join(
        f'<{site.href(iri, one.ending)}>; rel="alternate"; type="{one.media_type}"'
        for one in _DESCRIPTIONS
    )
    return RedirectResponse(
        site.href(iri, chosen.ending),
        HTTPStatus.SEE_OTHER,
        {"vary": "Accept", "link": links, "cache-control": "no-cache"},
    )


def routes(gateway: Gateway, site: Site, downloads: Downloads) -> list[Route | Mount]:
    """Return the routes of all paths but the endpoint's."""

    def handled(ask: Callable[[Scope], Work | Response]) -> _Handler:
        return _Handler(gateway, ask)

    return [
        Route("/", handled(_page("home"))),
        Route("/queries", handled(_questions)),
        Route("/queries.{ending}", handled(_questions)),
        Route("/queries/{name}", handled(_question)),
        Route("/openapi.json", handled(_page("openapi"))),
        Route("/.well-known/void", handled(_page("void"))),
        Route("/dumps", handled(downloads.response)),
        Route("/dumps/{path:path}", handled(downloads.response)),
        Mount("/static", StaticFiles(packages=[("kg.web.pages", "static")])),
        Route("/{path:path}", handled(_dereference(site))),
    ]
