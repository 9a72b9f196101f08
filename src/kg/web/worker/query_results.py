"""Results of queries in the formats of SPARQL and RDF, up to a number of rows and bytes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, cast

from pyoxigraph import QueryBoolean, RdfFormat, serialize

from kg.errors import QueryError
from kg.rdf.iris import PREFIXES
from kg.rdf.json_ld import context_for, json_ld_pieces
from kg.rdf.order import in_order
from kg.rdf.prefixes import prefixes_for
from kg.rdf.turtle import turtle_pieces
from kg.sparql.results import refuse_what_xml_cannot_hold
from kg.web.worker.row_limit import RowLimit, RowLimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import QuerySolutions, QueryTriples, Triple

    from kg.web.formats import Format, RdfForm, TableForm
    from kg.web.worker.reply import Reply

__all__ = ["Limits", "write_table", "write_triples"]

# Triples that are sorted, each once, before they are sent; of a longer answer, the first ones.
_SORTED: Final = 50_000
# How a format says at its end that something was cut; readers of JSON and CSV take nothing more.
_CUT: Final = {
    "xml": "<!-- {} -->", "rdf": "<!-- {} -->\n",
    "ttl": "# {}\n", "nt": "# {}\n", "nq": "# {}\n", "trig": "# {}\n",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """The maximum size of an answer: rows or triples, and bytes, after which no row begins."""

    rows: int
    bytes: int


@contextmanager
def _failure_named() -> Iterator[None]:
    try:
        yield
    except ConnectionError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _tell_cut(reply: Reply, form: Format, cut: str) -> None:
    reply.cut = cut
    if note := _CUT.get(form.ending):
        reply.write(note.format(cut).encode())
        reply.cut_is_told = True


def write_table(
    results: QuerySolutions | QueryBoolean, form: TableForm, limits: Limits, reply: Reply
) -> None:
    """Write the result of a SELECT or an ASK.

    :raises QueryError: the query failed while it ran.
    """
    # RFC 4180 names this parameter; without it, whether there is a header is left open.
    header = "; header=present" if form.ending == "csv" else ""
    reply.head(HTTPStatus.OK, f"{form.content_type}{header}")
    if isinstance(results, QueryBoolean):
        reply.write(bytes(results.serialize(format=form.syntax) or b""))
        return
    limit = RowLimit(form.syntax, reply.write, limits.rows, limits.bytes)
    try:
        with _failure_named():
            results.serialize(cast("Any", limit), format=form.syntax)
            limit.finish()
    except RowLimitReached:
        _tell_cut(reply, form, f"the answer was truncated after {limit.rows} rows")


def write_triples(results: QueryTriples, form: RdfForm, limits: Limits, reply: Reply) -> None:
    """Write the result of a CONSTRUCT or a DESCRIBE.

    :raises QueryError: the query failed while it ran.
    """
    limit = _TripleLimit(results, form, limits, reply)
    reply.head(HTTPStatus.OK, form.content_type)
    with _failure_named():
        if form.syntax in {RdfFormat.TURTLE, RdfFormat.TRIG}:
            for piece in turtle_pieces(limit.triples(), prefixes_for(limit.first)):
                limit.write(piece.encode())
        elif form.syntax is RdfFormat.JSON_LD:
            for piece in json_ld_pieces(limit.triples(), context_for(limit.first)):
                limit.write(piece.encode())
        else:
            prefixes = PREFIXES if form.syntax is RdfFormat.RDF_XML else None
            serialize(limit.triples(), cast("Any", limit), format=form.syntax, prefixes=prefixes)
    if limit.cut:
        _tell_cut(reply, form, limit.cut)


class _TripleLimit:
    """Hands triples to the serialiser up to a limit, and what it writes to the client."""

    def __init__(self, results: QueryTriples, form: RdfForm, limits: Limits, reply: Reply) -> None:
        self.cut = ""
        self._results = iter(results)
        with _failure_named():
            most = min(_SORTED, limits.rows + 1)
            #: The first triples, sorted, each once.
            self.first = in_order(islice(self._results, most))
        self._limits = limits
        self._written = 0
        # Turtle is written a property at a time, which may be much.
        self._unwritten = 0
        self._reply = reply
        self._xml = form.syntax is RdfFormat.RDF_XML

    def triples(self) -> Iterator[Triple]:
        """Yield the first triples, then the others as they arrive."""
        for number, triple in enumerate(chain(self.first, self._results)):
            size = self._written + self._unwritten
            if number >= self._limits.rows or size >= self._limits.bytes:
                self.cut = f"the answer was truncated after {number} triples"
                return
            if self._xml:
                refuse_what_xml_cannot_hold(triple)
            self._unwritten += len(str(triple.object).encode())
            yield triple

    def write(self, piece: bytes) -> int:
        self._written += len(piece)
        self._unwritten = 0
        self._reply.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: pieces are passed on as they come."""
