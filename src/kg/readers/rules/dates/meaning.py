"""The meaning of date expressions: EDTF, and the arithmetic of relative and Hijri dates."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Literal

from kg.readers.rules.lexicon.tables import rows

__all__ = [
    "DateExpression",
    "DateForm",
    "DateKind",
    "Day",
    "feast",
    "hijri",
    "hijri_month_in",
    "negative_year",
    "of_date",
    "shifted",
    "week_of",
]

DateKind = Literal["explicit", "relative", "anaphoric", "implied"]
_MONTHS = 12
_FIRST_HIJRI, _LAST_HIJRI = 1343, 1500


class DateForm(Enum):
    """How a date is written."""

    YEAR = auto()
    NAMED_YEAR = auto()  # السنة المالية 2010/2011
    YEAR_PART = auto()
    MONTH = auto()
    DAY = auto()
    DIGITS = auto()
    WEEKDAY = auto()
    HIJRI_YEAR = auto()
    HIJRI_MONTH = auto()
    HIJRI_DATE = auto()
    FEAST = auto()
    DECADE = auto()
    CENTURY = auto()
    INTERVAL = auto()
    OPEN_INTERVAL = auto()
    RELATIVE_DAY = auto()
    RELATIVE_UNIT = auto()
    PERIOD = auto()
    SPAN = auto()  # بعد ثلاثة أيام
    ANAPHORA = auto()
    SINCE_THEN = auto()
    BETWEEN = auto()
    EVENT = auto()  # قبل سقوط بغداد
    NAME = auto()  # شارع 14 يوليو: not a date at all

    @property
    def is_hijri(self) -> bool:
        """Whether the date is in the Hijri calendar."""
        return self in (DateForm.HIJRI_YEAR, DateForm.HIJRI_MONTH, DateForm.HIJRI_DATE)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date with day, month or year precision; the year may be unknown (``None``)."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str | None:
        """The date as EDTF, ``None`` if the year is unknown or the day does not exist."""
        if self.year is None:
            return None
        text = negative_year(self.year) if self.year < 0 else f"{self.year:04d}"
        if self.month is None:
            return text
        if not 1 <= self.month <= _MONTHS:
            return None
        text += f"-{self.month:02d}"
        if self.day is None:
            return text
        last = calendar.monthrange(max(self.year, 1), self.month)[1]
        return f"{text}-{self.day:02d}" if 1 <= self.day <= last else None

    @property
    def exact(self) -> date | None:
        """The day as Python's date, ``None`` if it is less precise or out of range."""
        if self.year is None or self.month is None or self.day is None or self.year < 1:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in tokens ``start:end``; ``cut`` letters are clitics.

    ``edtf`` is ``None`` if the text alone does not determine it; ``relation`` and ``anchor``
    (tokens) then name the event that dates it. ``modifier`` is early, mid, late, dawn or morning.
    """

    start: int
    end: int
    cut: int
    form: DateForm
    kind: DateKind = "explicit"
    edtf: str | None = None
    day: Day | None = None
    modifier: str | None = None
    relation: str | None = None
    anchor: tuple[int, int] | None = None
    why: str | None = None


def negative_year(year: int) -> str:
    """Return an astronomical year before 0 as EDTF: -499 is ``-0499``."""
    return f"-{abs(year):04d}"


def of_date(day: date) -> Day:
    """Return a Python date as a :class:`Day`."""
    return Day(day.year, day.month, day.day)


def week_of(day: date, weeks: int = 0) -> str:
    """Return the week of a day, Monday to Sunday, shifted by ``weeks``, as an EDTF interval."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def shifted(day: Day, unit: str, count: int) -> tuple[str | None, Day | None]:
    """Return a date shifted by some days, weeks, months or years, as precise as the unit.

    :return: the EDTF string, and the date if it is a single day, month or year.
    """
    if day.year is None:
        return None, None
    exact = day.exact
    if unit in ("day", "hour", "week"):
        if exact is None:
            return None, None
        days = {"day": count, "hour": 0, "week": 7 * count}[unit]
        try:
            moved = of_date(exact + timedelta(days=days))
        except OverflowError:
            return None, None
        edtf = moved.edtf
        return (f"{edtf}~" if edtf and unit == "week" else edtf), moved
    if unit == "month":
        if day.month is None:
            return None, None
        months = day.year * _MONTHS + day.month - 1 + count
        moved = Day(months // _MONTHS, months % _MONTHS + 1)
        return moved.edtf, moved
    factor = {"year": 1, "decade": 10}.get(unit)
    if factor is None:
        return None, None
    moved = Day(day.year + factor * count)
    return moved.edtf, moved


@lru_cache(maxsize=512)
def hijri(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a Hijri date in the Umm al-Qura calendar: a day, or the interval of its days."""
    from hijridate import Hijri

    if not _FIRST_HIJRI <= year < _LAST_HIJRI:
        return None
    try:
        if month is None:
            first, last = Hijri(year, 1, 1), Hijri(year, _MONTHS, 1)
            end = last.to_gregorian() + timedelta(days=last.month_length() - 1)
            return f"{_iso(first.to_gregorian())}/{_iso(end)}"
        if day is None:
            first = Hijri(year, month, 1)
            end = first.to_gregorian() + timedelta(days=first.month_length() - 1)
            return f"{_iso(first.to_gregorian())}/{_iso(end)}"
        return _iso(Hijri(year, month, day).to_gregorian())
    except (ValueError, OverflowError):
        return None


def _iso(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


@lru_cache(maxsize=1)
def _feast_exceptions() -> dict[tuple[str, int], str]:
    return {(row["feast"], int(row["year"])): row["edtf"] for row in rows("common", "feasts")}


@lru_cache(maxsize=512)
def feast(code: str, year: int, *, is_hijri: bool, shift: int = 0) -> str | None:
    """Return the day of a feast in a Gregorian or Hijri year; a set if it occurs twice.

    :param code: ``h`` or ``g`` and month-day, as in ``calendar.tsv``.
    :param shift: days after the first day of the feast.
    """
    month, day = int(code[1:3]), int(code[4:6]) + shift
    if code[0] == "g":
        return Day(year, month, day).edtf
    if is_hijri:
        return hijri(year, month, day)
    if (code, year) in _feast_exceptions() and not shift:
        return _feast_exceptions()[code, year]
    about = int((year - 622) * 1.0307)
    found = sorted(
        edtf
        for one in range(about - 1, about + 3)
        if (edtf := hijri(one, month, day)) is not None and edtf.startswith(f"{year:04d}-")
    )
    if not found:
        return None
    return found[0] if len(found) == 1 else f"[{','.join(found)}]"


@lru_cache(maxsize=128)
def hijri_month_in(year: int, month: int) -> str | None:
    """Return a Hijri month that begins in a Gregorian year, as the interval of its days."""
    about = int((year - 622) * 1.0307)
    for one in range(about - 1, about + 3):
        edtf = hijri(one, month)
        if edtf is not None and edtf.startswith(f"{year:04d}-"):
            return edtf
    return None
