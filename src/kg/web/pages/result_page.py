"""The answer to a query as a page: a table, or triples by subject."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples

from kg.rdf.curies import shorten
from kg.rdf.iris import PREFIXES
from kg.web.formats import RDF_FORMATS, RESULT_FORMATS
from kg.web.pages.templating import render
from kg.web.sparql_request import SparqlRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import BlankNode, QuerySolutions, Triple

    from kg.web.site import Site
    from kg.web.worker.answering import Reply

__all__ = ["Cell", "Result", "cell", "result_of", "write_result_page"]

#: Rows of a page; the other formats have all of them.
ROWS_OF_A_PAGE: Final = 500

# Datatypes that the value shows by itself.
_SELF_EVIDENT: Final = frozenset(
    PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "double", "boolean", "date")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it."""

    text: str
    href: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result as a page shows it: rows under columns, or one boolean."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    boolean: bool | None
    more: bool
    endings: tuple[tuple[str, str], ...]


def cell(site: Site, term: NamedNode | BlankNode | Literal | Triple | None) -> Cell | None:
    """Return what a page shows of a term."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Cell(shorten(term.value), site.href(term.value))
    if isinstance(term, Literal):
        datatype = term.datatype.value
        plain = term.language or datatype in _SELF_EVIDENT
        return Cell(term.value, "", term.language or "", "" if plain else shorten(datatype))
    return Cell(str(term))


def result_of(site: Site, results: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    """Return the first rows of a result."""
    endings = RDF_FORMATS if isinstance(results, QueryTriples) else RESULT_FORMATS
    named = tuple((one.ending, one.label) for one in endings)
    if isinstance(results, QueryBoolean):
        return Result((), (), bool(results), more=False, endings=named)
    rows: Iterable[Any]
    if isinstance(results, QueryTriples):
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows = ((one.subject, one.predicate, one.object) for one in results)
    else:
        columns = tuple(variable.value for variable in results.variables)
        rows = (tuple(row[column] for column in columns) for row in results)
    first = list(islice(rows, ROWS_OF_A_PAGE + 1))
    shown = tuple(tuple(cell(site, term) for term in row) for row in first[:ROWS_OF_A_PAGE])
    return Result(columns, shown, None, len(first) > ROWS_OF_A_PAGE, named)


def write_result_page(
    site: Site,
    results: QuerySolutions | QueryBoolean | QueryTriples,
    asked: SparqlRequest | Mapping[str, Any],
    reply: Reply,
) -> None:
    """Write the page of an answer, with the query to change and the other formats to get it in.

    :param asked: a query, or the request for a named question.
    """
    if not isinstance(asked, SparqlRequest):
        from kg.web.pages.question_pages import write_question_page

        write_question_page(site, asked, reply, result_of(site, results))
        return
    reply.page(
        render(
            "endpoint",
            site,
            query=asked.query,
            result=result_of(site, results),
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            examples=(),
        )
    )
