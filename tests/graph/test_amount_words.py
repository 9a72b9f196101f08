"""Amounts in words: nothing that keeps a number from being exact is lost, in either language."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph.amount_words import amount_in_words
from kg.reading.parts import Answer


@pytest.mark.parametrize(
    ("given", "english", "arabic"),
    [
        ({"value": 47}, "47", "47"),
        ({"value": 47, "comparator": "at-least"}, "at least 47", "47 على الأقل"),
        ({"value": 60000, "comparator": "more-than", "per": "month"},
         "more than 60,000 a month", "أكثر من 60,000 في الشهر"),
        ({"value": 1600000, "approximate": True}, "about 1,600,000", "نحو 1,600,000"),
        ({"lower": 100, "upper": 150}, "100 to 150", "من 100 إلى 150"),
        ({"upper": 150}, "150 or less", "150 فأقل"),
        ({"lower": 150}, "150 or more", "150 فأكثر"),
        ({"comparator": "order-of", "lower": 1000000},
         "of the order of 1,000,000 or more", "في حدود 1,000,000 فأكثر"),
        ({"comparator": "order-of", "value": 47}, "of the order of 47", "في حدود 47"),
        ({"comparator": "most-of"}, "most", "معظم"),
        ({"value": 150, "lower": 100, "upper": 220, "coverage": "0.95"},
         "150 (100 to 220, at 95 per cent confidence)",
         "150 (من 100 إلى 220، بمستوى ثقة 95 في المئة)"),
        ({"value": "9200000000", "comparator": "at-least", "unit": "gbp"},
         "at least 9.2 billion", "9.2 مليارات على الأقل"),
        ({"value": "5.50", "unit": "percent"}, "5.5 per cent", "5.5 في المئة"),
        ({"value": 12, "per": "person", "per_amount": 100000},
         "12 per 100,000 person", "12 لكل 100,000 person"),
        ({"value": 3, "garbled": True, "surface": "x"}, "3 (garbled)", "3 (مشوَّه)"),
        ({"value": 3000, "emended": 30, "garbled": True, "surface": "x"},
         "30 (as emended; literally 3,000)", "30 (مصحَّحا؛ وحرفيا 3,000)"),
        ({"value": -500}, "a fall of 500", "انخفاض قدره 500"),
        ({"value": -500, "comparator": "less-than"},
         "a fall of more than 500", "انخفاض قدره أكثر من 500"),
        ({"lower": -150, "upper": -100}, "a fall of 100 to 150", "انخفاض قدره من 100 إلى 150"),
        ({"value": -20, "unit": "percent", "approximate": True},
         "a fall of about 20 per cent", "انخفاض قدره نحو 20 في المئة"),
    ],
)  # fmt: skip
def test_an_amount_in_words(given: dict[str, Any], english: str, arabic: str) -> None:
    answer = Answer.model_validate({"unit": "person", **given})
    assert amount_in_words(answer, "en") == english
    assert amount_in_words(answer, "ar") == arabic


def test_a_rate_by_another_unit_takes_its_label() -> None:
    answer = Answer.model_validate({"value": 3, "unit": "person", "per": "kilometre"})
    assert amount_in_words(answer, "en", lambda code: f"one {code}") == "3 per one kilometre"
