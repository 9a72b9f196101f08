"""A reading with all its quotes resolved to places in the article, once for all uses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.reading.grounding import find_mention, find_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.reading.file import ReadingFile
    from kg.reading.model import Claim, Reading, Unread, Voice
    from kg.reading.parts import Quote, Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["GroundedClaim", "GroundedReading", "GroundedVoice", "ground_reading"]


@dataclass(frozen=True, slots=True)
class GroundedVoice:
    """A voice, its place in the file, its cues, and the words of its two times, if any."""

    voice: Voice
    place: str
    cues: tuple[Span, ...]
    said: Span | None
    as_of: Span | None


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A claim, its place in the file, its quotes, and the words of its answer and its times.

    ``answer`` has the words of the amount or time that is the answer; ``times`` has as many items
    as the claim has times, ``None`` for a time without words.
    """

    claim: Claim
    place: str
    quotes: tuple[Span, ...]
    answer: Span | None
    times: tuple[Span | None, ...]
    as_of: Span | None


@dataclass(frozen=True, slots=True)
class GroundedReading:
    """A reading of an article, in spans of the article's text."""

    file: ReadingFile
    article: Article
    voices: dict[str, GroundedVoice]
    claims: tuple[GroundedClaim, ...]
    mentions: dict[str, tuple[Span, ...]]
    unread: tuple[tuple[Span, Unread], ...]

    @property
    def reading(self) -> Reading:
        """The reading as in its file."""
        return self.file.reading

    def decided(self) -> GroundedReading:
        """Return the reading without undecided proposals and what only they need.

        While proposals are open, mentions and implied events are also left out.
        """
        decisions = self.reading.decisions
        if decisions is None or not decisions.open:
            return self
        claims = tuple(
            replace(one, claim=_without_conditions(one.claim, decisions.open))
            for one in self.claims
            if one.claim.id not in decisions.open
        )
        ids = {one.claim.id for one in claims}
        voices = self._voices_of(claims)
        reading = self.reading.model_copy(
            update={
                "relations": tuple(one for one in self.reading.relations if ids >= {*one.claims}),
                "judgements": tuple(
                    one for one in self.reading.judgements if ids | voices >= {*one.about}
                ),
                "implies": (),
            }
        )
        return replace(
            self,
            file=replace(self.file, reading=reading),
            claims=claims,
            voices={name: one for name, one in self.voices.items() if name in voices},
            mentions={},
        )

    def _voices_of(self, claims: Iterable[GroundedClaim]) -> set[str]:
        """Return the voices that claims name, those around them, and the article's own."""
        found = {name for name, one in self.voices.items() if one.voice.in_ is None}
        waiting = [
            name
            for one in claims
            for name in (
                one.claim.voice,
                one.claim.reports,
                *(each.voice for each in one.claim.possible_voices),
                *_anchors(one.claim.answer.time, one.claim.as_of, *one.claim.time),
            )
        ]
        while waiting:
            name = waiting.pop()
            if name is not None and name not in found:
                voice = self.voices[name].voice
                found.add(name)
                waiting += (voice.in_, *_anchors(voice.said, voice.as_of))
        return found


def _anchors(*times: Time | None) -> Iterator[str | None]:
    return (time.anchor_voice for time in times if time is not None)


def _without_conditions(claim: Claim, conditions: Sequence[str]) -> Claim:
    under = tuple(one for one in claim.under if one not in conditions)
    return claim.model_copy(update={"under": under})


def ground_reading(file: ReadingFile, article: Article) -> GroundedReading:
    """Resolve every quote of a reading to its place in the article.

    :raises ReadingError: the reading names another article.
    :raises GroundingError: a quote is not in the text exactly once, or not inside the quotes of the
        claim or voice that it belongs to.
    """
    reading = file.reading
    if reading.article != article.slug:
        raise ReadingError(
            f"{file.source.place('article')}: is a reading of {reading.article!r}, but is "
            f"in the folder of {article.slug!r}"
        )
    return GroundedReading(
        file,
        article,
        {name: _voice(file, article, name) for name in reading.voices},
        tuple(
            _claim(article, claim, file.place("claims", index))
            for index, claim in enumerate(reading.claims)
        ),
        {
            name: tuple(
                span
                for mention in mentions
                for span in find_mention(article, mention, file.place("mentions", name))
            )
            for name, mentions in reading.mentions.items()
        },
        tuple(
            (find_quote(article, unread.quote, file.place("unread", index)), unread)
            for index, unread in enumerate(reading.unread)
        ),
    )


def _words(
    article: Article, quote: Quote | None, place: str, frames: Sequence[Span]
) -> Span | None:
    return None if quote is None else find_quote(article, quote, place, frames)


def _voice(file: ReadingFile, article: Article, name: str) -> GroundedVoice:
    voice = file.reading.voices[name]
    cue_place = file.place("voices", name, "cue")
    cues = tuple(find_quote(article, quote, cue_place) for quote in voice.cue)
    said, as_of = (
        _words(article, time.surface, file.place("voices", name, key), cues) if time else None
        for key, time in (("said", voice.said), ("as-of", voice.as_of))
    )
    return GroundedVoice(voice, file.place("voices", name), cues, said, as_of)


def _claim(article: Article, claim: Claim, place: str) -> GroundedClaim:
    quotes = tuple(find_quote(article, quote, place) for quote in claim.quote)
    answer = _words(article, claim.answer.surface, place, quotes)
    if claim.answer.time is not None:
        answer = _words(article, claim.answer.time.surface, place, quotes) or answer
    times = tuple(_words(article, time.surface, place, quotes) for time in claim.time)
    as_of = _words(article, claim.as_of.surface, place, quotes) if claim.as_of else None
    return GroundedClaim(claim, place, quotes, answer, times, as_of)
