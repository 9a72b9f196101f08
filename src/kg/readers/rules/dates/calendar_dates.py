"""Calendar dates: days, months and years of either calendar, feasts, weekdays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.dates.calendar_days import CalendarDays, Clock, Core
from kg.readers.rules.dates.meaning import DateForm, Day, feast, hijri, hijri_month_in
from kg.readers.rules.lexicon.words import is_function

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["NO_YEAR", "CalendarDates", "year_of"]

_SAME: Final = (("نفسه",), ("ذاته",), ("عينه",))
NO_YEAR: Final = "the year is not written"


class CalendarDates(CalendarDays):
    """Reads days, months and years, feasts and Hijri dates."""

    def _calendar(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> Core | None:
        """Read [day-word] [weekday] [day] month [year], and a weekday alone."""
        at = self.words.skip("day-word", tokens, index)
        weekday = self.words.match("weekday", tokens, at)
        if weekday is not None:
            at = weekday.end
            part = self.words.match("part", tokens, at)
            if part is not None and self.language == "en":
                at = part.end
            if at < len(tokens) and tokens[at].text in ",،(" and at + 1 < len(tokens):
                inner = self._day_month(tokens, at + 1, clock, opened=opened)
                if inner is not None:
                    return self._checked(inner, int(weekday.value), tokens)
            inner = self._day_month(tokens, at, clock, opened=opened)
            if inner is not None:
                return self._checked(inner, int(weekday.value), tokens)
            return self._weekday(tokens, index, at, int(weekday.value), clock)
        return self._day_month(tokens, at, clock, opened=opened or at > index)

    def _day_month(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> Core | None:
        if self.language == "en":
            found = self._english_day_month(tokens, index, clock, opened=opened)
            if found is not None:
                return found
        day = self.words.day_number(tokens, index)
        at = index
        if day is not None:
            if (same := self._same_month(tokens, day[0], day[1], clock)) is not None:
                return same
            at = self.words.skip("of", tokens, day[1])
            if at < len(tokens) and tokens[at].text == "/":
                at += 1
        month_word = self.words.match("month-word", tokens, at)
        at = month_word.end if month_word else at
        hijri_month = self.words.match("hijri-month", tokens, at)
        if hijri_month is not None:
            found = self._hijri(
                tokens,
                hijri_month.end,
                int(hijri_month.value),
                day,
                clock,
                sure=day is not None or month_word is not None,
            )
            if found is not None:
                return found
        month = self.words.month(tokens, at)
        if month is None:
            return None
        if (
            day is None
            and month_word is None
            and not self._sure_month(tokens, at, month[1], opened)
        ):
            return None
        return self._with_year(tokens, month[1], month[0], day[0] if day else None, clock)

    @staticmethod
    def _same_month(tokens: Sequence[Token], day: int, end: int, clock: Clock) -> Core | None:
        """Read الثالث عشر منه, 13 من الشهر نفسه: a day of the month mentioned before."""
        words = tuple(token.text for token in tokens[end : end + 3])
        last = clock.last
        behind = 1 if words[:1] == ("منه",) else 3
        of_it = behind == 1 or (words[:2] == ("من", "الشهر") and words[2:] in _SAME)
        if not of_it or last is None or last.month is None:
            return None
        found = Day(last.year, last.month, day)
        return Core(end + behind, DateForm.ANAPHORA, found.edtf, found, "anaphoric")

    def _english_day_month(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> Core | None:
        """Read May 4, 1932."""
        month = self.words.month(tokens, index)
        if month is None:
            return None
        day = self.words.day_number(tokens, month[1])
        if day is not None and tokens[month[1]].kind == "number":
            at = day[1]
            if at < len(tokens) and tokens[at].text == ",":
                year = self.words.year(tokens, at + 1, bare=True)
                if year is not None:
                    at += 1
            return self._with_year(tokens, at, month[0], day[0], clock)
        if not opened and not self._sure_month(tokens, index, month[1], opened):
            return None
        return self._with_year(tokens, month[1], month[0], None, clock)

    def _sure_month(self, tokens: Sequence[Token], index: int, end: int, opened: bool) -> bool:
        """Return whether a month's name without a day is a month: some are also common words."""
        if end > index + 1:
            return True
        if self.words.year(tokens, end, bare=True) is not None or self._same_year(tokens, end):
            return True
        if self.words.match("last", tokens, end) or self.words.match("next", tokens, end):
            return True
        if self.words.match("this", tokens, end):
            return True
        if opened:
            return True
        stem = tokens[index].text
        if self.words.match("doubtful-month", tokens, index) is None:
            return bool(stem)
        before = index and (
            self.words.match("in", tokens, index - 1) or tokens[index - 1].text in ("ب", "و")
        )
        return bool(before)

    def _with_year(
        self, tokens: Sequence[Token], end: int, month: int, day: int | None, clock: Clock
    ) -> Core:
        form = DateForm.MONTH if day is None else DateForm.DAY
        year = self.words.year(tokens, end, bare=True)
        if year is None and end < len(tokens) and tokens[end].text in ",،":
            year = self.words.year(tokens, end + 1, bare=True)
            if year is not None and self.language == "ar" and _goes_on(tokens, year.end):
                year = None  # 4 سبتمبر، 2018 شخصا
        if (
            year is not None
            and year.era != "ah"
            and not (
                self._counts(tokens, year.end)
                and self.words.match("year-word", tokens, end) is None
            )
        ):
            date = Day(year.year, month, day)
            return self._agreeing(tokens, Core(year.end, form, date.edtf, date), clock)
        same = self._same_year(tokens, end)
        if same is not None:
            meant, kind = self._meant_year(same[1], clock)
            date = Day(meant, month, day)
            return Core(same[0], form, date.edtf, date, kind)
        for name in ("last", "next", "this"):
            found = self.words.match(name, tokens, end)
            if found is None:
                continue
            step = {"last": -1, "next": 1}.get(name, 0)
            date = Day(year_of(month, day, step, clock), month, day)
            return Core(found.end, form, date.edtf, date, "relative")
        base = clock.article or clock.last
        date = Day(base.year if base else None, month, day)
        return Core(end, form, date.edtf, date, why=NO_YEAR)

    def _agreeing(self, tokens: Sequence[Token], core: Core, clock: Clock) -> Core:
        """Extend a date by its equivalent in the other calendar: … الموافق 10 ذي الحجة 1431."""
        joint = self.words.match("agreeing", tokens, core.end)
        at = joint.end if joint else core.end
        if joint is None:
            if at >= len(tokens) or tokens[at].text != "(":
                return core
            at += 1
        at = self.words.skip("of", tokens, at) if at < len(tokens) else at
        other = self._calendar(tokens, at, clock, opened=True) if at < len(tokens) else None
        if other is None or (other.form == core.form and joint is None):
            return core
        end = other.end
        if joint is None:
            if end >= len(tokens) or tokens[end].text != ")":
                return core
            end += 1
        better = other if core.form.is_hijri else core
        return replace(better, end=end)

    def _hijri(
        self,
        tokens: Sequence[Token],
        end: int,
        month: int,
        day: tuple[int, int] | None,
        clock: Clock,
        *,
        sure: bool,
    ) -> Core | None:
        year = self.words.year(tokens, end, bare=True, hijri=True)
        number = day[0] if day else None
        form = DateForm.HIJRI_DATE if day else DateForm.HIJRI_MONTH
        if year is None:
            if not sure and month != 9:
                return None
            if not sure and not any(
                self.words.match(name, tokens, end) for name in ("last", "next", "this")
            ):
                return None
            last = self.words.match("last", tokens, end)
            coming = self.words.match("next", tokens, end)
            said = last or coming
            if said is None or number is not None:
                return Core(end, form, kind="relative")
            edtf = self._nearest_month(month, clock, -1 if last else 1)
            return Core(said.end, form, edtf, kind="relative")
        if year.era == "ah":
            edtf = hijri(year.year, month, number)
        elif number is None:
            edtf = hijri_month_in(year.year, month)
        else:
            edtf = feast(f"h{month:02d}-{number:02d}", year.year, is_hijri=False)
        core = Core(
            year.end, form, edtf, self._first_of(edtf) if edtf and "[" not in edtf else None
        )
        return self._agreeing(tokens, core, clock)

    @staticmethod
    def _nearest_month(month: int, clock: Clock, step: int) -> str | None:
        """Return the Hijri month that ended last before the article, or that begins next."""
        article = clock.article
        if article is None or article.year is None or article.edtf is None:
            return None
        for year in (article.year, article.year + step):
            edtf = hijri_month_in(year, month)
            if edtf is None:
                return None
            first, _, last = edtf.partition("/")
            if (first > article.edtf) if step > 0 else (last < article.edtf):
                return edtf
        return None

    def _feast(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        at, shift = index, 0
        part = self.words.match("feast-part", tokens, at)
        if part is not None:
            shift = int(part.value or 0)
            at = part.end
        found = self.words.match("feast", tokens, at)
        if found is None:
            return None
        end = found.end
        if end < len(tokens) and tokens[end].text in ("المبارك", "الشريف", "السعيد", "المجيد"):
            end += 1
        year = self.words.year(tokens, end, bare=True, hijri=True)
        if year is not None:
            edtf = feast(found.value, year.year, is_hijri=year.era == "ah", shift=shift)
            return Core(
                year.end,
                DateForm.FEAST,
                edtf,
                self._first_of(edtf) if edtf and "[" not in edtf else None,
            )
        same = self._same_year(tokens, end)
        if same is not None:
            meant, kind = self._meant_year(same[1], clock)
            edtf = feast(found.value, meant, is_hijri=False, shift=shift) if meant else None
            return Core(same[0], DateForm.FEAST, edtf, None, kind)
        if self.language == "ar" and tokens[at].text not in ("عيد", "العيد") and part is None:
            return None
        last = self.words.match("last", tokens, end)
        coming = self.words.match("next", tokens, end)
        step = -1 if last else 1 if coming else 0
        edtf = self._nearest_feast(found.value, shift, clock, step)
        end = last.end if last else coming.end if coming else end
        day = self._first_of(edtf) if edtf and "[" not in edtf else None
        return Core(end, DateForm.FEAST, edtf, day, kind="relative")

    @staticmethod
    def _nearest_feast(name: str, shift: int, clock: Clock, step: int) -> str | None:
        """Return the last feast before the article, the next one, or that of its year."""
        article = clock.article
        if article is None or article.year is None or article.edtf is None:
            return None
        for year in (article.year, article.year + step):
            edtf = feast(name, year, is_hijri=False, shift=shift)
            if edtf is None or step == 0:
                return edtf
            apart = edtf > article.edtf if step > 0 else edtf < article.edtf
            if "[" not in edtf and apart:
                return edtf
        return None


def year_of(month: int, day: int | None, step: int, clock: Clock) -> int | None:
    """Return the year of a month or day relative to the article: last (-1), this, next (1)."""
    article = clock.article
    if article is None or article.year is None:
        return None
    here = (article.month or 1, article.day or 1)
    if step < 0 and (month, day or 0) >= here:
        return article.year - 1
    if step > 0 and (month, day or 31) <= here:
        return article.year + 1
    return article.year


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word that may be counted follows a number after a comma."""
    return (
        index < len(tokens) and tokens[index].kind == "word" and not is_function(tokens[index].text)
    )
