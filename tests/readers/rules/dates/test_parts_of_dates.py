"""The parts of the reader of dates: words, days, calendars, relative dates, intervals."""

from __future__ import annotations

import pytest

from kg.readers.rules.dates.calendar_dates import CalendarDates
from kg.readers.rules.dates.calendar_days import CalendarDays, Clock, Core
from kg.readers.rules.dates.calendar_words import Year, calendar_words
from kg.readers.rules.dates.date_reader import article_day
from kg.readers.rules.dates.intervals import DateIntervals
from kg.readers.rules.dates.meaning import DateForm, Day
from kg.readers.rules.dates.relative_dates import RelativeDates
from kg.readers.rules.dates.year_parts import YearParts
from kg.readers.rules.matching.tokens import Token, blocks

ARTICLE = Day(2014, 3, 12)


def tokens(text: str) -> tuple[Token, ...]:
    (block,) = blocks(text)
    return block.tokens


def test_words_of_the_calendar() -> None:
    words = calendar_words("ar")
    assert words.month(tokens("كانون الثاني/يناير"), 0) == (1, 4)
    assert words.year(tokens("عام 2003"), 0) == Year(2, 2003)
    assert words.year(tokens("1431هـ"), 0) == Year(2, 1431, "ah")
    assert words.ordinal(tokens("الحادي والعشرين"), 0) == (21, 2)
    assert words.numeric(tokens("14/2/2008"), 0) == (Day(2008, 2, 14), 5)
    assert words.starts(tokens("مايو")[0])
    assert not words.starts(tokens("جسر")[0])


def test_a_year_is_not_a_count() -> None:
    days = CalendarDays("ar")
    assert days._year(tokens("عام 2003"), 0, opened=True) == Core(
        2, DateForm.YEAR, "2003", Day(2003)
    )
    assert days._counts(tokens("2010 أشجار"), 1)


def test_days_of_the_two_calendars() -> None:
    dates = CalendarDates("ar")
    found = dates._calendar(tokens("3 مايو 2001"), 0, Clock(ARTICLE), opened=True)
    assert found is not None
    assert (found.form, found.edtf, found.end) == (DateForm.DAY, "2001-05-03", 3)
    found = dates._calendar(tokens("رمضان 1431هـ"), 0, Clock(ARTICLE), opened=True)
    assert found is not None
    assert found.form.is_hijri
    assert not DateForm.FEAST.is_hijri


@pytest.mark.parametrize(
    ("text", "form", "edtf"),
    [
        ("التسعينيات", DateForm.DECADE, "199X"),
        ("القرن التاسع عشر", DateForm.CENTURY, "18XX"),
    ],
)
def test_decades_and_centuries(text: str, form: DateForm, edtf: str) -> None:
    found = YearParts("ar")._decade(tokens(text), 0, Clock(ARTICLE))
    found = found or YearParts("ar")._century(tokens(text), 0, Clock(ARTICLE))
    assert found is not None
    assert (found.form, found.edtf) == (form, edtf)


def test_relative_dates_count_from_the_article() -> None:
    found = RelativeDates("ar")._core(tokens("العام الماضي"), 0, Clock(ARTICLE), opened=True)
    assert found is not None
    assert (found.form, found.edtf, found.kind) == (DateForm.RELATIVE_UNIT, "2013", "relative")
    found = RelativeDates("en")._core(tokens("yesterday"), 0, Clock(ARTICLE), opened=True)
    assert found is not None
    assert (found.form, found.edtf) == (DateForm.RELATIVE_DAY, "2014-03-11")


def test_intervals_have_two_ends_or_one() -> None:
    found = DateIntervals("ar")._interval(tokens("بين 2003 و2011"), 0, Clock(None))
    assert found is not None
    assert (found.form, found.edtf) == (DateForm.INTERVAL, "2003/2011")
    found = DateIntervals("ar")._opened(tokens("منذ عام 2003"), 0, Clock(None))
    assert found is not None
    assert (found.form, found.edtf, found.relation) == (DateForm.OPEN_INTERVAL, "2003/..", "since")


def test_the_day_of_an_article() -> None:
    assert article_day("2014-03-12") == ARTICLE
    assert article_day(None) is None
