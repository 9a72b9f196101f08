"""What a reading found: its quotes resolved to places in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.compare.findings import (
    Findings,
    FoundClaim,
    FoundCue,
    FoundDate,
    FoundMention,
    FoundQuantity,
    FoundVoice,
    KnownEntities,
    Speaker,
    name_words,
)
from kg.compare.matching import Place, place_of
from kg.reading.grounded import ground_reading
from kg.reading.parts import ARTICLE_SPEAKER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.reading.file import ReadingFile
    from kg.reading.grounded import GroundedClaim, GroundedReading
    from kg.reading.parts import Answer, Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["find_all_of"]


class _Finder:
    def __init__(self, grounded: GroundedReading, known: KnownEntities) -> None:
        self.article, self.known = grounded.article, known
        self.reading, self.mentions = grounded.reading, grounded.mentions
        self.unplaced = 0

    def classes_of(self, name: str) -> frozenset[str]:
        if name in self.reading.entities:
            return frozenset({self.reading.entities[name].type})
        return self.known.classes.get(name, frozenset())

    def _labels(self, name: str) -> tuple[str, ...]:
        if name in self.reading.entities:
            return tuple(self.reading.entities[name].label.values())
        return self.known.labels.get(name, ())

    def names_of(self, name: str) -> frozenset[frozenset[str]]:
        surfaces = [span.of(self.article.text) for span in self.mentions.get(name, ())]
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
            # Where nobody is named, the document itself speaks.
            names = voice.speaker or tuple(filter(None, (voice.source,)))
            speakers = tuple(self.speaker(one) for one in names)
            found.append(FoundVoice(speakers, voice.marking == "inferred"))
            name = voice.in_
        return tuple(found)

    def _place(self, words: Span | None) -> Place | None:
        if words is None:
            self.unplaced += 1
            return None
        return place_of(self.article.text, [words])

    def date(self, time: Time, words: Span | None) -> FoundDate | None:
        where = self._place(words)
        if where is None:
            return None
        edtf = frozenset({time.edtf} if time.edtf else ())
        return FoundDate(where, edtf, time.status or "explicit")

    def quantity(self, answer: Answer, words: Span | None) -> FoundQuantity | None:
        where = self._place(words)
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

    def claim(self, grounded: GroundedClaim, dates: list[FoundDate]) -> FoundClaim:
        claim = grounded.claim
        answer = claim.answer
        quantity = self.quantity(answer, grounded.answer) if answer.is_quantity else None
        times = list(zip(claim.time, grounded.times, strict=True))
        if answer.time is not None:
            times.insert(0, (answer.time, grounded.answer))
        found = [self.date(time, words) for time, words in times]
        own = [date for date in found if date is not None]
        dates += own
        return FoundClaim(
            place_of(self.article.text, grounded.quotes),
            self.chain(claim.voice),
            claim.polarity,
            claim.commitment(self.reading.voices[claim.voice].act),
            quantity,
            own[0] if own else None,
        )


def _merged(dates: Iterable[FoundDate]) -> tuple[FoundDate, ...]:
    """Merge the values of one expression from several claims and voices."""
    found: dict[Place, FoundDate] = {}
    for date in dates:
        before = found.get(date.place)
        edtf = date.edtf | (before.edtf if before else frozenset())
        found[date.place] = FoundDate(date.place, edtf, before.kind if before else date.kind)
    return tuple(sorted(found.values(), key=lambda one: one.place))


def find_all_of(file: ReadingFile, article: Article, known: KnownEntities) -> Findings:
    """Return what a reading found, by position.

    :raises ReadingError: the reading names another article.
    :raises GroundingError: a quote does not occur exactly once in the text.
    """
    grounded = ground_reading(file, article)
    finder = _Finder(grounded, known)
    dates: list[FoundDate] = []
    cues: set[Place] = set()
    for one in grounded.voices.values():
        cues.update(place_of(article.text, [span]) for span in one.cues)
        for time, words in ((one.voice.said, one.said), (one.voice.as_of, one.as_of)):
            if time is not None and (date := finder.date(time, words)) is not None:
                dates.append(date)
    claims: list[FoundClaim] = []
    quantities: dict[FoundQuantity, None] = {}
    for claim in grounded.claims:
        found = finder.claim(claim, dates)
        if found.quantity is not None:
            quantities[found.quantity] = None
        if claim.claim.kind != "speech-act":
            claims.append(found)
    mentions = [
        FoundMention(
            place_of(article.text, [span]),
            known.coarse_type(finder.classes_of(name)),
            finder.ids(name),
            finder.names_of(name),
            finder.shown(name),
        )
        for name, spans in grounded.mentions.items()
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
