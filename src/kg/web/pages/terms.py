"""Completions for a SPARQL editor: the terms of this graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import QuerySolutions

from kg.networks.node_attributes import Entities
from kg.rdf.curies import shorten
from kg.rdf.iris import PREFIXES, VOCAB, term
from kg.sparql.results import plain
from kg.web.pages.content import json_document
from kg.web.pages.known_values import KINDS, known_values

if TYPE_CHECKING:
    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.wording import Language

__all__ = ["terms_document"]

# Quads up to which classes and properties are counted while a request waits; of a larger graph
# those that the ontology declares are given.
_COUNTED: Final = 2_000_000
_CLASSES: Final = "SELECT ?term (COUNT(*) AS ?n) { ?s a ?term } GROUP BY ?term"
_PROPERTIES: Final = "SELECT ?term (COUNT(*) AS ?n) { ?s ?term ?o } GROUP BY ?term"
_DECLARED_CLASSES: Final = "SELECT ?term (0 AS ?n) { ?term a owl:Class }"
_DECLARED_PROPERTIES: Final = (
    "SELECT DISTINCT ?term (0 AS ?n) { ?term a ?kind "
    "FILTER (?kind IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }"
)


def terms_document(graph: Graph, language: Language) -> Content:
    """Return, as JSON, prefixes, and classes, properties and resources with their labels.

    ``classes`` and ``properties`` are lists of ``[prefixed name, label, how often]``, the most
    frequent first; ``resources`` has, by type of parameter, lists of ``[prefixed name, label]``.
    """
    entities = Entities(graph.store, language)
    small = len(graph.store) <= _COUNTED
    found = {
        "prefixes": dict(PREFIXES),
        "classes": _counted(graph, entities, _CLASSES if small else _DECLARED_CLASSES),
        "properties": _counted(graph, entities, _PROPERTIES if small else _DECLARED_PROPERTIES),
        "concepts": _concepts(graph, entities),
        "resources": {
            kind: [
                (shorten(one.iri), one.label) for one in known_values(graph.store, kind, language)
            ]
            for kind in KINDS
        },
    }
    return json_document(found, "application/json")


def _counted(graph: Graph, entities: Entities, query: str) -> list[tuple[str, str, int]]:
    results = graph.run(query)
    assert isinstance(results, QuerySolutions)
    found = [
        (shorten(row["term"].value), entities.label(row["term"].value), int(plain(row["n"]) or 0))
        for row in results
    ]
    return sorted(found, key=lambda one: (-one[2], one[0]))


def _concepts(graph: Graph, entities: Entities) -> list[tuple[str, str]]:
    """Return the concepts of our vocabularies."""
    iris = {
        str(getattr(quad.subject, "value", ""))
        for quad in graph.store.quads_for_pattern(
            None, term("rdf:type"), term("skos:Concept"), None
        )
    }
    return [(shorten(iri), entities.label(iri)) for iri in sorted(iris) if iri.startswith(VOCAB)]
