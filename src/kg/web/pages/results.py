"""The result of a query as a page shows it: a table of terms, or one boolean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples

from kg.rdf.curies import shorten
from kg.rdf.iris import PREFIXES
from kg.web.formats import RDF_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, QuerySolutions, Triple

    from kg.web.formats import Format
    from kg.web.site import Site

__all__ = ["Cell", "Result", "cell", "result_of"]

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
    formats: tuple[Format, ...]


def cell(site: Site, term: NamedNode | BlankNode | Literal | Triple) -> Cell:
    """Return what a page shows of a term."""
    if isinstance(term, NamedNode):
        return Cell(shorten(term.value), site.href(term.value))
    if isinstance(term, Literal):
        datatype = term.datatype.value
        plain = term.language or datatype in _SELF_EVIDENT
        return Cell(term.value, "", term.language or "", "" if plain else shorten(datatype))
    return Cell(str(term))


def result_of(site: Site, results: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    """Return the first rows of a result."""
    if isinstance(results, QueryBoolean):
        return Result((), (), bool(results), more=False, formats=RESULT_FORMATS)
    formats: tuple[Format, ...] = RESULT_FORMATS
    rows: Iterable[Any]
    if isinstance(results, QueryTriples):
        formats = RDF_FORMATS
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows = ((one.subject, one.predicate, one.object) for one in results)
    else:
        columns = tuple(variable.value for variable in results.variables)
        rows = (tuple(row[column] for column in columns) for row in results)
    first = list(islice(rows, ROWS_OF_A_PAGE + 1))
    shown = tuple(
        tuple(None if term is None else cell(site, term) for term in row)
        for row in first[:ROWS_OF_A_PAGE]
    )
    return Result(columns, shown, None, len(first) > ROWS_OF_A_PAGE, formats)
