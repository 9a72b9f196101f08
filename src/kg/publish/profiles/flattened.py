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

from kg.publish.profiles.base import LICENCE, Profile, in_order, serialized
from kg.publish.profiles.plain_triples import FLAT, declarations, plain_triples
from kg.rdf.iris import digest, part_of, resource, term
from kg.rdf.quads import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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

_TITLE: Final = {
    "en": "Claims flattened as if asserted",
    "ar": "أقوال مسطحة كأنها مثبتة",
}
_WARNING: Final = {
    "en": "Qawl does not say what this graph says. Each triple is what some voice in some article "
    "claims, stripped of the voice, and put as if it were so; some contradict each other. Do not "
    "cite it as Qawl's, and do not merge it with data that you hold to be true.",
    "ar": "لا يقول «قَوْل» ما يقوله هذا الرسم البياني. كل ثلاثية فيه هي ما يدعيه صوت ما في مقالة ما، "
    "جُرّدت من صوتها ووُضعت كأنها واقع؛ وبعضها يناقض بعضا. فلا تنسبها إلى «قَوْل»، ولا تدمجها ببيانات "
    "تعدّها صحيحة.",
}
_DESCRIPTION: Final = {
    "en": "The triples of claims whose voices are certain of them. Which claim each is from, and "
    "the triples that are denied, uncertain or garbled, is listed in the graph "
    f"{FLATTENED_CLAIMS.value}.",
    "ar": "ثلاثيات الأقوال التي تجزم بها أصواتها. أما القول الذي جاءت منه كل ثلاثية، والثلاثيات "
    f"المنفية وغير المجزوم بها والمشوشة، ففي الرسم البياني {FLATTENED_CLAIMS.value}.",
}
_OWN_TERMS: Final[Mapping[str, tuple[str, Mapping[str, str], Mapping[str, str]]]] = {
    "FlattenedGraph": (
        "rdfs:Class",
        {"en": "flattened graph", "ar": "رسم بياني مسطح"},
        _WARNING,
    ),
    "PlainTriple": (
        "rdfs:Class",
        {"en": "plain triple", "ar": "ثلاثية مجردة"},
        {
            "en": "A triple that a claim would assert. The node describes it and asserts nothing.",
            "ar": "ثلاثية كان قول سيثبتها. والعقدة تصفها ولا تثبت شيئا.",
        },
    ),
    "claim": (
        "rdf:Property",
        {"en": "claim", "ar": "القول"},
        {"en": "The claim that the triple is from.", "ar": "القول الذي جاءت منه الثلاثية."},
    ),
    "subject": (
        "rdf:Property",
        {"en": "subject", "ar": "الموضوع"},
        {"en": "The triple's subject.", "ar": "موضوع الثلاثية."},
    ),
    "predicate": (
        "rdf:Property",
        {"en": "predicate", "ar": "المحمول"},
        {"en": "The triple's predicate.", "ar": "محمول الثلاثية."},
    ),
    "object": (
        "rdf:Property",
        {"en": "object", "ar": "المفعول"},
        {"en": "The triple's object.", "ar": "مفعول الثلاثية."},
    ),
    "standing": (
        "rdf:Property",
        {"en": "standing", "ar": "موقف الصوت"},
        {
            "en": "How the claim's voice stands to the triple.",
            "ar": "كيف يقف صوت القول من الثلاثية.",
        },
    ),
    "asserted": (
        "skos:Concept",
        {"en": "asserted", "ar": "مجزوم بها"},
        {
            "en": "The voice is certain that it is so; the triple is in the flattened graph.",
            "ar": "يجزم الصوت بأنها كذلك؛ والثلاثية في الرسم البياني المسطح.",
        },
    ),
    "denied": (
        "skos:Concept",
        {"en": "denied", "ar": "منفية"},
        {
            "en": "The voice says that it is not so; the triple is left out.",
            "ar": "يقول الصوت إنها ليست كذلك؛ والثلاثية متروكة.",
        },
    ),
    "uncertain": (
        "skos:Concept",
        {"en": "uncertain", "ar": "غير مجزوم بها"},
        {
            "en": "The voice is not certain of it; the triple is left out.",
            "ar": "لا يجزم الصوت بها؛ والثلاثية متروكة.",
        },
    ),
    "garbled": (
        "skos:Concept",
        {"en": "garbled", "ar": "مشوشة"},
        {
            "en": "The text garbles the number; the triple is left out.",
            "ar": "العدد في النص مشوش؛ والثلاثية متروكة.",
        },
    ),
}


def _described(node: NamedNode, predicate: str, texts: Mapping[str, str]) -> list[Triple]:
    return [Triple(node, term(predicate), text(words, one)) for one, words in texts.items()]


def _graph_description(claims: Sequence[SelectedClaim]) -> list[Triple]:
    return [
        Triple(FLATTENED, term("rdf:type"), NamedNode(f"{FLAT}FlattenedGraph")),
        *_described(FLATTENED, "dcterms:title", _TITLE),
        *_described(FLATTENED, "dcterms:description", _DESCRIPTION),
        *_described(FLATTENED, "rdfs:comment", _WARNING),
        Triple(FLATTENED, term("dcterms:license"), LICENCE),
        *(Triple(FLATTENED, term("prov:wasDerivedFrom"), claim.reading) for claim in claims),
    ]


def _terms() -> list[Triple]:
    found = [
        Triple(TERMS, term("rdf:type"), term("owl:Ontology")),
        *_described(TERMS, "dcterms:title", _TITLE),
        *_described(TERMS, "rdfs:comment", _WARNING),
    ]
    for name, (kind, labels, comments) in _OWN_TERMS.items():
        node = NamedNode(FLAT + name)
        found.append(Triple(node, term("rdf:type"), term(kind)))
        found.append(Triple(node, term("rdfs:isDefinedBy"), TERMS))
        found += _described(node, "rdfs:label", labels)
        found += _described(node, "rdfs:comment", comments)
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
    lines = [f"# {texts[language]}" for language in ("en", "ar") for texts in (_TITLE, _WARNING)]
    return "".join(f"{line}\n" for line in lines).encode()


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    return _header() + serialized(flattened(graph, claims), syntax, {"flat": FLAT})


#: The profile ``flattened``.
PROFILE: Final = Profile(
    name="flattened",
    summary={
        "en": "Plain triples as if asserted (TriG): NOT what Qawl says; each leads to its claim.",
        "ar": "ثلاثيات كأنها مثبتة (TriG): ليست مما يقوله «قَوْل»، وكل منها تدل على قولها.",
    },
    formats=("trig", "nq"),
    limits=(
        {
            "en": "Who says so: the triples have no voices. Only their claims, listed beside them, "
            "lead there.",
            "ar": "من القائل: ليس للثلاثيات أصوات، ولا يدل عليها إلا أقوالها المذكورة إلى جانبها.",
        },
        {
            "en": "The event, place and time that a number is of: two numbers of one population "
            "may be of different times and both be meant.",
            "ar": "الحدث والمكان والزمان التي يخصها العدد: فقد يكون لفئة واحدة عددان من زمنين "
            "مختلفين وكلاهما مقصود.",
        },
        {
            "en": "That claims contradict each other: what both say stands side by side.",
            "ar": "تناقض الأقوال: فما يقوله الاثنان قائم جنبا إلى جنب.",
        },
        {
            "en": "The reader's doubts, such as a voice that is only inferred, stand with the "
            "claim and not here.",
            "ar": "شكوك القارئ، كصوت استنتجه استنتاجا، مذكورة عند القول لا هنا.",
        },
        {
            "en": "What is denied, uncertain or garbled: its triples are listed, not stated.",
            "ar": "المنفي وغير المجزوم به والمشوش: ثلاثياته مذكورة غير مثبتة.",
        },
    ),
    write=_write,
)
