"""Numbers in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.rules.lexicon.tables import folded
from kg.readers.rules.matching.tokens import tokenise
from kg.readers.rules.numbers.numbers import Number, digits_value, numerals


def read(text: str, language: str = "ar", *, ascending: bool = False) -> Number | None:
    return numerals(language).at(tokenise(folded(text)), 0, ascending=ascending)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("سبعة كتب", 7, 1),
        ("ثلاثة عشر كتابا", 13, 2),
        ("أحد عشر كوكبا", 11, 2),
        ("خمس وعشرون سنة", 25, 2),
        ("مئة وثلاثة أيام", 103, 2),
        ("ثلاث مئة رجل", 300, 2),
        ("أربعَمِئةِ عاملٍ", 400, 1),
        ("ألفا جندي", 2000, 1),
        ("ألفا ومئتي جندي", 1200, 2),
        ("ألفان وثلاثمئة بئر", 2300, 2),
        ("خمسمائة وثلاثة وعشرين ألفا وسبعمائة ناخب", 523_700, 5),
        ("مليون ونصف المليون نسمة", 1_500_000, 3),
        ("نصف مليون دولار", 500_000, 2),
        ("مليوني شتلة", 2_000_000, 1),
        ("ألف وخمسمئة مليون دولار", 1_500_000_000, 3),
        ("مئتا ألف مليون دينار", 200_000_000_000, 3),
        ("تريليونا وثلاثمئة بليون", 1_300_000_000_000, 3),
        ("٣٫٥ مليون دينار", 3_500_000, 2),
        ("1\u200d2\u200d3 ألف جندي", 123_000, 2),
        ("3 آلاف و500 قتيل", 3500, 4),
        ("100 و150 ألف", 100, 1),
        ("ثمانمئة ألف ومليون", 800_000, 2),
    ],
)
def test_value_and_extent(text: str, value: int, words: int) -> None:
    number = read(text)
    assert number is not None
    assert (number.value, number.end) == (value, words)


def test_scales_that_nobody_counts_in_are_flagged() -> None:
    number = read("ثلاثة تريليونات مليار دولار")
    assert number is not None
    assert number.value == Decimal("3e21")
    assert number.garbled
    ascending = read("ألف مليار لتر")
    assert ascending is not None
    assert not ascending.garbled


def test_years_may_be_read_from_the_units_up() -> None:
    number = read("ستة وخمسين وتسعمئة وألف", ascending=True)
    assert number is not None
    assert number.value == 1956


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-three miners", 23),
        ("two hundred and five thousand men", 205_000),
        ("half a million", 500_000),
        ("a hundred", 100),
        ("4m", 4_000_000),
    ],
)
def test_english(text: str, value: int) -> None:
    number = read(text, "en")
    assert number is not None
    assert number.value == value


def test_fractions_are_parts_of_a_whole() -> None:
    number = read("ثلاثة أرباع السكان")
    assert number is not None
    assert number.fraction
    assert number.value == Decimal("0.75")
    english = read("two-thirds of", "en")
    assert english is not None
    assert round(english.value, 4) == Decimal("0.6667")


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("1,250", False, "1250"),
        ("1,250,000", False, "1250000"),
        ("12.500", False, "12.500"),
        ("12.500", True, "12500"),
        ("3,5", True, "3.5"),
        ("1.250.000", True, "1250000"),
        ("1,234.5", False, "1234.5"),
        ("1٬200", False, "1200"),
    ],
)
def test_separators(text: str, comma: bool, value: str) -> None:
    assert digits_value(text, decimal_comma=comma) == Decimal(value)


@pytest.mark.parametrize("text", ["0115552340", "1" * 40, "1.2.3"])
def test_codes_are_no_numbers(text: str) -> None:
    assert digits_value(text) is None


@given(st.integers(1, 999_999_999))
def test_digits_in_either_set_have_one_value(number: int) -> None:
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    found = read(eastern)
    assert found is not None
    assert found.value == number
    assert digits_value(f"{number:,}") == number


@given(
    st.lists(
        st.sampled_from(["ألف", "مليون", "و", "مئة", "ثلاثة", "عشر", "نصف", "3", "100", "دولار"]),
        max_size=60,
    )
)
def test_any_heap_of_numerals_is_read_or_left(words: list[str]) -> None:
    tokens = tokenise(folded(" ".join(words)))
    for index in range(len(tokens)):
        number = numerals("ar").at(tokens, index)
        assert number is None or index < number.end <= len(tokens)
