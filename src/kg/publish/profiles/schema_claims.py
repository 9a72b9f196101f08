"""schema.org: each claim as a ``Claim`` in JSON-LD, for search engines and catalogues.

Only properties that schema.org defines for their types are used. The context is in the file
(``https://schema.org/`` is its vocabulary), so nothing has to be fetched.

- ``author`` is the speaker of the innermost voice that is not inferred: schema.org has no degrees
  of attribution, and strictly speaking the rest is said by the article. ``creditText`` has the
  whole chain in words and marks the inferred voices.
- ``appearance`` is the article, and every source in which such a voice of the chain speaks;
  ``firstAppearance`` is the innermost voice's own source, if it has one. ``spokenByCharacter`` is
  not used: it is for the characters of a work, and quotations can be shared by claims of several
  voices.
- ``isBasedOn`` are the passages, each a ``Quotation`` that is part of the article.
- ``about`` has actors and places with their types, but events only as ``Thing``: schema.org's
  ``Event`` is one that can be attended. Amounts are ``QuantitativeValue`` or ``MonetaryAmount``.
- ``claimInterpreter`` and ``sdPublisher`` are the reader. There is no ``ClaimReview`` and no
  rating, because Qawl does not judge what is true.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg.publish.profiles.base import LICENCE, Description, Profile, claim_triples, describe
from kg.publish.profiles.schema_nodes import (
    agent_node,
    article_node,
    entity_node,
    in_text_order,
    is_date,
    names_of,
    plain,
    quantity_node,
    reading_node,
    ref,
    refs,
    tagged,
)
from kg.rdf.iris import VOCAB, ConceptName, concept, term
from kg.wording import by_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.publish.profiles.base import SelectedClaim
    from kg.publish.profiles.schema_nodes import Node
    from kg.store.local import Graph

__all__ = ["PROFILE", "schema_claims"]

CONTEXT: Final[dict[str, Any]] = {
    "@vocab": "https://schema.org/",
    **{
        name: {"@type": "@id"}
        for name in (
            "additionalType", "inDefinedTermSet", "license", "sameAs", "sdLicense", "unitCode",
        )
    },
}  # fmt: skip

_ABOUT: Final = (
    "qawl:aboutActor", "qawl:aboutEvent", "qawl:aboutPlace", "qawl:aboutPopulation",
    "qawl:aboutSource",
)  # fmt: skip
_INFERRED: Final = concept("marking", "inferred")


def _compact(node: Node) -> Node:
    """Drop keys without a value and unwrap lists of one."""
    found: Node = {}
    for name, value in node.items():
        if isinstance(value, list) and len(value) == 1:
            found[name] = value[0]
        elif value not in (None, []):
            found[name] = value
    return found


class _Writer:
    """Writes claims and everything they refer to, each node once."""

    def __init__(self, graph: Graph, claims: Sequence[SelectedClaim]) -> None:
        self.parts = {
            name: claim_triples(graph, name, claims) for name in ("claim", "voice", "passage")
        }
        record = describe(graph, "reading", "reading", (claim.reading for claim in claims))
        self.record = Description(record)
        triples = [one for part in self.parts.values() for some in part.values() for one in some]
        mentioned = {one.object for one in (*triples, *record) if isinstance(one.object, NamedNode)}
        self.names = Description(describe(graph, "name", "subject", mentioned))
        self.nodes: dict[str, Node] = {}

    def add(self, node: Node) -> None:
        self.nodes.setdefault(str(node["@id"]), _compact(node))

    def entity(self, node: NamedNode) -> NamedNode:
        self.add(entity_node(self.names, node))
        return node

    def chain(self, about: Description, claim: NamedNode) -> list[NamedNode]:
        """Return the voices of a claim, innermost first."""
        voices = about.nodes(claim, "qawl:voice")
        while voices and (outer := about.node(voices[-1], "qawl:quotedIn")) not in {None, *voices}:
            assert outer is not None
            voices.append(outer)
        return voices

    def credit(self, about: Description, voice: NamedNode, language: str) -> str:
        """Return a voice in words: the speaker, the act, and whether it is inferred."""
        found = about.text(voice, "rdfs:label", language) or voice.value
        marking = about.node(voice, "qawl:marking")
        if marking is None or marking == concept("marking", "explicit"):
            return found
        words = self.names.text(marking, "skos:prefLabel", language) or marking.value
        confidence = about.literal(voice, "qawl:confidence")
        return f"{found} [{words}{f' {confidence.value}' if confidence else ''}]"

    def sources(self, about: Description, voices: Sequence[NamedNode]) -> list[NamedNode]:
        found = [one for voice in voices for one in about.nodes(voice, "qawl:inSource")]
        return [self.entity(one) for one in found]

    def passage(self, about: Description, passage: NamedNode, language: str) -> Node:
        selectors = about.nodes(passage, "oa:hasSelector")
        words = [one for node in selectors for one in about.all(node, "oa:exact")]
        return {
            "@id": passage.value,
            "@type": "Quotation",
            "text": [tagged(one.value, language) for one in words if isinstance(one, Literal)],
            "inLanguage": language,
            "isPartOf": refs(about.nodes(passage, "oa:hasSource")),
        }

    def reading(self, reading: NamedNode) -> None:
        if reading.value in self.nodes:
            return
        record = self.record
        self.add(reading_node(record, reading))
        for agent in record.nodes(reading, "prov:wasAttributedTo"):
            self.add(agent_node(record, agent))
        for article in record.nodes(reading, "qawl:ofArticle"):
            self.add(article_node(record, article))
            for predicate in ("dcterms:creator", "dcterms:publisher"):
                for entity in record.nodes(article, predicate):
                    self.entity(entity)

    def keywords(self, about: Description, claim: NamedNode) -> list[Node]:
        found = []
        for predicate in ("qawl:stance", "qawl:polarity"):
            for one in about.nodes(claim, predicate):
                name = ConceptName.of(one.value)
                self.add(
                    {
                        "@id": one.value,
                        "@type": "DefinedTerm",
                        "name": names_of(self.names, one),
                        "inDefinedTermSet": f"{VOCAB}{name.scheme}" if name else None,
                    }
                )
                found.append(ref(one))
        return found

    def words(self, about: Description, claim: NamedNode, language: str) -> Node:
        passages = [self.passage(about, one, language) for one in in_text_order(about, claim)]
        for passage in passages:
            self.add(passage)
        quotes = " … ".join(one["@value"] for passage in passages for one in passage["text"])
        words = tagged(quotes, language)
        gloss = [plain(one) for one in about.all(claim, "qawl:gloss") if isinstance(one, Literal)]
        foreign = [one for one in gloss if isinstance(one, dict) and one["@language"] != language]
        return {
            "name": gloss if len(foreign) < len(gloss) else [*gloss, words],
            "text": [words, *foreign],
            "isBasedOn": [{"@id": passage["@id"]} for passage in passages],
        }

    def attribution(
        self, about: Description, claim: NamedNode, articles: Sequence[NamedNode]
    ) -> Node:
        voices = self.chain(about, claim)
        sure = [one for one in voices if about.node(one, "qawl:marking") != _INFERRED]
        innermost = sure[:1]
        first = self.sources(about, innermost) if innermost == voices[:1] else []
        speakers = [one for voice in innermost for one in about.nodes(voice, "qawl:speaker")]
        credit = {
            one: words.join(self.credit(about, voice, one) for voice in voices)
            for one, words in by_language("export.schema", "quoted-in").items()
        }
        return {
            "author": refs(map(self.entity, speakers)),
            "creditText": [tagged(text, language) for language, text in credit.items()],
            "datePublished": _dates_said(about, innermost),
            "appearance": refs([*articles, *self.sources(about, sure)]),
            "firstAppearance": refs(one for one in first if one not in articles),
        }

    def content(self, about: Description, claim: NamedNode, language: str) -> Node:
        amounts = about.nodes(claim, "qawl:answerQuantity")
        for amount in amounts:
            self.add(quantity_node(about, self.names, amount, language))
        subjects = [one for predicate in _ABOUT for one in about.nodes(claim, predicate)]
        spans = [*about.nodes(claim, "qawl:answerTime"), *about.nodes(claim, "qawl:claimedTime")]
        dates = [one for span in spans for one in about.all(span, "qawl:edtf")]
        return {
            "about": [*refs(map(self.entity, subjects)), *refs(amounts)],
            "temporalCoverage": [one.value for one in dates if isinstance(one, Literal)],
            "spatialCoverage": refs(about.nodes(claim, "qawl:aboutPlace")),
            "keywords": self.keywords(about, claim),
        }

    def claim(self, selected: SelectedClaim) -> None:
        claim, reading, record = selected.iri, selected.reading, self.record
        about = Description(one for part in self.parts.values() for one in part[claim])
        self.reading(reading)
        articles = record.nodes(reading, "qawl:ofArticle")
        spoken = filter(None, (record.literal(one, "dc:language") for one in articles))
        language = next((one.value for one in spoken), "und")
        agents = record.nodes(reading, "prov:wasAttributedTo")
        made = record.literal(reading, "dcterms:created")
        kinds = [one for one in about.nodes(claim, "rdf:type") if one != term("qawl:Claim")]
        self.add(
            {
                "@id": claim.value,
                "@type": "Claim",
                "additionalType": [one.value for one in kinds],
                **self.words(about, claim, language),
                **self.attribution(about, claim, articles),
                **self.content(about, claim, language),
                "isPartOf": ref(reading),
                "claimInterpreter": refs(agents),
                "sdPublisher": refs(agents),
                "sdDatePublished": made.value if made else None,
                "sdLicense": LICENCE.value,
            }
        )


def _dates_said(about: Description, voices: Sequence[NamedNode]) -> list[str]:
    """Return the dates on which voices spoke, as far as schema.org can express them."""
    return [
        one.value
        for voice in voices
        for span in about.nodes(voice, "qawl:saidDuring")
        for one in about.all(span, "qawl:edtf")
        if isinstance(one, Literal) and is_date(one)
    ]


def schema_claims(graph: Graph, claims: Sequence[SelectedClaim]) -> dict[str, Any]:
    """Return claims and what they refer to as JSON-LD 1.1: a context, and one node for each."""
    writer = _Writer(graph, claims)
    for claim in claims:
        writer.claim(claim)
    ordered = sorted(
        writer.nodes.values(), key=lambda node: (node["@type"] != "Claim", node["@id"])
    )
    return {"@context": CONTEXT, "@graph": ordered}


def _write(graph: Graph, claims: Sequence[SelectedClaim], _: str) -> bytes:
    document = schema_claims(graph, claims)
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


#: The profile ``schema``.
PROFILE: Final = Profile("schema", formats=("jsonld",), write=_write)
