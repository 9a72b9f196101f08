"""RDF 1.2: each claim as the reifier of the triple that it would assert.

``CLAIM rdf:reifies <<( s p o )>>`` names a triple without asserting it, which is what a claim does.
The reifier has the claim's own IRI, so the rest of the claim (voices, words, amount, times, stance)
is attached to it. :mod:`kg.publish.profiles.plain_triples` determines the triple; its predicate is
described in the output. A claim with a range or several entities reifies several triples; a denied
or uncertain claim is recognized by its ``qawl:polarity`` and ``qawl:stance``.

Texts in a language that is written from right to left have their base direction: ``@ar--rtl``.
Turtle and TriG start with ``VERSION "1.2"``, so that a parser for RDF 1.1 reports what it lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BaseDirection, Literal, NamedNode, Quad, Triple

from kg.publish.profiles.base import RDF_FORMATS, Profile, claim_triples, in_graph
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import QUESTIONS_GRAPH, term
from kg.rdf.order import in_order
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.publish.profiles.base import SelectedClaim
    from kg.sparql.results import Term
    from kg.store.local import Graph

__all__ = ["PROFILE", "reifiers"]

#: Languages written from right to left, by the first part of their tags.
_RIGHT_TO_LEFT: Final = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_VERSION: Final = b'VERSION "1.2"\n'


def _directed(node: Term) -> Term:
    """Return a term with the base direction of its language, if that is from right to left."""
    if isinstance(node, Triple):
        return Triple(node.subject, node.predicate, _directed(node.object))
    language = node.language or "" if isinstance(node, Literal) else ""
    if language.partition("-")[0] in _RIGHT_TO_LEFT:
        return Literal(node.value, language=language, direction=BaseDirection.RTL)
    return node


def reifiers(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[Quad, ...]:
    """Return the claims as reifiers, in the same named graphs as in the store.

    A reading's claims and voices are in the reading's graph, questions in their own, and the
    predicates in https://w3id.org/qawl/flat.
    """
    of_claims = claim_triples(graph, "claim", claims)
    of_voices = claim_triples(graph, "voice", claims)
    of_questions = claim_triples(graph, "question", claims)
    plain = plain_triples(graph, claims)
    reified: dict[NamedNode, list[Triple]] = {claim.iri: [] for claim in claims}
    for one in plain:
        reified[one.claim].append(Triple(one.claim, term("rdf:reifies"), one.triple))
    readings: dict[NamedNode, list[Triple]] = {}
    for claim in claims:
        iri = claim.iri
        found = (*of_claims[iri], *of_voices[iri], *reified[iri])
        readings.setdefault(claim.reading, []).extend(found)
    quads = in_graph(declarations(graph, plain), NamedNode(FLAT[:-1]))
    quads += in_graph((one for claim in claims for one in of_questions[claim.iri]), QUESTIONS_GRAPH)
    for reading, triples in sorted(readings.items(), key=lambda item: item[0].value):
        quads += in_graph(triples, reading)
    return tuple(
        Quad(one.subject, one.predicate, _directed(one.object), one.graph_name) for one in quads
    )


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    quads = reifiers(graph, claims)
    statements = in_order(quad.triple for quad in quads) if syntax == "ttl" else quads
    content = serialized(statements, RDF_FORMATS[syntax], {"flat": FLAT})
    # N-Quads 1.2 allows this line too, but Oxigraph does not accept it there.
    return content if syntax == "nq" else _VERSION + content


#: The profile ``rdf12``.
PROFILE: Final = Profile("rdf12", formats=("ttl", "trig", "nq"), write=_write)
