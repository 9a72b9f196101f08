"""Parts of years and spans of years: quarters, seasons, decades, centuries, fiscal years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.readers.rules.dates.calendar_dates import CalendarDates
from kg.readers.rules.dates.calendar_days import Clock, Core
from kg.readers.rules.dates.meaning import DateForm, Day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["YearParts"]

_CENTURY = 100
_DECADE = 10


class YearParts(CalendarDates):
    """Reads quarters, halves, seasons, decades, centuries and fiscal years."""

    def _part_of_year(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        """Read quarters, halves and seasons with their year."""
        for name in ("quarter", "half", "season"):
            found = self.words.match(name, tokens, index)
            if found is None:
                continue
            fiscal = self.words.match("fiscal", tokens, self.words.skip("of", tokens, found.end))
            if fiscal is not None:
                year = self.words.year(tokens, fiscal.end, bare=True)
                if year is not None:
                    return Core(
                        year.end,
                        DateForm.YEAR_PART,
                        f"{year.year:04d}-{found.value}",
                        Day(year.year),
                    )
            year = self.words.year(tokens, found.end, bare=True)
            if (
                year is not None
                and not year.era
                and not (
                    self._counts(tokens, year.end)
                    and self.words.match("year-word", tokens, found.end) is None
                )
            ):
                return Core(
                    year.end,
                    DateForm.YEAR_PART,
                    f"{year.year:04d}-{found.value}",
                    Day(year.year),
                )
            same = self._same_year(tokens, found.end)
            if same is not None:
                meant, kind = self._meant_year(same[1], clock)
                edtf = f"{meant:04d}-{found.value}" if meant else None
                return Core(same[0], DateForm.YEAR_PART, edtf, Day(meant) if meant else None, kind)
            for word, step in (("last", -1), ("next", 1), ("this", 0)):
                after = self.words.match(word, tokens, found.end)
                if after is None or name != "season":
                    continue
                year_of = clock.article.year if clock.article else None
                if year_of is not None:
                    starts = {"21": 3, "22": 6, "23": 9, "24": 12}[found.value]
                    now = clock.article.month or 6 if clock.article else 6
                    passed = starts + 2 < now
                    if step < 0:
                        year_of -= 0 if passed and found.value != "24" else 1
                    elif step > 0:
                        year_of += 1 if starts <= now else 0
                edtf = f"{year_of:04d}-{found.value}" if year_of else None
                return Core(
                    after.end,
                    DateForm.YEAR_PART,
                    edtf,
                    Day(year_of) if year_of else None,
                    "relative",
                )
        return None

    def _decade(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        """Read التسعينيات, سبعينيات القرن الماضي, القرن التاسع عشر, the 1980s."""
        if self.language == "en":
            token = tokens[index]
            at = index + (token.text == "the")
            if (
                at + 1 < len(tokens)
                and tokens[at].kind == "number"
                and tokens[at + 1].text == "s"
                and (len(tokens[at].text) == 4 and tokens[at].text.endswith("0"))
            ):
                return Core(
                    at + 2, DateForm.DECADE, f"{tokens[at].text[:3]}X", Day(int(tokens[at].text))
                )
        at = self.words.skip("decade-word", tokens, index)
        name = self.words.match("decade-name", tokens, at)
        if name is not None:
            end = name.end
            century = self._century(tokens, self.words.skip("of", tokens, end), clock)
            base = 1900
            if century is not None and century.edtf:
                base, end = int(century.edtf[:2]) * _CENTURY, century.end
            year = base + int(name.value)
            return Core(end, DateForm.DECADE, f"{year // _DECADE}X", Day(year))
        return self._century(tokens, index, clock)

    def _century(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        at = index
        if self.language == "en":
            at += index < len(tokens) and tokens[index].text == "the"
            if index and tokens[index - 1].text == "-":
                return None  # the first of twenty-first
            number = self.words.day_number(tokens, at)
            if number is None or self.words.match("century", tokens, number[1]) is None:
                return None
            value, end = number[0], number[1] + 1
        else:
            found = self.words.match("century", tokens, index)
            if found is None or found.end >= len(tokens):
                return None
            at = found.end
            last = self.words.match("last", tokens, at)
            if last is not None:
                now = clock.article.year if clock.article and clock.article.year else 2000
                return Core(
                    last.end,
                    DateForm.CENTURY,
                    f"{now // _CENTURY - 1:02d}XX",
                    Day((now // _CENTURY - 1) * _CENTURY),
                )
            at += tokens[at].text == "ال"
            number = self.words.day_number(tokens, at)
            if number is None:
                return None
            value, end = number
        era = self.words.match("era", tokens, end)
        if era is not None and era.value == "bce":
            return Core(
                era.end, DateForm.CENTURY, f"-{value - 1:02d}XX", Day(-(value - 1) * _CENTURY - 1)
            )
        if era is not None and era.value == "ce" and end < len(tokens):
            end = era.end
        return Core(end, DateForm.CENTURY, f"{value - 1:02d}XX", Day((value - 1) * _CENTURY))

    def _fiscal(self, tokens: Sequence[Token], index: int) -> Core | None:
        """Read العام المالي 2011, السنة المالية 2010/2011, العام الدراسي 2009-2010."""
        for name in ("fiscal", "school"):
            found = self.words.match(name, tokens, index)
            if found is None or found.end >= len(tokens):
                continue
            year = self.words.year(tokens, found.end, bare=True)
            if year is None:
                continue
            end = year.end
            if end + 1 < len(tokens) and tokens[end].text in "/-–":
                second = self.words.digits(tokens, end + 1)
                if second is not None:
                    if second < _CENTURY:
                        second += year.year // _CENTURY * _CENTURY
                    if second == year.year + 1:
                        edtf = f"{year.year:04d}/{second:04d}"
                        return Core(end + 2, DateForm.NAMED_YEAR, edtf, Day(second))
            return Core(end, DateForm.NAMED_YEAR, f"{year.year:04d}", Day(year.year))
        return None
