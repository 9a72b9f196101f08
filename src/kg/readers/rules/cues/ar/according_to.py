"""According-to phrases: وفقا ل, بحسب, كما قال, before or after what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.readers.rules.cues.ar.complements import (
    COMMAS,
    RELATIVES,
    STOPS,
    Complements,
    without_pronoun,
)
from kg.readers.rules.cues.cue import Cue, CueKind
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import function_class
from kg.readers.rules.names.noun_phrases import (
    is_complement,
    is_seen_by,
    is_unnamed_source,
    phrase_end,
)

if TYPE_CHECKING:
    from kg.readers.rules.cues.ar.speech import Opener

__all__ = ["CONNECTIVES", "AccordingTo"]

CONNECTIVES: Final = word_class("ar", "connectives")
_OWN_WORDS: Final = word_class("ar", "own-words")
#: What a speaker relies on, as opposed to another speaker.
_ON_THE_BASIS: Final = frozenset(("استنادا", "اعتمادا"))


class AccordingTo(Complements):
    """Finds according-to phrases."""

    def _according(self, index: int, clause: int) -> Cue | None:
        match = self.speech.according.at(self.tokens, index)
        if match is not None and self._word(index) in _ON_THE_BASIS and index > self.sentence.start:
            return None  # قدرت المنظمة العدد، استنادا إلى شهادات: no other voice
        if match is None or (match.cut and match.clitics not in ("و", "ف")):
            return None
        opener, at, cut = match.value, match.end, 0
        if opener.follows == "self":
            return self._according_self(index, at, clause, opener)
        if at >= self.stop:
            return None
        if opener.with_l:
            if not self._word(at).startswith("ل"):
                return None
            cut = 1
            if self._word(at) == "ل":
                at, cut = at + 1, 0
        if opener.follows == "verb":
            return self._according_verb(index, at, opener.act)
        if self.tokens[at].kind != "word" and at not in self.opens:
            return None
        end = phrase_end(self.page, at, self.stop, loose=True)
        if end == at:
            end = self._clitic_phrase(at, cut)
        if end <= at:
            return None
        if end == at + 1 and without_pronoun(self._word(at)[cut:]) in _OWN_WORDS:
            return self._according_self(index, end, clause, opener)
        text = self._word(index)
        if text in ("حسب", "وفق") and self._word(at) in ("ما", "هذا", "ذلك"):
            return None
        speaker, end = (at, end), self._past_dates(end)
        told = self._word(end) in RELATIVES  # لائحة الاتهام التي اطلعت عليها الوكالة
        told = told or (end < self.stop and is_seen_by(self.page, end))
        told = told and not any(is_complement(self._word(n)) for n in range(end + 1, end + 5))
        if told or is_unnamed_source(self._word(end), self._word(end + 1)):
            comma = self._comma_behind(end)
            return Cue(
                index,
                end,
                self._past_comma(comma),
                CueKind.ACCORDING_TO,
                opener.act,
                opener.stance,
                speaker,
                cut,
                closes=not self._opens_clause(index, clause),
            )
        comp = end + (end < self.stop and is_complement(self._word(end)))
        starts = self._opens_clause(index, clause)
        after = self._word(end)
        closes = not starts or (comp == end and (end >= self.stop or after in STOPS))
        return Cue(
            index,
            comp,
            comp if comp > end else self._past_comma(comp),
            CueKind.ACCORDING_TO,
            opener.act,
            opener.stance,
            speaker,
            cut,
            closes=closes and comp == end,
        )

    def _comma_behind(self, index: int) -> int:
        """Return the index of the next comma, or of the end of the sentence."""
        while index < self.stop and self._word(index) not in COMMAS:
            index += 1
        return index

    def _according_self(self, index: int, at: int, clause: int, opener: Opener) -> Cue:
        """Read برأيه, على حد قولها: the previous speaker continues."""
        return Cue(
            index,
            at,
            self._past_comma(at),
            CueKind.ACCORDING_TO,
            opener.act,
            opener.stance,
            closes=not self._opens_clause(index, clause),
        )

    def _clitic_phrase(self, at: int, cut: int) -> int:
        """Return the end of a phrase whose first word carries a preposition: لسكان الحي."""
        if not cut:
            return at
        name = self.page.names.get(at) or self.page.heads.get(at)
        if name is not None:
            return name.end
        rest = phrase_end(self.page, at + 1, self.stop, loose=True)
        return max(rest, at + 1)

    def _opens_clause(self, index: int, clause: int) -> bool:
        """Return whether only a connective precedes a token in its clause."""
        if index == self.sentence.start:
            return True
        if index - clause > 1:
            return False
        before = self._word(index - 1)
        if index == clause and before in COMMAS:
            # After a comma it opens a clause only with a conjunction: ، ووفقا ل
            return self._word(index)[:1] in "وف" and self._word(index)[1:3] in (
                "وف",
                "بح",
                "طب",
                "حس",
                "نق",
            )
        return before in CONNECTIVES or before in '"«' or index == clause

    def _according_verb(self, index: int, at: int, act: str) -> Cue | None:
        if self._word(at) in ("قد", "جاء"):
            at += 1
        forms = self.speech.forms(self._word(at))
        finite = next((form for form in forms if form.form == "finite"), None)
        if finite is None or finite.cut:
            return None
        position = at + 1
        while (
            position < self.stop
            and (
                function_class(self._word(position)) == "preposition"
                and len(self._word(position)) < 5
                and not self.page.names.get(position)
            )
            and self._word(position) not in ("في", "من")
        ):
            position += 1
        end = phrase_end(self.page, position, self.stop)
        speaker: tuple[int, int] | None = (position, end) if end > position else None
        if speaker is None and self._word(index) == "كما":
            return None
        while end < self.stop and end in self.page.dates:
            end = self.page.dates[end]
        if speaker is not None and finite.verb.relay and self._word(end) == finite.verb.relay:
            source = phrase_end(self.page, end + 1, self.stop)
            if source > end + 1:
                speaker, end = (end + 1, source), source  # حسبما نقلت الوكالة عن مسؤول
        if end < self.stop and (
            is_complement(self._word(end)) or self._word(end) in ("الي", "علي", "عن")
        ):
            return None  # كما قال الوزير إن: a verb with its connective
        hearer = self.page.names.get(end)
        if hearer is not None and hearer.cut and hearer.type == "MediaOutlet":
            end = hearer.end  # بحسب ما أفاد سكان لوكالة فرانس برس
        starts = index == self.sentence.start
        return Cue(
            index,
            end,
            self._past_comma(end),
            CueKind.ACCORDING_TO_WORDS,
            act,
            finite.verb.stance if finite.verb.stance != "certainly-not" else "",
            speaker,
            closes=not starts,
        )
