"""Resolving Qawl IRIs that occur only in exports, not in the graph itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.publish.profiles.base import select_claims
from kg.publish.profiles.flattened import (
    FLATTENED,
    FLATTENED_CLAIMS,
    PLAIN_PART,
    TERMS,
    flattened,
)
from kg.publish.profiles.nanopublications import (
    GRAPHS,
    SOFTWARE,
    nanopublications,
    software_triples,
)
from kg.rdf.iris import kind_of, owners, part_path, term

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.store.local import Graph

__all__ = ["claim_of_export", "export_triples"]


def claim_of_export(iri: str) -> str | None:
    """Return the IRI of the claim whose export contains this IRI, else ``None``.

    >>> claim_of_export("https://w3id.org/qawl/id/claim/a/b/c/assertion")
    'https://w3id.org/qawl/id/claim/a/b/c'
    """
    if kind_of(iri) != "claim":
        return None
    paths = {owner: part_path(owner, iri) for owner in owners(iri)}
    return next((owner for owner, path in paths.items() if _is_export(path)), None)


def _is_export(path: tuple[str, ...]) -> bool:
    return (len(path) == 1 and path[0] in GRAPHS) or (len(path) == 2 and path[0] == PLAIN_PART)


def export_triples(graph: Graph, iri: str) -> tuple[Triple, ...]:
    """Return a nanopublication's graph, a part of the flattened view, or nothing.

    For a graph these are its triples, for a node the triples with it as subject.
    """
    claim = claim_of_export(iri)
    if iri == SOFTWARE.value:
        return tuple(software_triples())
    if claim is None and iri not in {FLATTENED.value, FLATTENED_CLAIMS.value, TERMS.value}:
        return ()
    node = NamedNode(claim) if claim else None
    if not any(graph.store.quads_for_pattern(node, term("rdf:type"), term("qawl:Claim"), None)):
        return ()
    selected = select_claims(graph, claims=(claim,) if claim else ())
    of_claim = claim is not None and part_path(claim, iri)[0] in GRAPHS
    quads = (nanopublications if of_claim else flattened)(graph, selected)
    name = NamedNode(iri)
    return tuple(quad.triple for quad in quads if name in (quad.graph_name, quad.subject))
