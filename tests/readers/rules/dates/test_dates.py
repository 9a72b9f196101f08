"""Dates to EDTF: calendars, intervals, relative and anaphoric dates, and names that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import corners
from kg.readers.rules.dates.calendar_days import Clock
from kg.readers.rules.dates.date_reader import article_day, date_reader
from kg.readers.rules.dates.meaning import DateForm, Day, feast, hijri, shifted, week_of
from kg.readers.rules.matching.tokens import blocks


def read(
    text: str, published: str | None = None, language: str = "ar"
) -> list[tuple[str, str | None]]:
    clock = Clock(article_day(published))
    return [
        (block.span(one.start, one.end, one.cut).of(text), one.edtf)
        for block in blocks(text)
        for one in date_reader(language).find(block.tokens, clock)
        if one.form != DateForm.NAME
    ]


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("في 17 أبريل 2009", "17 أبريل 2009", "2009-04-17"),
        (
            "في الحادي والعشرين من كانون الثاني 2011",
            "الحادي والعشرين من كانون الثاني 2011",
            "2011-01-21",
        ),
        ("في ماي 2012", "ماي 2012", "2012-05"),
        ("وفي 31 أغسطس/آب من عام 2010", "31 أغسطس/آب من عام 2010", "2010-08-31"),
        ("في 3 تشرين الثاني (نوفمبر) 2011", "3 تشرين الثاني (نوفمبر) 2011", "2011-11-03"),
        ("في ديسمبر عام2011", "ديسمبر عام2011", "2011-12"),
        ("صباح الأحد 15 فبراير 2009", "صباح الأحد 15 فبراير 2009", "2009-02-15"),
        ("بتاريخ ١٤/٢/٢٠٠٨", "١٤/٢/٢٠٠٨", "2008-02-14"),
        ("في 2011-10-01", "2011-10-01", "2011-10-01"),
        ("منذ أوائل عام 2005", "منذ أوائل عام 2005", "2005/.."),
        ("بحلول نهاية عام 2030", "بحلول نهاية عام 2030", "../2030"),
        ("بدأ الجفاف يشتد منذ أوائل عام 2005", "منذ أوائل عام 2005", "2005"),
        ("أنفقت مع نهاية عام 2011", "مع نهاية عام 2011", "../2011"),
        ("في حدود سنة 1200 قبل الميلاد", "في حدود سنة 1200 قبل الميلاد", "-1199~"),
        ("وقع ليل الأحد الإثنين", "ليل الأحد الإثنين", None),
        ("في انتخابات 2009", "2009", "2009"),
        ("في النصف الأول من 2011", "النصف الأول من 2011", "2011-40"),
        ("خلال الربع الأول من عام 2015", "الربع الأول من عام 2015", "2015-33"),
        ("في السنة المالية 2010/2011", "السنة المالية 2010/2011", "2010/2011"),
        ("في شتاء 2003", "شتاء 2003", "2003-24"),
        ("سنة 45 قبل الميلاد", "سنة 45 قبل الميلاد", "-0044"),
        ("في القرن التاسع عشر", "القرن التاسع عشر", "18XX"),
        ("في سبعينيات القرن العشرين", "سبعينيات القرن العشرين", "197X"),
        ("حوالي سنة 1880", "حوالي سنة 1880", "1880~"),
        ("ما بين عامي 2006 و2010", "ما بين عامي 2006 و2010", "2006/2010"),
        ("بين 3 و7 أيار 2010", "بين 3 و7 أيار 2010", "2010-05-03/2010-05-07"),
        (
            "من 5 حزيران/يونيو إلى 18 تشرين الأول/أكتوبر 2012",
            "من 5 حزيران/يونيو إلى 18 تشرين الأول/أكتوبر 2012",
            "2012-06-05/2012-10-18",
        ),
        ("سنة ألف وتسعمائة وثمان وتسعين", "سنة ألف وتسعمائة وثمان وتسعين", "1998"),
        ("في محرم 1432", "محرم 1432", "2010-12-07/2011-01-04"),
        (
            "في 10 ذي الحجة 1431هـ الموافق 16 نوفمبر 2010م",
            "10 ذي الحجة 1431هـ الموافق 16 نوفمبر 2010م",
            "2010-11-16",
        ),
        (
            "في عيد الأضحى لعام 2006",
            "عيد الأضحى لعام 2006",
            "[2006-01-10..2006-01-11,2006-12-30..2006-12-31]",
        ),
    ],
)
def test_calendar_dates(text: str, quote: str, edtf: str) -> None:
    assert read(text) == [(quote, edtf)]


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("وقال أمس", "أمس", "2014-03-11"),
        ("وقال أمس الثلاثاء", "أمس الثلاثاء", "2014-03-11"),
        ("وصل يوم الأحد المقبل", "يوم الأحد المقبل", "2014-03-16"),
        ("وصل الأسبوع الماضي", "الأسبوع الماضي", "2014-03-03/2014-03-09"),
        ("في الشهر الماضي", "الشهر الماضي", "2014-02"),
        ("في العام المقبل", "العام المقبل", "2015"),
        ("قبل ثلاثة أيام", "قبل ثلاثة أيام", "2014-03-09"),
        ("قبل أسبوعين", "قبل أسبوعين", "2014-02-26~"),
        ("قبل عامين", "قبل عامين", "2012"),
        ("خلال الأيام العشرة الماضية", "الأيام العشرة الماضية", "2014-03-02/2014-03-12"),
    ],
)
def test_dates_told_by_the_article(text: str, quote: str, edtf: str) -> None:
    assert read(text, "2014-03-12") == [(quote, edtf)]
    assert read(text) == [(quote, None)], "without a date of the article nothing is invented"


def test_dates_told_by_the_date_before() -> None:
    text = "في 12 تموز 2006 أقفلت، ولم تفتح منذ ذلك الحين، وأفلست بعد ذلك بعامين، ثم في العام نفسه"
    assert read(text) == [
        ("12 تموز 2006", "2006-07-12"),
        ("منذ ذلك الحين", "2006-07-12/.."),
        ("بعد ذلك بعامين", "2008"),
        ("العام نفسه", "2008"),
    ]


def test_a_list_of_years_is_several_dates() -> None:
    assert read("في عامي 2006 و2007") == [("عامي 2006", "2006"), ("2007", "2007")]


@pytest.mark.parametrize(
    "text",
    ["شارع 14 تموز", "ثورة 25 يناير", "زرعوا 2010 أشجار", "الأب نيسان خوري", "مارس الرياضة يوميا"],
)
def test_names_and_counts_are_no_dates(text: str) -> None:
    assert read(text) == []


def test_an_event_may_stand_for_a_date() -> None:
    assert read("نزح الأهالي قبل سقوط القلعة") == [("قبل سقوط القلعة", None)]


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("on 4 May 1932", "4 May 1932", "1932-05-04"),
        ("on May 4, 1932", "May 4, 1932", "1932-05-04"),
        ("since mid-2007", "since mid-2007", "2007/.."),
        ("in late December 2010", "late December 2010", "2010-12"),
        ("in the first quarter of 2015", "the first quarter of 2015", "2015-33"),
        ("from 3 to 7 May 2010", "from 3 to 7 May 2010", "2010-05-03/2010-05-07"),
        ("in the 1980s", "the 1980s", "198X"),
        ("in fiscal year 2013", "fiscal year 2013", "2013"),
    ],
)
def test_english(text: str, quote: str, edtf: str) -> None:
    assert read(text, language="en") == [(quote, edtf)]


def test_a_weekday_that_contradicts_its_date_is_noted() -> None:
    (block,) = blocks("الجمعة 5 أبريل 2010")
    (found,) = date_reader("ar").find(block.tokens, Clock())
    assert found.edtf == "2010-04-05"
    assert found.why is not None


def test_feasts_and_hijri_dates() -> None:
    assert hijri(1434, 9) == "2013-07-09/2013-08-07"
    assert feast("h12-10", 1434, is_hijri=True) == "2013-10-15"
    assert feast("h10-01", 2014, is_hijri=False) == "2014-07-28"
    assert hijri(9999) is None


@given(st.dates(date(1000, 1, 2), date(2100, 12, 30)), st.integers(-400, 400))
def test_shifts_are_days_months_and_years_of_the_calendar(day: date, count: int) -> None:
    here = Day(day.year, day.month, day.day)
    edtf, _ = shifted(here, "day", count)
    if 1000 < (day + timedelta(days=count)).year < 2100:
        assert edtf == (day + timedelta(days=count)).isoformat()
    month, moved = shifted(here, "month", count)
    assert moved is not None
    assert month == moved.edtf
    monday = week_of(day).partition("/")[0]
    assert date.fromisoformat(monday).weekday() == 0


_WORDS = [
    "منذ",
    "حتى",
    "بين",
    "و",
    "في",
    "عام",
    "2003",
    "مارس",
    "20",
    "يوم",
    "الأحد",
    "الماضي",
    "رمضان",
    "1434",
    "القرن",
    "قبل",
    "3",
    "أيام",
    "إلى",
    "نهاية",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=25))
def test_any_heap_of_date_words_gives_sound_dates(words: list[str]) -> None:
    text = " ".join(words)
    for quote, edtf in read(text, "2014-03-12"):
        assert quote in text
        if edtf is not None and "/" not in edtf:
            corners(edtf)


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("تجرى الدورة في 6 أكتوبر 2019 أو في الثالث عشر منه", "الثالث عشر منه", "2019-10-13"),
        ("في 5 مايو 2014 ثم في 20 من الشهر نفسه", "20 من الشهر نفسه", "2014-05-20"),
        ("تراجع في أغسطس 2019 عنه في نفس الشهر من عام 2018", "نفس الشهر من عام 2018", "2018-08"),
        ("غادر منذ ثلاث سنوات ونصف السنة", "منذ ثلاث سنوات ونصف السنة", "2009/.."),
        ("قالت ذلك في رمضان الماضي", "رمضان الماضي", "2011-08-01/2011-08-29"),
        ("سافر في عيد الفطر الماضي", "عيد الفطر الماضي", "2011-08-30"),
        ("يعود بعد عيد الأضحى المقبل", "بعد عيد الأضحى المقبل", "2012-10-26/.."),
    ],
)
def test_dates_of_newspapers(text: str, quote: str, edtf: str) -> None:
    assert read(text, published="2012-06-01")[-1] == (quote, edtf)


@pytest.mark.parametrize("text", ["خمسة آلاف إصابة في اليوم", 'قالت جريدة "أخبار الغد" ذلك'])
def test_what_is_no_date(text: str) -> None:
    assert read(text, published="2012-06-01") == []


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        # A year behind an Arabic comma, and a count that is none.
        ("عقد في 4 سبتمبر، 2018.", "4 سبتمبر، 2018", "2018-09-04"),
        ("ولد في 12 مارس، 1999 في بغداد", "12 مارس، 1999", "1999-03-12"),
        ("وقع يوم 30 أيلول، 2001، في المدينة", "يوم 30 أيلول، 2001", "2001-09-30"),
        ("في 4 سبتمبر، 2018 شخصا قتلوا", "4 سبتمبر", "2010-09-04"),
        # Months of the Levant with a figure.
        ("عقد في كانون 2 2004", "كانون 2 2004", "2004-01"),
        ("عقد في كانون 1 2003", "كانون 1 2003", "2003-12"),
        ("في 7 تشرين 1 2005", "7 تشرين 1 2005", "2005-10-07"),
        ("في تشرين 2 من عام 2006", "تشرين 2 من عام 2006", "2006-11"),
    ],
)
def test_arabic_dates_with_figures_and_commas(text: str, quote: str, edtf: str) -> None:
    assert (quote, edtf) in read(text, "2010-05-06")


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("It opened on Sept. 4, 2018.", "Sept. 4, 2018", "2018-09-04"),
        ("It closed on Dec. 24, 1951, in Oslo.", "Dec. 24, 1951", "1951-12-24"),
        ("It fell on Monday, Jan. 4.", "Monday, Jan. 4", "2010-01-04"),
        ("It began Feb. 11, 2011.", "Feb. 11, 2011", "2011-02-11"),
        ("It opened last December.", "last December", "2009-12"),
        ("It opened last March.", "last March", "2010-03"),
        ("It opens next January.", "next January", "2011-01"),
        ("It opened the previous June.", "the previous June", "2009-06"),
        ("It fell two years ago.", "two years ago", "2008"),
        ("It fell three months ago.", "three months ago", "2010-02"),
        ("It fell a year ago.", "a year ago", "2009"),
        ("It fell ten days ago.", "ten days ago", "2010-04-26"),
        ("In the twenty-first century it grew.", "the twenty-first century", "20XX"),
        ("In the twenty-second century it falls.", "the twenty-second century", "21XX"),
        ("In the nineteenth century it grew.", "the nineteenth century", "18XX"),
        ("On Monday they left; the day after they came.", "the day after", "2010-05-04"),
    ],
)
def test_english_dates_in_words_and_abbreviations(text: str, quote: str, edtf: str) -> None:
    assert (quote, edtf) in read(text, "2010-05-06", "en")


def test_english_words_and_amounts_that_are_no_date() -> None:
    assert read("a twenty-first birthday and the first of all", "2010-05-06", "en") == []
    assert read("It cost 2000 ₽, 1990 ₴ and 2010¥.", "2010-05-06", "en") == []
