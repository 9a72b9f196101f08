"""Relative clauses with a speech verb: التحالف، الذي نفى …; and سبق للوزير أن أعلن."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.readers.rules.cues.ar.complements import COMMAS, RELATIVES
from kg.readers.rules.cues.ar.speaking_on import SpeakingOn
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.words import is_adjective, is_definite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.cues.ar.complements import Complement
    from kg.readers.rules.cues.ar.speech import SpeechForm


__all__ = ["RelativeClauses"]


class RelativeClauses(SpeakingOn):
    """Finds speakers with a speech verb in a relative clause."""

    def _who_had(self, index: int, form: SpeechForm, nested: bool) -> Cue | None:
        """Read سبق للوزير أن أعلن."""
        if self._word(index - 1) != "ان":
            return None
        for at in range(index - 3, max(self.sentence.start, index - 8) - 1, -1):
            if self._word(at).removeprefix("و") != "سبق" or not self._word(at + 1).startswith("ل"):
                continue
            complement = self._complement(index + 1, form.verb, index)
            if complement is None:
                return None
            inner = nested and self._word(at)[0] != "و"
            speaker = (at + 1, index - 1)
            cue = self._said(
                CueKind.VERB_AND_SUBJECT, at, complement, form, speaker, 1, nested=inner
            )
            return replace(cue, goes_on=True)
        return None

    def _told_further_on(self, index: int, at: int, form: SpeechForm, nested: bool) -> Cue | None:
        """Read لجنة الأطباء، القريبة من الحركة، والتي تحدثت عن: a second relative clause."""
        names = [
            name
            for n, name in self.page.names.items()
            if self.sentence.start <= n < at and name.type not in ("Place", "PopulationGroup")
        ]
        if self._word(at)[1:] not in RELATIVES or not names:
            return None
        complement = self._complement(index + 1, form.verb, index)
        if complement is None or complement.far:
            return None
        opening = next((n for n in range(at - 2, 0, -1) if self._word(n) in COMMAS), -1)
        before = [one for one in names if one.end == opening]
        name = before[0] if before else max(names, key=lambda one: one.start)
        cue = self._of_relative(at, complement, form, (name.start, name.end), nested)
        return replace(cue, confidence=0.6)

    def _relative(
        self, index: int, clause: int, form: SpeechForm, nested: bool, found: Sequence[Cue]
    ) -> Cue | None:
        """Read التحالف، الذي سبق أن نفى …: the antecedent of the relative pronoun speaks."""
        at = index - 1
        if (before := self._who_had(index, form, nested)) is not None:
            return before
        if self._word(at) == "ان" and self._word(at - 1) == "سبق":
            at -= 2
        elif self._word(at) in ("قد", "كان", "كانت"):
            at -= 1
        if at > self.sentence.start and self._word(at)[:1] == "و":
            return self._told_further_on(index, at, form, nested)
        if at <= self.sentence.start or self._word(at) not in RELATIVES:
            return None
        end = at - (self._word(at - 1) in COMMAS)
        name = next(
            (one for n, one in self.page.names.items() if one.end == end and n >= clause - 1), None
        )
        begin = name.start if name else end - 1
        told = found[-1].speaker if found else None
        if told is not None and told[1] == end:
            begin = told[0]  # على لسان نائب الوزير الذي أكد
        while not name and begin > self.sentence.start and is_adjective(self._word(begin)):
            if not is_definite(self._word(begin - 1)):
                break
            begin -= 1
        complement = self._complement(index + 1, form.verb, index)
        if complement is not None and complement.far and complement.kind == Content.QUOTE:
            return None  # another verb's content
        if complement is None or (
            name is None and told is None and not is_definite(self._word(begin))
        ):
            return None
        return self._of_relative(at, complement, form, (begin, end), nested)

    def _of_relative(
        self,
        at: int,
        complement: Complement,
        form: SpeechForm,
        speaker: tuple[int, int],
        nested: bool,
    ) -> Cue:
        """Return the cue of a relative clause."""
        cue = self._said(CueKind.RELATIVE_CLAUSE, at, complement, form, speaker, nested=nested)
        return replace(cue, goes_on=False, confidence=0.7)
