"""The endpoint as a page: the editor, with the answer to a query or its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.sparql.syntax_place import KINDS
from kg.store.queryable import named_questions
from kg.web.formats import HTML, RDF_FORMATS, RESULT_FORMATS, RdfForm, negotiated
from kg.web.pages.content import page, rdf_document
from kg.web.pages.examples import query_body
from kg.web.pages.results import result_of
from kg.web.pages.service_description import service_description
from kg.web.pages.tools import tools_data
from kg.wording import listed, wording

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.errors import SyntaxPlace
    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.web.sparql_request import SparqlRequest
    from kg.wording import Language

__all__ = ["endpoint_document", "sparql_error_page", "sparql_page"]

_FORMATS = (*RESULT_FORMATS, *RDF_FORMATS)


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What is wrong with a query, for people.

    :param start: in UTF-16 units of the text in a browser's form, with simple line ends; -1 if
        unknown. ``end`` likewise.
    :param before: the text before the place on its line; ``words`` the place, ``after`` the rest of
        the line.
    """

    message: str
    start: int = -1
    end: int = -1
    before: str = ""
    words: str = ""
    after: str = ""


def endpoint_document(graph: Graph, site: Site, accept: str, language: Language) -> Content:
    """Return what the endpoint answers when no query is given: its description, or the editor."""
    form = negotiated(accept, (*RDF_FORMATS, HTML))
    if isinstance(form, RdfForm):
        return rdf_document(service_description(graph, site), form)
    return _page(site, language, None)


def sparql_page(
    graph: Graph,
    site: Site,
    language: Language,
    asked: SparqlRequest,
    results: QuerySolutions | QueryBoolean | QueryTriples,
) -> Content:
    """Return the page of an answer, with the editable query and links to other formats."""
    search = _search(asked)

    def address(ending: str) -> str:
        return f"{site.here('/sparql')}?{search}&format={ending}"

    result = result_of(site, results, graph, language)
    return _page(site, language, asked, result=result, address=address)


def sparql_error_page(
    site: Site, language: Language, asked: SparqlRequest, message: str, place: SyntaxPlace | None
) -> Content:
    """Return the page of a query that was not answered, with the query and its error.

    :param message: in English, used if the place is unknown.
    """
    mistake = _Mistake(message) if place is None else _mistake(asked.query, place, language)
    return _page(site, language, asked, mistake=mistake)


def _search(asked: SparqlRequest) -> str:
    return urlencode(
        [
            ("query", asked.query),
            *(("default-graph-uri", one) for one in asked.default_graphs),
            *(("named-graph-uri", one) for one in asked.named_graphs),
        ]
    )


def _page(site: Site, language: Language, asked: SparqlRequest | None, **values: object) -> Content:
    return page(
        "endpoint",
        site,
        language,
        search=_search(asked) if asked else "",
        query=asked.query if asked else "",
        default_graphs=asked.default_graphs if asked else (),
        named_graphs=asked.named_graphs if asked else (),
        questions=named_questions(),
        body=query_body,
        formats=_FORMATS,
        tools=tools_data(site, language),
        **{"result": None, "mistake": None, **values},
    )


def _mistake(query: str, place: SyntaxPlace, language: Language) -> _Mistake:
    words = wording("web.mistakes", language)
    where = words["where"].format(line=place.line, column=place.column)
    found = query[place.start : place.end]
    if place.reason:
        message = f"{where}: {place.reason}"
    else:
        what = words["wrong"].format(word=found) if found else words["ends"]
        expected = listed((words[one] if one in KINDS else one for one in place.expected), language)
        message = f"{where}: {what} {words['expected'].format(expected=expected)}"
    begin = query.rfind("\n", 0, place.start) + 1
    rest = query[place.end :].partition("\n")[0]
    return _Mistake(
        message,
        _in_browser(query[: place.start]),
        _in_browser(query[: place.end]),
        query[begin : place.start],
        found,
        rest,
    )


def _in_browser(text: str) -> int:
    """Return the length of a text in a browser's form."""
    return len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2
