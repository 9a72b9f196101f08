"""Cues of speakers who continue or are relayed: مضيفا أن, عن الوزير قوله إن."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.cues.ar.cited_sources import CitedSources
from kg.readers.rules.cues.ar.complements import COMMAS
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import function_class, is_definite, is_verb
from kg.readers.rules.names.entities import entities_of
from kg.readers.rules.names.noun_phrases import is_complement, phrase_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.cues.ar.speech import SpeechForm


__all__ = ["OF_HIM", "SpeakingOn"]

_ABOUT_IT: Final = word_class("ar", "about-it")
OF_HIM = frozenset({"عنه", "عنها", "عنهم"})


class SpeakingOn(CitedSources):
    """Finds the cues of speakers who continue or are relayed."""

    def _relayed(self, index: int, found: Sequence[Cue]) -> Cue | None:
        """Read عن الوزير قوله إن after نقلت رويترز: the relayed speaker."""
        text = self._word(index)
        if not found or text not in ("عن", "الي", "من") or not found[-1].relay:
            return None
        if index - found[-1].end > 12 or found[-1].relay != text:
            return None
        end = phrase_end(self.page, index + 1, self.stop)
        if end == index + 1:
            return None
        position = self._past_apposition(end)
        verb = self.speech.noun(self._word(position))
        act, stance = "state", ""
        if verb is not None:
            act, stance = verb.act, verb.stance
            position += 1
        complement = self._complement(position, None, index, reach=14)
        if complement is None:
            return None
        apart = end < self.stop and self._word(end) in COMMAS
        return Cue(
            index,
            end if apart else complement.end,
            complement.content,
            CueKind.RELAYED,
            act,
            stance,
            (index + 1, end),
            nested=True,
            quoted=complement.kind == Content.QUOTE,
            joint=complement.kind,
        )

    def _participle(self, index: int, clause: int, found: Sequence[Cue]) -> Cue | None:
        forms = [one for one in self.speech.forms(self._word(index)) if one.form == "participle"]
        if not forms:
            return None
        form = forms[0]
        before = self._word(index - 1)
        noun = self._word(index).endswith("ه") and index - 1 not in self.page.names
        if noun and function_class(before) == "preposition":
            return None  # رغم مطالبة التجار
        if form.verb.name == "استشهد" or form.verb.takes == "source":
            return self._citing(index)
        complement = self._complement(index + 1, form.verb, index, reach=10, immediate=True)
        if complement is None:
            return None
        start, speaker = index, None
        if clause < index and not any(cue.end > clause for cue in found):
            start, speaker = self._acting_subject(clause, index, form.verb.name == "قال")
        if speaker is None and not found:
            speaker = self._first_subject(index)
        kind = CueKind.PARTICIPLE if speaker is None else CueKind.VERB_AND_PARTICIPLE
        return self._said(kind, start, complement, form, speaker)

    def _acting_subject(
        self, clause: int, index: int, saying: bool
    ) -> tuple[int, tuple[int, int] | None]:
        """Return where وأيده العميد فلان قائلا begins, and its subject.

        :param saying: whether the participle is قائلا, which allows any subject; other participles,
            such as مؤكدا, require a named one.
        """
        for position in range(index - 1, max(clause, index - 12) - 1, -1):
            word = self._word(position)
            if not (is_verb(word) or (word[:1] == "ل" and is_verb(word[1:]))):
                continue
            first = position + 1 + (self._word(position + 1) in _ABOUT_IT)
            end = phrase_end(self.page, first, index)
            named = any(
                self.page.names[n].type not in ("Place", "Event", "PopulationGroup")
                for n in range(first, end)
                if n in self.page.names
            )
            if end > first and (saying or (named and index - end <= 3)):
                return position, (first, end)
        return index, None

    def _first_subject(self, index: int) -> tuple[int, int] | None:
        """Return the subject at the start of the sentence: انتقدت المعارضة الخطة، معتبرة أن."""
        start = self.sentence.start
        verb = self._word(start)
        if self._word(index - 1) not in COMMAS or not (is_verb(verb) or is_verb(verb[1:])):
            return None
        first = start + 1 + (self._word(start + 1) in _ABOUT_IT)
        end = phrase_end(self.page, first, index)
        head = self._word(first)
        person = (
            is_definite(head)
            or is_definite(self._word(end - 1))
            or head in entities_of().words.roles
            or first in self.page.names
        )
        return (first, end) if first < end < index and person else None

    def _with_subject(self, cue: Cue, index: int, form: SpeechForm, found: Sequence[Cue]) -> Cue:
        """Give a verb without one the subject of its sentence: ورفض التجمع النتائج، ووصفها بأنها.

        After أما the subject is the topic: أما الحزب، أكبر أحزاب البلاد، فرأى أن.
        """
        start = self.sentence.start
        if cue.speaker is not None or cue.unnamed:
            return cue
        topic = self._word(start) in ("اما", "واما")
        if topic and (self._word(index)[0] == "ف" or self._word(cue.start) == "فقد"):
            end = phrase_end(self.page, start + 1, index)
            return replace(cue, start=start, speaker=(start + 1, end)) if end > start + 1 else cue
        if found or not form.cut or self._word(index)[0] != "و":
            return cue
        return replace(cue, speaker=self._first_subject(index))

    def _citing(self, index: int) -> Cue | None:
        """Read مستشهدة بدراسة للمركز الجيولوجي تفيد بأن: another source, within the voice."""
        for position in range(index + 1, min(self.stop, index + 14)):
            forms = [one for one in self.speech.forms(self._word(position)) if one.form == "finite"]
            if forms and is_complement(self._word(position + 1)):
                at = index + 1
                for inner in range(index + 1, position):
                    word = self._word(inner)
                    if word.startswith("لل") or (word.startswith("ل") and inner in self.page.names):
                        at = inner
                        break
                return Cue(
                    index,
                    position + 2,
                    position + 2,
                    CueKind.CITED_SOURCE,
                    "report",
                    speaker=(at, position),
                    speaker_cut=1,
                    nested=True,
                )
            if self._word(position) in COMMAS:
                break
        return None

    def _of_it(
        self,
        start: int,
        index: int,
        form: SpeechForm,
        speaker: tuple[int, int],
        cut: int,
    ) -> Cue | None:
        """Read نفى الوزير ذلك: about the previous clause."""
        it = self._word(index) in ("ذلك", "هذا") and not is_definite(self._word(index + 1))
        if form.verb.takes != "yes" or not it or speaker[0] >= speaker[1]:
            return None
        return Cue(
            start,
            index + 1,
            index + 1,
            CueKind.ON_IT,
            form.verb.act,
            form.verb.stance,
            speaker,
            cut,
            goes_on=False,
            feminine=form.feminine,
            plural=form.plural,
        )

    def _parted(self, cue: Cue) -> list[Cue]:
        """Split قالت الصحيفة نقلا عن مصدر إن into the cues of the relaying voice and its source.

        ونقلت الصحيفة عنه قوله إن is split too; its source is the previous speaker.
        """
        if cue.relay and self._word(cue.content) in OF_HIM:
            verb = self.speech.noun(self._word(cue.content + 1))
            complement = self._complement(
                cue.content + 1 + (verb is not None), None, cue.content, reach=8
            )
            if complement is None:
                return [cue]
            feminine = self._word(cue.content) == "عنها"
            of_him = Cue(
                cue.content,
                complement.end,
                complement.content,
                CueKind.RELAYED,
                verb.act if verb else "state",
                verb.stance if verb else "",
                nested=True,
                feminine=feminine,
                quoted=complement.kind == Content.QUOTE,
                joint=complement.kind,
            )
            return [cue, of_him]
        if cue.closes or cue.joint not in (Content.THAT, Content.QUOTE):
            return [cue]
        for index in range(cue.start + 2, cue.content - 2):
            if self._word(index) == "نقلا" and self._word(index + 1) == "عن":
                end = phrase_end(self.page, index + 2, self.stop, loose=True)
                if end == index + 2:
                    break
                last = index - (self._word(index - 1) in COMMAS)
                relaying = replace(
                    cue, end=last, content=index, act="quote", stance="", relay="عن", quoted=False
                )
                source = replace(
                    cue,
                    start=index,
                    end=max(cue.end, end),
                    kind=CueKind.RELAYED,
                    speaker=(index + 2, end),
                    speaker_cut=0,
                    nested=True,
                )
                return [relaying, source]
        return [cue]
