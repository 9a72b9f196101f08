"""English cues: subject and verb, verb and subject after a quotation, according to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.currencies import currency_symbols
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.cues.en.passives import TO_BE, EnglishPassives
from kg.readers.rules.cues.en.phrases import EnglishVerb, english_nouns, english_verbs
from kg.readers.rules.lexicon.tables import word_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.quotations import Quotation
    from kg.readers.rules.matching.sentences import Sentence
    from kg.readers.rules.names.noun_phrases import Page

__all__ = ["find_english_cues"]

_BETWEEN: Final = word_class("en", "between-be-and-verb")
_PRONOUNS: Final = word_class("en", "pronouns")


class _Finder(EnglishPassives):
    def find(self) -> list[Cue]:
        found: list[Cue] = []
        index = clause = self.sentence.start
        nested = False
        while index < self.stop:
            text = self.word(index)
            if self.tokens[index].kind == "mark" and text != "'":
                if text in ",;:" or index in self.opens:
                    clause, nested = index + 1, nested and index in self.opens
                index += 1
                continue
            cue = self._at(index, clause, nested, found)
            if cue is not None:
                found.append(cue)
                index = max(cue.end if cue.closes else cue.content, cue.end, index + 1)
                clause, nested = index, not cue.closes
                continue
            if text == "that":
                clause = index + 1
            index += 1
        return found

    def _at(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        return (
            self._cited(index)
            or self._noun(index)
            or self._quoted_as(index, clause)
            or self._put_at(index, clause, nested)
            or self._said(index, clause, nested, found)
        )

    def _said(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        text, first = self.word(index), index
        verb = english_verbs().get(text)
        if (
            verb is None
            and (verb := english_verbs().get(f"{text} {self.word(index + 1)}")) is not None
        ):
            index += 1  # speaks of
        if verb is None or index in self.named or index in self.page.dates:
            return None
        if verb.participle:
            return self._adding(index, verb)
        at = index - 1
        while self.word(at) in _BETWEEN or self.word(at).endswith("ly"):
            at -= 1
        before = self.word(at) if self.word(at) in TO_BE else self.word(index - 1)
        if before in TO_BE and self.word(index - 2) == "it":
            return self._impersonal(index - 2, index, verb, nested)
        if (cue := self._expected(index, verb, clause, nested)) is not None:
            return cue
        if before in (*TO_BE, "to", "of", "by", "nor") or self._noun_like(index):
            return None
        behind = index - 1
        if behind >= self.sentence.start and self.word(behind) in ",":
            behind -= 1
        if behind in self.closes or (self.word(index - 1) == "," and index - 2 in self.closes):
            return self._inverted(index, verb)
        subject = self._subject(first, clause)
        if subject is None and self.word(first - 1) in ("and", "but") and found:
            return self._going_on(first, index, verb)
        if subject is None:
            return self._inverted(index, verb) if self.word(index - 1) in (",", '"') else None
        return self._subject_verb(subject, index, verb, nested, found)

    def _going_on(self, first: int, index: int, verb: EnglishVerb) -> Cue | None:
        """Read "and accused", "but warned that": the previous speaker continues."""
        end = self._circumstances(index + 1)
        that = self.word(end) == "that"
        whom = verb.takes == "whom" and end < self.stop and self.tokens[end].kind == "word"
        if not that and not whom:
            return None
        return Cue(
            first - 1,
            end + that,
            self._past(end + that),
            CueKind.SUBJECT_AND_VERB,
            verb.act,
            verb.stance,
            goes_on=that,
            joint=Content.THAT if that else Content.OBJECT,
        )

    def _adding(self, index: int, verb: EnglishVerb) -> Cue | None:
        if self.word(index - 1) not in (",", "and", "by", "as") and index > self.sentence.start:
            return None
        if self.word(index - 1) == "as":
            return None
        content = index + 1
        that = self.word(content) == "that"
        if not that and verb.takes not in ("that", "object", "whom"):
            return None
        mark = content >= self.stop or self.tokens[content].kind == "mark"
        if not that and mark and content not in self.opens and self.word(content) != ":":
            return None
        end = content + that
        return Cue(
            index,
            end,
            self._past(end),
            CueKind.PARTICIPLE,
            verb.act,
            verb.stance,
            quoted=end in self.opens or end + 1 in self.opens,
            joint=Content.THAT if that else Content.OBJECT,
        )

    def _inverted(self, index: int, verb: EnglishVerb) -> Cue | None:
        """Read "…," said coach Owen Marsh."""
        end = self._phrase(index + 1)
        if end == index + 1 or verb.hears or verb.takes not in ("that", "object", "strict"):
            return None
        if any(self.word(n) == "that" for n in range(index + 1, end)):
            return None
        return Cue(
            index,
            end,
            self._past(end),
            CueKind.BEHIND_A_QUOTATION,
            verb.act,
            "",
            (index + 1, end),
            closes=True,
            quoted=True,
        )

    def _subject_verb(
        self,
        subject: tuple[int, int, int],
        index: int,
        verb: EnglishVerb,
        nested: bool,
        found: Sequence[Cue],
    ) -> Cue | None:
        start, end, begin = subject
        speaker = None if self.word(start) in _PRONOUNS and end == start + 1 else (start, end)
        after = index + 1
        behind = begin - 1 if self.word(begin - 1) != "," else begin - 2
        finish = self._circumstances(after)
        if finish > after and (self.word(finish), self.word(finish + 1)) == (",", "that"):
            finish += 1  # said on Monday, 5 January, that
        if behind in self.closes and (finish >= self.stop or self.tokens[finish].kind == "mark"):
            return Cue(
                begin,
                finish,
                self._past(finish),
                CueKind.BEHIND_A_QUOTATION,
                verb.act,
                "",
                speaker,
                closes=True,
                quoted=True,
            )
        if (end_of_it := self._what_was_said(finish)) and verb.act in ("deny", "affirm", "admit"):
            return Cue(
                begin,
                end_of_it,
                self._past(end_of_it),
                CueKind.ON_IT,
                verb.act,
                verb.stance,
                speaker,
                nested=nested,
                goes_on=False,
            )
        if (
            finish >= self.stop
            or (
                self.tokens[finish].kind == "mark"
                and finish not in self.opens
                and self.word(finish) not in (":", ",", *currency_symbols())
            )
            or (self.word(finish) == "," and finish + 1 not in self.opens)
        ):
            aside = self._charge(start)
            if aside is not None and speaker is not None and end > aside[1]:
                return Cue(
                    aside[0],
                    finish,
                    finish,
                    CueKind.ON_IT,
                    verb.act,
                    verb.stance,
                    (aside[1], end),
                    closes=True,
                    goes_on=False,
                )
            return Cue(
                begin,
                finish,
                self._past(finish),
                CueKind.BEHIND_WHAT_IS_SAID,
                verb.act,
                verb.stance,
                speaker,
                closes=True,
            )
        if verb.takes == "relay":
            return self._relay(subject, index, verb, nested)
        joint = Content.OBJECT
        that = self._that(after, self.word(index) in ("told", "tells", "tell"))
        if english_nouns().get(self.word(finish)) and self.word(finish + 1) == "that":
            finish += 1  # rejected claims that
        elif that:
            finish = that
        if self.word(finish) == "that":
            finish, joint = finish + 1, Content.THAT
        elif self.word(finish) == ":":
            finish, joint = finish + 1, Content.QUOTE
        elif finish in self.opens or self.word(finish) == ",":
            joint = Content.QUOTE
        elif verb.takes == "that":
            joint = Content.THAT
        elif verb.takes == "strict":
            return None
        if (
            verb.takes == "claim"
            and joint == Content.OBJECT
            and self.word(finish) not in ("the", "any", "claims")
        ):
            return None
        connected = self.word(begin - 1) in ("and", "but", "while") or not found
        return Cue(
            begin,
            finish,
            self._past(finish),
            CueKind.SUBJECT_AND_VERB,
            verb.act,
            self._stance(start, index, verb),
            speaker,
            nested=(nested and not connected)
            or (nested and bool(found) and begin == found[-1].content),
            quoted=joint == Content.QUOTE,
            goes_on=joint.goes_on,
            joint=joint,
        )

    def _stance(self, start: int, index: int, verb: EnglishVerb) -> str:
        """Return the stance of a verb, given the words between the subject and it.

        "Does not believe" is doubt; "has not confirmed" leaves the content open.
        """
        if not self._negated(index) and self.word(start) not in ("no", "none", "neither", "nobody"):
            return verb.stance
        if verb.stance == "certainly-not":
            return "possible"
        return "probably-not" if verb.stance == "probable" else "unknown"

    def _relay(
        self, subject: tuple[int, int, int], index: int, verb: EnglishVerb, nested: bool
    ) -> Cue | None:
        for position in range(index + 1, min(self.stop, index + 12)):
            if self.word(position) == "as" and self.word(position + 1) in ("saying", "telling"):
                return Cue(
                    subject[2],
                    index + 1,
                    index + 1,
                    CueKind.RELAYING_VERB,
                    verb.act,
                    "",
                    (subject[0], subject[1]),
                    nested=nested,
                    relay="as",
                )
        return None


def find_english_cues(page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> list[Cue]:
    """Return the cues of an English sentence, left to right."""
    finder = _Finder(page, sentence, quotes)
    found = finder.find()
    result: list[Cue] = []
    for cue in found:
        result.append(cue)
        if cue.relay:
            inner = _relayed(finder, cue)
            if inner is not None:
                result.append(inner)
    return sorted(result, key=lambda one: one.start)


def _relayed(finder: _Finder, outer: Cue) -> Cue | None:
    """Read "the minister as saying that" after "Reuters quoted"."""
    for position in range(outer.end, min(finder.stop, outer.end + 12)):
        if finder.word(position) == "as":
            end = position + 2
            end += finder.word(end) == "that"
            return Cue(
                outer.end,
                end,
                finder._past(end),
                CueKind.RELAYED,
                "state",
                "",
                (outer.end, position),
                nested=True,
                joint=Content.THAT,
                quoted=end in finder.opens,
            )
    return None
