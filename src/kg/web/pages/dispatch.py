"""The document that answers a request other than a client's query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from kg.publish.catalog import dataset_triples
from kg.store.queryable import named_question
from kg.web import requests
from kg.web.formats import RDF_FORMATS, negotiated
from kg.web.pages.article import article_page
from kg.web.pages.boards import board_page
from kg.web.pages.content import Content, rdf_document
from kg.web.pages.examples import example_triples
from kg.web.pages.home import home_page
from kg.web.pages.networks import network_document, networks_page
from kg.web.pages.ontology import ontology_document
from kg.web.pages.openapi import openapi_document
from kg.web.pages.pictures import picture_scene
from kg.web.pages.questions import decorated, question_list
from kg.web.pages.resource import resource_document
from kg.web.pages.search import search_page
from kg.web.pages.service_description import service_description
from kg.web.pages.terms import terms_document

if TYPE_CHECKING:
    from kg.store.local import Graph
    from kg.web.site import Site

__all__ = ["DocumentRequest", "document_for"]

# Quads up to which classes and properties are counted while a request waits.
_COUNTED: Final = 500_000

DocumentRequest = (
    requests.ArticlePage
    | requests.Board
    | requests.Home
    | requests.Network
    | requests.NetworkList
    | requests.OntologyDocument
    | requests.OpenApi
    | requests.Picture
    | requests.QuestionFile
    | requests.QuestionList
    | requests.Resource
    | requests.Search
    | requests.SparqlTerms
    | requests.VoidDescription
)


def document_for(request: DocumentRequest, graph: Graph, site: Site) -> Content:
    """Return the requested document.

    :raises RequestRefused: there is none, or none in a format that the client accepts.
    """
    match request:
        case requests.Home():
            return home_page(graph, site, request.language)
        case requests.Board():
            return board_page(graph, site, request.name, request.parameters, request.language)
        case requests.Search():
            return search_page(graph, site, request.parameters, request.language)
        case requests.ArticlePage():
            return article_page(graph, site, request.slug, request.parameters, request.language)
        case requests.Network():
            return network_document(graph, site, request)
        case requests.NetworkList():
            return networks_page(site, request.language)
        case requests.Picture():
            return picture_scene(graph, request)
        case requests.OntologyDocument():
            return ontology_document(site, request.path, request.ending, request.language)
        case requests.OpenApi():
            return openapi_document(site)
        case requests.QuestionFile():
            return decorated(site, named_question(request.name))
        case requests.QuestionList():
            return question_list(site, request.accept, request.ending, request.language)
        case requests.Resource():
            return resource_document(graph, site, request.iri, request.ending, request.language)
        case requests.SparqlTerms():
            return terms_document(graph, request.language)
        case requests.VoidDescription():
            return _void(graph, site, request.accept)
        case _:
            assert_never(request)


def _void(graph: Graph, site: Site, accept: str) -> Content:
    triples = [*service_description(graph, site), *example_triples(site)]
    if len(graph.store) <= _COUNTED:
        latest = site.absolute("/dumps/latest/")
        dumps = [f"{latest}qawl.{ending}" for ending in ("nq", "trig", "ttl", "jsonld")]
        triples += dataset_triples(graph.store, dumps, site.absolute("/sparql"))
    return rdf_document(triples, negotiated(accept, RDF_FORMATS))
