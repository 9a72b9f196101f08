"""English phrases that cues are made of: sources, nouns of saying, subjects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.cue import Cue
from kg.rules.lexicon import folded, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rules.noun_phrases import Page
    from kg.rules.quotations import Quotation
    from kg.rules.sentences import Sentence

__all__ = ["EnglishPhrases", "EnglishVerb", "english_nouns", "english_verbs"]

_ENDS: Final = frozenset(".!?;…")
_NOT_SUBJECTS: Final = frozenset(
    {
        "who",
        "which",
        "that",
        "and",
        "but",
        "or",
        "to",
        "as",
        "if",
        "when",
        "while",
        "be",
        "been",
        "was",
        "were",
        "is",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "not",
    }
)
#: Nouns that take up the clause before.
_CHARGES: Final = frozenset(
    {"charge", "claim", "allegation", "accusation", "assertion", "figure", "report", "suggestion"}
)
_CITED: Final = (("according", "to"), ("in", "the", "words", "of"), ("as", "reported", "by"))
#: Words before a noun of saying that belong to its cue: there are reports that.
_SPREAD: Final = frozenset({"there", "are", "were", "amid", "the", "following", "despite"})
_AUXILIARIES: Final = frozenset(
    {"has", "had", "have", "also", "then", "later", "will", "would", "further"}
)


@dataclass(frozen=True, slots=True)
class EnglishVerb:
    """A form of a verb of saying: its act, stance and what it takes; whether it is in -ing."""

    act: str
    stance: str
    takes: str
    participle: bool


@lru_cache(maxsize=1)
def english_verbs() -> dict[str, EnglishVerb]:
    """Return the verbs of saying by their forms."""
    found: dict[str, EnglishVerb] = {}
    for row in rows("en", "speech_verbs"):
        finite, _, participles = row["forms"].partition("/")
        for forms, participle in ((finite, False), (participles, True)):
            for form in forms.split():
                verb = EnglishVerb(row["act"], row["stance"], row["takes"], participle)
                found.setdefault(folded(form.replace("_", " ")), verb)
    return found


@lru_cache(maxsize=1)
def english_nouns() -> dict[str, tuple[str, str]]:
    """Return the nouns of saying with their act and stance."""
    return {
        word: (row["act"], row["stance"])
        for row in rows("en", "speech_nouns")
        for word in row["words"].split()
    }


class EnglishPhrases:
    """Reads the phrases of one English sentence."""

    def __init__(self, page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> None:
        self.page, self.sentence = page, sentence
        self.tokens, self.stop = page.tokens, sentence.end
        self.opens = {quote.open: quote for quote in quotes}
        self.closes = {quote.close: quote for quote in quotes if not quote.open_ended}

    def word(self, index: int) -> str:
        """Return a word of the sentence, empty outside it."""
        return self.tokens[index].text if self.sentence.start <= index < self.stop else ""

    def _past(self, index: int) -> int:
        while (
            index < self.stop
            and self.tokens[index].kind == "mark"
            and (self.word(index) not in _ENDS and self.word(index) not in "$€£")
        ):
            index += 1
        return index

    def _phrase(self, index: int) -> int:
        """Return the index behind a noun phrase: up to a comma, a mark or the sentence's end."""
        end = index
        while end < self.stop and end - index < 14:
            if self.tokens[end].kind == "mark" and self.word(end) not in "'-":
                break
            if end in self.page.dates and end > index:
                break
            end += 1
        if end > index and end in self.page.dates and self.word(end - 1) in ("on", "in"):
            end -= 1
        return end

    def _cited(self, index: int) -> Cue | None:
        for phrase in _CITED:
            end = index + len(phrase)
            if tuple(self.word(n) for n in range(index, end)) != phrase:
                continue
            stop = self._phrase(end)
            if stop == end:
                return None
            closes = index > self.sentence.start
            return Cue(
                index,
                stop,
                self._past(stop),
                "according to",
                "state",
                "",
                (end, stop),
                closes=closes,
            )
        return None

    def _noun(self, index: int) -> Cue | None:
        """Read reports that, amid fears that: a noun that says something."""
        noun = english_nouns().get(self.word(index))
        if noun is None or self.word(index + 1) != "that":
            return None
        start = index
        while self.word(start - 1) in _SPREAD:
            start -= 1
        return Cue(
            start,
            index + 2,
            index + 2,
            "noun of saying",
            noun[0],
            noun[1],
            unnamed=True,
            nested=True,
            goes_on=False,
            comp="that",
        )

    def _that(self, after: int, hearers: bool) -> int:
        """Return where "that" stands behind a time, an occasion or those who hear it, else 0."""
        if not (
            hearers
            or after in self.page.dates
            or self.word(after) in ("on", "in", "at", "to", "during", "after")
        ):
            return 0
        for position in range(after, min(self.stop, after + 10)):
            text = self.word(position)
            if text == "that":
                return position
            mark = self.tokens[position].kind == "mark" and text not in "'-"
            if mark or (text in english_verbs() and position not in self.page.names):
                return 0
        return 0

    def _subject(self, index: int, clause: int) -> tuple[int, int, int] | None:
        """Return the subject before a verb: its span, and where the cue begins."""
        end = index
        while end > clause and self.word(end - 1) in _AUXILIARIES:
            end -= 1
        start = max(clause, self.sentence.start)
        if end > start:
            while start < end and (
                self.word(start) in ("and", "but", "while", "however", "meanwhile")
                or self.tokens[start].kind == "mark"
            ):
                start += 1
            if start >= end or end - start > 14 or self.word(start) in _NOT_SUBJECTS:
                return None
            if self.word(start) in ("i", "we"):
                return None  # the speaker's own words
            if any(
                self.word(n) in english_verbs() and n not in self.page.names
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
                return opening + 1, end - 1, self.sentence.start
            if opening > self.sentence.start and opening - self.sentence.start <= 8:
                return self.sentence.start, opening, self.sentence.start
        return None

    def _charge(self, start: int) -> int:
        """Return where the subject begins in "a charge (which) the minister rejected", else 0."""
        at = start + (self.word(start) in ("a", "an", "the"))
        if at == start or self.word(start - 1) != "," or self.word(at) not in _CHARGES:
            return 0
        return at + 1 + (self.word(at + 1) in ("that", "which"))
