"""Claims: attributes the clauses of a stretch to the voice that says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.readers.rules.clauses.clause_signs import BUT, is_but
from kg.readers.rules.cues.cue import Content
from kg.readers.rules.lexicon.words import is_function, is_verb
from kg.readers.rules.names.noun_phrases import is_complement
from kg.readers.rules.voices.reports import GOES_ON, ClaimRule, FoundClaim, Reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.clauses.clauses import Clause
    from kg.readers.rules.cues.cue import Cue

__all__ = ["Claiming"]


class Claiming(Reports):
    """Attributes clauses to voices."""

    def _contrast(self, start: int, stop: int) -> int:
        """Return where the last contrasting clause begins, or the start."""
        for index in range(stop - 1, start, -1):
            pair = (self.tokens[index].text, self.tokens[index + 1].text)
            if (is_but(*pair) and pair[0] in BUT) or pair[0] in ("لكن", "ولكن", "but"):
                return index
        return start

    def _claims(
        self,
        start: int,
        stop: int,
        voice: int,
        stack: list[int],
        *,
        inherited: bool,
        closing: bool = False,
        apposed: int | None = None,
    ) -> None:
        """Add the clauses of a stretch to a voice, up to a subject and its appositions."""
        cue = self.state.voices[voice - 1].cue if voice else None
        for number, clause in enumerate(self.grammar.clauses(self.page, start, stop)):
            beside = apposed is not None and clause.end > apposed
            owner = voice
            if clause.that >= 0 and len(stack) > 1:
                owner = self._joint(clause.that, stack)
            marking, confidence = "explicit", 0.85 if voice else 0.8
            if inherited:
                marking = "inherited"
                confidence = GOES_ON[min(self.running.sentences, len(GOES_ON)) - 1]
            said = self.state.voices[owner - 1].cue if owner else None
            if (
                said is not None
                and said.joint in (Content.OBJECT, Content.PREPOSITION)
                and said.kind.has_subject
                and (number and clause.that < 0 and not closing)
            ):
                # The content of an object ends with its clause; then the outer voice continues.
                owner = self.state.voices[owner - 1].within
                said = self.state.voices[owner - 1].cue if owner else None
            if beside:  # an apposition of the next speaker, in the words of the outer voice
                owner = self._base(clause.start)
                said = self.state.voices[owner - 1].cue if owner else None
            governs = not inherited and (said is cue or owner != voice)
            stance = said.stance if said is not None and governs else ""
            quoted = self._quotation_at(clause.start)
            if quoted is not None and owner == voice:
                base = self._base(clause.start)
                if base and base not in self._chain(owner):
                    owner = base
            if self._is_empty(clause, said) or (beside and not self._is_dated(clause)):
                continue
            self.state.claims.append(
                FoundClaim(
                    clause,
                    owner,
                    self.grammar.stance(self.page, clause, stance),
                    self.page,
                    marking,
                    confidence,
                    ClaimRule.CLOSING if closing else ClaimRule.CLAUSE,
                )
            )

    def _joint(self, that: int, stack: Sequence[int]) -> int:
        """Return the voice whose أن or إن is continued by وأن or وإن."""
        hamza_below = "إ" in self.page.block.raw_word(that)
        for number in reversed(stack):
            cue = self.state.voices[number - 1].cue
            if cue.joint != Content.THAT or cue.content < 1:
                continue
            joint = self.page.block.raw_word(cue.content - 1)
            if is_complement(self.tokens[cue.content - 1].text) and ("إ" in joint) == hamza_below:
                return number
        return stack[-1]

    def _is_dated(self, clause: Clause) -> bool:
        return any(clause.start <= at < clause.end for at in (*self.page.dates, *self.page.amounts))

    def _is_empty(self, clause: Clause, cue: Cue | None) -> bool:
        """Return whether a stretch says nothing: one word and no amount, such as a source's name.

        The object of a cue says something even in one word: نفى التهمة.
        """
        words = [n for n in range(clause.start, clause.end) if self.tokens[n].kind == "word"]
        own = cue is not None and cue.content == clause.start
        silent = len(words) == 1 and not own and not is_verb(self.tokens[words[0]].text)
        small = not own and all(is_function(self.tokens[n].text) for n in words)
        return (silent or small) and not any(
            clause.start <= start < clause.end for start in (*self.page.amounts, *self.page.dates)
        )
