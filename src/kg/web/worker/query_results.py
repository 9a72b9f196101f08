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
_WITH_PREFIXES: Final = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one answer may have: rows or triples, and bytes, beyond which no row begins."""

    rows: int
    bytes: int


@contextmanager
def _failure_named() -> Iterator[None]:
    try:
        yield
    except ConnectionError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed while it ran: {error}") from error


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
        _tell_cut(reply, form, f"the answer was cut after {limit.rows} rows")


def write_triples(results: QueryTriples, form: RdfForm, limits: Limits, reply: Reply) -> None:
    """Write the result of a CONSTRUCT or a DESCRIBE.

    :raises QueryError: the query failed while it ran.
    """
    limit = _TripleLimit(results, form, limits, reply)
    reply.head(HTTPStatus.OK, form.content_type)
    prefixes = PREFIXES if form.syntax in _WITH_PREFIXES else None
    with _failure_named():
        serialize(limit.triples(), cast("Any", limit), format=form.syntax, prefixes=prefixes)
    if limit.cut:
        _tell_cut(reply, form, limit.cut)


class _TripleLimit:
    """Hands triples to the serialiser up to a limit, and what it writes to the client."""

    def __init__(self, results: QueryTriples, form: RdfForm, limits: Limits, reply: Reply) -> None:
        self.cut = ""
        self._results = iter(results)
        self._limits = limits
        self._written = 0
        self._reply = reply
        self._xml = form.syntax is RdfFormat.RDF_XML

    def triples(self) -> Iterator[Triple]:
        """Yield the triples: the first ones sorted, each once."""
        first = sorted(set(islice(self._results, min(_SORTED, self._limits.rows + 1))), key=str)
        for number, triple in enumerate(chain(first, self._results)):
            if number >= self._limits.rows or self._written >= self._limits.bytes:
                self.cut = f"the answer was cut after {number} triples"
                return
            if self._xml:
                refuse_what_xml_cannot_hold(triple)
            yield triple

    def write(self, piece: bytes) -> int:
        self._written += len(piece)
        self._reply.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: pieces are passed on as they come."""
