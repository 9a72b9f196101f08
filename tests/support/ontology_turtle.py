"""For the tests of the documentation: small pieces of Turtle, and where our names begin."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.ontology_docs.names import Names
from kg.ontology_docs.triples import TripleIndex

QAWL = "https://w3id.org/qawl/ontology#"
SHAPE = "https://w3id.org/qawl/shapes#"
VOCAB = "https://w3id.org/qawl/vocab/"
EXAMPLE = "http://example.org/"
GIVEN = NamedNode(EXAMPLE + "Given")

_PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def index(turtle: str) -> TripleIndex:
    """Return Turtle that uses the common prefixes as an index."""
    quads = parse(_PREFIXES + turtle, format=RdfFormat.TURTLE)
    return TripleIndex(quad.triple for quad in quads)


def names() -> Names:
    """Return short names in which the empty prefix is the example's."""
    return Names({"": EXAMPLE})
