"""Claims for pages: what is said, by whom, in which words, and how it relates to others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.display.amounts import Amount, amount
from kg.display.facts import Facts, Name
from kg.display.times import Moment, moment
from kg.display.voices import Voice, VoiceBook, spans_of, words_of
from kg.rdf.iris import QAWL, kind_of, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.local import Graph
    from kg.text.spans import Span

__all__ = ["Claim", "ClaimBook", "PossibleVoice", "Relation", "fragment_of"]

_CLAIM: Final = f"{QAWL}Claim"
_PERSON: Final = "person"
#: What a claim is named after in the absence of a narrower class.
_BROAD: Final = frozenset({_CLAIM, f"{QAWL}QuantityClaim", f"{QAWL}OccurrenceClaim"})
#: What an editor's reading is called; its claims need no longer name in a link.
_CURATED: Final = "curated"


@dataclass(frozen=True, slots=True)
class PossibleVoice:
    """Another chain that the claim may belong to, with the reader's confidence in it."""

    chain: tuple[Voice, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a claim relates to another; ``role`` is ``whole`` or ``part`` where there are two sides.

    ``gap_days`` and the other figures are ``None`` if the relation has none.
    """

    iri: str
    kind: Name
    other: str
    role: str
    basis: Name | None
    rule: Name | None
    difference: float | None
    ratio: float | None
    residual: float | None
    gap_days: float | None
    holds: bool | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """A claim with its voices, innermost first, its answer and its words.

    Compared by identity, because a book reads each claim only once.

    ``article`` is the IRI of the work that contains it; ``passages`` are in code points of the
    article's stored text, and ``quote`` is their words; ``reader`` is the kind of reader: a person,
    the rules or a model.
    """

    iri: str
    id: str
    article: str
    reading: str
    reader: Name | None
    gloss: Name
    quote: str
    kinds: tuple[Name, ...]
    chain: tuple[Voice, ...]
    possible: tuple[PossibleVoice, ...]
    question: Name | None
    measure: Name | None
    population: Name | None
    stance: Name | None
    polarity: Name | None
    modality: Name | None
    force: Name | None
    transmission: Name | None
    confidence: float | None
    notes: tuple[str, ...]
    passages: tuple[Span, ...]
    amount: Amount | None
    time: Moment | None
    entities: tuple[Name, ...]
    truth: bool | None
    times: tuple[Moment, ...]
    as_of: Moment | None
    about: tuple[Name, ...]
    under: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its words begin, in code points."""
        return self.passages[0].start if self.passages else 0

    @property
    def voice(self) -> Voice | None:
        """The innermost voice."""
        return self.chain[0] if self.chain else None

    @cached_property
    def inferred(self) -> bool:
        """Whether the reader infers a voice in its chain."""
        return any(one.inferred for one in self.chain)

    @property
    def proposed(self) -> bool:
        """Whether no person has confirmed it yet."""
        return self.reader is not None and self.reader.code != _PERSON

    @property
    def fragment(self) -> str:
        """The claim's fragment in the URL of its article's page."""
        return fragment_of(self.iri)


def fragment_of(claim: str) -> str:
    """Return a claim's fragment on its article's page: its id, preceded by its reading's if needed.

    >>> fragment_of("https://w3id.org/qawl/id/claim/flood/curated/toll")
    'toll'
    >>> fragment_of("https://w3id.org/qawl/id/claim/flood/rules/toll")
    'rules/toll'
    """
    reading, _, name = claim.rpartition("/")
    reading = local_name(reading)
    return name if reading == _CURATED else f"{reading}/{name}"


class ClaimBook:
    """The claims of a graph, each read only once."""

    def __init__(self, graph: Graph) -> None:
        self.facts = Facts(graph)
        self.voices = VoiceBook(self.facts)
        self._claims: dict[str, Claim] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}

    def claim(self, iri: str) -> Claim:
        """Return a claim by its IRI."""
        known = self._claims.get(iri)
        if known is None:
            known = self._claims[iri] = self._read(iri)
        return known

    def claims(self, iris: Iterable[str]) -> list[Claim]:
        """Return claims, by article and then in the order of the text."""
        found = [self.claim(one) for one in iris]
        return sorted(found, key=lambda one: (one.article, one.start, one.iri))

    def of_article(self, work: str) -> list[Claim]:
        """Return the claims of an article in the order of its text."""
        return self.claims(self.facts.subjects("qawl:inArticle", work))

    def by_speaker(self, speaker: str) -> list[Claim]:
        """Return the claims whose chain includes a speaker or a document."""
        facts = self.facts
        waiting = [
            *facts.subjects("qawl:speaker", speaker),
            *facts.subjects("qawl:inSource", speaker),
        ]
        voices: set[str] = set()
        while waiting:
            voice = waiting.pop()
            if voice not in voices:
                voices.add(voice)
                waiting += facts.subjects("qawl:quotedIn", voice)
        return self.claims({one for voice in voices for one in facts.subjects("qawl:voice", voice)})

    def about_event(self, event: str) -> list[Claim]:
        """Return the claims that answer a question about an event."""
        questions = self.facts.subjects("qawl:ofEvent", event)
        return self.answering(*questions)

    def answering(self, *questions: str) -> list[Claim]:
        """Return the claims that answer one of some questions."""
        return self.claims(
            {one for question in questions for one in self.facts.subjects("qawl:answers", question)}
        )

    def all(self) -> list[Claim]:
        """Return every claim."""
        return self.claims({one for one, _ in self.facts.pairs("qawl:inArticle")})

    def relations(self, claim: str) -> tuple[Relation, ...]:
        """Return a claim's relations to others, computed and stated."""
        known = self._relations.get(claim)
        if known is None:
            known = self._relations[claim] = tuple(self._relations_of(claim))
        return known

    def _relations_of(self, claim: str) -> list[Relation]:
        facts = self.facts
        nodes = {
            node: role
            for predicate, role in (
                ("qawl:relates", ""), ("qawl:wholeClaim", "whole"), ("qawl:partClaim", "part"),
            )
            for node in facts.subjects(predicate, claim)
        }  # fmt: skip
        found = []
        for node, role in sorted(nodes.items()):
            others = {
                other
                for predicate in ("qawl:relates", "qawl:wholeClaim", "qawl:partClaim")
                for other in facts.nodes(node, predicate)
            }
            found += [self._relation(node, role, other) for other in sorted(others - {claim})]
            if others == {claim}:
                found.append(self._relation(node, role, ""))
        return found

    def _relation(self, node: str, role: str, other: str) -> Relation:
        facts = self.facts
        return Relation(
            iri=node,
            kind=self._narrowest(facts.nodes(node, "rdf:type"), QAWL + "ClaimRelation"),
            other=other,
            role=role,
            basis=facts.first_named(node, "qawl:basis"),
            rule=facts.first_named(node, "qawl:byRule"),
            difference=facts.number(node, "qawl:difference"),
            ratio=facts.number(node, "qawl:ratio"),
            residual=facts.number(node, "qawl:residual"),
            gap_days=facts.number(node, "qawl:gapDays"),
            holds=facts.truth(node, "qawl:holds"),
        )

    def _narrowest(self, types: list[str], broad: str) -> Name:
        above = {parent for one in types for parent in self.facts.nodes(one, "rdfs:subClassOf")}
        lowest = [one for one in types if one not in above and one != broad]
        return self.facts.name(min(lowest, default=broad))

    def _kinds(self, iri: str) -> tuple[Name, ...]:
        types = set(self.facts.nodes(iri, "rdf:type"))
        above = {parent for one in types for parent in self.facts.nodes(one, "rdfs:subClassOf")}
        narrow = types - above - {_CLAIM}
        return tuple(self.facts.name(one) for one in sorted(narrow - _BROAD or narrow))

    def _about(self, iri: str) -> tuple[Name, ...]:
        names = ("Actor", "Event", "Place", "Population", "Source", "Artefact", "Topic")
        found = {one for name in names for one in self.facts.nodes(iri, f"qawl:about{name}")}
        return tuple(self.facts.name(one) for one in sorted(found) if kind_of(one))

    def _possible(self, iri: str) -> tuple[PossibleVoice, ...]:
        found = [
            PossibleVoice(
                self.voices.chain(self.facts.node(one, "qawl:candidate")),
                self.facts.number(one, "qawl:confidence"),
            )
            for one in self.facts.nodes(iri, "qawl:possibleVoice")
        ]
        return tuple(sorted(found, key=lambda one: -(one.confidence or 0)))

    def _read(self, iri: str) -> Claim:
        facts = self.facts
        reading, question = facts.node(iri, "qawl:inReading"), facts.node(iri, "qawl:answers")
        times = [moment(facts, one) for one in facts.nodes(iri, "qawl:claimedTime")]
        return Claim(
            iri=iri,
            id=facts.text(iri, "dcterms:identifier") or local_name(iri),
            article=facts.node(iri, "qawl:inArticle"),
            reading=reading,
            reader=facts.first_named(reading, "qawl:readerKind"),
            gloss=facts.said(iri, "qawl:gloss"),
            quote=" … ".join(words_of(facts, facts.nodes(iri, "qawl:evidence"))),
            kinds=self._kinds(iri),
            chain=self.voices.chain(facts.node(iri, "qawl:voice")),
            possible=self._possible(iri),
            question=facts.name(question) if question else None,
            measure=facts.first_named(question, "qawl:measure"),
            population=facts.first_named(question, "qawl:population"),
            stance=facts.first_named(iri, "qawl:stance"),
            polarity=facts.first_named(iri, "qawl:polarity"),
            modality=facts.first_named(iri, "qawl:modality"),
            force=facts.first_named(iri, "qawl:force"),
            transmission=facts.first_named(iri, "qawl:transmission"),
            confidence=facts.number(iri, "qawl:confidence"),
            notes=tuple(facts.texts(iri, "qawl:readerNote")),
            passages=spans_of(facts, facts.nodes(iri, "qawl:evidence")),
            amount=amount(facts, facts.node(iri, "qawl:answerQuantity")),
            time=moment(facts, facts.node(iri, "qawl:answerTime")),
            entities=facts.named(iri, "qawl:answerEntity"),
            truth=facts.truth(iri, "qawl:answerTruth"),
            times=tuple(one for one in times if one),
            as_of=moment(facts, facts.node(iri, "qawl:asOf")),
            about=self._about(iri),
            under=tuple(facts.nodes(iri, "qawl:under")),
        )
