"""Parts of English cues: sources, speech nouns, subjects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.currencies import currency_symbols
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.tables import folded, rows, word_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.quotations import Quotation
    from kg.readers.rules.matching.sentences import Sentence
    from kg.readers.rules.names.noun_phrases import Page

__all__ = ["EnglishPhrases", "EnglishVerb", "english_nouns", "english_verbs"]

_ENDS: Final = frozenset(".!?;…")
_AT_THE_TIME: Final = (("at", "the", "time"), ("at", "that", "time"))
_CITED: Final = (("according", "to"), ("in", "the", "words", "of"), ("as", "reported", "by"))
_SPREAD: Final = word_class("en", "spreading-words")
_HEARING: Final = word_class("en", "hearing-bodies")
_HEARERS: Final = word_class("en", "hearers")
_OCCASIONS: Final = word_class("en", "occasions")
_VERBS: Final = word_class("en", "verbs-behind-nouns")
_ISSUED: Final = word_class("en", "issued")


@dataclass(frozen=True, slots=True)
class EnglishVerb:
    """A form of a speech verb: its act, stance and complements; whether it ends in -ing.

    ``hears`` means that the subject of its passive is the hearer: was told to.
    """

    act: str
    stance: str
    takes: str
    participle: bool
    hears: bool = False


@lru_cache(maxsize=1)
def english_verbs() -> dict[str, EnglishVerb]:
    """Return the speech verbs by form."""
    found: dict[str, EnglishVerb] = {}
    for row in rows("en", "speech_verbs"):
        finite, _, participles = row["forms"].partition("/")
        for forms, participle in ((finite, False), (participles, True)):
            for form in forms.split():
                hears = finite.startswith("told")
                verb = EnglishVerb(row["act"], row["stance"], row["takes"], participle, hears)
                found.setdefault(folded(form.replace("_", " ")), verb)
    return found


@lru_cache(maxsize=1)
def english_nouns() -> dict[str, tuple[str, str]]:
    """Return the speech nouns with their act and stance."""
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
        self.named = {at for name in page.names.values() for at in range(name.start, name.end)}
        self.opens = {quote.open: quote for quote in quotes}
        self.closes = {quote.close: quote for quote in quotes if not quote.open_ended}

    def word(self, index: int) -> str:
        """Return a word of the sentence, empty outside it."""
        return self.tokens[index].text if self.sentence.start <= index < self.stop else ""

    def _past(self, index: int) -> int:
        while (
            index < self.stop
            and self.tokens[index].kind == "mark"
            and (self.word(index) not in _ENDS and self.word(index) not in currency_symbols())
        ):
            index += 1
        return index

    def _phrase(self, index: int) -> int:
        """Return the index after a noun phrase: up to a comma, a mark or the sentence's end."""
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
            # reported that, according to a memo, …
            inner = "that" in (self.word(index - 1), self.word(index - 2))
            closes = index > self.sentence.start and not inner
            return Cue(
                index,
                stop,
                self._past(stop),
                CueKind.ACCORDING_TO,
                "state",
                "",
                (end, stop),
                closes=closes,
                nested=inner,
            )
        return None

    def _noun(self, index: int) -> Cue | None:
        """Read "reports that", "amid fears that": a noun that reports something."""
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
            CueKind.NOUN_OF_SAYING,
            noun[0],
            noun[1],
            unnamed=True,
            nested=True,
            goes_on=False,
            joint=Content.THAT,
        )

    def _circumstances(self, index: int) -> int:
        """Return the index after hearers, times, places and occasions next to a verb."""
        end = index
        while end < self.stop:
            text = self.word(end)
            if end in self.page.dates:
                if end == index and self.word(self.page.dates[end]) in _VERBS:
                    break  # said the twentieth century was
                end = self.page.dates[end]
            elif text in _HEARERS:
                end += 1
            elif end == index and self.word(index - 1) in ("told", "tells", "tell"):
                behind = self._hearer(end)
                if behind == end:
                    break
                end = behind
            elif (text, self.word(end + 1), self.word(end + 2)) in _AT_THE_TIME:
                end += 3
            elif text in ("on", "in", "at", "by", "during", "to", "from", "late", "early"):
                behind = self._occasion(end + 1)
                if behind == end + 1:
                    break
                end = behind
            else:
                break
        return end

    def _hearer(self, index: int) -> int:
        """Return the index after "Reuters", "state television", "the newspaper al-Ufuq"."""
        if index in self.page.names:
            return self.page.names[index].end
        for end in range(index, min(self.stop, index + 4)):
            if self.word(end).removesuffix("s") in _HEARING:
                end += 1
                while end < self.stop and self.tokens[end].text in ("al", "-"):
                    end += 1
                if end in self.page.names:
                    return self.page.names[end].end
                joined = self.word(end - 1) == "-"
                return end + 1 if joined else end
            if self.tokens[end].kind == "mark":
                break
        return index

    def _occasion(self, index: int) -> int:
        """Return the index after "Tuesday", "Geneva" or "a statement issued on Monday"."""
        if index in self.page.dates:
            return self.page.dates[index]
        name = self.page.names.get(index)
        if name is not None:
            return name.end if name.type == "Place" or self.word(index - 1) == "to" else index
        if self.word(index) in ("phone", "telephone", "email"):
            return index + 1
        if self.word(index) not in ("a", "an", "the", "his", "its", "her", "their"):
            return index
        for end in range(index + 1, min(self.stop, index + 6)):
            if self.word(end) in _OCCASIONS:
                end += 1
                if self.word(end) in _ISSUED:
                    end += 1
                return end
            if self.tokens[end].kind == "mark" or end in self.page.amounts:
                return index
        return index

    def _that(self, after: int, hearers: bool) -> int:
        """Return the position of "that" after a time, an occasion or hearers, else 0."""
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
