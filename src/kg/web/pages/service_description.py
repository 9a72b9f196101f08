"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from kg.rdf.iris import resource, term
from kg.rdf.quads import text
from kg.web.formats import RDF_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.local import Graph
    from kg.web.site import Site

__all__ = ["service_description"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
# The names that W3C gave to formats, by the endings that we use.
_W3C: Final = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples",
    "rdf": "RDF_XML", "nq": "N-Quads", "trig": "TriG",
}  # fmt: skip


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def service_description(graph: Graph, site: Site) -> Iterator[Triple]:
    """Yield the description of the endpoint: languages, formats, features, named graphs.

    Source: https://www.w3.org/TR/sparql11-service-description/.
    """
    kind = term("rdf:type")
    service = NamedNode(site.absolute("/sparql"))
    dataset = resource("dataset", "qawl")
    default = NamedNode(site.absolute("/sparql#default-graph"))
    yield Triple(service, kind, _sd("Service"))
    yield Triple(service, term("rdfs:label"), text("SPARQL endpoint of Qawl", "en"))
    yield Triple(service, term("rdfs:label"), text("نقطة استعلام «قَوْل»", "ar"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    if graph.services:
        yield Triple(service, _sd("feature"), _sd("BasicFederatedQuery"))
    for one in (*RESULT_FORMATS, *RDF_FORMATS):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + _W3C[one.ending]))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, kind, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, kind, _sd("Graph"))
    yield Triple(default, term("dcterms:description"), text("The union of all named graphs", "en"))
    yield Triple(
        default, term("dcterms:description"), text("اتحاد كل الرسوم البيانية المسماة", "ar")
    )
    for name in graph.store.named_graphs():
        if not isinstance(name, NamedNode):
            continue
        node = NamedNode(site.absolute(f"/sparql#graph={quote(name.value, safe='/:')}"))
        yield Triple(dataset, _sd("namedGraph"), node)
        yield Triple(node, kind, _sd("NamedGraph"))
        yield Triple(node, _sd("name"), name)
