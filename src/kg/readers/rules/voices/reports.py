"""Quotations and reports: who says a stretch of text, across sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.clauses.clauses import Clause, clauses_of
from kg.readers.rules.clauses.english_clauses import english_clauses, english_stance
from kg.readers.rules.clauses.stance import stance_of
from kg.readers.rules.cues.ar.cues import find_cues
from kg.readers.rules.cues.cue import CueKind
from kg.readers.rules.cues.en.cues import find_english_cues
from kg.readers.rules.lexicon.tables import folded, rows, word_class
from kg.readers.rules.lexicon.words import is_verb
from kg.readers.rules.matching.quotations import Quotation, quotations
from kg.readers.rules.matching.tokens import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.readers.rules.cues.cue import Cue
    from kg.readers.rules.matching.sentences import Sentence
    from kg.readers.rules.names.noun_phrases import Page

__all__ = [
    "GOES_ON",
    "ClaimRule",
    "FoundClaim",
    "FoundVoice",
    "Grammar",
    "Reports",
    "Running",
    "VoiceState",
    "grammar",
    "year_in",
]


#: Confidence of a voice that continues without a cue, by the number of sentences since its cue.
GOES_ON: Final = (0.75, 0.65, 0.55, 0.5)
#: How far back a person may have been mentioned who then speaks, in tokens.
_TOLD_BEFORE: Final = 60


@dataclass(frozen=True, slots=True)
class Grammar:
    """What differs between languages: how cues, clauses and stances are found."""

    cues: Callable[[Page, Sentence, Sequence[Quotation]], list[Cue]]
    clauses: Callable[[Page, int, int], list[Clause]]
    stance: Callable[[Page, Clause, str], str]


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """A voice: its number, that of the voice containing it (0 is the article's own), and its cue.

    ``said_by`` is the number of the voice whose speaker continues here, if the cue names none.
    """

    number: int
    within: int
    cue: Cue
    page: Page
    said_by: int = 0
    confidence: float = 0.85
    inferred: bool = False


class ClaimRule(StrEnum):
    """How a clause got its voice; the value is its name in the explanations of a draft."""

    CLAUSE = "clause"
    CLOSING = "closing"
    ON_IT = "on what was just said"
    DENIAL = "denial of what was said"


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A clause with its voice; ``marking`` is how the voice reaches it."""

    clause: Clause
    voice: int
    stance: str
    page: Page
    marking: str = "explicit"
    confidence: float = 0.8
    rule: ClaimRule = ClaimRule.CLAUSE


@dataclass(slots=True)
class VoiceState:
    """What carries over from one block of a text to the next."""

    voices: list[FoundVoice] = field(default_factory=list)
    claims: list[FoundClaim] = field(default_factory=list)
    #: The report that may continue over the next paragraphs, and its voice there.
    report: int = 0
    report_goes_on: int = 0
    report_year: int | None = None


_SAID_NOTHING: Final = word_class("ar", "said-nothing")


@dataclass(slots=True)
class Running:
    """The current voice, and for how long it has continued without a cue."""

    voice: int = 0
    sentences: int = 0
    paragraph: int = -1


class Reports:
    """Finds whose words a quotation is, and how long a report continues."""

    def __init__(self, page: Page, state: VoiceState, language: str = "ar") -> None:
        self.page, self.state = page, state
        self.language, self.grammar = language, grammar(language)
        self.tokens = page.tokens
        self.quotes: tuple[Quotation, ...] = tuple(
            quote for quote in quotations(page.block) if not self._in_name(quote.open)
        )
        self.speakers: dict[int, int] = {}
        self.running = Running()
        self.paragraph_start = self.sentence_start = 0
        self.turned = False  # whether the sentence begins with ومن جهتها
        self.last_cue = -1  # where the last cue with a voice begins
        self.floor = state.report_goes_on

    def _claim_quotations(self, cues: Sequence[Cue]) -> None:
        """Assign each quotation to the cue directly before or after it."""
        self.owner: dict[int, Cue] = {}
        before = {cue.content - 1: cue for cue in cues if cue.quoted and not cue.closes}
        behind = {cue.start: cue for cue in cues if cue.closes and cue.quoted}
        interrupted: Cue | None = None
        for quote in self.quotes:
            cue = before.get(quote.open)
            if cue is None:
                for offset in (1, 2):
                    cue = cue or behind.get(quote.close + offset)
            if (
                cue is None
                and interrupted is not None
                and (
                    interrupted.content in (quote.open, quote.open + 1)
                    or self._next_sentence(interrupted.end, quote.open)
                )
            ):
                cue = interrupted
            if cue is None:
                cue = next(
                    (
                        one
                        for one in cues
                        if one.content in (quote.open, quote.open + 1) and not one.closes
                    ),
                    None,
                )
            if cue is not None:
                self.owner[quote.open] = cue
                interrupted = cue if cue.closes else None

    def _next_sentence(self, end: int, opening: int) -> bool:
        """Return whether at most a full stop precedes a quotation: قال فلان. «…»."""
        return opening == end + 1 and self.tokens[end].text in ".!?؟"

    def _quotation_at(self, index: int) -> Quotation | None:
        for quote in self.quotes:
            if quote.open > index:
                return None
            if quote.open < index < quote.close and quote.open in self.owner:
                return quote
        return None

    def _behind_dateline(self, sentence: Sentence) -> int:
        """Return where a sentence begins after a dateline: BAGHDAD (Reuters) -."""
        for index in range(sentence.start + 1, min(sentence.end, sentence.start + 9)):
            token = self.tokens[index]
            if (
                token.text in "-–—"
                and token.kind == "mark"
                and (token.start > self.tokens[index - 1].end)
            ):
                return index + 1
            if token.kind != "mark" and index not in self.page.dates and not self._in_name(index):
                return sentence.start
        return sentence.start

    def _in_name(self, index: int) -> bool:
        return any(
            at in self.page.names and self.page.names[at].end > index
            for at in range(max(0, index - 4), index + 1)
        )

    def _narrates(self, sentence: Sentence) -> bool:
        """Return whether a sentence reports what a named person did: the article speaks again."""
        start = sentence.start
        after = self.tokens[start + 1].text if start + 1 < sentence.end else ""
        if self.tokens[start].text in ("لم", "ولم") and after in _SAID_NOTHING:
            return True
        if is_verb(self.tokens[start].text) != "perfect":
            return False
        name = self.page.names.get(start + 1)
        return name is not None and name.type not in ("Place", "PopulationGroup", "Event", "War")

    def _leads(self, start: int, stop: int) -> bool:
        """Return whether words before a cue only introduce it: من جهتها, and the like."""
        if any(start <= at < stop for at in self.page.amounts):
            return False
        words = [n for n in range(start, stop) if self.tokens[n].kind == "word"]
        if self.tokens[stop - 1].kind != "mark" or len(words) > 8:
            return False
        if self.language != "ar":
            return len(words) < 4
        return not any(is_verb(self.tokens[n].text) and n not in self.page.names for n in words)

    def _base(self, index: int) -> int:
        """Return the voice whose quotation contains a token, else the article's own."""
        quote = self._quotation_at(index)
        if quote is None:
            return self.floor
        return self.speakers.get(id(self.owner[quote.open]), self.floor)

    def _paragraph(self, sentence: Sentence, cues: Sequence[Cue]) -> None:
        """Determine whether the report quoted before continues in a new paragraph.

        It does if the first paragraph after it has figures or a source of its own; it ends with
        another report, or with somebody who speaks after its date.
        """
        state = self.state
        if not state.report:
            return
        first = cues[0] if cues else None
        if first is not None and first.kind in (CueKind.REPORT, CueKind.SOURCE_THAT_SAYS):
            state.report = state.report_goes_on = self.floor = 0
            return
        if first is not None and self._later(first):
            state.report = state.report_goes_on = self.floor = 0
            return
        if state.report_goes_on:
            return
        sourced = first is not None and first.kind.cites
        figures = any(sentence.start <= start < sentence.end for start in self.page.amounts)
        if not (sourced or figures):
            state.report = 0
            return
        report = state.voices[state.report - 1]
        state.voices.append(
            FoundVoice(
                len(state.voices) + 1,
                report.within,
                report.cue,
                report.page,
                report.number,
                0.7,
                inferred=True,
            )
        )
        state.report_goes_on = self.floor = len(state.voices)

    def _later(self, cue: Cue) -> bool:
        """Return whether a cue has a later date than the report."""
        year = year_in(self.page, cue.start, cue.end)
        return (
            year is not None
            and self.state.report_year is not None
            and year > self.state.report_year
        )

    def _chain(self, number: int) -> list[int]:
        chain = []
        while number:
            chain.append(number)
            number = self.state.voices[number - 1].within
        return chain

    def _figures_go_on(self, sentence: Sentence, cues: Sequence[Cue]) -> int:
        """Return the voice whose figures continue in a new paragraph with figures and no cue."""
        voice = self.running.voice
        if not voice or cues or self.running.sentences > len(GOES_ON):
            return 0
        cue = self.state.voices[voice - 1].cue
        if not cue.kind.cites or cue.speaker is None:
            return 0
        cited = {
            stem.text.removeprefix("ال")
            for token in self.tokens[cue.start : cue.speaker[1]]
            for stem in stems(token.text)
        }
        amounts = any(sentence.start <= at < sentence.end for at in self.page.amounts)
        return voice if amounts and cited & _figures() else 0

    def _told_before(self, cue: Cue) -> Cue:
        """Give a cue without a speaker the person or body mentioned last."""
        first = max(self.paragraph_start, cue.start - _TOLD_BEFORE)
        for at in range(cue.start - 1, first - 1, -1):
            name = self.page.names.get(at)
            if name is not None and name.type not in ("Place", "PopulationGroup", "Event", "War"):
                return replace(
                    cue, speaker=(name.start, name.end), speaker_cut=name.cut, confidence=0.5
                )
        return cue

    def _person_told(self, cue: Cue) -> Cue:
        """Give "he said" the person whom the text mentioned after the last voice."""
        pronoun = cue.speaker is None and not cue.unnamed and not cue.participle
        if self.language != "en" or not pronoun:
            return cue
        last = max(self.paragraph_start, self.last_cue + 1, cue.start - _TOLD_BEFORE)
        for at in range(cue.start - 1, last - 1, -1):
            name = self.page.names.get(at)
            if name is not None and name.type == "Person":
                return replace(cue, speaker=(name.start, name.end), confidence=0.6)
        return cue

    @staticmethod
    def _relays(cue: Cue, following: Cue) -> bool:
        """Return whether a closing cue has a source: وفق ما أوردت الصحيفة نقلا عن دبلوماسي."""
        near = following.start - cue.end <= 1
        return near and following.closes and following.act == "quote" and following.source is None

    def _voice_within(self, within: int, cue: Cue) -> FoundVoice:
        """Make the voice of a cue within another voice."""
        number = len(self.state.voices) + 1
        voice = FoundVoice(number, within, cue, self.page, 0, cue.confidence)
        self.state.voices.append(voice)
        self.last_cue = max(self.last_cue, cue.start)
        self.speakers[id(cue)] = number
        return voice


@lru_cache(maxsize=4)
def grammar(language: str) -> Grammar:
    """Return the grammar of a language."""
    if language == "ar":
        return Grammar(find_cues, clauses_of, stance_of)
    return Grammar(find_english_cues, english_clauses, english_stance)


def year_in(page: Page, start: int, end: int) -> int | None:
    """Return the year that occurs in a stretch, or ``None``."""
    for index in range(start, end):
        token = page.tokens[index]
        if token.kind == "number" and len(token.text) == 4 and token.text.isdecimal():
            return int(token.text)
    return None


@lru_cache(maxsize=1)
def _figures() -> frozenset[str]:
    """Return the nouns for figures that a source may publish."""
    return frozenset(
        folded(word)
        for row in rows("ar", "sources")
        if row["type"] == "Dataset"
        for word in row["words"].split()
    )
