"""The result of a query for a page: a table of named terms, or one boolean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples

from kg.networks.node_attributes import Entities
from kg.rdf.curies import shorten
from kg.rdf.iris import NAMESPACE, PREFIXES, local_name
from kg.sparql.results import plain
from kg.web.formats import RDF_FORMATS, RESULT_FORMATS
from kg.web.pages.links import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, QuerySolutions, Triple

    from kg.store.local import Graph
    from kg.web.formats import Format
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["Cell", "Result", "cell", "result_of"]

#: Rows of a page; the other formats have all of them.
ROWS_OF_A_PAGE: Final = 500

# Datatypes that the value shows by itself.
_SELF_EVIDENT: Final = frozenset(
    PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "double", "boolean", "date")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A term for a page.

    :param name: its label in the language of the page, if that is more informative.
    :param words: the link to the words of a claim, marked in their article.
    :param number: the number to sort and draw by; empty for any other term.
    """

    text: str
    href: str = ""
    language: str = ""
    datatype: str = ""
    name: str = ""
    words: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result for a page: rows under columns, or one boolean.

    :param triples: whether the rows are triples.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    boolean: bool | None
    more: bool
    formats: tuple[Format, ...]
    triples: bool = False


def cell(site: Site, term: NamedNode | BlankNode | Literal | Triple) -> Cell:
    """Return a term for a page."""
    if isinstance(term, NamedNode):
        return Cell(shorten(term.value), site.href(term.value))
    if isinstance(term, Literal):
        datatype = term.datatype.value
        evident = term.language or datatype in _SELF_EVIDENT
        value = plain(term)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return Cell(
            term.value,
            language=term.language or "",
            datatype="" if evident else shorten(datatype),
            number=str(value) if number else "",
        )
    return Cell(str(term))


class _Namer:
    """Makes cells whose resources are named in one language."""

    def __init__(self, site: Site, graph: Graph, language: Language) -> None:
        self._site, self._language = site, language
        self._entities = Entities(graph.store, language)

    def cell(self, term: Any) -> Cell | None:
        if term is None:
            return None
        made = cell(self._site, term)
        if not isinstance(term, NamedNode) or not term.value.startswith(NAMESPACE):
            return made
        words = words_of(self._site, term.value, self._language)
        # A claim is shown by its id: its label is its gloss, which most tables have as well.
        name = local_name(term.value) if words else self._entities.label(term.value)
        return replace(made, name=name, words=words)


def result_of(
    site: Site,
    results: QuerySolutions | QueryBoolean | QueryTriples,
    graph: Graph,
    language: Language,
) -> Result:
    """Return the first rows of a result, its resources named in a language."""
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
    namer = _Namer(site, graph, language)
    shown = tuple(tuple(map(namer.cell, row)) for row in first[:ROWS_OF_A_PAGE])
    triples = isinstance(results, QueryTriples)
    return Result(columns, shown, None, len(first) > ROWS_OF_A_PAGE, formats, triples)
