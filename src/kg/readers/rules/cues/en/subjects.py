"""Subjects of English speech verbs, and what may come between the two."""

from __future__ import annotations

from typing import Final

from kg.readers.rules.cues.en.phrases import EnglishPhrases, english_verbs
from kg.readers.rules.lexicon.tables import word_class

__all__ = ["EnglishSubjects"]

_LEADS: Final = word_class("en", "subject-leads")
_NOUNS: Final = word_class("en", "nouns-like-verbs")
_VERBS: Final = word_class("en", "verbs-behind-nouns")
_NOT_SUBJECTS: Final = word_class("en", "not-subjects")
_CHARGES: Final = word_class("en", "charges")
_AUXILIARIES: Final = word_class("en", "auxiliaries")
_NEGATIONS: Final = word_class("en", "negations")
_ADJECTIVES: Final = word_class("en", "before-nouns")


class EnglishSubjects(EnglishPhrases):
    """Finds the speaker in an English sentence."""

    def _noun_like(self, index: int) -> bool:
        """Return whether a speech verb is a noun here: its earlier estimate, field reports had."""
        if self.word(index).endswith("s") and self.word(index + 1) in _VERBS:
            return True
        return self.word(index) in _NOUNS and self.word(index - 1) in _ADJECTIVES

    def _subject(self, index: int, clause: int) -> tuple[int, int, int] | None:
        """Return the subject before a verb: its span, and where the cue begins."""
        end = index
        while end > clause and _parts_the_verb(self.word(end - 1)):
            end -= 1
        start = max(clause, self.sentence.start)
        if end > start:
            while start < end and (self.word(start) in _LEADS or self.tokens[start].kind == "mark"):
                start += 1
            if start >= end or end - start > 14 or self.word(start) in _NOT_SUBJECTS:
                return None
            if self.word(start) in ("i", "we"):
                return None  # the speaker's own words
            if any(
                self.word(n) in english_verbs()
                and n not in self.page.names
                and self.word(n + 1) != "by"  # diplomats quoted by the agency
                and not self._noun_like(n)
                for n in range(start, end)
            ):
                return None
            return start, end, start
        if self.word(end - 1) == ",":
            # Samuel Hodge, who runs the cooperative, said
            opening = next(
                (n for n in range(end - 2, self.sentence.start, -1) if self.word(n) == ","), -1
            )
            name = self.page.names.get(opening + 1)
            if name is not None and name.type == "Person" and name.end == end - 1:
                return opening + 1, end - 1, self._behind_quotation(opening)
            start = self._behind_a_mark(opening)
            if start < opening <= start + 8 and self.word(start) not in _NOT_SUBJECTS:
                return start, opening, start
        return None

    def _behind_a_mark(self, index: int) -> int:
        """Return where the words just before a position begin: after a mark and but, and, while."""
        start = index
        while start > self.sentence.start and (
            self.tokens[start - 1].kind != "mark" or self.word(start - 1) in "'-"
        ):
            start -= 1
        while self.word(start) in _LEADS:
            start += 1
        return start

    def _behind_quotation(self, index: int) -> int:
        """Return where the sentence resumes after the last quotation before a position."""
        closed = [close for close in self.closes if self.sentence.start <= close < index]
        start = max(closed) + 1 if closed else self.sentence.start
        return start + 1 if self.word(start) == "," else start

    def _negated(self, index: int) -> bool:
        """Return whether a verb is negated: has not, did not, never."""
        while _parts_the_verb(self.word(index - 1)):
            index -= 1
            if self.word(index) in _NEGATIONS:
                return True
        return False

    def _what_was_said(self, index: int) -> int:
        """Return the index after a lone "it", "this" or "that" as the content, else 0."""
        if self.word(index) not in ("it", "this", "that", "them"):
            return 0
        end = index + 1
        return end if end >= self.stop or self.tokens[end].kind == "mark" else 0

    def _charge(self, start: int) -> tuple[int, int] | None:
        """Return where "a charge (that) the minister rejected" begins, and its subject."""
        at = start + (self.word(start) in ("a", "an", "the"))
        if self.word(start - 1) in ("that", "which") and self.word(start - 2) in _CHARGES:
            at, start = start - 2, start - 2 - (self.word(start - 3) in ("a", "an", "the"))
        if at == start or self.word(start - 1) != "," or self.word(at) not in _CHARGES:
            return None
        return start, at + 1 + (self.word(at + 1) in ("that", "which"))


def _parts_the_verb(word: str) -> bool:
    """Return whether a word may come between a subject and its verb: has repeatedly."""
    return word in _AUXILIARIES or (word.endswith("ly") and len(word) > len("only"))
