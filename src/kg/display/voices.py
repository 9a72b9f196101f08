"""Voices for pages: who speaks, where and when, and how certain that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.times import Moment, moment
from kg.rdf.iris import term
from kg.text.spans import Span

if TYPE_CHECKING:
    from kg.display.facts import Facts, Name

__all__ = ["Voice", "VoiceBook", "spans_of", "words_of"]

_INFERRED: Final = "inferred"
_EXPLICIT: Final = "explicit"
_UNNAMED: Final = term("qawl:UnnamedActor").value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voice:
    """One voice of a chain; compared by identity, because a book reads each voice only once.

    ``marking`` is ``explicit``, ``inherited`` or ``inferred``; ``outer`` is the IRI of the voice
    that relays it, empty for an article's own; ``confidence`` (0 to 1) is that of an inferred
    voice; ``unnamed`` says that the text names neither a speaker of a voice that it quotes nor a
    body spoken for.
    """

    iri: str
    id: str
    speakers: tuple[Name, ...]
    source: Name | None
    act: Name | None
    marking: Name | None
    transmission: Name | None
    relay_stance: Name | None
    confidence: float | None
    said: Moment | None
    as_of: Moment | None
    cues: tuple[Span, ...]
    cue_words: tuple[str, ...]
    notes: tuple[str, ...]
    outer: str
    unnamed: bool

    @property
    def who(self) -> tuple[Name, ...]:
        """The speakers, or the document that speaks if nobody is named."""
        return self.speakers or ((self.source,) if self.source else ())

    @property
    def inferred(self) -> bool:
        """Whether this voice is only inferred by the reader."""
        return self.marking is not None and self.marking.code == _INFERRED

    @property
    def explicit(self) -> bool:
        """Whether the text names this voice where it speaks."""
        return self.marking is None or self.marking.code == _EXPLICIT

    @property
    def is_article(self) -> bool:
        """Whether it is the article's own voice, which nobody relays."""
        return not self.outer

    @property
    def key(self) -> str:
        """A key shared by voices with the same speakers."""
        return " ".join(one.iri for one in self.who)


def spans_of(facts: Facts, passages: list[str]) -> tuple[Span, ...]:
    """Return the positions of passages, in text order."""
    found = set()
    for passage in passages:
        for selector in facts.nodes(passage, "oa:hasSelector"):
            start, end = facts.number(selector, "oa:start"), facts.number(selector, "oa:end")
            if start is not None and end is not None:
                found.add(Span(int(start), int(end)))
    return tuple(sorted(found))


def words_of(facts: Facts, passages: list[str]) -> tuple[str, ...]:
    """Return the words of passages in the order of the text."""
    found = [
        (spans_of(facts, [passage]), words)
        for passage in passages
        for selector in facts.nodes(passage, "oa:hasSelector")
        if (words := facts.text(selector, "oa:exact"))
    ]
    return tuple(words for _, words in sorted(found))


class VoiceBook:
    """The voices of a graph, each read only once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._voices: dict[str, Voice] = {}

    def voice(self, iri: str) -> Voice:
        """Return a voice by its IRI."""
        known = self._voices.get(iri)
        if known is None:
            known = self._voices[iri] = self._read(iri)
        return known

    def chain(self, innermost: str) -> tuple[Voice, ...]:
        """Return a voice and those that relay it, innermost first."""
        found: dict[str, Voice] = {}
        while innermost and innermost not in found:
            found[innermost] = self.voice(innermost)
            innermost = found[innermost].outer
        return tuple(found.values())

    def _read(self, iri: str) -> Voice:
        facts = self._facts
        cues = facts.nodes(iri, "qawl:cue")
        speakers, outer = facts.named(iri, "qawl:speaker"), facts.node(iri, "qawl:quotedIn")
        return Voice(
            iri=iri,
            id=facts.text(iri, "dcterms:identifier"),
            speakers=speakers,
            source=facts.first_named(iri, "qawl:inSource"),
            act=facts.first_named(iri, "qawl:speechAct"),
            marking=facts.first_named(iri, "qawl:marking"),
            transmission=facts.first_named(iri, "qawl:transmission"),
            relay_stance=facts.first_named(iri, "qawl:relayStance"),
            confidence=facts.number(iri, "qawl:confidence"),
            said=moment(facts, facts.node(iri, "qawl:saidDuring")),
            as_of=moment(facts, facts.node(iri, "qawl:asOf")),
            cues=spans_of(facts, cues),
            cue_words=words_of(facts, cues),
            notes=tuple(facts.texts(iri, "qawl:readerNote")),
            outer=outer,
            unnamed=bool(outer)
            and not facts.nodes(iri, "qawl:onBehalfOf")
            and any(_UNNAMED in facts.nodes(one.iri, "rdf:type") for one in speakers),
        )
