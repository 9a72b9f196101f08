"""English passive and phrasal cues: is expected to, was quoted as saying, put the toll at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.cues.en.subjects import EnglishSubjects

if TYPE_CHECKING:
    from kg.readers.rules.cues.en.phrases import EnglishVerb

__all__ = ["TO_BE", "EnglishPassives"]

#: Auxiliaries before a passive.
TO_BE: Final = ("is", "are", "was", "were", "be", "been")
#: Acts whose passive has no named speaker: is expected to, was said to.
_EXPECTING: Final = frozenset(
    {"state", "believe", "forecast", "estimate", "report", "accuse", "allege"}
)


class EnglishPassives(EnglishSubjects):
    """Reads English passives and phrases."""

    def _quoted_as(self, index: int, clause: int) -> Cue | None:
        """Read "the general was quoted as saying (that)"."""
        words = tuple(self.word(n) for n in range(index, index + 3))
        if words != ("quoted", "as", "saying") or self.word(index - 1) not in ("was", "were", "is"):
            return None
        subject = self._subject(index - 1, clause)
        if subject is None:
            return None
        end = index + 3 + (self.word(index + 3) == "that")
        return Cue(
            subject[2],
            end,
            self._past(end),
            CueKind.SUBJECT_AND_VERB,
            "quote",
            "",
            (subject[0], subject[1]),
            quoted=end in self.opens,
            joint=Content.THAT,
        )

    def _put_at(self, index: int, clause: int, nested: bool) -> Cue | None:
        """Read "the ministry put the death toll at"."""
        if self.word(index) not in ("put", "puts"):
            return None
        subject = self._subject(index, clause)
        for at in range(index + 2, min(self.stop, index + 9)):
            if self.word(at) == "at" and subject is not None and at + 1 in self.page.amounts:
                return Cue(
                    subject[2],
                    at + 1,
                    index + 1,
                    CueKind.SUBJECT_AND_VERB,
                    "estimate",
                    "probable",
                    (subject[0], subject[1]),
                    nested=nested,
                    goes_on=False,
                    joint=Content.OBJECT,
                )
            if self.tokens[at].kind == "mark" and self.word(at) not in "'-":
                return None
        return None

    def _expected(self, index: int, verb: EnglishVerb, clause: int, nested: bool) -> Cue | None:
        """Read "talks are expected to", "a man is believed to have", "officers are accused of"."""
        joint = self.word(index + 1)
        of = joint == "of" and verb.act == "accuse"
        if not of and (joint != "to" or verb.act not in _EXPECTING or verb.hears):
            return None
        start = index - 1
        while self.word(start).endswith("ly") or self.word(start) in ("also", "now", "still"):
            start -= 1
        if self.word(start) not in TO_BE:
            return None
        start -= self.word(start) in ("been", "be")
        subject = self._subject(start, clause)
        end = index + 2
        return Cue(
            start,
            end,
            subject[0] if subject else end,
            CueKind.PASSIVE_AND_SUBJECT,
            verb.act,
            verb.stance,
            unnamed=True,
            nested=nested,
            goes_on=False,
        )

    def _impersonal(self, start: int, index: int, verb: EnglishVerb, nested: bool) -> Cue | None:
        if self.word(index + 1) != "that":
            return None
        return Cue(
            start,
            index + 2,
            index + 2,
            CueKind.PASSIVE,
            verb.act,
            verb.stance,
            unnamed=True,
            nested=nested,
        )
