"""What a reading found, at its places in the text: what two readings are compared by.

A claim's kind, gloss and question are left aside; so are claims that only report a voice (kind
``speech-act``), since the voice's cue stands for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from kg.arabic_folding import fold
from kg.compiler import ARTICLE_SPEAKER
from kg.grounding import find_mention, find_quote
from kg.iris import QAWL, term
from kg.matching import Place, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.article import Article
    from kg.authority import Authority, Ontology
    from kg.reading import Claim
    from kg.reading_file import ReadingFile
    from kg.reading_parts import Answer, Quote, Time
    from kg.spans import Span

__all__ = [
    "Findings",
    "FoundClaim",
    "FoundCue",
    "FoundDate",
    "FoundMention",
    "FoundQuantity",
    "FoundVoice",
    "KnownEntities",
    "Speaker",
    "find_all_of",
    "known_entities",
    "name_words",
]

DateKind = Literal["explicit", "relative", "anaphoric", "implied"]

#: The classes that mentions are compared by; a narrower class counts as the first that it is.
_COARSE = (
    "State",
    "Person",
    "Organization",
    "Place",
    "PopulationGroup",
    "Event",
    "Source",
    "Actor",
)
_ARTICLE = re.compile(r"^[وفبكل]?ال(?=\w{2})|^لل(?=\w{2})")
_STOP_WORDS = frozenset({"the", "a", "an", "of", "unnamed"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression; ``edtf`` has the value, or several where the reading gives several."""

    place: Place
    edtf: frozenset[str]
    kind: DateKind


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """An amount as written and as understood."""

    place: Place
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparator: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class FoundCue:
    """The reporting words of a voice."""

    place: Place


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: ids that others know, and the names that the reading or the labels give.

    ``names`` holds for each name its words, see :func:`name_words`.
    """

    is_article: bool = False
    is_unnamed: bool = False
    ids: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """One voice of a chain: its speakers, several who speak jointly; whether it is inferred."""

    speakers: tuple[Speaker, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with its chain of voices, innermost first, and what belongs to it."""

    place: Place
    chain: tuple[FoundVoice, ...]
    polarity: str
    stance: str
    quantity: FoundQuantity | None = None
    date: FoundDate | None = None


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A name in the text; ``ids`` is empty where nobody outside the reading knows the entity."""

    place: Place
    type: str
    ids: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a reading found; ``unplaced`` counts values that it gives without their words."""

    text: str
    dates: tuple[FoundDate, ...] = ()
    quantities: tuple[FoundQuantity, ...] = ()
    cues: tuple[FoundCue, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    unplaced: int = 0


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name, folded, without articles and proclitics before the article.

    >>> sorted(name_words("والوزير"))
    ['وزير']
    """
    words = re.findall(r"\w+", fold(name).folded)
    return frozenset(_ARTICLE.sub("", word) for word in words if word not in _STOP_WORDS)


@dataclass(frozen=True, slots=True)
class KnownEntities:
    """Labels and classes of the authority's entities, and units as they are compared."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    units: Mapping[str, str] = field(default_factory=dict, repr=False)
    superclasses: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def coarse_type(self, classes: Iterable[str]) -> str:
        """Return the class that an entity is compared by; a state counts as its country."""
        wide = {one for name in classes for one in (name, *self.superclasses.get(name, ()))}
        found = next((one for one in _COARSE if one in wide), "Entity")
        return "Place" if found == "State" else found


def known_entities(authority: Authority, ontology: Ontology) -> KnownEntities:
    """Index the authority files by the ids that readings use.

    A unit that counts a narrower thing (soldiers) is compared as that of the broader (persons).
    """
    names = {node.value: name for name, node in authority.entities.items()}
    labels: dict[str, tuple[str, ...]] = {}
    classes: dict[str, frozenset[str]] = {}
    label_terms = (term("skos:prefLabel"), term("skos:altLabel"))
    for triple in authority.triples:
        name = names.get(getattr(triple.subject, "value", ""), "")
        value: str = getattr(triple.object, "value", "")
        if name and triple.predicate in label_terms:
            labels[name] = (*labels.get(name, ()), value)
        elif name and triple.predicate == term("rdf:type"):
            classes[name] = classes.get(name, frozenset()) | {value.removeprefix(QAWL)}
    counted = {thing: code for code, (_, thing) in ontology.units.items() if thing is not None}
    units = {
        counted[triple.subject]: counted[triple.object]
        for triple in ontology.vocabularies
        if triple.predicate == term("skos:broader")
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and {triple.subject, triple.object} <= counted.keys()
    }
    return KnownEntities(labels, classes, units, ontology.superclasses)


class _Finder:
    def __init__(self, file: ReadingFile, article: Article, known: KnownEntities) -> None:
        self.file, self.article, self.known = file, article, known
        self.reading = file.reading
        self.unplaced = 0
        self.mention_spans = {
            name: [
                span
                for mention in mentions
                for span in find_mention(article, mention, file.place("mentions", name))
            ]
            for name, mentions in self.reading.mentions.items()
        }

    def classes_of(self, name: str) -> frozenset[str]:
        if name in self.reading.entities:
            return frozenset({self.reading.entities[name].type})
        return self.known.classes.get(name, frozenset())

    def _labels(self, name: str) -> tuple[str, ...]:
        if name in self.reading.entities:
            return tuple(self.reading.entities[name].label.values())
        return self.known.labels.get(name, ())

    def names_of(self, name: str) -> frozenset[frozenset[str]]:
        surfaces = [span.of(self.article.text) for span in self.mention_spans.get(name, ())]
        words = {name_words(one) for one in (*self._labels(name), *surfaces)}
        return frozenset(words - {frozenset()})

    def shown(self, name: str) -> str:
        labels = self._labels(name)
        arabic = self.article.metadata.language.startswith("ar")
        return next((one for one in labels if one.isascii() != arabic), name)

    def ids(self, name: str) -> frozenset[str]:
        return frozenset() if name in self.reading.entities else frozenset({name})

    def speaker(self, name: str) -> Speaker:
        if name == ARTICLE_SPEAKER:
            return Speaker(is_article=True, shown=ARTICLE_SPEAKER)
        return Speaker(
            is_unnamed="UnnamedActor" in self.classes_of(name),
            ids=self.ids(name),
            names=self.names_of(name),
            shown=self.shown(name),
        )

    def chain(self, name: str | None) -> tuple[FoundVoice, ...]:
        found = []
        while name is not None:
            voice = self.reading.voices[name]
            speakers = tuple(self.speaker(one) for one in voice.speaker)
            found.append(FoundVoice(speakers, voice.scope == "inferred"))
            name = voice.in_
        return tuple(found)

    def _place(self, quote: Quote | None, frames: Sequence[Span], place: str) -> Place | None:
        if quote is None:
            self.unplaced += 1
            return None
        return place_of(self.article.text, [find_quote(self.article, quote, place, frames)])

    def date(
        self, time: Time, surface: Quote | None, frames: Sequence[Span], place: str
    ) -> FoundDate | None:
        where = self._place(time.surface or surface, frames, place)
        if where is None:
            return None
        edtf = frozenset({time.edtf} if time.edtf else ())
        return FoundDate(where, edtf, time.status or "explicit")

    def quantity(self, answer: Answer, frames: Sequence[Span], place: str) -> FoundQuantity | None:
        where = self._place(answer.surface, frames, place)
        if where is None:
            return None
        return FoundQuantity(
            where,
            answer.value,
            answer.lower,
            answer.upper,
            self.known.units.get(answer.unit or "", answer.unit),
            answer.comparator or "exactly",
            answer.approximate,
        )

    def claim(self, claim: Claim, place: str, dates: list[FoundDate]) -> FoundClaim:
        spans = [find_quote(self.article, quote, place) for quote in claim.quote]
        answer = claim.answer
        quantity = self.quantity(answer, spans, place) if answer.is_quantity else None
        times: list[tuple[Time, Quote | None]] = [(time, None) for time in claim.time]
        if answer.time is not None:
            times.insert(0, (answer.time, answer.surface))
        found = [self.date(time, surface, spans, place) for time, surface in times]
        own = [date for date in found if date is not None]
        dates += own
        return FoundClaim(
            place_of(self.article.text, spans),
            self.chain(claim.voice),
            claim.polarity,
            claim.stance,
            quantity,
            own[0] if own else None,
        )


def _merged(dates: Iterable[FoundDate]) -> tuple[FoundDate, ...]:
    """Join what is said of one expression in several claims and voices."""
    found: dict[Place, FoundDate] = {}
    for date in dates:
        before = found.get(date.place)
        edtf = date.edtf | (before.edtf if before else frozenset())
        found[date.place] = FoundDate(date.place, edtf, before.kind if before else date.kind)
    return tuple(sorted(found.values(), key=lambda one: one.place))


def find_all_of(file: ReadingFile, article: Article, known: KnownEntities) -> Findings:
    """Return what a reading found, at its places.

    :raises GroundingError: a quote is not in the text exactly once.
    """
    finder = _Finder(file, article, known)
    dates: list[FoundDate] = []
    cues: set[Place] = set()
    for name, voice in file.reading.voices.items():
        where = file.place("voices", name)
        spans = [find_quote(article, quote, where) for quote in voice.cue]
        cues.update(place_of(article.text, [span]) for span in spans)
        times = [time for time in (voice.said, voice.as_of) if time is not None]
        told = [finder.date(time, None, spans, where) for time in times]
        dates += [date for date in told if date is not None]
    claims: list[FoundClaim] = []
    quantities: dict[FoundQuantity, None] = {}
    for index, claim in enumerate(file.reading.claims):
        found = finder.claim(claim, file.place("claims", index), dates)
        if found.quantity is not None:
            quantities[found.quantity] = None
        if claim.kind != "speech-act":
            claims.append(found)
    mentions = [
        FoundMention(
            place_of(article.text, [span]),
            known.coarse_type(finder.classes_of(name)),
            finder.ids(name),
            finder.names_of(name),
            finder.shown(name),
        )
        for name, spans in finder.mention_spans.items()
        for span in spans
    ]
    return Findings(
        article.text,
        _merged(dates),
        tuple(sorted(quantities, key=lambda one: one.place)),
        tuple(map(FoundCue, sorted(cues))),
        tuple(sorted(claims, key=lambda one: one.place)),
        tuple(sorted(mentions, key=lambda one: one.place)),
        finder.unplaced,
    )
