"""Answers to requests, as a worker process gives them: a head, then the content in pieces."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, cast

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, serialize

from kg.errors import (
    KgError,
    OutputError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    ServiceRefusedError,
    UnknownQuestionError,
)
from kg.rdf.iris import PREFIXES
from kg.sparql.results import refuse_what_xml_cannot_hold
from kg.sparql.text import is_repeatable
from kg.store.queryable import named_question
from kg.store.views import READERS, visible_graphs
from kg.web.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format, by_word, choose
from kg.web.sparql_request import RequestRefused, SparqlRequest, sparql_request
from kg.web.worker.row_limit import RowLimit, RowLimitReached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import QueryResultsFormat, Triple

    from kg.store.local import Graph
    from kg.web.site import Site

__all__ = ["Answering", "Reply", "status_of"]

# Triples that are sorted and told apart before they are sent; of a longer answer, the first ones.
_SORTED: Final = 50_000
# How a format tells at its end that something was cut; readers of SPARQL's JSON take nothing more.
_CUT: Final = {
    "json": "", "xml": "<!-- {} -->", "csv": "", "tsv": "",
    "ttl": "# {}\n", "nt": "# {}\n", "nq": "# {}\n", "trig": "# {}\n", "rdf": "<!-- {} -->\n",
    "jsonld": "",
}  # fmt: skip
_TABLES: Final = (*RESULT_FORMATS, HTML)
_TRIPLES: Final = (*RDF_FORMATS, HTML)
_WITH_PREFIXES: Final = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML})


def status_of(error: KgError) -> HTTPStatus:
    """Return the HTTP status that tells a client of an error."""
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


@dataclass(slots=True)
class Reply:
    """Where an answer is written: the head first, then pieces.

    ``repeatable`` says whether the same graph always gives the same answer, ``cut`` what was left
    out, and ``cut_is_told`` whether the content itself says so.
    """

    send_head: Callable[[int, Mapping[str, str], bool], None]
    write: Callable[[bytes], None]
    repeatable: bool = True
    cut: str | None = None
    cut_is_told: bool = False

    def head(self, status: int, content_type: str, **headers: str) -> None:
        """Begin the answer, or begin it anew."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_head(status, {"content-type": content_type, **named}, self.repeatable)

    def page(self, html: str, status: int = HTTPStatus.OK) -> None:
        """Give a whole HTML page."""
        self.head(status, HTML.content_type)
        self.write(html.encode("utf-8", "replace"))

    def refuse(self, status: int, reason: str, **headers: str) -> None:
        """Give an error in one line of plain text."""
        self.head(status, "text/plain; charset=utf-8", **headers)
        self.write(f"{reason}\n".encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers requests from a graph.

    :param max_rows: rows or triples of one answer.
    :param max_bytes: bytes of one answer, beyond which no further row begins.
    """

    graph: Graph
    site: Site
    max_rows: int
    max_bytes: int

    def answer(self, request: Mapping[str, Any], reply: Reply) -> None:
        """Answer a request; whatever goes wrong becomes an answer too."""
        try:
            getattr(self, f"_{request['do']}")(request, reply)
        except RequestRefused as refused:
            reply.refuse(refused.status, str(refused), **refused.headers)
        except KgError as error:
            reply.refuse(status_of(error), str(error))
        except MemoryError:
            reply.refuse(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "the query needed more memory than one query may take; ask for less at once",
            )
        except Exception:
            traceback.print_exc()
            reply.refuse(
                HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of the server itself; it has noted it"
            )

    def _protocol(self, request: Mapping[str, Any], reply: Reply) -> None:
        asked = sparql_request(
            request["query_string"],
            request.get("body"),
            content_type=request.get("content_type", ""),
            content_encoding=request.get("content_encoding", ""),
        )
        if asked is None:
            self._page({"page": "endpoint", "accept": request["accept"]}, reply)
            return
        reply.repeatable = is_repeatable(asked.query)
        results = self.graph.run(
            asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
        )
        self._give(results, asked.format, request["accept"], reply, asked)

    def _question(self, request: Mapping[str, Any], reply: Reply) -> None:
        question = named_question(request["name"])
        parameters = dict(request["parameters"])
        graph = self._seen_by(parameters.pop("readers", None))
        text = graph.question_text(question, parameters)
        results, ending = graph.run(text), request["format"]
        offers = _TRIPLES if isinstance(results, QueryTriples) else _TABLES
        if ending and by_word(ending, offers) is None:
            listed = ", ".join(f".{one.ending}" for one in offers)
            reply.refuse(
                HTTPStatus.NOT_FOUND, f"{question.name}.{ending}: there is none; there are {listed}"
            )
            return
        self._give(results, ending, request["accept"], reply, request)

    def _seen_by(self, readers: str | None) -> Graph:
        """Return the graph, or the view of another kind of reader of the same store."""
        if readers is None:
            return self.graph
        for one in READERS:
            if one == readers:
                return replace(self.graph, graphs=visible_graphs(self.graph.store, one))
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST,
            f"readers={readers}: give one of {', '.join(READERS)}, or leave it out",
        )

    def _page(self, request: Mapping[str, Any], reply: Reply) -> None:
        from kg.web.pages.dispatch import write_page

        write_page(self.graph, self.site, request, reply)

    def _give(
        self,
        results: QuerySolutions | QueryBoolean | QueryTriples,
        word: str,
        accept: str,
        reply: Reply,
        asked: SparqlRequest | Mapping[str, Any],
    ) -> None:
        graph = isinstance(results, QueryTriples)
        offers = _TRIPLES if graph else _TABLES
        chosen = (by_word(word, offers) if word else None) or choose(accept, offers)
        if chosen is None:
            listed = ", ".join(one.media_type for one in offers)
            reply.refuse(
                HTTPStatus.NOT_ACCEPTABLE, f"the answer is not to be had so; accept one of {listed}"
            )
        elif chosen is HTML:
            from kg.web.pages.result_page import write_result_page

            write_result_page(self.site, results, asked, reply)
        elif graph:
            self._give_triples(cast("QueryTriples", results), chosen, reply)
        else:
            self._give_table(cast("QuerySolutions | QueryBoolean", results), chosen, reply)

    def _give_table(
        self, results: QuerySolutions | QueryBoolean, chosen: Format, reply: Reply
    ) -> None:
        syntax = cast("QueryResultsFormat", chosen.syntax)
        reply.head(HTTPStatus.OK, _with_header_parameter(chosen))
        if isinstance(results, QueryBoolean):
            reply.write(bytes(results.serialize(format=syntax) or b""))
            return
        limit = RowLimit(syntax, reply.write, self.max_rows, self.max_bytes)
        try:
            results.serialize(cast("Any", limit), format=syntax)
            limit.finish()
        except RowLimitReached:
            reply.cut = f"the answer was cut after {limit.rows} rows"
            reply.write(_CUT[chosen.ending].format(reply.cut).encode())
            reply.cut_is_told = bool(_CUT[chosen.ending])
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, ConnectionError):
                raise
            raise QueryError(f"the query failed while it ran: {error}") from error

    def _give_triples(self, results: QueryTriples, chosen: Format, reply: Reply) -> None:
        limit = _TripleLimit(results, self.max_rows, self.max_bytes, reply, chosen)
        reply.head(HTTPStatus.OK, chosen.content_type)
        syntax = cast("RdfFormat", chosen.syntax)
        prefixes = PREFIXES if syntax in _WITH_PREFIXES else None
        try:
            serialize(limit.triples(), cast("Any", limit), format=syntax, prefixes=prefixes)
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, ConnectionError):
                raise
            raise QueryError(f"the query failed while it ran: {error}") from error
        if reply.cut:
            reply.write(_CUT[chosen.ending].format(reply.cut).encode())
            reply.cut_is_told = bool(_CUT[chosen.ending])


def _with_header_parameter(chosen: Format) -> str:
    # RFC 4180 (CSV) says so with this parameter; its absence leaves it open.
    return (
        f"{chosen.content_type}; header=present"
        if chosen.ending == "csv"
        else (chosen.content_type)
    )


class _TripleLimit:
    """Hands triples to the serialiser up to a limit, and what it writes to the client."""

    def __init__(
        self,
        results: Iterable[Triple],
        max_triples: int,
        max_bytes: int,
        reply: Reply,
        chosen: Format,
    ) -> None:
        self._results = iter(results)
        self._max_triples = max_triples
        self._bytes_left = max_bytes
        self._reply = reply
        self._xml = chosen.ending == "rdf"

    def triples(self) -> Iterator[Triple]:
        """Yield the triples: the first ones sorted, each once."""
        first = sorted(set(islice(self._results, min(_SORTED, self._max_triples + 1))), key=str)
        for number, triple in enumerate(chain(first, self._results)):
            if number >= self._max_triples or self._bytes_left <= 0:
                self._reply.cut = f"the answer was cut after {number} triples"
                return
            if self._xml:
                refuse_what_xml_cannot_hold(triple)
            yield triple

    def write(self, piece: bytes) -> int:
        self._bytes_left -= len(piece)
        self._reply.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: pieces are passed on as they come."""
