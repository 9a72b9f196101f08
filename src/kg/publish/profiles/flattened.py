"""The flattened view: plain triples, as if the graph itself asserted what its claims claim.

For tools that cannot look behind a claim. It is the opposite of what Qawl says, and so it says what
it is wherever it may be looked at: in a comment at the head of the file, and in the description
of its own named graph, which lies in that graph.

Three graphs:

- ``id/graph/flattened`` holds the triples, and what the graph is. Only claims whose voice commits
  itself with certainty are in it. A denial is in it only where its triple says so (``holds false``,
  ``happened false``).
- ``id/graph/flattened-claims`` lists for every claim the triple, the claim and its standing, as
  nodes ``CLAIM/flat/…`` in plain RDF 1.1. Triples that are denied, uncertain or garbled stand here
  alone, as nodes that assert nothing.
- ``https://w3id.org/qawl/flat`` describes the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Triple

from kg.publish.profiles.base import LICENCE, Profile, serialized
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import digest, part_of, resource, term
from kg.rdf.order import in_order
from kg.rdf.quads import text
from kg.wording import LANGUAGES, by_language, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.publish.profiles.base import SelectedClaim
    from kg.publish.profiles.plain_triples import PlainTriple
    from kg.store.local import Graph

__all__ = ["FLATTENED", "FLATTENED_CLAIMS", "PLAIN_PART", "PROFILE", "TERMS", "flattened"]

#: The graph of the triples, and that of the nodes that lead from them to their claims.
FLATTENED: Final = resource("graph", "flattened")
FLATTENED_CLAIMS: Final = resource("graph", "flattened-claims")
#: The part of a claim that the nodes of its triples lie below.
PLAIN_PART: Final = "flat"
#: The document of the terms.
TERMS: Final = NamedNode(FLAT.removesuffix("#"))

# The terms of the view, each with its class.
_OWN_TERMS: Final = {
    "FlattenedGraph": "rdfs:Class",
    "PlainTriple": "rdfs:Class",
    "claim": "rdf:Property",
    "subject": "rdf:Property",
    "predicate": "rdf:Property",
    "object": "rdf:Property",
    "standing": "rdf:Property",
    "asserted": "skos:Concept",
    "denied": "skos:Concept",
    "uncertain": "skos:Concept",
    "garbled": "skos:Concept",
}
_SECTION: Final = "export.flattened"
_TERMS_SECTION: Final = "export.flattened-terms"


def _described(
    node: NamedNode, predicate: str, key: str, section: str = _SECTION, **values: str
) -> list[Triple]:
    return [
        Triple(node, term(predicate), text(words.format(**values), language))
        for language, words in by_language(section, key).items()
    ]


def _graph_description(claims: Sequence[SelectedClaim]) -> list[Triple]:
    listing = FLATTENED_CLAIMS.value
    return [
        Triple(FLATTENED, term("rdf:type"), NamedNode(f"{FLAT}FlattenedGraph")),
        *_described(FLATTENED, "dcterms:title", "title"),
        *_described(FLATTENED, "dcterms:description", "description", graph=listing),
        *_described(FLATTENED, "rdfs:comment", "warning"),
        Triple(FLATTENED, term("dcterms:license"), LICENCE),
        *(Triple(FLATTENED, term("prov:wasDerivedFrom"), claim.reading) for claim in claims),
    ]


def _terms() -> list[Triple]:
    found = [
        Triple(TERMS, term("rdf:type"), term("owl:Ontology")),
        *_described(TERMS, "dcterms:title", "title"),
        *_described(TERMS, "rdfs:comment", "warning"),
        *_described(NamedNode(f"{FLAT}FlattenedGraph"), "rdfs:comment", "warning"),
    ]
    for name, kind in _OWN_TERMS.items():
        node = NamedNode(FLAT + name)
        found.append(Triple(node, term("rdf:type"), term(kind)))
        found.append(Triple(node, term("rdfs:isDefinedBy"), TERMS))
        found += _described(node, "rdfs:label", name, _TERMS_SECTION)
        if name != "FlattenedGraph":
            found += _described(node, "rdfs:comment", f"about-{name}", _TERMS_SECTION)
    return found


def _listed(plain: PlainTriple) -> list[Triple]:
    """Return the node that leads from a triple to its claim."""
    node = part_of(plain.claim, PLAIN_PART, digest(str(plain.triple)))
    values = {
        "claim": plain.claim,
        "subject": plain.triple.subject,
        "predicate": plain.triple.predicate,
        "object": plain.triple.object,
        "standing": NamedNode(FLAT + plain.standing),
    }
    return [
        Triple(node, term("rdf:type"), NamedNode(f"{FLAT}PlainTriple")),
        *(Triple(node, NamedNode(FLAT + name), value) for name, value in values.items()),
    ]


def _quads(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    return [Quad(one.subject, one.predicate, one.object, graph) for one in in_order(triples)]


def flattened(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[Quad, ...]:
    """Return the flattened view of claims: its triples, their claims, and its terms."""
    plain = plain_triples(graph, claims)
    asserted = [one.triple for one in plain if one.standing == "asserted"]
    return (
        *_quads(_graph_description(claims), FLATTENED),
        *_quads(asserted, FLATTENED),
        *_quads((triple for one in plain for triple in _listed(one)), FLATTENED_CLAIMS),
        *_quads((*_terms(), *declarations(graph, plain)), TERMS),
    )


def _header() -> bytes:
    lines = [
        f"# {wording(_SECTION, language)[key]}"
        for language in LANGUAGES
        for key in ("title", "warning")
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    return _header() + serialized(flattened(graph, claims), syntax, {"flat": FLAT})


#: The profile ``flattened``.
PROFILE: Final = Profile("flattened", ("trig", "nq"), _write)
