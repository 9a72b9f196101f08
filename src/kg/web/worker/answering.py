"""Answers to requests, from a graph."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryTriples

from kg.errors import (
    KgError,
    OutputError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    ServiceRefusedError,
    UnknownQuestionError,
)
from kg.sparql.text import is_repeatable
from kg.store.queryable import named_question
from kg.store.views import READERS, visible_graphs
from kg.web.formats import (
    HTML,
    RDF_FORMATS,
    RESULT_FORMATS,
    RdfForm,
    TableForm,
    by_word,
    choose,
    negotiated,
)
from kg.web.log import log
from kg.web.page_language import page_language
from kg.web.pages.dispatch import document_for
from kg.web.pages.endpoint import endpoint_document, sparql_error_page, sparql_page
from kg.web.pages.networks import network_error_page
from kg.web.pages.questions import question_page
from kg.web.refusal import RequestRefused
from kg.web.requests import NamedQuestion, Network, SparqlCall
from kg.web.sparql_request import sparql_request
from kg.web.worker.query_results import write_table, write_triples

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.store.local import Graph
    from kg.web.formats import Format
    from kg.web.pages.content import Content
    from kg.web.requests import Request
    from kg.web.site import Site
    from kg.web.sparql_request import SparqlRequest
    from kg.web.worker.query_results import Limits
    from kg.web.worker.reply import Reply

__all__ = ["Answering", "status_of"]

_TABLES: Final = (*RESULT_FORMATS, HTML)
_TRIPLES: Final = (*RDF_FORMATS, HTML)


def status_of(error: KgError) -> HTTPStatus:
    """Return the HTTP status for an error."""
    match error:
        case UnknownQuestionError():
            return HTTPStatus.NOT_FOUND
        case ServiceRefusedError():
            return HTTPStatus.FORBIDDEN
        case OutputError():
            return HTTPStatus.NOT_ACCEPTABLE
        case QuerySyntaxError() | ParameterError() | QueryError():
            return HTTPStatus.BAD_REQUEST
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR


def _offers(results: QuerySolutions | QueryBoolean | QueryTriples) -> tuple[Format, ...]:
    return _TRIPLES if isinstance(results, QueryTriples) else _TABLES


def _asked(call: SparqlCall) -> SparqlRequest | None:
    return sparql_request(
        call.query_string,
        call.body,
        content_type=call.content_type,
        content_encoding=call.content_encoding,
    )


def _wants_page(accept: str, word: str) -> bool:
    """Return whether a client should get an error page, as a browser's form does."""
    if word:
        return by_word(word, (HTML,)) is HTML
    return choose(accept, (*RESULT_FORMATS, *RDF_FORMATS, HTML)) is HTML


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers requests from a graph."""

    graph: Graph
    site: Site
    limits: Limits

    def answer(self, request: Request, reply: Reply) -> None:
        """Answer a request; errors become answers, too."""
        if request.keep_language:
            site = replace(self.site, keeps_language=True)
            replace(self, site=site).answer(replace(request, keep_language=False), reply)
            return
        try:
            match request:
                case SparqlCall():
                    self._sparql(request, reply)
                case NamedQuestion():
                    self._question(request, reply)
                case _:
                    reply.give(document_for(request, self.graph, self.site))
        except RequestRefused as refused:
            reply.refuse(refused.status, str(refused), **refused.headers)
        except KgError as error:
            self._refuse(request, error, reply)
        except MemoryError:
            reply.refuse(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "the query exceeded its memory limit; narrow it",
            )
        except Exception:
            log(f"a request was not answered\n{traceback.format_exc()}")
            reply.refuse(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "an internal error of the server, which has logged it",
            )

    def _refuse(self, request: Request, error: KgError, reply: Reply) -> None:
        unreadable = isinstance(error.__cause__, OSError | RuntimeError)
        if unreadable and not self.graph.services:
            # The store's own error, which names a path; of another server's the client is told.
            log(f"the store cannot be read: {error}")
            reply.refuse(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "the graph cannot be read; the server has logged why",
            )
            return
        if (page := self._error_page(request, error)) is not None:
            reply.give(page, status_of(error))
        else:
            reply.refuse(status_of(error), str(error))

    def _error_page(self, request: Request, error: KgError) -> Content | None:
        """Return the submitted form with its error; ``None`` for clients that want no page."""
        match request:
            case SparqlCall():
                asked = _asked(request)
                if asked is None or not _wants_page(request.accept, asked.format):
                    return None
                place = error.place if isinstance(error, QuerySyntaxError) else None
                language = page_language(request.query_string)
                return sparql_error_page(self.site, language, asked, str(error), place)
            case NamedQuestion() if _wants_page(request.accept, request.ending):
                if isinstance(error, UnknownQuestionError):
                    return None
                return question_page(self.graph, self.site, request, None, str(error))
            case Network() if not request.ending:
                return network_error_page(self.graph, self.site, request, str(error))
            case _:
                return None

    def _sparql(self, call: SparqlCall, reply: Reply) -> None:
        asked = _asked(call)
        language = page_language(call.query_string)
        if asked is None:
            reply.give(endpoint_document(self.graph, self.site, call.accept, language))
            return
        reply.repeatable = is_repeatable(asked.query)
        results = self.graph.run(
            asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
        )
        form = negotiated(call.accept, _offers(results), asked.format)

        def page() -> Content:
            return sparql_page(self.graph, self.site, language, asked, results)

        self._give(results, form, page, reply)

    def _question(self, request: NamedQuestion, reply: Reply) -> None:
        question = named_question(request.name)
        parameters = dict(request.parameters)
        graph = self._seen_by(parameters.pop("readers", None))
        results = graph.run(graph.question_text(question, parameters))
        offers = _offers(results)
        if request.ending and by_word(request.ending, offers) is None:
            endings = ", ".join(f".{one.ending}" for one in offers)
            raise RequestRefused(
                HTTPStatus.NOT_FOUND,
                f"{question.name}.{request.ending}: not available; available are {endings}",
            )
        form = negotiated(request.accept, offers, request.ending)

        def page() -> Content:
            return question_page(self.graph, self.site, request, results)

        self._give(results, form, page, reply)

    def _seen_by(self, readers: str | None) -> Graph:
        """Return the graph, or the view of another kind of reader of the same store."""
        if readers is None:
            return self.graph
        for one in READERS:
            if one == readers:
                return replace(self.graph, graphs=visible_graphs(self.graph.store, one))
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST,
            f"readers={readers}: use one of {', '.join(READERS)}, or leave it out",
        )

    def _give(
        self,
        results: QuerySolutions | QueryBoolean | QueryTriples,
        form: Format,
        page: Callable[[], Content],
        reply: Reply,
    ) -> None:
        match form, results:
            case RdfForm(), QueryTriples():
                write_triples(results, form, self.limits, reply)
            case TableForm(), _ if not isinstance(results, QueryTriples):
                write_table(results, form, self.limits, reply)
            case _:
                reply.give(page())
