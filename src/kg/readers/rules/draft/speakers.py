"""Speakers of a draft: the entities that the words of a cue name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.draft.naming import Register
from kg.readers.rules.draft.quoting import Quoter
from kg.readers.rules.lexicon.tables import folded, rows, word_class
from kg.readers.rules.names.person_names import NameRule
from kg.reading.model import Claim, Voice
from kg.reading.parts import ARTICLE_SPEAKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.knowledge.authority import Authority
    from kg.readers.rules.draft.found import Found
    from kg.readers.rules.names.noun_phrases import Page
    from kg.readers.rules.names.person_names import FoundName
    from kg.readers.rules.voices.reports import FoundVoice, VoiceState
    from kg.reading.draft import Note
    from kg.reading.model import Mention
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["ROOT", "Speakers"]

_AFORESAID: Final = word_class("ar", "aforesaid")
ROOT: Final = "article"


class Speakers:
    """Finds the entities that voices and mentions name."""

    def __init__(
        self,
        article: Article,
        language: str,
        authority: Authority | None,
        found: Sequence[Found],
        state: VoiceState,
    ) -> None:
        self.article, self.language = article, language
        self.found, self.state = found, state
        self.register = Register(authority)
        self.by_page: dict[int, Found] = {id(one.page): one for one in found}
        self.quoter = Quoter(article.text, list(self._spans()))
        self.voices: dict[str, Voice] = {ROOT: Voice(speaker=(ARTICLE_SPEAKER,))}
        self.claims: list[Claim] = []
        self.mentions: dict[str, list[Mention]] = {}
        self.notes: list[Note] = []
        self.dropped: list[Note] = []
        self._speakers: dict[int, tuple[str, ...]] = {}

    def _spans(self) -> Iterator[Span]:
        for voice in self.state.voices:
            yield voice.page.block.span(voice.cue.start, voice.cue.end)
        for claim in self.state.claims:
            yield claim.page.block.span(claim.clause.start, claim.clause.end)
        for voice in self.state.voices:
            if voice.cue.speaker is not None:
                yield voice.page.block.span(*voice.cue.speaker, voice.cue.speaker_cut)
        for one in self.found:
            for name in one.page.names.values():
                yield one.page.block.span(name.start, name.end, name.cut)

    def _speaker(self, found: FoundVoice) -> tuple[str, ...]:
        if found.number in self._speakers:
            return self._speakers[found.number]
        cue = found.cue
        speakers: tuple[str, ...] = ()
        self._speakers[found.number] = ()  # in a cycle of voices nobody is named
        if cue.speaker is not None:
            speakers = self._named(found.page, cue.speaker, cue.speaker_cut)
        elif not cue.unnamed and found.said_by and found.said_by != found.number:
            speakers = self._speaker(self.state.voices[found.said_by - 1])
        if not speakers:
            speakers = (self._unnamed(),)
        self._speakers[found.number] = speakers
        return speakers

    def _unnamed(self) -> str:
        return self.register.new(
            "متحدث لم يُسمَّ" if self.language == "ar" else "someone unnamed",
            "UnnamedActor",
            self.language,
        )

    def _named(self, page: Page, span: tuple[int, int], cut: int) -> tuple[str, ...]:
        """Return the entities that a speaker's words name; else a new one made from the words."""
        start, end = span
        names = (page.names[at] for at in range(start, end) if at in page.names)
        inside = [
            name
            for name in names
            if name.end <= end
            and name.rule != NameRule.NATIONALITY
            and name.type not in ("Source", "Event", "War")
        ]
        people = [name for name in inside if name.type == "Person"]
        if people:
            return tuple(dict.fromkeys(self._entity(page, name, actor=True) for name in people))
        heads = [name for name in inside if name.start == start or self._joined(page, name, start)]
        first = page.tokens[start].text.lstrip("ل")
        if not heads and _is_figures(first):
            heads = [name for name in inside if name.type not in ("Place", "PopulationGroup")][:1]
        if heads and heads[0].type != "PopulationGroup":
            rest = heads[-1].end
            if (
                rest >= end - 1
                or page.tokens[rest].text == "("
                or len(heads) > 1
                or _is_figures(first)
            ):
                return tuple(dict.fromkeys(self._entity(page, name, actor=True) for name in heads))
        words = page.block.span(start, end, cut).of(self.article.text)
        if (before := self._aforesaid(page, start, end)) is not None:
            return (before,)
        return (self.register.new(words, "UnnamedActor", self.language),)

    def _aforesaid(self, page: Page, start: int, end: int) -> str | None:
        """Return the actor that المنظمة المذكورة refers to: the last one with that head."""
        if end != start + 2 or page.tokens[start + 1].text.removeprefix("ال") not in _AFORESAID:
            return None
        head = page.tokens[start].text.removeprefix("و").removeprefix("ل").removeprefix("ل")
        head = head.removeprefix("ا").removeprefix("ل")
        for speakers in reversed(self._speakers.values()):
            for one in speakers:
                if head in self.register.label(one).split() or head in self.register.label(one):
                    return one
        return None

    @staticmethod
    def _joined(page: Page, name: FoundName, start: int) -> bool:
        return name.cut == 1 and name.start > start and page.tokens[name.start].text[0] == "و"

    def _entity(self, page: Page, name: FoundName, *, actor: bool = False) -> str:
        if name.known is not None:
            return self.register.known(name.known, actor=actor)
        if name.rule in (NameRule.NATIONALITY, NameRule.COUNTRY_OF_TEXT) and name.type == "Place":
            from kg.readers.rules.names.gazetteer import territory

            known = territory(name.country)
            if known is not None:
                return self.register.known(known, actor=actor)
        words = page.block.span(name.start, name.end, name.cut).of(self.article.text)
        if name.rule == NameRule.FAMILY and (person := self.register.person(words)) is not None:
            return person
        type_ = "UnnamedActor" if actor and name.type in ("Place", "Event", "War") else name.type
        return self.register.new(words, type_, self.language)


@lru_cache(maxsize=1)
def _figures() -> frozenset[str]:
    return frozenset(
        folded(word) for row in rows("ar", "sources") for word in row["words"].split()
    ) | {folded(word) for word in ("آخر", "تقديرات", "إحصاء", "معطيات", "معلومات", "مصادر")}


def _is_figures(word: str) -> bool:
    return word.removeprefix("ال") in _figures()
