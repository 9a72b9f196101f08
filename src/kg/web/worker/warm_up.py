"""Requests that touch every kind of answer, so that what they need is loaded before it counts."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.rdf.iris import NAMESPACE, local_name, part_of, term
from kg.web import requests
from kg.web.formats import NETWORK_FORMATS
from kg.web.pages.boards import BOARDS
from kg.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.web.requests import Request

__all__ = ["warm_up_requests"]

_QUERIES: Final = (
    "SELECT ?s { ?s ?p ?o } LIMIT 1",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "DESCRIBE ?s { ?s ?p ?o } LIMIT 1",
    "ASK { ?s <https://w3id.org/service> 'FROM' }",
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * {",
)
_DOCUMENTS: Final = ("ontology", "shapes", "vocab", "vocab/stance", "prefixes")


def warm_up_requests(store: Store) -> Iterator[Request]:
    """Yield requests of every kind; the resources are claims and articles of this graph."""
    for query, form in product(_QUERIES, ("json", "rdf", "html")):
        yield requests.SparqlCall(urlencode({"query": query, "format": form}).encode())
    yield requests.SparqlCall(b"", accept="text/html")
    yield requests.NamedQuestion("who-said", (("mode", "strict"),), ending="html")
    yield requests.NamedQuestion("claims", (("speaker", "nobody"),), ending="html")
    yield requests.NamedQuestion("who-sayd", ending="csv")
    yield requests.QuestionFile("who-said")
    yield from map(requests.Home, LANGUAGES)  # with the plurals of each
    yield requests.SparqlTerms()
    yield from (requests.NetworkList(), requests.Network("places", filters=(("place", "anbar"),)))
    yield from (requests.Network("places", form.ending) for form in NETWORK_FORMATS)
    yield from map(requests.Picture, ("places", "timeline", "answers"))
    yield requests.Picture("voices", (("claim", "nothing"),))
    yield from (requests.QuestionList("text/html"), requests.OpenApi(), requests.VoidDescription())
    for path, form in product(_DOCUMENTS, ("html", "rdf")):
        yield requests.OntologyDocument(path, form)
    for language in LANGUAGES:
        yield from (requests.Board(name, (), language) for name in (*BOARDS, "none"))
        yield requests.Board("speakers", (("speaker", "actor/bbc"),), language)
        yield requests.Search((("q", "4487"),), language)
        yield from (requests.ArticlePage(slug, (), language) for slug in _articles(store))
    for iri in _examples(store):
        # A page, its triples, and a name that only an export of it has.
        yield from (requests.Resource(iri, "html"), requests.Resource(iri, "rdf"))
        yield requests.Resource(part_of(NamedNode(iri), "pubinfo").value, "ttl")
    yield requests.Resource(f"{NAMESPACE}flat", "ttl")


def _articles(store: Store) -> Iterator[str]:
    """Yield the slug of an article, and one that does not exist."""
    yield "none"
    for quad in islice(store.quads_for_pattern(None, term("qawl:storedText"), None, None), 1):
        for work in store.quads_for_pattern(
            quad.subject, term("prov:specializationOf"), None, None
        ):
            if isinstance(work.object, NamedNode):
                yield local_name(work.object.value)


def _examples(store: Store) -> Iterator[str]:
    """Yield a claim with its article, and a voice with its speaker."""
    for predicate in ("qawl:inArticle", "qawl:speaker"):
        for quad in islice(store.quads_for_pattern(None, term(predicate), None, None), 1):
            for node in (quad.subject, quad.object):
                if isinstance(node, NamedNode):
                    yield node.value
