"""Voices and claims: the cues of a text become a tree of voices, and its clauses hang on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.clauses import Clause, clauses_of, stance_of
from kg.rules.cues import Cue, find_cues
from kg.rules.english_clauses import english_clauses, english_stance
from kg.rules.english_cues import find_english_cues
from kg.rules.noun_phrases import is_complement
from kg.rules.quotations import Quotation, quotations
from kg.rules.sentences import Sentence, sentences
from kg.rules.words import is_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.rules.noun_phrases import Page

__all__ = ["FoundClaim", "FoundVoice", "Teller", "VoiceState"]

#: Confidence of a voice that goes on without a cue, by the sentences since its cue.
_GOES_ON: Final = (0.75, 0.65, 0.55, 0.5)
_BACKGROUND: Final = frozenset({"وكان", "وكانت", "كان", "كانت", "وكانوا", "يذكر", "يشار", "وسبق"})


@dataclass(frozen=True, slots=True)
class Grammar:
    """What differs between languages: how cues, clauses and stances are found."""

    cues: Callable[[Page, Sentence, Sequence[Quotation]], list[Cue]]
    clauses: Callable[[Page, int, int], list[Clause]]
    stance: Callable[[Page, Clause, str], str]


@lru_cache(maxsize=4)
def grammar(language: str) -> Grammar:
    """Return the grammar of a language."""
    if language == "ar":
        return Grammar(find_cues, clauses_of, stance_of)
    return Grammar(find_english_cues, english_clauses, english_stance)


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """A voice: its number, that of the one it is in (0 is the article's own), and its cue.

    ``said_by`` is the number of the voice whose speaker goes on here, where the cue has none.
    """

    number: int
    within: int
    cue: Cue
    page: Page
    said_by: int = 0
    confidence: float = 0.85
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A clause with its voice; ``scope`` tells how the voice reaches it."""

    clause: Clause
    voice: int
    stance: str
    page: Page
    scope: str = "explicit"
    confidence: float = 0.8
    rule: str = ""


@dataclass(slots=True)
class VoiceState:
    """What goes on from one block of a text to the next."""

    voices: list[FoundVoice] = field(default_factory=list)
    claims: list[FoundClaim] = field(default_factory=list)
    #: The report that may go on over the next paragraphs, and the voice that it goes on as.
    report: int = 0
    report_goes_on: int = 0
    report_year: int | None = None


@dataclass(slots=True)
class _Running:
    """The voice that speaks, and since when it does without a cue."""

    voice: int = 0
    sentences: int = 0
    paragraph: int = -1


class Teller:
    """Tells who says what in one block."""

    def __init__(self, page: Page, state: VoiceState, language: str = "ar") -> None:
        self.page, self.state = page, state
        self.language, self.grammar = language, grammar(language)
        self.tokens = page.tokens
        self.quotes: tuple[Quotation, ...] = quotations(page.block)
        self.speakers: dict[int, int] = {}
        self.running = _Running()
        self.floor = state.report_goes_on

    def tell(self) -> None:
        """Read the block's sentences into the state."""
        told = [
            (one, self.grammar.cues(self.page, one, self.quotes))
            for one in sentences(self.page.block)
        ]
        self._claim_quotations([cue for _, cues in told for cue in cues])
        for sentence, cues in told:
            self._sentence(sentence, cues)

    # ---- quotations

    def _claim_quotations(self, cues: Sequence[Cue]) -> None:
        """Find whose words each quotation is: of the cue right before it or right behind it."""
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
                and interrupted.content in (quote.open, quote.open + 1)
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

    def _quotation_at(self, index: int) -> Quotation | None:
        for quote in self.quotes:
            if quote.open > index:
                return None
            if quote.open < index < quote.close and quote.open in self.owner:
                return quote
        return None

    # ---- one sentence

    def _sentence(self, sentence: Sentence, cues: list[Cue]) -> None:
        if sentence.paragraph != self.running.paragraph:
            self.running = _Running(0, 0, sentence.paragraph)
            self._paragraph(sentence, cues)
        else:
            self.running.sentences += 1
        base, stack = self._base(sentence.start), list[int]()
        first = self.tokens[sentence.start].text if sentence.end > sentence.start else ""
        if base == self.floor and (first in _BACKGROUND or self._narrates(sentence)):
            self.running.voice = 0
        current = base if base != self.floor else self.running.voice or base
        inherited = base == self.floor and current != base
        position = self._behind_dateline(sentence)
        for number, cue in enumerate(cues):
            closing = cue.closes
            leads = number == 0 and self._leads(position, cue.start)
            if not closing and cue.start > position and not leads:
                self._claims(position, cue.start, current, stack, inherited=inherited)
            base = self._base(cue.start)
            voice = self._voice(cue, base, current, stack)
            if closing:
                self._closed(position, cue, voice, current, stack, inherited=inherited)
                position = cue.content if cue.content > cue.end else cue.end
                if (
                    cue.rule.startswith("according")
                    and position < sentence.end
                    and not inherited
                    and (current == base)
                ):
                    current = voice.number  # it stands in the midst of its clause
                    stack = [current]
                continue
            if cue.nested or (base != self.floor and base == current):
                stack = [*stack, voice.number] if cue.nested else [voice.number]
            else:
                stack = [voice.number]
            current, inherited = voice.number, False
            position = cue.content
            following = cues[number + 1] if number + 1 < len(cues) else None
            if (
                following is not None
                and following.said_before
                and following.start <= position + 2
                and (cue.stance in ("certainly-not", "probably-not"))
            ):
                self._denied(cue, voice.number, following, sentence)
        if position < sentence.end:
            self._claims(position, sentence.end, current, stack, inherited=inherited)
        self._run_on(cues, current)

    def _behind_dateline(self, sentence: Sentence) -> int:
        """Return where a sentence begins behind a dateline: الخرطوم (رويترز) -, BAGHDAD (Reuters) -."""
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
        """Tell whether a sentence tells what somebody with a name did: the article speaks again."""
        start = sentence.start
        if is_verb(self.tokens[start].text) != "perfect":
            return False
        name = self.page.names.get(start + 1)
        return name is not None and name.type not in ("Place", "PopulationGroup", "Event", "War")

    def _leads(self, start: int, stop: int) -> bool:
        """Tell whether words before a cue only lead to it: a dateline, من جهتها، …"""
        if any(start <= at < stop for at in self.page.amounts):
            return False
        words = [n for n in range(start, stop) if self.tokens[n].kind == "word"]
        if self.tokens[stop - 1].kind != "mark" or len(words) > 8:
            return False
        if self.language != "ar":
            return len(words) < 4
        return not any(is_verb(self.tokens[n].text) and n not in self.page.names for n in words)

    def _run_on(self, cues: Sequence[Cue], current: int) -> None:
        """Note who speaks on in the next sentence."""
        if not cues:
            return
        last = cues[-1]
        if last.closes or not last.goes_on:
            opened = [cue for cue in cues if not cue.closes]
            if last.closes and not opened:
                self.running.voice = 0
                return
            self.running.voice = 0 if not last.goes_on and len(opened) < 2 else self.running.voice
            if last.closes or not last.goes_on:
                self.running.voice = 0
        else:
            self.running.voice = current
        self.running.sentences = 0

    def _base(self, index: int) -> int:
        """Return the voice whose quotation a token stands in, else the article's own."""
        quote = self._quotation_at(index)
        if quote is None:
            return self.floor
        return self.speakers.get(id(self.owner[quote.open]), self.floor)

    # ---- reports that go on

    def _paragraph(self, sentence: Sentence, cues: Sequence[Cue]) -> None:
        """See whether the report that was quoted before goes on in a new paragraph.

        It does where the first paragraph after it brings figures or a source of its own; it ends
        with another report, or with somebody who speaks after it was made.
        """
        state = self.state
        if not state.report:
            return
        first = cues[0] if cues else None
        if first is not None and first.rule in ("report", "source that says"):
            state.report = state.report_goes_on = self.floor = 0
            return
        if first is not None and self._later(first):
            state.report = state.report_goes_on = self.floor = 0
            return
        if state.report_goes_on:
            return
        sourced = first is not None and first.rule.startswith("according")
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
        """Tell whether a cue is dated after the report was."""
        year = _year_in(self.page, cue.start, cue.end)
        return (
            year is not None
            and self.state.report_year is not None
            and year > self.state.report_year
        )

    def _voice(self, cue: Cue, base: int, current: int, stack: Sequence[int]) -> FoundVoice:
        """Make the voice of a cue: what it is in, and who speaks where the cue does not say."""
        known = self.speakers.get(id(cue))
        if known is not None:
            return self.state.voices[known - 1]
        within, said_by = base, 0
        if cue.participle or (cue.speaker is None and not cue.unnamed):
            said_by = self._previous(cue, base, current)
            if cue.nested and cue.rule == "verb and subject":
                within = current
            elif said_by:
                within = self.state.voices[said_by - 1].within
        elif cue.nested:
            within = current
        elif (
            cue.rule in ("verb and subject", "subject and verb", "relaying verb")
            and stack
            and (self._introduced(stack[-1], cue))
        ):
            within = stack[-1]
        voice = FoundVoice(
            len(self.state.voices) + 1, within, cue, self.page, said_by, cue.confidence
        )
        self.state.voices.append(voice)
        self.speakers[id(cue)] = voice.number
        if cue.rule == "report" and not within:
            self.state.report, self.state.report_goes_on = voice.number, 0
            self.state.report_year = _year_in(self.page, cue.start, cue.end)
        return voice

    def _introduced(self, number: int, cue: Cue) -> bool:
        """Tell whether a source at the head of the sentence relays this cue: وفي تقرير بثته …، قال."""
        opener = self.state.voices[number - 1]
        if opener.page is not self.page:
            return False
        rule = opener.cue.rule
        if rule not in ("report", "according to", "according to what was said", "source that says"):
            return False
        return (
            opener.cue.content <= cue.start <= opener.cue.content + 1
            or cue.start < opener.cue.content
        )

    def _previous(self, cue: Cue, base: int, current: int) -> int:
        """Return the voice whose speaker goes on: the last one whose gender and number agree."""
        if cue.participle:
            if current:
                return current
        candidates = []
        for voice in reversed(self.state.voices[-6:]):
            if voice.cue.closes and not voice.cue.quoted:
                continue
            candidates.append(voice)
        for voice in candidates:
            source = self.state.voices[voice.said_by - 1] if voice.said_by else voice
            one = source.cue
            if one.unnamed or one.rule in ("what was said", "cited source"):
                continue
            known = one.rule in (
                "verb and subject",
                "subject and verb",
                "relaying verb",
                "participle",
            )
            if (
                known
                and one.speaker is not None
                and (one.feminine != cue.feminine)
                and not cue.plural
            ):
                continue
            return voice.number
        return current or (candidates[0].number if candidates else base)

    # ---- claims

    def _closed(
        self,
        position: int,
        cue: Cue,
        voice: FoundVoice,
        current: int,
        stack: list[int],
        *,
        inherited: bool,
    ) -> None:
        """Give what stands before a closing cue to its voice, where no cue has claimed it."""
        if cue.start <= position:
            return
        owned = not inherited and current != self._base(position) and current != self.floor
        if owned and not cue.quoted:
            clauses = self.grammar.clauses(self.page, position, cue.start)
            if len(clauses) < 2:
                self._claims(position, cue.start, current, stack, inherited=False)
                return
            last = clauses[-1].start
            self._claims(position, last, current, stack, inherited=False)
            self._claims(
                last, cue.start, voice.number, [voice.number], inherited=False, closing=True
            )
            return
        self._claims(
            position, cue.start, voice.number, [voice.number], inherited=False, closing=True
        )

    def _denied(self, cue: Cue, voice: int, inner: Cue, sentence: Sentence) -> None:
        """Add what a denial of somebody else's words denies."""
        for clause in self.grammar.clauses(self.page, inner.content, sentence.end)[:1]:
            self.state.claims.append(
                FoundClaim(clause, voice, cue.stance, self.page, rule="denial of what was said")
            )

    def _claims(
        self,
        start: int,
        stop: int,
        voice: int,
        stack: list[int],
        *,
        inherited: bool,
        closing: bool = False,
    ) -> None:
        cue = self.state.voices[voice - 1].cue if voice else None
        for number, clause in enumerate(self.grammar.clauses(self.page, start, stop)):
            owner = voice
            if clause.that >= 0 and len(stack) > 1:
                owner = self._joint(clause, stack)
            scope, confidence = "explicit", 0.85 if voice else 0.8
            if inherited:
                scope = "inherited"
                confidence = _GOES_ON[min(self.running.sentences, len(_GOES_ON)) - 1]
            said = self.state.voices[owner - 1].cue if owner else None
            governs = not inherited and (said is cue or owner != voice)
            stance = said.stance if said is not None and governs else ""
            if said is not None and said.comp in ("object", "prep") and number and clause.that < 0:
                # What an object says is over with its clause; then the article speaks on.
                stance = ""
            quoted = self._quotation_at(clause.start)
            if quoted is not None and owner == voice:
                base = self._base(clause.start)
                if base and base not in self._chain(owner):
                    owner = base
            if self._is_empty(clause):
                continue
            self.state.claims.append(
                FoundClaim(
                    clause,
                    owner,
                    self.grammar.stance(self.page, clause, stance),
                    self.page,
                    scope,
                    confidence,
                    "closing" if closing else "",
                )
            )

    def _chain(self, number: int) -> list[int]:
        chain = []
        while number:
            chain.append(number)
            number = self.state.voices[number - 1].within
        return chain

    def _joint(self, clause: Clause, stack: list[int]) -> int:
        """Return to the voice whose أن or إن is taken up again by وأن or وإن."""
        hamza_below = "إ" in self.page.block.raw_word(clause.that)
        for number in reversed(stack):
            cue = self.state.voices[number - 1].cue
            if cue.comp != "that" or cue.content < 1:
                continue
            joint = self.page.block.raw_word(cue.content - 1)
            if is_complement(self.tokens[cue.content - 1].text) and ("إ" in joint) == hamza_below:
                return number
        return stack[-1]

    def _is_empty(self, clause: Clause) -> bool:
        words = [n for n in range(clause.start, clause.end) if self.tokens[n].kind == "word"]
        return not words and not any(
            clause.start <= start < clause.end for start in (*self.page.amounts, *self.page.dates)
        )


def _year_in(page: Page, start: int, end: int) -> int | None:
    """Return the year that stands in a stretch, if one does."""
    for index in range(start, end):
        token = page.tokens[index]
        if token.kind == "number" and len(token.text) == 4 and token.text.isdecimal():
            return int(token.text)
    return None
