"""Years, weekdays, and references to another year: العام نفسه, last year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.currencies import currency_symbols
from kg.readers.rules.dates.calendar_words import CalendarWords, calendar_words
from kg.readers.rules.dates.meaning import DateForm, DateKind, Day, hijri, negative_year, of_date
from kg.readers.rules.lexicon.words import is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["CalendarDays", "Clock", "Core"]

#: How far before a weekday a verb in the future tense may be, in tokens.
_REACH: Final = 14


@dataclass(slots=True)
class Clock:
    """Reference points for dates: the article's day, and the dates mentioned so far."""

    article: Day | None = None
    last: Day | None = None
    named: list[Day] = field(default_factory=list)

    def name(self, day: Day | None) -> None:
        """Record a date that the text mentions."""
        if day is not None and day.year is not None:
            self.last = day
            self.named = [*self.named[-1:], day]


@dataclass(frozen=True, slots=True)
class Core:
    """A date without the words that open an interval: where it ends, and its meaning."""

    end: int
    form: DateForm
    edtf: str | None = None
    day: Day | None = None
    kind: DateKind = "explicit"
    modifier: str | None = None
    partial: bool = False
    why: str | None = None


class CalendarDays:
    """Reads the parts of a date beyond day and month: years, weekdays, the same year."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: CalendarWords = calendar_words(language)

    def _counts(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a counted noun follows a number: 2010 أشجار is not a year."""
        if index >= len(tokens):
            return False
        token = tokens[index]
        if token.kind != "word":
            return token.text in "%٪" or token.text in currency_symbols()
        from kg.readers.rules.amounts.amounts import amounts_of

        amounts = amounts_of(self.language)
        if token.text in amounts.nouns or token.text in amounts.currencies.names:
            return True
        name = self.words.numerals.words.get(token.text, ("",))[0]
        return name.startswith("scale")

    def _year(self, tokens: Sequence[Token], index: int, *, opened: bool) -> Core | None:
        worded = self.words.match("year-word", tokens, index) is not None
        if not worded and tokens[index].kind != "number":
            return None
        year = self.words.year(tokens, index, bare=opened)
        if year is None:
            return None
        if not worded and self._counts(tokens, year.end):
            return None
        if year.era == "ah":
            return Core(
                year.end, DateForm.HIJRI_YEAR, hijri(year.year), self._first_of(hijri(year.year))
            )
        if year.era == "bce":
            return Core(year.end, DateForm.YEAR, negative_year(year.year), Day(year.year))
        day = Day(year.year)
        return Core(year.end, DateForm.YEAR, day.edtf, day)

    @staticmethod
    def _first_of(edtf: str | None) -> Day | None:
        if not edtf:
            return None
        year, month, day = edtf.partition("/")[0].split("-")
        return Day(int(year), int(month), int(day))

    def _checked(self, core: Core, weekday: int, tokens: Sequence[Token]) -> Core:
        exact = core.day.exact if core.day else None
        end = core.end
        if end < len(tokens) and tokens[end].text == ")":
            end += 1
        if exact is not None and exact.isoweekday() != weekday:
            return replace(core, end=end, why="the weekday is not that of the date")
        return replace(core, end=end)

    def _weekday(
        self, tokens: Sequence[Token], start: int, end: int, weekday: int, clock: Clock
    ) -> Core | None:
        """Resolve a bare weekday to the nearest such day that the tense allows."""
        last = self.words.match("last", tokens, end)
        coming = self.words.match("next", tokens, end)
        next_day = self.words.match("weekday", tokens, end)
        if next_day is not None and int(next_day.value) == weekday % 7 + 1:
            end = next_day.end  # ليل الأحد الإثنين
        after = last or coming
        finish = after.end if after else end
        if self.language == "en" and start:
            coming = coming or self.words.match("next", tokens, start - 1)
        today = clock.article.exact if clock.article else None
        if today is None:
            return Core(finish, DateForm.WEEKDAY, kind="relative")
        from datetime import timedelta

        ahead = coming is not None or (last is None and self._is_future(tokens, start))
        difference = (weekday - today.isoweekday()) % 7
        days = difference or 7 if ahead else difference - 7 if difference else -7 if last else 0
        day = of_date(today + timedelta(days=days))
        return Core(finish, DateForm.WEEKDAY, day.edtf, day, "relative")

    def _is_future(self, tokens: Sequence[Token], index: int) -> bool:
        for position in range(index - 1, max(-1, index - _REACH), -1):
            text = tokens[position].text
            if text in ".؛\n،" or (self.language == "en" and text == ","):
                return False
            if self.language == "en":
                if text in ("will", "shall", "would", "due"):
                    return True
            elif text in ("سوف", "المقرر", "المنتظر", "المتوقع") or is_verb(text) == "future":
                return True
            elif is_verb(text) == "perfect":
                return False
        return False

    def _same_year(self, tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
        """Return the end and the meaning of "(of) the same year", "this year", "last year"."""
        at = self.words.skip("of", tokens, index)
        if at >= len(tokens):
            return None
        found = self.words.phrases.at(tokens, at)
        if found is not None and found.value[0] in ("same-year", "then-year+1", "then-year-1"):
            return found.end, found.value[0]
        unit = self.words.match("year", tokens, at)
        if unit is not None:
            for name, meaning in (("last", "year-1"), ("next", "year+1"), ("this", "year+0")):
                after = self.words.match(name, tokens, unit.end)
                if after is not None:
                    return after.end, meaning
        for name, meaning in (
            ("this-before", "year+0"),
            ("last-before", "year-1"),
            ("next-before", "year+1"),
        ):
            before = self.words.match(name, tokens, at)
            if before is not None and (unit := self.words.match("year", tokens, before.end)):
                return unit.end, meaning
        return None

    @staticmethod
    def _meant_year(meaning: str, clock: Clock) -> tuple[int | None, DateKind]:
        base = clock.article if meaning.startswith("year") else clock.last
        kind: DateKind = "relative" if meaning.startswith("year") else "anaphoric"
        if base is None or base.year is None:
            return None, kind
        offset = int(meaning[-2:]) if meaning[-2] in "+-" else 0
        return base.year + offset, kind
