"""The endpoint as a page: the editor, with the answer to a query or with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

__all__ = ["endpoint_document", "sparql_page"]

_FORMATS = (*RESULT_FORMATS, *RDF_FORMATS)


def endpoint_document(graph: Graph, site: Site, accept: str) -> Content:
    """Return what the endpoint gives where nothing is asked: its description, or the editor."""
    form = negotiated(accept, (*RDF_FORMATS, HTML))
    if isinstance(form, RdfForm):
        return rdf_document(service_description(graph, site), form)
    return page(
        "endpoint",
        site,
        query="",
        result=None,
        default_graphs=(),
        named_graphs=(),
        examples=example_queries(),
        formats=_FORMATS,
    )


def sparql_page(
    site: Site, asked: SparqlRequest, results: QuerySolutions | QueryBoolean | QueryTriples
) -> Content:
    """Return the page of an answer, with the query to change and the other formats to get it in."""
    return page(
        "endpoint",
        site,
        query=asked.query,
        result=result_of(site, results),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        examples=(),
        formats=_FORMATS,
    )
