"""Pages and documents that workers make: each kind by its name."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat

from kg.publish.catalog import dataset_triples
from kg.rdf.quads import serialized
from kg.store.queryable import named_question
from kg.web.formats import HTML, RDF_FORMATS, by_word, choose
from kg.web.pages.documents import document, documentation
from kg.web.pages.question_pages import (
    decorated,
    example_queries,
    example_triples,
    openapi,
    write_question_list,
)
from kg.web.pages.resource_page import write_resource
from kg.web.pages.service_description import service_description
from kg.web.pages.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import Triple

    from kg.ontology_docs.model import Language
    from kg.store.local import Graph
    from kg.web.site import Site
    from kg.web.worker.answering import Reply

__all__ = ["write_page"]

# Quads up to which classes and properties are counted while a request waits.
_COUNTED: Final = 500_000


def _write_triples(triples: Iterable[Triple], request: Mapping[str, Any], reply: Reply) -> None:
    offers = RDF_FORMATS
    chosen = by_word(request.get("format", ""), offers) or choose(request["accept"], offers)
    if chosen is None:
        listed = ", ".join(one.media_type for one in offers)
        reply.refuse(HTTPStatus.NOT_ACCEPTABLE, f"not to be had so; accept one of {listed}")
        return
    assert isinstance(chosen.syntax, RdfFormat)
    reply.head(HTTPStatus.OK, chosen.content_type)
    reply.write(serialized(sorted(set(triples), key=str), chosen.syntax))


def _home(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    del request
    reply.page(render("home", site, quads=len(graph.store)))


def _endpoint(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    if choose(request["accept"], (*RDF_FORMATS, HTML)) is HTML:
        reply.page(
            render(
                "endpoint",
                site,
                query="",
                result=None,
                default_graphs=(),
                named_graphs=(),
                examples=example_queries(),
            )
        )
        return
    _write_triples(service_description(graph, site), request, reply)


def _void(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    triples = [*service_description(graph, site), *example_triples(site)]
    if len(graph.store) <= _COUNTED:
        latest = site.absolute("/dumps/latest/")
        dumps = [f"{latest}qawl.{ending}" for ending in ("nq", "trig", "ttl", "jsonld")]
        triples += dataset_triples(graph.store, dumps, site.absolute("/sparql"))
    _write_triples(triples, request, reply)


def _document(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    del graph
    found = document(request["path"])
    if found is None:
        reply.refuse(HTTPStatus.NOT_FOUND, f"/{request['path']}: there is no such document")
    elif request["format"] != "html":
        chosen = by_word(request["format"], RDF_FORMATS)
        assert chosen is not None
        assert isinstance(chosen.syntax, RdfFormat)
        reply.head(HTTPStatus.OK, chosen.content_type)
        reply.write(found.rdf(chosen.syntax))
    elif found.page in {"", "vocabularies"}:
        from kg.ontology_docs.load import load_ontology_docs

        vocabularies = load_ontology_docs().vocabularies.values() if found.page else ()
        reply.page(
            render("document", site, document=found, formats=RDF_FORMATS, vocabularies=vocabularies)
        )
    else:
        language: Language = "ar" if request.get("language") == "ar" else "en"
        reply.page(documentation(site, found, language))


def _rq(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    del graph
    reply.head(HTTPStatus.OK, "application/sparql-query; charset=utf-8")
    reply.write(decorated(site, named_question(request["name"])).encode())


def _openapi(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    del graph, request
    reply.head(HTTPStatus.OK, "application/vnd.oai.openapi+json;version=3.1")
    reply.write(json.dumps(openapi(site), ensure_ascii=False, indent=1).encode())


_PAGES: Final[Mapping[str, Callable[[Graph, Site, Mapping[str, Any], Reply], None]]] = {
    "home": _home,
    "endpoint": _endpoint,
    "void": _void,
    "document": _document,
    "openapi": _openapi,
    "questions": write_question_list,
    "rq": _rq,
    "resource": write_resource,
}


def write_page(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    """Write the page that ``request["page"]`` names."""
    _PAGES[request["page"]](graph, site, request, reply)
