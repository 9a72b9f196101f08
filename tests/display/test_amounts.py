"""A bound is never shown as a figure, and a garbled figure never as a clean one."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from kg.display.amounts import Amount, amount, grouped
from kg.display.facts import Name
from kg.rdf.iris import concept

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook

NOTHING = Amount(
    **dict.fromkeys(field.name for field in fields(Amount)),  # type: ignore[arg-type]
)


def comparator(code: str) -> Name:
    return Name(concept("comparator", code).value, code, code)


@pytest.mark.parametrize(
    ("claim", "english", "arabic"),
    [
        ("us-dead-2003-2011", "4,487", "4,487"),
        ("crs-cost", "802 billion US dollars", "802 مليار دولار أمريكي"),
        ("stiglitz-cost", "3 trillion US dollars (garbled)", "3 تريليونات دولار أمريكي (رقم مشوَّه)"),
        ("displaced-2006-2010", "about 1.6 million", "نحو 1.6 مليون"),
        ("us-force-level", "100,000 to 150,000", "من 100,000 إلى 150,000"),
        ("displaced-share", "5.5 per cent", "5.5 في المئة"),
        ("uk-military-cost", "most of", "معظم"),
        ("iraq-weapons", "large amount", "كمية كبيرة"),
    ],
)
def test_amounts_of_the_article(
    iraq: dict[str, Claim], claim: str, english: str, arabic: str
) -> None:
    found = iraq[claim].amount
    assert found is not None
    assert (found.in_words("en"), found.in_words("ar")) == (english, arabic)


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("at-least", "at least 47"), ("more-than", "more than 47"), ("at-most", "at most 47"),
        ("less-than", "less than 47"), ("not-equal", "not 47"), ("most-of", "most of 47"),
        ("order-of", "of the order of 47"), ("exactly", "47"), ("new-word", "new-word 47"),
    ],
)  # fmt: skip
def test_a_bound_is_never_the_figure_alone(code: str, english: str) -> None:
    found = replace(NOTHING, value=47.0, comparator=comparator(code))
    assert found.in_words("en") == english
    assert (found.in_words("ar") == "47") == (code == "exactly")


def test_a_fall_is_told_by_its_size() -> None:
    fall = replace(NOTHING, value=-500.0, comparator=comparator("less-than"))
    assert fall.in_words("en") == "a fall of more than 500"
    assert fall.in_words("ar") == "انخفاض قدره أكثر من 500"
    between = replace(NOTHING, lower=-150.0, upper=-100.0)
    assert between.in_words("en") == "a fall of 100 to 150"


def test_what_is_meant_is_shown_and_what_is_written_is_kept(iraq: dict[str, Claim]) -> None:
    found = iraq["stiglitz-cost"].amount
    assert found is not None
    assert (found.value, found.meant, found.garbled) == (3e21, 3e12, True)


def test_figures() -> None:
    assert [grouped(one, "en") for one in (0, 1e6, 1.25e12, 3e21, 0.25, float("inf"))] == [
        "0", "1 million", "1.25 trillion", "3e+21", "0.25", "inf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "arabic"),
    [
        (1.0, "دولار أمريكي واحد"), (2.0, "2 دولار أمريكي"), (5.0, "5 دولارات أمريكية"),
        (3.5, "3.5 دولارات أمريكية"), (15.0, "15 دولارا أمريكيا"), (100.0, "100 دولار أمريكي"),
        (1e6, "مليون دولار أمريكي"), (1.6e6, "1.6 مليون دولار أمريكي"),
        (3e6, "3 ملايين دولار أمريكي"), (11e6, "11 مليون دولار أمريكي"),
        (9.2e9, "9.2 مليارات دولار أمريكي"), (103e9, "103 مليارات دولار أمريكي"),
        (2.2e12, "2.2 تريليون دولار أمريكي"), (10e12, "10 تريليونات دولار أمريكي"),
    ],
)  # fmt: skip
def test_a_counted_noun_has_the_form_of_its_number(figure: float, arabic: str) -> None:
    dollars = Name(concept("unit", "usd").value, "US dollar", "دولار أمريكي")
    found = replace(NOTHING, value=figure, unit=dollars)
    assert found.in_words("ar") == arabic
    at_least = replace(found, comparator=comparator("at-least"), approximate=False)
    assert at_least.in_words("ar") == f"{arabic} على الأقل"


def test_an_estimate_keeps_its_interval_and_a_bound_its_figure() -> None:
    found = replace(NOTHING, value=150.0, lower=100.0, upper=200.0, coverage=0.95)
    assert found.in_words("en") == "150 (100 to 200, at 95 per cent confidence)"
    assert replace(NOTHING, lower=1e6).in_words("en") == "1 million or more"
    millions = replace(NOTHING, lower=1e6, comparator=comparator("order-of"))
    assert [millions.in_words(one) for one in ("en", "ar")] == [
        "of the order of 1 million or more", "في حدود مليون فأكثر",
    ]  # fmt: skip


def test_a_rate_has_its_unit_and_nothing_is_no_amount(shipped: ClaimBook) -> None:
    per = Name("https://w3id.org/qawl/vocab/unit/month", "month", "شهر")
    rate = replace(NOTHING, value=3.0, per=per)
    assert [rate.in_words(one) for one in ("en", "ar")] == ["3 a month", "3 في الشهر"]
    of_many = replace(rate, per=Name("u", "person", "نسمة"), per_amount=1e5)
    assert of_many.in_words("ar") == "3 لكل 100,000 نسمة"
    assert replace(NOTHING, surface="كثير").in_words("en") == "كثير"
    assert amount(shipped.facts, "") is None
