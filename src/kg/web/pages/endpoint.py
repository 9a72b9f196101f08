"""The endpoint as a page: the editor, with the answer to a query or with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.web.formats import HTML, RDF_FORMATS, RESULT_FORMATS, RdfForm, negotiated
from kg.web.pages.content import page, rdf_document
from kg.web.pages.examples import example_queries
from kg.web.pages.results import result_of
from kg.web.pages.service_description import service_description

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.web.sparql_request import SparqlRequest
    from kg.wording import Language

__all__ = ["endpoint_document", "sparql_page"]

_FORMATS = (*RESULT_FORMATS, *RDF_FORMATS)


def endpoint_document(graph: Graph, site: Site, accept: str, language: Language) -> Content:
    """Return what the endpoint gives where nothing is asked: its description, or the editor."""
    form = negotiated(accept, (*RDF_FORMATS, HTML))
    if isinstance(form, RdfForm):
        return rdf_document(service_description(graph, site), form)
    return page(
        "endpoint",
        site,
        language,
        query="",
        result=None,
        default_graphs=(),
        named_graphs=(),
        examples=example_queries(),
        formats=_FORMATS,
    )


def sparql_page(
    site: Site,
    language: Language,
    asked: SparqlRequest,
    results: QuerySolutions | QueryBoolean | QueryTriples,
) -> Content:
    """Return the page of an answer, with the query to change and the other formats to get it in."""
    search = urlencode(
        [
            ("query", asked.query),
            *(("default-graph-uri", one) for one in asked.default_graphs),
            *(("named-graph-uri", one) for one in asked.named_graphs),
        ]
    )

    def address(ending: str) -> str:
        return f"{site.here('/sparql')}?{search}&format={ending}"

    return page(
        "endpoint",
        site,
        language,
        search=search,
        query=asked.query,
        result=result_of(site, results),
        address=address,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        examples=(),
        formats=_FORMATS,
    )
