"""Amounts: comparators, units, ranges, money, parts of a whole, and numbers that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.readers.rules.amounts.amounts import amounts_of
from kg.readers.rules.amounts.counted_units import Amount, Setting
from kg.readers.rules.matching.tokens import blocks

EXACT, LEAST, MORE, MOST, LESS = "exactly", "at-least", "more-than", "at-most", "less-than"


def read(
    text: str, language: str = "ar", setting: Setting | None = None
) -> list[tuple[str, Amount]]:
    (block,) = blocks(text)
    found = amounts_of(language).find(
        block.tokens, [False] * len(block.tokens), setting or Setting()
    )
    return [(block.span(one.start, one.end, one.cut).of(text), one) for one in found]


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit", "comparator", "about"),
    [
        ("قتل 12 شخصا", "12 شخصا", 12, "person", EXACT, False),
        ("تضرر نحو ٢٣٠٠ منزل", "نحو ٢٣٠٠ منزل", 2300, "item", EXACT, True),
        ("وصل ما لا يقل عن200 شاحنة", "ما لا يقل عن200 شاحنة", 200, "item", LEAST, False),
        ("قتل 18 مسلحا على الأقل", "18 مسلحا على الأقل", 18, "person", LEAST, False),
        ("عبرت أكثر من عشرين شاحنة", "أكثر من عشرين شاحنة", 20, "item", MORE, False),
        ("لم يتجاوز 40 جنيها مصريا", "لم يتجاوز 40 جنيها مصريا", 40, "egp", MOST, False),
        ("لم يتجاوز عدد القتلى 12", "12", 12, "person", MOST, False),
        ("باعوا أقل من مئة صندوق", "أقل من مئة صندوق", 100, "item", LESS, False),
        ("دامت الحرب ثلاثة عقود", "ثلاثة عقود", 30, "year", EXACT, False),
        ("لا تعيش أكثر من عشر سنوات", "أكثر من عشر سنوات", 10, "year", MOST, False),
        ("نقلت 45شاحنة", "45شاحنة", 45, "item", EXACT, False),
        ("سوق ب4.2 بليون ريال سعودي", "4.2 بليون ريال سعودي", 4_200_000_000, "sar", EXACT, False),
        ("دفع 5 دولارات كندية", "5 دولارات كندية", 5, "cad", EXACT, False),
        ("كلف 3 ملايين ليرة لبنانية", "3 ملايين ليرة لبنانية", 3_000_000, "lbp", EXACT, False),
        ("زاد ٢٥٪ هذا العام", "٢٥٪", 25, "percent", EXACT, False),
        ("زاد ثلاثة بالمئة", "ثلاثة بالمئة", 3, "percent", EXACT, False),
        ("غرق ثلث القوارب", "ثلث القوارب", Decimal("33.33"), "percent", EXACT, False),
        ("قتل جنديان في الكمين", "جنديان", 2, "person", EXACT, False),
        ("جرة واحدة سليمة", "جرة واحدة", 1, "item", EXACT, False),
        ("أصيب 305 منهم", "305", 305, "person", EXACT, False),
        ("فقدت 179 من عسكرييها", "179 من عسكرييها", 179, "person", EXACT, False),
        ("يعيش هنا 75 سوريا", "75 سوريا", 75, "person", EXACT, False),
        ("وزعت 12.450 بطانية", "12.450 بطانية", 12_450, "item", EXACT, False),
        ("طوله 12.450 كيلومترا", "12.450 كيلومترا", Decimal("12.45"), "kilometre", EXACT, False),
        (
            "زرع 35 هكتارا ونصف الهكتار",
            "35 هكتارا ونصف الهكتار",
            Decimal("35.5"),
            "hectare",
            EXACT,
            False,
        ),
        ("انتظر ساعتين وربع الساعة", "ساعتين وربع الساعة", Decimal("2.25"), "hour", EXACT, False),
        ("نال منافسه ربعها", "ربعها", 25, "percent", EXACT, False),
        ("انخفض بأكثر من الثلث", "أكثر من الثلث", Decimal("33.33"), "percent", MORE, False),
        ("زاد بنسبة الخمس عن العام الماضي", "الخمس", 20, "percent", EXACT, False),
        ("خفض ربع نقطة مئوية", "ربع نقطة مئوية", Decimal("0.25"), "percentage-point", EXACT, False),
        ("تعمل بنصف طاقتها", "نصف طاقتها", 50, "percent", EXACT, False),
        ("دفع ثلث هذا المبلغ", "ثلث هذا المبلغ", Decimal("33.33"), "percent", EXACT, False),
        ("يمثل هذا العدد 5.5 في المئة", "5.5 في المئة", Decimal("5.5"), "percent", EXACT, False),
        (
            "عاد 400 ألف من أولئك النازحين",
            "400 ألف من أولئك النازحين",
            400_000,
            "person",
            EXACT,
            False,
        ),
    ],
)
def test_one_amount(
    text: str, quote: str, value: int | Decimal, unit: str, comparator: str, about: bool
) -> None:
    ((found, amount),) = read(text)
    assert found == quote
    assert (amount.value, amount.unit, amount.comparator) == (value, unit, comparator)
    assert amount.approximate is about


@pytest.mark.parametrize(
    ("text", "quote", "lower", "upper", "unit"),
    [
        ("ما بين 100 و150 ألف عسكري", "ما بين 100 و150 ألف عسكري", 100_000, 150_000, "person"),
        ("بين 3 و5 مليارات دولار", "بين 3 و5 مليارات دولار", 3 * 10**9, 5 * 10**9, "usd"),
        ("من 200 إلى 300 دينار أردني", "من 200 إلى 300 دينار أردني", 200, 300, "jod"),
        (
            "ما بين عشرين وثلاثين ألف زائر",
            "ما بين عشرين وثلاثين ألف زائر",
            20_000,
            30_000,
            "person",
        ),
        ("بين ثمانمئة ألف ومليون راكب", "بين ثمانمئة ألف ومليون راكب", 800_000, 10**6, "person"),
    ],
)
def test_ranges(text: str, quote: str, lower: int, upper: int, unit: str) -> None:
    ((found, amount),) = read(text)
    assert found == quote
    assert (amount.lower, amount.upper, amount.unit, amount.value) == (lower, upper, unit, None)


def test_a_change_is_two_amounts_of_one_unit() -> None:
    found = read("ارتفعت البطالة من 9.5 إلى 11 في المئة")
    assert [(quote, one.value, one.unit) for quote, one in found] == [
        ("9.5", Decimal("9.5"), "percent"),
        ("11 في المئة", 11, "percent"),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "comparator", "unit"),
    [
        ("فر عشرات السكان", "عشرات السكان", "many", "person"),
        ("فقدت العديد من الأسر مساكنها", "العديد من الأسر", "many", "family"),
        ("احترق معظم المحال", "معظم المحال", "most-of", "item"),
        ("كمية كبيرة من البذور", "كمية كبيرة من البذور", "large-amount", "item"),
    ],
)
def test_amounts_without_a_number(text: str, quote: str, comparator: str, unit: str) -> None:
    ((found, amount),) = read(text)
    assert (found, amount.comparator, amount.unit) == (quote, comparator, unit)
    assert amount.value is amount.lower is amount.upper is None


@pytest.mark.parametrize(
    "text",
    [
        "المادة 52 من القانون",
        "هبطت الرحلة 714 بسلام",
        "القرار 1701 نافذ",
        "فاز الفريق 3-1",
        "عند الساعة 9:30",
        "الهاتف 22-4410",
        "على الرقم 0115552340",
        "في الغرفة رقم 12",
        "عند الحادية عشرة ليلا",
    ],
)
def test_names_codes_scores_and_times_are_no_amounts(text: str) -> None:
    assert read(text) == []


def test_a_bare_currency_is_that_of_the_countries_spoken_of() -> None:
    ((_, amount),) = read("كلف 5 دنانير", setting=Setting(countries=("TN", "LY")))
    assert amount.unit == "tnd"
    ((_, pounds),) = read("كلف 5 جنيهات", setting=Setting(countries=("SD",)))
    assert pounds.unit == "sdg"


def test_the_maghreb_puts_a_comma_before_decimals() -> None:
    ((_, amount),) = read("بلغ 12.500 طن", setting=Setting(decimal_comma=True))
    assert (amount.value, amount.unit) == (12500, "tonne")


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit", "comparator"),
    [
        ("at least 40 million euros", "at least 40 million euros", 40_000_000, "eur", LEAST),
        ("cost more than $4m", "more than $4m", 4_000_000, "usd", MORE),
        ("no more than five tonnes", "no more than five tonnes", 5, "tonne", MOST),
        ("a third of the staff left", "a third of the staff", Decimal("33.33"), "percent", EXACT),
        ("fewer than 75 Iraqis", "fewer than 75 Iraqis", 75, "person", LESS),
        ("Half its fleet sank", "Half its fleet", 50, "percent", EXACT),
        ("of whom a third were women", "a third", Decimal("33.33"), "percent", EXACT),
        ("the toll rose to 65", "65", 65, "person", EXACT),
    ],
)
def test_english(text: str, quote: str, value: int, unit: str, comparator: str) -> None:
    ((found, amount),) = read(text, "en")
    assert (found, amount.value, amount.unit, amount.comparator) == (quote, value, unit, comparator)


def test_english_ranges_with_a_sign() -> None:
    ((found, amount),) = read("between $3 billion and $5 billion", "en")
    assert found == "between $3 billion and $5 billion"
    assert (amount.lower, amount.upper, amount.unit) == (3 * 10**9, 5 * 10**9, "usd")


def test_ranges_of_numbers_in_words() -> None:
    ((quote, amount),) = read("توقعوا ما بين ألفين وثلاثة آلاف زائر")
    assert (quote, amount.lower, amount.upper) == ("ما بين ألفين وثلاثة آلاف زائر", 2000, 3000)
    ((quote, amount),) = read("كانوا مئة أو مئتين")
    assert (quote, amount.lower, amount.upper) == ("مئة أو مئتين", 100, 200)


def test_a_bare_range_has_its_unit_from_the_words_before() -> None:
    ((_, english),) = read("Estimates of the dead range from 10,000 to 25,000", "en")
    assert english.unit == "person"
    ((_, arabic),) = read("تراوح عدد القتلى بين 10 آلاف و25 ألفا")
    assert arabic.unit == "person"


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("من 41 مليار يورو إلى 23 مليارا", "23 مليارا", 23 * 10**9, "eur"),
        ("قدرت عدد من كانوا على متنه بمئتين", "مئتين", 200, "person"),
        ("بلغ عدد النازحين 100 ألف نازح. وارتفع العدد إلى 300 ألف", "300 ألف", 300_000, "person"),
        ("على ألا يتعدى العدد 4500 جهاز", "4500 جهاز", 4500, "item"),
        ("بناء 12 مدرسة", "12 مدرسة", 12, "item"),
        ("سجلت الوزارة 53 وفاة", "53 وفاة", 53, "person"),
        ("لن تقترض دولارا واحدا", "دولارا واحدا", 1, "usd"),
        ("قدر حصة الخزانة بالربع", "الربع", 25, "percent"),
        ("وقال إن عددهم لم يزد على أربعة عشر", "لم يزد على أربعة عشر", 14, "person"),
    ],
)
def test_units_from_what_was_told_before(text: str, quote: str, value: int, unit: str) -> None:
    found, amount = read(text)[-1]
    assert (found, amount.value, amount.unit) == (quote, value, unit)


@pytest.mark.parametrize("text", ["تراجعت من المرتبة 112", "قال محمد أمين للصحفيين", "دفع ببطلان"])
def test_what_is_no_amount(text: str) -> None:
    assert read(text) == []


def test_both_ends_of_a_change_have_its_scale() -> None:
    (_, first), (_, second) = read("ارتفعت الكلفة من 41 إلى 66 مليون دولار")
    assert (first.value, first.unit) == (41_000_000, "usd")
    assert second.value == 66_000_000


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("بلغت 26،013 دولارا.", "26،013 دولارا", 26_013),
        ("بلغت 1،250،000 دولار.", "1،250،000 دولار", 1_250_000),
        ("قتل 12،500 شخص", "12،500 شخص", 12_500),
        ("بلغت 1 250 000 دولار.", "1 250 000 دولار", 1_250_000),
        ("بلغت 5 000 دولار", "5 000 دولار", 5_000),
        ("بلغت ١ ٢٥٠ ٠٠٠ دولار", "١ ٢٥٠ ٠٠٠ دولار", 1_250_000),
    ],
)
def test_thousands_parted_by_commas_and_blanks(text: str, quote: str, value: int) -> None:
    ((found, amount),) = read(text)
    assert (found, amount.value) == (quote, value)


def test_numbers_that_only_stand_side_by_side() -> None:
    assert [one.value for _, one in read("في 10، 200 شخص")] == [10, 200]
    assert [one.value for _, one in read("on day 5 100 people left", "en")] == [5, 100]


@pytest.mark.parametrize(
    ("text", "code"),
    [("500¥", "jpy"), ("500 ₪", "ils"), ("500₹", "inr"), ("2000 ₽", "rub"), ("500 ₩", "krw"),
     ("500₴", "uah"), ("500 ₺", "try"), ("₺500", "try")],
)  # fmt: skip
def test_signs_of_currencies_stand_on_either_side(text: str, code: str) -> None:
    for language, before in (("en", "It cost "), ("ar", "كلف ")):
        ((found, amount),) = read(f"{before}{text}.", language)
        assert (found, amount.unit) == (text, code)


@pytest.mark.parametrize(
    "text",
    [
        "It began at 12 o'clock.",
        "It began at nine o'clock.",
        "It began at 12 noon.",
        "It began at 6 p.m.",
        "He is the most conservative of the senators.",
        "It was the most expensive of bridges.",
        "It is the most admired.",
        "They were hurt by the M&Ms balloon.",
        "The B and K roads are closed.",
        "Mr. M went home.",
    ],
)
def test_english_words_that_are_no_amount(text: str) -> None:
    assert read(text, "en") == []


def test_signs_of_scales_stand_behind_digits() -> None:
    assert [one.value for _, one in read("It cost 5 m dollars and 3bn euros", "en")] == [
        5_000_000, 3_000_000_000,
    ]  # fmt: skip
    assert [one.comparator for _, one in read("Most of the houses burned", "en")] == ["most-of"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("بلغت الكلفة 14 مليار دولار، ذهب معظمها للجيش", "percent"),
        ("أنفقوا 3 ملايين يورو ذهب معظمها للنقل", "percent"),
        ("قتل 12 شخصا معظمهم من المدنيين", "person"),
        ("أغلقت معظم المحال", "item"),
    ],
)
def test_most_of_a_sum_is_a_share_of_it(text: str, unit: str) -> None:
    assert [one.unit for _, one in read(text) if one.comparator == "most-of"] == [unit]
