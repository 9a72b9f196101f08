"""When two readings say the same: dates, amounts, speakers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.compare.agreement import same_edtf, same_quantity, same_speaker, same_unit, same_value
from kg.compare.findings import FoundQuantity, Speaker, name_words
from kg.compare.matching import Place
from kg.text.spans import Span

HERE = Place((Span(0, 1),))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2003-03-19", "2003-03-19", True),
        ("2003-03", "2003-03-01/2003-03-31", False),
        ("2003-03-19/..", "2003-03-19", False),
        ("2003-03-19/..", "../2003-03-19", False),
        ("2011~", "2011", False),
        ("2011~", "2011?", False),
        ("199X", "1990/1999", False),
        ("[2006-01-10,2006-12-31]", "[2006-12-31,2006-01-10]", True),
        ("[2006-01-10,2006-12-31]", "{2006-01-10,2006-12-31}", False),
        ("[2006-01-10,2006-12-31]", "2006", False),
        ("not a date", "2006", False),
    ],
)
def test_edtf_dates_are_the_same_when_they_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_edtf(one, other) is same
    assert same_edtf(other, one) is same


def amount(value: str | None = None, unit: str = "person", **rest: object) -> FoundQuantity:
    given: dict[str, object] = {"lower": None, "upper": None, "comparator": "exactly"}
    given |= {"approximate": False} | rest
    number = None if value is None else Decimal(value)
    return FoundQuantity(HERE, number, unit=unit, **given)  # type: ignore[arg-type]


def test_amounts_are_compared_step_by_step() -> None:
    assert same_value(amount("33.33"), amount("33.3333"))
    assert not same_value(amount("0.001"), amount("0.002"))
    assert not same_value(amount("12"), amount(None))
    assert not same_value(
        amount(lower=Decimal(3), upper=Decimal(5)), amount(lower=Decimal(3), upper=Decimal(6))
    )
    assert not same_unit(amount("12"), amount("12", "item"))
    assert not same_quantity(amount("12"), amount("12", comparator="at-least"))
    assert not same_quantity(amount("12"), amount("12", approximate=True))
    assert same_quantity(amount("12"), amount("12.0"))


def named(*names: str, ids: tuple[str, ...] = (), unnamed: bool = False) -> Speaker:
    return Speaker(ids=frozenset(ids), is_unnamed=unnamed, names=frozenset(map(name_words, names)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Speaker(is_article=True), Speaker(is_article=True), True),
        (Speaker(is_article=True), named("الكاتب"), False),
        (named(ids=("bbc",)), named(ids=("bbc",)), True),
        (named("الوزير"), named("وزير المالية سامر الحداد"), True),
        (named("وزير المالية"), named("وزير الدفاع"), False),
        (named("The BBC", "هيئة الإذاعة"), named("BBC"), True),
        (named(unnamed=True), named("مصدر أمني", unnamed=True), True),
        (named("مراقبون", unnamed=True), named("مصدر أمني", unnamed=True), False),
        (named(unnamed=True), named("مصدر أمني"), False),
    ],
)
def test_speakers_are_the_same_by_id_or_by_name(one: Speaker, other: Speaker, same: bool) -> None:
    assert same_speaker(one, other) is same
    assert same_speaker(other, one) is same
