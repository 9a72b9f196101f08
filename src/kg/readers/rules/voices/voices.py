"""Voices and claims: the cues of a text become a tree of voices, to which its clauses belong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.cues.cue import CueKind
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import abbreviations, is_function
from kg.readers.rules.matching.sentences import Sentence, sentences
from kg.readers.rules.voices.claiming import Claiming
from kg.readers.rules.voices.reports import ClaimRule, FoundClaim, FoundVoice, Running, year_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.cues.cue import Cue


__all__ = ["Teller"]

_BACKGROUND: Final = word_class("ar", "background")
_TURNS: Final = word_class("ar", "turns")


class Teller(Claiming):
    """Determines who says what in one block."""

    def tell(self) -> None:
        """Process the block's sentences and update the state."""
        told = [
            (one, self.grammar.cues(self.page, one, self.quotes))
            for one in sentences(self.page.block, abbreviations())
        ]
        self._claim_quotations([cue for _, cues in told for cue in cues])
        for sentence, cues in told:
            self._sentence(sentence, cues)

    def _sentence(self, sentence: Sentence, cues: list[Cue]) -> None:
        if sentence.paragraph != self.running.paragraph:
            goes_on = self._figures_go_on(sentence, cues)
            since = self.running.sentences + 1
            self.running = Running(goes_on, since if goes_on else 0, sentence.paragraph)
            self.paragraph_start = sentence.start
            self._paragraph(sentence, cues)
        else:
            self.running.sentences += 1
        self.sentence_start = sentence.start
        base, stack = self._base(sentence.start), list[int]()
        first = self.tokens[sentence.start].text if sentence.end > sentence.start else ""
        second = self.tokens[sentence.start + 1].text if sentence.end > sentence.start + 1 else ""
        turns = first in _TURNS or (second in _TURNS and is_function(first.removeprefix("و")))
        self.turned = turns
        if base == self.floor and (first in _BACKGROUND or turns or self._narrates(sentence)):
            self.running.voice = 0
        current = base if base != self.floor else self.running.voice or base
        inherited = base == self.floor and current != base
        position = self._behind_dateline(sentence)
        for number, cue in enumerate(cues):
            closing = cue.closes
            leads = number == 0 and self._leads(position, cue.start)
            begins = max(position, min(cue.start, cue.content))
            if not closing and begins > position and not leads:
                self._claims(
                    position, begins, current, stack, inherited=inherited, apposed=_apposed(cue)
                )
            base = self._base(cue.start)
            voice = self._voice(cue, base, current, stack)
            if cue.kind == CueKind.ON_IT:
                self._on_it(position, cue, current, stack, voice, inherited=inherited)
                position, current, stack = cue.end, voice.number, [voice.number]
                inherited = False
                continue
            if closing:
                if number + 1 < len(cues) and self._relays(cue, cues[number + 1]):
                    voice = self._voice_within(voice.number, cues[number + 1])
                cued = number + 1 < len(cues) and cues[number + 1].start == cue.end
                plain = cue.end < sentence.end and self.tokens[cue.end].kind == "word"
                midst = plain and not cued and cue.kind.cites
                self._closed(position, cue, voice, current, stack, inherited=inherited, midst=midst)
                position = cue.content if cue.content > cue.end else cue.end
                if cue.kind == CueKind.BEHIND_A_QUOTATION:
                    current, inherited = base, False
                if midst or (
                    cue.kind.cites
                    and position < sentence.end
                    and not inherited
                    and (current == base)
                ):
                    current = voice.number  # it is in the middle of its clause
                    stack = [current]
                continue
            if cue.nested or (base != self.floor and base == current):
                kept = stack.index(voice.within) + 1 if voice.within in stack else len(stack)
                stack = [*stack[:kept], voice.number] if cue.nested else [voice.number]
            else:
                stack = [voice.number]
            current, inherited = voice.number, False
            position = max(position, cue.content)
            following = cues[number + 1] if number + 1 < len(cues) else None
            if (
                following is not None
                and following.said_before
                and following.start <= position + 2
                and (cue.stance in ("certainly-not", "probably-not"))
            ):
                after = cues[number + 2].start if number + 2 < len(cues) else sentence.end
                self._denied(cue, voice.number, following, after)
        if position < sentence.end:
            self._claims(position, sentence.end, current, stack, inherited=inherited)
        self._run_on(cues, current)

    def _run_on(self, cues: Sequence[Cue], current: int) -> None:
        """Record who continues to speak in the next sentence."""
        if not cues:
            return
        last = cues[-1]
        self.running.voice = 0 if last.closes or not last.goes_on else current
        if not last.closes or any(not cue.closes for cue in cues):
            self.running.sentences = 0

    def _voice(self, cue: Cue, base: int, current: int, stack: Sequence[int]) -> FoundVoice:
        """Make the voice of a cue: its outer voice, and its speaker if the cue has none."""
        known = self.speakers.get(id(cue))
        if known is not None:
            return self.state.voices[known - 1]
        within, said_by, told = base, 0, id(cue)
        cue = self._person_told(cue)
        if cue.participle or (cue.speaker is None and not cue.unnamed):
            own_words = cue.kind == CueKind.ACCORDING_TO and current
            said_by = current if own_words else self._previous(cue, base, current)
            if cue.nested and cue.kind in (CueKind.VERB_AND_SUBJECT, CueKind.RELAYED):
                within = current
            elif said_by:
                within = self.state.voices[said_by - 1].within
        elif cue.nested:
            joined = cue.start > 0 and self.tokens[cue.start - 1].text == "وان" and len(stack) > 1
            within = self._joint(cue.start - 1, stack) if joined else current
        elif (
            (cue.kind.has_subject or cue.kind == CueKind.RELAYING_VERB)
            and stack
            and (self._introduced(stack[-1], cue))
        ):
            within = stack[-1]
        if within and cue.speaker and self.state.voices[within - 1].cue.speaker == cue.speaker:
            within = self.state.voices[within - 1].within  # على لسان الوزير الذي أكد
        if not said_by and cue.speaker is None and not cue.unnamed:
            cue = self._told_before(cue)
        voice = FoundVoice(
            len(self.state.voices) + 1, within, cue, self.page, said_by, cue.confidence
        )
        self.state.voices.append(voice)
        self.last_cue = max(self.last_cue, cue.start)
        self.speakers[told] = voice.number
        if cue.kind == CueKind.REPORT and not within:
            self.state.report, self.state.report_goes_on = voice.number, 0
            self.state.report_year = year_in(self.page, cue.start, cue.end)
        return voice

    def _introduced(self, number: int, cue: Cue) -> bool:
        """Return whether a source at the start of the sentence relays this cue."""
        opener = self.state.voices[number - 1]
        if opener.page is not self.page:
            return False
        kind = opener.cue.kind
        if not kind.cites and kind not in (CueKind.REPORT, CueKind.SOURCE_THAT_SAYS):
            return False
        return (
            opener.cue.content <= cue.start <= opener.cue.content + 1
            or cue.start < opener.cue.content
        )

    def _previous(self, cue: Cue, base: int, current: int) -> int:
        """Return the voice whose speaker continues: the last one whose gender and number agree.

        After ومن جهتها it is somebody in this sentence. In a new paragraph the previous speaker
        continues only if nobody is named before the cue.
        """
        begins = self.sentence_start if self.turned else self.paragraph_start
        nobody_yet = self.last_cue < begins
        if nobody_yet and not current and self._told_before(cue).speaker is not None:
            return 0
        if cue.participle and current:
            told = self.state.voices[current - 1]
            return told.within if told.cue.said_before and told.within else current
        last = self.state.voices[-1] if self.state.voices else None
        if cue.participle and last is not None and 0 <= cue.start - last.cue.end <= 1:
            return last.number  # witnesses said, adding
        candidates = []
        for voice in reversed(self.state.voices[-6:]):
            if voice.cue.closes and not voice.cue.quoted:
                continue
            candidates.append(voice)
        for voice in candidates:
            source = self.state.voices[voice.said_by - 1] if voice.said_by else voice
            one = source.cue
            if one.unnamed or one.kind in (CueKind.WHAT_WAS_SAID, CueKind.CITED_SOURCE):
                continue
            known = one.kind.has_subject or one.kind in (
                CueKind.RELAYING_VERB,
                CueKind.PARTICIPLE,
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

    def _closed(
        self,
        position: int,
        cue: Cue,
        voice: FoundVoice,
        current: int,
        stack: list[int],
        *,
        inherited: bool,
        midst: bool,
    ) -> None:
        """Attribute what precedes a closing cue to its voice, if no cue has claimed it.

        A cue in the middle of a clause covers only that clause: أسفرت بحسب الوكالة عن 9 قتلى.
        """
        if cue.start <= position:
            return
        owned = not inherited and current != self._base(position) and current != self.floor
        if owned and not cue.quoted:
            if not midst:
                self._relayed_by(current, voice)
            clauses = self.grammar.clauses(self.page, position, cue.start)
            if len(clauses) < 2 and not midst:
                self._claims(position, cue.start, current, stack, inherited=False)
                return
            last = clauses[-1].start if clauses else position
            self._claims(position, last, current, stack, inherited=False)
            self._claims(
                last, cue.start, voice.number, [voice.number], inherited=False, closing=True
            )
            return
        against = self._contrast(position, cue.start)
        if against > position:
            # What precedes إلا أن is not said by the speaker named after it.
            self._claims(position, against, current, stack, inherited=inherited)
        self._claims(
            against, cue.start, voice.number, [voice.number], inherited=False, closing=True
        )

    def _on_it(
        self,
        position: int,
        cue: Cue,
        current: int,
        stack: list[int],
        voice: FoundVoice,
        *,
        inherited: bool,
    ) -> None:
        """Record that the speaker also denies or affirms the clause before a cue."""
        if cue.closes:
            self._claims(position, cue.start, current, stack, inherited=inherited)
        told = self.state.claims[-1] if self.state.claims else None
        if told is not None and told.page is self.page:
            stance = self.grammar.stance(self.page, told.clause, cue.stance)
            self.state.claims.append(
                FoundClaim(told.clause, voice.number, stance, self.page, rule=ClaimRule.ON_IT)
            )

    def _relayed_by(self, number: int, closing: FoundVoice) -> None:
        """Put a voice of the sentence into the voice that closes it: يتوقع أن …، بحسب الوزارة."""
        told = self.state.voices[number - 1]
        outer = closing
        while outer.within and self.state.voices[outer.within - 1].cue.closes:
            outer = self.state.voices[outer.within - 1]
        if closing.said_by:
            return  # حسب تقديراتها: the same speaker
        against = closing.cue.stance.endswith("-not")
        here = told.page is self.page and not told.cue.closes
        if told.within == outer.within and here and not against:
            self.state.voices[number - 1] = replace(told, within=closing.number)

    def _denied(self, cue: Cue, voice: int, inner: Cue, end: int) -> None:
        """Add the content that a denial of somebody else's words denies."""
        for clause in self.grammar.clauses(self.page, inner.content, end)[:1]:
            self.state.claims.append(
                FoundClaim(clause, voice, cue.stance, self.page, rule=ClaimRule.DENIAL)
            )


def _apposed(cue: Cue) -> int | None:
    """Return where a subject begins that is separated from its verb by appositions."""
    return cue.speaker[0] if cue.speaker and cue.kind == CueKind.BEHIND_APPOSITIONS else None
