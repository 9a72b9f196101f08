"""The vocabulary and small parts of dates: days, years, eras, ordinals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.dates.meaning import Day
from kg.readers.rules.lexicon.tables import Match, Phrases, folded, rows, word_class, word_stems
from kg.readers.rules.numbers.numbers import numerals

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["CalendarWords", "Year", "calendar_words"]

_LAST_DAY: Final = 31
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_HIJRI = range(1300, 1500)


@dataclass(frozen=True, slots=True)
class Year:
    """A year: the index after it, the astronomical year, and its era."""

    end: int
    year: int
    era: str = ""


class CalendarWords:
    """Finds the parts of dates in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.take = word_stems(language)
        self.numerals = numerals(language)
        self.classes: dict[str, Phrases[str]] = {}
        pairs: dict[str, list[tuple[str, str]]] = {}
        for row in rows(language, "calendar"):
            pairs.setdefault(row["class"], []).extend(
                (word.replace("_", " "), row["value"]) for word in row["words"].split()
            )
        for name, found in pairs.items():
            self.classes[name] = Phrases.of(found, self.take)
        self.phrases: Phrases[tuple[str, str]] = Phrases.of(
            [
                (row["phrase"], (row["value"], row["kind"]))
                for row in rows(language, "time_phrases")
            ],
            self.take,
        )
        self.ordinals = {
            folded(word): int(row["value"])
            for row in rows(language, "ordinals")
            for word in row["words"].split()
        }
        self.tens = {
            word
            for word, (name, _) in self.numerals.words.items()
            if name == "tens" and language == "en"
        }
        self.triggers = (
            self.tens
            | (set(self.numerals.words) if language == "en" else set())  # two years ago
            | {
                word
                for name, table in self.classes.items()
                if name not in _NO_TRIGGER
                for word in table.entries
            }
            | set(self.phrases.entries)
            | set(self.ordinals)
        )
        names = ("since", "until", "after", "between", "from", "about", "doubt")
        self.openers = frozenset(
            word for name in names if name in self.classes for word in self.classes[name].entries
        )
        self._triggered = lru_cache(maxsize=50_000)(self._may_begin)
        self._hints = lru_cache(maxsize=50_000)(self._classes_of)

    def starts(self, token: Token) -> bool:
        """Return whether a date may begin with a token."""
        return token.kind == "number" or self._triggered(token.text)

    def _may_begin(self, word: str) -> bool:
        return any(stem.text in self.triggers for stem in self.take(word))

    def hints(self, token: Token) -> frozenset[str]:
        """Return the classes that have a phrase beginning with a word."""
        return self._hints(token.text)

    def _classes_of(self, word: str) -> frozenset[str]:
        tables: dict[str, Collection[str]] = {
            name: table.entries for name, table in self.classes.items()
        }
        tables |= {"phrase": self.phrases.entries, "ordinal": {*self.ordinals, *self.tens}}
        words = [stem.text for stem in self.take(word)]
        return frozenset(name for name, one in tables.items() if any(w in one for w in words))

    def match(self, name: str, tokens: Sequence[Token], index: int) -> Match[str] | None:
        """Return the phrase of a class at a token."""
        table = self.classes.get(name)
        return None if table is None or index >= len(tokens) else table.at(tokens, index)

    def skip(self, name: str, tokens: Sequence[Token], index: int) -> int:
        """Return the index after a phrase of a class, or the same index without one."""
        found = self.match(name, tokens, index)
        return found.end if found else index

    # ---- small parts

    def day_number(self, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
        """Return the day of the month, in digits or as an ordinal, and the index after it."""
        if index >= len(tokens):
            return None
        token = tokens[index]
        if token.kind == "number":
            if (
                token.text.isdecimal()
                and len(token.text) <= 2
                and 1 <= int(token.text) <= _LAST_DAY
            ):
                end = index + 1
                if self.language == "en" and end < len(tokens) and tokens[end].text in _SUFFIXES:
                    end += 1
                return int(token.text), end
            return None
        return self.ordinal(tokens, index)

    def ordinal(self, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
        """Return an ordinal in words, and the index after it: الحادي والعشرين is 21."""
        if index >= len(tokens):
            return None
        value = next(
            (
                self.ordinals[s.text]
                for s in self.take(tokens[index].text)
                if s.text in self.ordinals
            ),
            None,
        )
        if value is None:
            return self._compound_ordinal(tokens, index)
        end = index + 1
        if end < len(tokens) and value < 10:
            after = tokens[end].text
            if self.language == "ar" and after in ("عشر", "عشره"):
                return value + 10, end + 1
            tens = self.ordinals.get(after.removeprefix("و"), 0) if after.startswith("و") else 0
            if tens == 0 and after.startswith("وال"):
                name, number = self.numerals.words.get(after[3:], ("", None))
                tens = int(number) if name == "tens" and number is not None else 0
            if tens >= 20:
                return value + tens, end + 1
        return value, end

    def _compound_ordinal(self, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
        """Read twenty-first."""
        if tokens[index].text not in self.tens or index + 2 >= len(tokens):
            return None
        units = self.ordinals.get(tokens[index + 2].text, 10)
        if tokens[index + 1].text != "-" or units >= 10:
            return None
        return int(self.numerals.words[tokens[index].text][1]) + units, index + 3

    def digits(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return a whole number of up to four digits."""
        if index >= len(tokens) or tokens[index].kind != "number":
            return None
        text = tokens[index].text
        return int(text) if text.isdecimal() and len(text) <= 4 else None

    def year(
        self, tokens: Sequence[Token], index: int, *, bare: bool = False, hijri: bool = False
    ) -> Year | None:
        """Return a year: عام 2003, 1431هـ, 500 قبل الميلاد; with ``bare`` 2003 alone."""
        position = (
            self.skip("of", tokens, index) if not self._is_year_word(tokens, index) else index
        )
        word = self.match("year-word", tokens, position)
        start = word.end if word else position
        number = self.digits(tokens, start)
        end = start + 1
        if number is None and word is not None:
            worded = (
                self.numerals.at(tokens, start, ascending=True) if start < len(tokens) else None
            )
            if worded is None or not worded.worded or not _FIRST_YEAR <= worded.value <= _LAST_YEAR:
                return None
            if worded.value != int(worded.value) or worded.garbled:
                return None
            number, end = int(worded.value), worded.end
        if number is None:
            return None
        era = self.match("era", tokens, end)
        if era is not None and era.value == "bce":
            return Year(era.end, 1 - number, "bce")
        if era is not None and era.value == "ah":
            return Year(era.end, number, "ah")
        if hijri and number in _HIJRI:
            return Year(end, number, "ah")
        if era is not None and (
            len(tokens[end].text) > 1 or tokens[end].start == tokens[end - 1].end
        ):
            end = era.end
        if word is None and not bare:
            return None
        if not _FIRST_YEAR <= number <= _LAST_YEAR and word is None:
            return None
        return Year(end, number) if number >= 1 else None

    def _is_year_word(self, tokens: Sequence[Token], index: int) -> bool:
        return self.match("year-word", tokens, index) is not None

    def month(self, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
        """Return a month and the index after it, with any second name or number after a slash."""
        found = self.match("month", tokens, index)
        if found is None:
            return None
        end = found.end
        if (
            end + 1 < len(tokens)
            and tokens[end].text == "."
            and tokens[end - 1].text in _ABBREVIATED
            and tokens[end + 1].kind == "number"
        ):
            end += 1  # Sept. 4
        # كانون الثاني/يناير, شباط (فبراير)
        if end + 1 < len(tokens) and tokens[end].text in "/-–(":
            again = self.match("month", tokens, end + 1)
            if again is not None and again.value == found.value:
                end = again.end
                if tokens[found.end].text == "(" and end < len(tokens) and tokens[end].text == ")":
                    end += 1
        elif (again := self.match("month", tokens, end)) is not None and again.value == found.value:
            end = again.end
        return int(found.value), end

    def numeric(self, tokens: Sequence[Token], index: int) -> tuple[Day, int] | None:
        """Return a date in digits: 14/2/2008, 2011-10-01, 23.11.2012."""
        first = tokens[index]
        if first.kind != "number":
            return None
        if first.text.count(".") == 2:
            pieces, end = first.text.split("."), index + 1
        elif (
            index + 4 < len(tokens)
            and tokens[index + 1].text in "/-"
            and tokens[index + 3].text == tokens[index + 1].text
            and tokens[index + 4].end - first.start <= 10
        ):
            pieces = [tokens[index + n].text for n in (0, 2, 4)]
            end = index + 5
        else:
            return None
        if not all(piece.isdecimal() for piece in pieces):
            return None
        one, two, three = map(int, pieces)
        if len(pieces[0]) == 4:
            day = Day(one, two, three)
        elif len(pieces[2]) == 4:
            day = Day(three, two, one)
            if day.exact is None:
                day = Day(three, one, two)
        else:
            return None
        return (day, end) if day.exact is not None else None


#: Classes whose words alone do not begin a date.
_NO_TRIGGER: Final = frozenset((
    "of", "same", "that", "last", "next", "this", "following", "or", "to", "era", "agreeing",
    "doubtful-month", "name-head", "doubt-after", "maghreb", "in", "event-word",
))  # fmt: skip
_ABBREVIATED: Final = word_class("en", "abbreviations-before-numbers")
_SUFFIXES: Final = ("st", "nd", "rd", "th")


@lru_cache(maxsize=4)
def calendar_words(language: str) -> CalendarWords:
    """Return the calendar words of a language."""
    return CalendarWords(language)
