"""The parts of the reader of amounts: currencies, counted nouns, words, ranges, context."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.readers.rules.amounts.amounts_in_words import AmountsInWords, plain
from kg.readers.rules.amounts.counted_units import (
    Amount,
    AmountRule,
    CountedUnits,
    Setting,
    looks_human,
)
from kg.readers.rules.amounts.currencies import (
    Money,
    currencies,
    currency_codes,
    english_nationality,
    english_peoples,
)
from kg.readers.rules.amounts.ranges import Ranges
from kg.readers.rules.amounts.units_in_context import UnitsInContext
from kg.readers.rules.matching.tokens import Token, blocks


def tokens(text: str) -> tuple[Token, ...]:
    (block,) = blocks(text)
    return block.tokens


@pytest.mark.parametrize(
    ("text", "language", "countries", "money"),
    [
        ("دينار عراقي", "ar", (), Money(2, "iqd")),
        ("جنيه", "ar", ("EG",), Money(1, "egp")),
        ("Canadian dollars", "en", (), Money(2, "cad")),
        ("جسر", "ar", (), None),
    ],
)
def test_currencies(
    text: str, language: str, countries: tuple[str, ...], money: Money | None
) -> None:
    assert currencies(language).at(tokens(text), 0, countries) == money


def test_codes_and_nationalities() -> None:
    assert {"usd", "iqd"} <= currency_codes()
    assert english_nationality("iraqi") == "IQ"
    assert "iraqis" in english_peoples()


def test_the_unit_behind_a_number() -> None:
    units = CountedUnits("ar")
    for text, unit, rule in (
        ("جنود", "person", AmountRule.NOUN),
        ("%", "percent", AmountRule.PERCENT),
        ("دولارات", "usd", AmountRule.MONEY),
        ("ثم", "item", AmountRule.BARE),
    ):
        tail = units._tail(tokens(text), 0, Setting())
        assert (tail.unit, tail.rule) == (unit, rule), text
    assert looks_human("عاملين")
    assert not looks_human("جسر")


def test_how_an_amount_is_explained() -> None:
    amount = Amount(0, 1, 0, "person", AmountRule.NOUN, Decimal(5))
    assert amount.explanation == "counted noun"
    compared = Amount(0, 1, 0, "person", AmountRule.NOUN, Decimal(5), by_verb=True)
    assert compared.explanation == "counted noun, comparing verb"


def test_amounts_in_words() -> None:
    found = AmountsInWords("ar")._vague(tokens("عشرات القتلى"), 0)
    assert found is not None
    assert (found.unit, found.rule, found.end) == ("person", AmountRule.VAGUE, 2)
    assert plain(Decimal("5.000")) == 5
    assert plain(Decimal(1) / 3) == Decimal("0.33")


def test_a_range_has_two_ends() -> None:
    found = Ranges("ar")._range(tokens("بين 5 و10 جنود"), 0, [False] * 5, Setting())
    assert found is not None
    assert (found.lower, found.upper, found.unit) == (5, 10, "person")
    assert Ranges("ar")._range(tokens("قتل 5 جنود"), 1, [False] * 3, Setting()) is None


def test_a_bare_number_takes_the_unit_that_its_context_gives() -> None:
    units = UnitsInContext("ar")
    bare = Amount(1, 2, 0, "item", AmountRule.BARE, Decimal(12))
    (settled,) = units._settle([bare], tokens("قتل 12 أمس"))
    assert (settled.unit, settled.rule) == ("person", AmountRule.UNIT_FROM_CONTEXT)
    counted = Amount(1, 3, 0, "usd", AmountRule.MONEY, Decimal(12), noun="دولار")
    assert units._settle([counted], tokens("دفع 12 دولارا")) == [counted]
