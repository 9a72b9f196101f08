"""The handlers of all paths except the endpoint's."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from kg.files import shipped
from kg.rdf.iris import NAMESPACE
from kg.web import requests
from kg.web.formats import (
    HTML,
    NETWORK_FORMATS,
    RDF_FORMATS,
    RESULT_FORMATS,
    by_word,
    negotiated,
)
from kg.web.ontology_files import document
from kg.web.page_language import page_language
from kg.web.refusal import RequestRefused
from kg.web.server.downloads import sent_file
from kg.web.server.drawing import Drawing, theme_named
from kg.web.server.gateway import header, refuse
from kg.web.server.static_files import StaticAssets
from kg.web.sparql_request import parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from kg.web.requests import Request
    from kg.web.server.downloads import Downloads
    from kg.web.server.gateway import Gateway
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["routes"]

# Linked data first: who wants a page says so, and who says nothing is a program.
_DESCRIPTIONS: Final = (*RDF_FORMATS, HTML)
_ANSWERS: Final = frozenset({one.ending for one in (*RESULT_FORMATS, *RDF_FORMATS, HTML)})
_METHODS: Final = frozenset({"GET", "HEAD"})


class _Handler:
    """Answers a path: through a worker, or directly."""

    def __init__(self, gateway: Gateway, ask: Callable[[Scope], Request | Response]) -> None:
        self._gateway = gateway
        self._ask = ask

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            _refuse_method(scope)
            asked = self._ask(scope)
        except RequestRefused as refused:
            await refuse(scope, send, refused)
            return
        if isinstance(asked, Response):
            await asked(scope, receive, send)
        else:
            if scope.get("keep_language"):
                asked = replace(asked, keep_language=True)
            await self._gateway.answer(asked, scope, receive, send)


def _split(path: str) -> tuple[str, str]:
    """Return a path without its extension, and the ending, if it is that of a format."""
    stem, dot, ending = path.rpartition(".")
    return (stem, ending) if dot and "/" not in ending and ending in _ANSWERS else (path, "")


def _questions(scope: Scope) -> Request:
    ending = scope["path_params"].get("ending", "")
    offers = (HTML, *RDF_FORMATS)
    if ending and ending != "json" and by_word(ending, offers) is None:
        raise _nothing_here(scope)
    return requests.QuestionList(
        header(scope, b"accept"), ending, page_language(scope["query_string"])
    )


def _question(scope: Scope) -> Request | Response:
    name, ending = _split(scope["path_params"]["name"])
    if name.endswith(".rq"):
        return requests.QuestionFile(name.removesuffix(".rq"))
    language, given = _named_once(scope)
    return requests.NamedQuestion(
        name, tuple(given.items()), header(scope, b"accept"), ending, language
    )


def _named_once(scope: Scope) -> tuple[Language, dict[str, str]]:
    """Return the language that is asked for, and the other parameters.

    :raises RequestRefused: one is given twice.
    """
    given: dict[str, str] = {}
    for key, value in parameters(scope["query_string"], "the query string"):
        if key in given:
            raise RequestRefused(HTTPStatus.BAD_REQUEST, f"parameter {key} is given twice")
        if value:  # a form sends the fields that were left empty, too
            given[key] = value
    given.pop("lang", None)
    return page_language(scope["query_string"]), given


def _network(scope: Scope) -> Request:
    path = scope["path_params"]["name"]
    name, dot, ending = path.rpartition(".")
    if dot and by_word(ending, NETWORK_FORMATS) is None:
        endings = ", ".join(f".{one.ending}" for one in NETWORK_FORMATS)
        raise RequestRefused(
            HTTPStatus.NOT_FOUND, f"{scope['path']}: not available; available are {endings}"
        )
    language, given = _named_once(scope)
    return requests.Network(
        name if dot else path, ending if dot else "", tuple(given.items()), language
    )


class _Pictures:
    """Has a picture drawn."""

    def __init__(self, gateway: Gateway) -> None:
        self._drawing = Drawing(gateway)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            _refuse_method(scope)
            language, given = _named_once(scope)
            theme = theme_named(given.pop("theme", "auto"))
        except RequestRefused as refused:
            await refuse(scope, send, refused)
            return
        picture = requests.Picture(scope["path_params"]["name"], tuple(given.items()), language)
        await self._drawing.answer(picture, theme, scope, receive, send)


def _refuse_method(scope: Scope) -> None:
    if scope["method"] not in _METHODS:
        raise RequestRefused(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"{scope['method']}: use GET; POST is for /sparql",
            allow="GET, HEAD, OPTIONS",
        )


def _given(scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a page except its language and empty ones."""
    given = parameters(scope["query_string"], "the query string")
    return tuple((name, value) for name, value in given if name != "lang" and value)


def _article(scope: Scope) -> Request:
    language = page_language(scope["query_string"])
    return requests.ArticlePage(scope["path_params"]["slug"], _given(scope), language)


def _board(scope: Scope) -> Request:
    language = page_language(scope["query_string"])
    return requests.Board(scope["path_params"]["name"], _given(scope), language)


def _search(scope: Scope) -> Request:
    return requests.Search(_given(scope), page_language(scope["query_string"]))


def _nothing_here(scope: Scope) -> RequestRefused:
    return RequestRefused(HTTPStatus.NOT_FOUND, f"{scope['path']}: nothing found here")


def _dereference(site: Site) -> Callable[[Scope], Request | Response]:
    def dereferenced(scope: Scope) -> Request | Response:
        path = scope["path"].removeprefix("/")
        stem, ending = _split(path)
        if path == "context.jsonld":
            return sent_file(scope, shipped.ontology_dir() / path, "application/ld+json")
        of_ontology = document(stem) is not None
        if not of_ontology and not stem.startswith(("id/", "vocab/")) and stem != "flat":
            raise _nothing_here(scope)
        if not ending:
            return _see_other(site, NAMESPACE + stem, scope)
        if by_word(ending, _DESCRIPTIONS) is None:
            raise _nothing_here(scope)
        language = page_language(scope["query_string"])
        if of_ontology:
            return requests.OntologyDocument(stem, ending, language)
        return requests.Resource(NAMESPACE + stem, ending, language)

    return dereferenced


def _see_other(site: Site, iri: str, scope: Scope) -> Response:
    """Return the redirect from a thing to the document about it (httpRange-14)."""
    chosen = negotiated(header(scope, b"accept"), _DESCRIPTIONS)
    links = ", ".join(
        f'<{site.href(iri, one.ending)}>; rel="alternate"; type="{one.media_type}"'
        for one in _DESCRIPTIONS
    )
    address = site.href(iri, chosen.ending)
    if chosen is HTML:
        site = replace(site, keeps_language=scope["keep_language"])
        address = site.page(address.removeprefix(site.path), page_language(scope["query_string"]))
    return RedirectResponse(
        address,
        HTTPStatus.SEE_OTHER,
        {"vary": "Accept, Accept-Language", "link": links, "cache-control": "no-cache"},
    )


def routes(gateway: Gateway, site: Site, downloads: Downloads) -> list[Route | Mount]:
    """Return the routes of all paths but the endpoint's."""

    def handled(ask: Callable[[Scope], Request | Response]) -> _Handler:
        return _Handler(gateway, ask)

    return [
        Route("/", handled(lambda scope: requests.Home(page_language(scope["query_string"])))),
        Route("/articles/{slug}", handled(_article)),
        Route("/boards/{name}", handled(_board)),
        Route("/search", handled(_search)),
        Route("/queries", handled(_questions)),
        Route("/queries.{ending}", handled(_questions)),
        Route("/queries/{name}", handled(_question)),
        Route(
            "/networks",
            handled(lambda scope: requests.NetworkList(page_language(scope["query_string"]))),
        ),
        Route("/networks/{name}", handled(_network)),
        Route("/pictures/{name}.svg", _Pictures(gateway)),
        Route(
            "/sparql/terms.json",
            handled(lambda scope: requests.SparqlTerms(page_language(scope["query_string"]))),
        ),
        Route("/openapi.json", handled(lambda _: requests.OpenApi())),
        Route(
            "/.well-known/void",
            handled(lambda scope: requests.VoidDescription(header(scope, b"accept"))),
        ),
        Route("/dumps", handled(downloads.response)),
        Route("/dumps/{path:path}", handled(downloads.response)),
        Mount("/static", StaticAssets(packages=[("kg.html", "static")])),
        Route("/{path:path}", handled(_dereference(site))),
    ]
