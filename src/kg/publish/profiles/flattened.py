"""The flattened view: plain triples, as if the graph asserted what its claims claim.

It is for tools that cannot handle claims. It is the opposite of what Qawl says, and states so in
two places: in a comment at the head of the file, and in the description of its own named graph,
which is in that graph.

It has three graphs:

- ``id/graph/flattened`` holds the triples and the description of the graph, limited to claims that
  the voice makes with certainty. A denial is included only if its triple expresses the denial
  (``holds false``, ``happened false``).
- ``id/graph/flattened-claims`` lists for every claim the triple, the claim and its standing, as
  nodes ``CLAIM.flat.…`` in plain RDF 1.1. Denied, uncertain and garbled triples occur only here,
  as nodes that assert nothing.
- ``https://w3id.org/qawl/flat`` describes the terms.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.publish.profiles.base import RDF_FORMATS, Description, Profile, in_graph
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import digest, part_of, resource, term
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from kg.publish.profiles.base import SelectedClaim
    from kg.publish.profiles.plain_triples import PlainTriple
    from kg.store.local import Graph

__all__ = ["FLATTENED", "FLATTENED_CLAIMS", "PLAIN_PART", "PROFILE", "TERMS", "flattened"]

#: The graph of the triples, and the graph of the nodes that link them to their claims.
FLATTENED: Final = resource("graph", "flattened")
FLATTENED_CLAIMS: Final = resource("graph", "flattened-claims")
#: The name of the part of a claim that the nodes of its triples belong to.
PLAIN_PART: Final = "flat"
#: The document that describes the terms.
TERMS: Final = NamedNode(FLAT.removesuffix("#"))


@cache
def _terms() -> tuple[Quad, ...]:
    """Return the description of the graph (in the graph itself) and of the terms."""
    content = files("kg.publish.profiles").joinpath("flattened.trig").read_bytes()
    return tuple(parse(content, format=RdfFormat.TRIG))


def _of(graph: NamedNode) -> list[Triple]:
    return [quad.triple for quad in _terms() if quad.graph_name == graph]


def _listed(plain: PlainTriple) -> list[Triple]:
    """Return the node that links a triple to its claim."""
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
    """Return the flattened view of claims: their triples, the links to the claims, the terms."""
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
    quads = flattened(graph, claims)
    return _header() + serialized(quads, RDF_FORMATS[syntax], {"flat": FLAT})


#: The profile ``flattened``.
PROFILE: Final = Profile("flattened", formats=("trig", "nq"), write=_write)
