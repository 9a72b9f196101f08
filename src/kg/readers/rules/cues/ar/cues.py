"""Arabic cues: the reporting words, who speaks, and where the reported words begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.clauses.clause_signs import BUT
from kg.readers.rules.cues.ar.according_to import CONNECTIVES
from kg.readers.rules.cues.ar.complements import COMMAS, NEGATIONS, RELATIVES
from kg.readers.rules.cues.ar.subjects import Subjects
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.tables import folded, word_class
from kg.readers.rules.lexicon.words import function_class, is_definite, is_verb, is_verbal_noun
from kg.readers.rules.names.noun_phrases import Page, is_complement, phrase_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.cues.ar.speech import SpeechForm
    from kg.readers.rules.matching.quotations import Quotation
    from kg.readers.rules.matching.sentences import Sentence

__all__ = ["CueFinder", "find_cues"]


_GOING_ON: Final = word_class("ar", "going-on")
_WAS: Final = word_class("ar", "although-was")
#: Words that form a subordinate clause with أن: بعد أن, رغم أن.
_BEFORE_THAT: Final = frozenset({"بعد", "قبل", "رغم", "منذ", "الي"})
#: Nouns spelt like duals of verbs: علما أن, ردا على سؤال.
_NOT_VERBS: Final = frozenset({"علما", "ردا"})
_HEARERS: Final = word_class("ar", "hearers")
_WITH_HEARERS: Final = word_class("ar", "verbs-with-hearers")


class CueFinder(Subjects):
    """Finds the cues of one sentence."""

    def find(self) -> list[Cue]:
        """Return the cues of the sentence, left to right, without overlaps."""
        found: list[Cue] = []
        index = clause = self.sentence.start
        after_complement = False
        while index < self.stop:
            token = self.tokens[index]
            if index in self.quoted_names:
                index = self.quoted_names[index]
                continue
            if token.kind == "mark":
                if token.text in COMMAS or token.text in '":' or index in self.opens:
                    clause, after_complement = index + 1, index in self.opens and after_complement
                index += 1
                continue
            if token.kind != "word" or index in self.page.dates:
                index += 1
                continue
            cue = None
            if self.speech.hopeful(token.text):
                cue = self._at(index, clause, after_complement, found)
            if cue is not None:
                found += self._parted(cue)
                index = max(cue.content if not cue.closes else cue.end, index + 1)
                clause, after_complement = index, not cue.closes
                continue
            if is_complement(token.text) or token.text in ("وان", "فان", "وانه", "وانها"):
                before = (self._word(index - 2), self._word(index - 1))
                if before[1] in _BEFORE_THAT or before == ("الرغم", "من"):
                    index, clause = index + 1, index + 1
                    continue
                although = token.text == "وان" and self._word(index + 1) in _WAS  # وإن كان
                clause, after_complement = index + 1, not (although or self._is_but(index))
            elif function_class(token.text) in ("conjunction", "subordinate") or (
                token.text[0] in "وف"
                and index not in self.page.names
                and not self._raw(index).endswith("ة")
                and (
                    is_verb(token.text)
                    or (
                        token.text[1:3] == "ال"
                        and (
                            self._word(index + 1) == "قد"
                            or self.speech.forms(self._word(index + 1))
                        )
                    )
                )
            ):
                clause, after_complement = index, False
            index += 1
        return found

    def _is_but(self, index: int) -> bool:
        """Return whether أن introduces a contrast with the previous clause: إلا أن, غير أنه."""
        return (
            index > self.sentence.start
            and is_complement(self._word(index))
            and self._word(index - 1) in BUT
        )

    def _at(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        return (
            self._according(index, clause)
            or self._source(index, clause)
            or self._on_it(index)
            or self._noun(index)
            or self._what_was_said(index)
            or self._relayed(index, found)
            or self._passive(index, clause, nested)
            or self._participle(index, clause, found)
            or self._finite(index, clause, nested, found)
        )

    def _finite(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        forms = [one for one in self.speech.forms(self._word(index)) if one.form == "finite"]
        if not forms:
            return None
        before = self._word(index - 1) if index > self.sentence.start else ""
        if (relative := self._relative(index, clause, forms[0], nested, found)) is not None:
            return relative
        if before in RELATIVES or (function_class(before) == "preposition" and index > clause):
            return None
        if self._word(index).removeprefix("و") in _NOT_VERBS:
            return None
        form = forms[0]
        name = self.page.names.get(index)
        if name is not None and name.type == "Person":
            return None
        body = self._word(index)[form.cut :]
        if form.tense != "perfect" and body.removeprefix("س")[:1] in "نا":
            return None  # the first person: the speaker's own words
        negated = before in NEGATIONS
        if negated and form.verb.stance not in ("probably-not", "probable"):
            return None
        start = index
        position = index - 1
        if not found and self._word(self.sentence.start).removeprefix("و") == "ردا":
            start, position = self.sentence.start, clause - 1  # وردا على سؤال … أجاب
        if before.removeprefix("و") in _GOING_ON and form.tense != "perfect":
            start, position = index - 1, clause - 1  # ومضى يقول
        if before == "ان" and index - 2 >= self.sentence.start:
            lead = self._word(index - 2)
            if lead == "قبل" and form.tense != "perfect" and not self._is_subject(index + 1):
                # قبل أن يستدرك أن: the same speaker continues
                start, position, nested = index - 2, clause - 1, False
        while (
            position >= clause
            and self._word(position) in CONNECTIVES | NEGATIONS
            and not (is_complement(self._word(position)) or self._word(position) in ("وان",))
        ):
            start, position = position, position - 1
        if self._word(start) == "حين" and self._word(start - 1) in ("في", "وفي", "ففي"):
            start -= 1
        if form.suffix and folded(form.verb.name) not in _WITH_HEARERS:
            forms = [one for one in forms if not one.suffix]
            if not forms:
                return None
            form = forms[0]
        post = self._behind_quotation(start, index, form)
        if post is not None:
            return post
        subject = self._subject_before(clause, start)
        described = None if subject else self._described(start, index, form, nested)
        if described is not None:
            return self._with_subject(described, index, form, found)
        if form.verb.relay:
            relay = self._relaying(start, index, form, subject, nested)
            if relay is not None:
                return relay
        if subject is not None:
            cue = self._subject_verb(index, form, subject, nested)
            if cue is not None:
                return self._settled(cue, negated)
        cue = None
        if subject is None and form.plural and form.tense == "imperfect":
            cue = self._bare_verb(start, index, form, found)
        cue = cue or self._verb_subject(start, index, form, clause, nested)
        if cue is None and subject is None:
            cue = self._bare_verb(start, index, form, found)
        if cue is None:
            return None
        return self._settled(self._with_subject(cue, index, form, found), negated)

    def _settled(self, cue: Cue, negated: bool) -> Cue:
        """Merge a second verb of the same speaker into the cue: قال إنه يشك في."""
        cue = self._negated(cue, negated)
        joint = self._word(cue.end - 1)
        if cue.joint != Content.THAT or cue.end != cue.content or joint in ("ان", "بان"):
            return cue
        forms = [one for one in self.speech.forms(self._word(cue.content)) if one.form == "finite"]
        impersonal = self.speech.passives.get(self._word(cue.content), ("", ""))[0] == "report"
        if not forms or forms[0].cut or forms[0].suffix or impersonal:
            return cue
        form = forms[0]
        complement = self._near(cue.content + 1, form.verb)
        if complement is None:
            return cue
        return replace(
            cue,
            end=complement.end,
            content=complement.content,
            act=form.verb.act,
            stance=form.verb.stance,
            goes_on=complement.kind == Content.THAT,
            joint=complement.kind,
        )

    @staticmethod
    def _negated(cue: Cue, negated: bool) -> Cue:
        """Negate the stance: not ruling out becomes possible, not believing becomes doubt."""
        turned = {"probably-not": "possible", "probable": "probably-not"}
        return replace(cue, stance=turned.get(cue.stance, cue.stance)) if negated else cue

    def _subject_verb(
        self, index: int, form: SpeechForm, subject: tuple[int, int, int], nested: bool
    ) -> Cue | None:
        complement = self._complement(index + 1, form.verb, index)
        at, end, cut = subject
        if complement is None:
            return self._of_it(at, index + 1, form, (at, end), cut)
        start = at
        position = at - 1
        while (
            position >= self.sentence.start
            and self._word(position) in CONNECTIVES
            and not (is_complement(self._word(position)) or self._word(position) in ("وان", "فان"))
        ):
            start, position = position, position - 1
        if position >= self.sentence.start and self._word(position) == "فان":
            start = position
        elif self._is_but(position):
            start = position - 1
        connected = start < at or bool(cut)
        inner = nested and not cut
        return self._said(
            CueKind.SUBJECT_AND_VERB, start, complement, form, (at, end), cut,
            stance=complement.stance, nested=inner or (nested and not connected),
        )  # fmt: skip

    def _verb_subject(
        self, start: int, index: int, form: SpeechForm, clause: int, nested: bool
    ) -> Cue | None:
        first = index + 1 + (self._word(index + 1) in _HEARERS)
        end = self._before_preposition(first, phrase_end(self.page, first, self.stop), form)
        if (
            form.verb.takes == "yes"
            and not is_definite(self._word(first))
            and is_verbal_noun(self._word(first), self._raw(first))
            and first not in self.page.names
            and first not in self.page.heads
            and not self._is_source(first)
        ):
            end = first  # no subject: what is denied or expected follows directly
        if self._word(first) in self.speech.participles or self._is_speech(first):
            end = first  # تابع قائلا, ختم حديثه بالقول: no subject
        told = self._word(first)
        if (
            form.verb.takes == "whom"
            and told[:2] == "ال"
            and told[-2:] == "ين"
            and (first not in self.page.names)
        ):
            end = first  # ودعا المواطنين إلى: an addressee, no subject
        if form.verb.takes == "court" and not any(
            "محكم" in self._word(n) or "قاضي" in self._word(n) for n in range(first, end)
        ):
            return None
        spoken = end if (self._word(end), self._word(end + 1)) == ("علي", "لسان") else -1
        if spoken > first:  # قال التحالف على لسان رئيسه فلان إن
            first, end = spoken + 2, phrase_end(self.page, spoken + 2, self.stop)
        complement = self._complement(max(end, first), form.verb, index)
        if complement is None:
            return self._of_it(start, max(end, first), form, (first, end), 0)
        speaker = (first, end) if end > first else None
        if speaker is None and form.tense == "perfect" and not self._may_go_on(index, start, form):
            return None
        begin = self._adjunct_start(start, clause) if speaker is not None and not nested else start
        text = self._word(begin)
        apart = (begin < index and text not in ("قد", "لم", "لا")) or text[0] in "وف"
        cue = self._said(
            CueKind.VERB_AND_SUBJECT, begin, complement, form, speaker,
            stance=complement.stance, nested=nested and not (apart and text[0] in "وف"),
        )  # fmt: skip
        return replace(cue, confidence=0.9 if complement.kind.goes_on else 0.75)


def find_cues(page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> list[Cue]:
    """Return the cues of a sentence, left to right."""
    return [_trimmed(page, cue) for cue in CueFinder(page, sentence, quotes).find()]


def _trimmed(page: Page, cue: Cue) -> Cue:
    """End the speaker's words with a person's name: an office after it is an apposition."""
    if cue.speaker is None:
        return cue
    start, end = cue.speaker
    for index in range(start, end):
        name = page.names.get(index)
        if name is not None and name.type == "Person" and name.end < end:
            after = page.tokens[name.end].text
            if is_definite(after) or after.startswith("لل"):
                return replace(cue, speaker=(start, name.end))
    return cue
