"""Subjects of speech verbs: before the verb, after it, or further back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.readers.rules.cues.ar.according_to import CONNECTIVES
from kg.readers.rules.cues.ar.complements import COMMAS, THESE
from kg.readers.rules.cues.ar.relative_clauses import RelativeClauses
from kg.readers.rules.cues.ar.speaking_on import OF_HIM
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.words import function_class, is_definite, is_function, is_verb
from kg.readers.rules.names.noun_phrases import is_complement, phrase_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.cues.ar.speech import SpeechForm


__all__ = ["Subjects"]

#: Talk that a speaker opens or ends: ختم حديثه.
_TALK = ("حديث", "كلام", "كلمت", "تصريح", "خطاب", "بيان")


def is_manner(word: str) -> bool:
    """Return whether a word may describe the manner of speaking: ضاحكا, باكية."""
    return len(word) > 4 and word.endswith(("ا", "ه")) and word[1] == "ا" and not is_function(word)


class Subjects(RelativeClauses):
    """Finds the subject of a speech verb."""

    def _behind_quotation(self, start: int, index: int, form: SpeechForm) -> Cue | None:
        """Read «…»، يقول سائق الحافلة: the quotation comes first."""
        before = start - 1
        if before >= 0 and self.tokens[before].text in COMMAS:
            before -= 1
        if before not in self.closes or form.cut or start < index:
            return None
        end = phrase_end(self.page, index + 1, self.stop)
        speaker = (index + 1, end) if end > index + 1 else None
        if end == index + 2 and is_manner(self._word(index + 1)):
            speaker = None
        if speaker is None and (self._word(end) == ":" or self._near(end, form.verb)):
            return None
        near = self._near(end, form.verb)
        if near is not None and near.kind in (Content.THAT, Content.PREPOSITION):
            return None  # «…»، يشير محللون إلى أن: it introduces what follows
        while end < self.stop and end in self.page.dates:
            end = self.page.dates[end]
        return Cue(
            index,
            end,
            self._past_comma(end),
            CueKind.BEHIND_A_QUOTATION,
            form.verb.act,
            "",
            speaker,
            closes=True,
            quoted=True,
            feminine=form.feminine,
            plural=form.plural,
        )

    def _subject_before(self, clause: int, start: int) -> tuple[int, int, int] | None:
        """Return the subject before its verb, and where the cue begins."""
        at = clause
        while at < start and (self._word(at) in CONNECTIVES or (self.tokens[at].kind == "mark")):
            at += 1
        if at >= start or start - at > 18:
            return None
        first = self._word(at)
        cut = (
            1
            if first[0] in "وف"
            and len(first) > 3
            and at == clause
            and not (self.page.names.get(at) and not self.page.names[at].cut)
            else 0
        )
        if is_function(first) and not first.startswith(("بعض", "احد", "كل", "كلا")):
            return None
        if is_verb(first) and not is_definite(first) and at not in self.page.names:
            return None
        end = phrase_end(self.page, at, start)
        if end == at and cut:
            end = max(phrase_end(self.page, at + 1, start), at + 1)
        if (
            end < start
            and self._word(end) == "من"
            and self._word(end + 1).endswith(("ته", "تها", "به", "بها"))
        ):
            end_of_side = end + 2
            return (at, end, cut) if end_of_side == start else None
        if end != start:
            return None
        return at, end, cut

    def _may_go_on(self, index: int, start: int, form: SpeechForm) -> bool:
        """Return whether a verb without a subject belongs to the previous speaker: وأضاف أن."""
        before = self._word(start - 1) if start > self.sentence.start else ""
        return (
            bool(form.cut)
            or start < index
            or start == self.sentence.start
            or (before in COMMAS or is_complement(before) or before in '":')
        )

    def _described(self, start: int, index: int, form: SpeechForm, nested: bool) -> Cue | None:
        """Read ووصف هذه الأرقام بأنها, وقدرت النمو بنحو 3: the theme follows the verb.

        The previous speaker continues.
        """
        end = phrase_end(self.page, index + 1, self.stop)
        name = self.page.names.get(index + 1) or self.page.heads.get(index + 1)
        if self._word(index + 1) in THESE:
            end, name = phrase_end(self.page, index + 2, self.stop), None
        joint = self._word(end)
        if end <= index + 1 or name is not None or not self._may_go_on(index, start, form):
            return None
        if form.verb.name == "وصف":
            told = joint in ("بان", "بانه", "بانها", "بانهم")
        else:
            alike = form.feminine == self._word(index + 1).endswith("ه")
            told = form.verb.name == "قدر" and joint.startswith("ب") and not alike
            told = told and (end in self.page.amounts or end + 1 in self.page.amounts)
        if not told:
            return None
        return Cue(
            start,
            index + 1,
            index + 1,
            CueKind.VERB_AND_THEME,
            form.verb.act,
            form.verb.stance,
            nested=nested,
            feminine=form.feminine,
            plural=form.plural,
            joint=Content.OBJECT,
            confidence=0.7,
        )

    def _adjunct_start(self, start: int, clause: int) -> int:
        """Let a cue begin with its time or place: وفي يوم الأربعاء أعلن."""
        if start <= clause:
            return start
        position = clause
        if self.tokens[position].kind != "word":
            return start
        text = self._word(position)
        if not (
            position in self.page.dates
            or function_class(text.lstrip("وف")) == "preposition"
            or text in ("في", "وفي")
            or function_class(text) in ("adverb", "conjunction")
        ):
            return start
        while position < start:
            if position in self.page.dates:
                position = self.page.dates[position]
                continue
            if self.tokens[position].kind != "word" or is_verb(self._word(position)):
                return start
            if not (is_function(self._word(position)) or position - clause < 4):
                return start
            position += 1
        return clause

    def _bare_verb(
        self, start: int, index: int, form: SpeechForm, found: Sequence[Cue]
    ) -> Cue | None:
        """Read a verb whose subject is further back, separated from it by appositions."""
        if not (
            is_complement(self._word(index + 1)) or (form.plural and form.tense == "imperfect")
        ):
            return None
        complement = self._complement(index + 1, form.verb, index)
        if complement is None or form.cut:
            return None
        names = [
            name
            for at, name in self.page.names.items()
            if self.sentence.start <= at < index
            and name.type in ("Person",)
            and name.start == at
            and all(at >= cue.content for cue in found)
        ]
        if not names:
            return None
        names.sort(key=lambda name: name.start)
        first, last = names[0], names[-1]
        span = (first.start, last.end) if form.plural and len(names) > 1 else (last.start, last.end)
        return Cue(
            start,
            complement.end,
            complement.content,
            CueKind.BEHIND_APPOSITIONS,
            form.verb.act,
            form.verb.stance,
            span,
            nested=False,
            goes_on=True,
            confidence=0.6,
        )

    def _relaying(
        self,
        start: int,
        index: int,
        form: SpeechForm,
        subject: tuple[int, int, int] | None,
        nested: bool,
    ) -> Cue | None:
        """Read نقلت رويترز عن …, مراسلها سمع من …: the relaying voice."""
        preposition = form.verb.relay
        end = phrase_end(self.page, index + 1, self.stop) if subject is None else index + 1
        position = end
        while position < self.stop and position in self.page.dates:
            position = self.page.dates[position]
        position += self._word(position) in COMMAS and self._word(position + 1) == preposition
        of_him = preposition == "عن" and self._word(position) in OF_HIM
        if self._word(position) != preposition and not of_him:
            return None
        inner = position + 1 if of_him else phrase_end(self.page, position + 1, self.stop)
        if inner == position + 1 and not of_him:
            return None
        said = self._past_apposition(inner)
        said += self.speech.noun(self._word(said)) is not None
        if self._complement(said, None, index, reach=14) is None:
            return None
        if subject is None and end == index + 1 and not self._may_go_on(index, start, form):
            return None
        speaker = (
            (subject[0], subject[1]) if subject else ((index + 1, end) if end > index + 1 else None)
        )
        begin = subject[0] if subject else start
        cut = subject[2] if subject else 0
        if subject and self._word(subject[0] - 1) == "فان":
            begin -= 1
        return Cue(
            begin,
            position - (self._word(position - 1) in COMMAS),
            position,
            CueKind.RELAYING_VERB,
            form.verb.act,
            "",
            speaker,
            cut,
            nested=nested and self._word(begin)[:1] not in ("و",),
            relay=preposition,
            feminine=form.feminine,
            plural=form.plural,
        )

    def _is_subject(self, index: int) -> bool:
        """Return whether a noun phrase begins at a token."""
        return phrase_end(self.page, index, self.stop) > index

    def _is_speech(self, index: int) -> bool:
        """Return whether a speech or talk begins at a token: حديثه, كلمتها."""
        text = self._word(index)
        return any(text in (noun + "ه", noun + "ها", noun + "هم") for noun in _TALK)

    def _before_preposition(self, start: int, end: int, form: SpeechForm) -> int:
        """Let a subject end before the verb's own preposition: شكك الوزير في صحة الأرقام."""
        if form.verb.takes not in ("any", "prep"):
            return end
        for index in range(start + 1, end):
            if self._word(index) in form.verb.prepositions and index not in self.page.names:
                return index
        return end
