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

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.publish.profiles.base import Description, Profile, in_graph, serialized
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import digest, part_of, resource, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

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


@cache
def _terms() -> tuple[Quad, ...]:
    """Return what ``flattened.trig`` says of the graph, in the graph itself, and of the terms."""
    content = files("kg.publish.profiles").joinpath("flattened.trig").read_bytes()
    return tuple(parse(content, format=RdfFormat.TRIG))


def _of(graph: NamedNode) -> list[Triple]:
    return [quad.triple for quad in _terms() if quad.graph_name == graph]


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


def flattened(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[Quad, ...]:
    """Return the flattened view of claims: its triples, their claims, and its terms."""
    plain = plain_triples(graph, claims)
    asserted = [one.triple for one in plain if one.standing == "asserted"]
    sources = (Triple(FLATTENED, term("prov:wasDerivedFrom"), claim.reading) for claim in claims)
    return (
        *in_graph((*_of(FLATTENED), *sources), FLATTENED),
        *in_graph(asserted, FLATTENED),
        *in_graph((triple for one in plain for triple in _listed(one)), FLATTENED_CLAIMS),
        *in_graph((*_of(TERMS), *declarations(graph, plain)), TERMS),
    )


def _header() -> bytes:
    about = Description(_of(FLATTENED))
    lines = [
        about.text(FLATTENED, predicate, language)
        for language in ("en", "ar")
        for predicate in ("dcterms:title", "rdfs:comment")
    ]
    return "".join(f"# {line}\n" for line in lines).encode()


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    return _header() + serialized(flattened(graph, claims), syntax, {"flat": FLAT})


#: The profile ``flattened``.
PROFILE: Final = Profile("flattened", formats=("trig", "nq"), write=_write)
