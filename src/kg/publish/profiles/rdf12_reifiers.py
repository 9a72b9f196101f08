"""RDF 1.2: each claim as the reifier of the triple that it would assert.

``CLAIM rdf:reifies <<( s p o )>>`` names a triple without asserting it, which is what a claim is:
the claim's IRI is the reifier, unchanged, and what else our model says of the claim (voices, words,
amount, times, stance) hangs on it. Which triple it is, :mod:`kg.publish.profiles.plain_triples`
says; its predicate is described in the output. A claim that gives a range or several entities
reifies several triples; a denied or uncertain one is told by its ``qawl:polarity`` and
``qawl:stance``.

Turtle and TriG begin with ``VERSION "1.2"``, so that a parser for RDF 1.1 says what it lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Triple

from kg.publish.profiles.base import Profile, claim_triples, serialized
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import QUESTIONS_GRAPH, term
from kg.rdf.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.publish.profiles.base import SelectedClaim
    from kg.store.local import Graph

__all__ = ["PROFILE", "reifiers"]

_VERSION: Final = b'VERSION "1.2"\n'


def _quads(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    return [Quad(one.subject, one.predicate, one.object, graph) for one in in_order(triples)]


def reifiers(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[Quad, ...]:
    """Return the claims as reifiers, in graphs named as ours are.

    A reading's claims and voices lie in the graph that the reading names, questions in theirs, the
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
    quads = _quads(declarations(graph, plain), NamedNode(FLAT[:-1]))
    quads += _quads((one for claim in claims for one in of_questions[claim.iri]), QUESTIONS_GRAPH)
    for reading, triples in sorted(readings.items(), key=lambda item: item[0].value):
        quads += _quads(triples, reading)
    return tuple(quads)


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    quads = reifiers(graph, claims)
    statements = in_order(quad.triple for quad in quads) if syntax == "ttl" else quads
    content = serialized(statements, syntax, {"flat": FLAT})
    # N-Quads 1.2 has the line too, but Oxigraph does not read it there.
    return content if syntax == "nq" else _VERSION + content


#: The profile ``rdf12``.
PROFILE: Final = Profile(
    name="rdf12",
    summary={
        "en": "RDF 1.2 (Turtle, TriG, N-Quads): each claim reifies the triple it would assert.",
        "ar": "RDF 1.2 (Turtle وTriG وN-Quads): كل قول يسمّي الثلاثية التي كان سيثبتها.",
    },
    formats=("ttl", "trig", "nq"),
    limits=(
        {
            "en": "Tools that know RDF 1.1 alone, rdflib among them, cannot read it.",
            "ar": "لا تقرؤه أدوات لا تعرف إلا RDF 1.1، ومنها rdflib.",
        },
        {
            "en": "The triple alone has neither the voice nor the event, place and time that a "
            "number is of; those hang on the reifier.",
            "ar": "ليس في الثلاثية وحدها الصوت ولا الحدث والمكان والزمان التي يخصها العدد، "
            "وإنما هي معلقة بالقول الذي يسمّيها.",
        },
        {
            "en": "The triple of a claim that nothing structures (is it so?) says no more than "
            "that the question is answered yes or no.",
            "ar": "القول الذي لا بنية له (هل الأمر كذلك؟) لا تقول ثلاثيته أكثر من أن جواب السؤال "
            "نعم أو لا.",
        },
        {
            "en": "Of the passages only the IRIs are given, not the words.",
            "ar": "لا تُذكر من المقاطع إلا معرّفاتها دون كلماتها.",
        },
    ),
    write=_write,
)
