"""Folding for matching, and the way back to the raw text."""

from __future__ import annotations

import pytest

from kg.text.folding import fold
from kg.text.spans import Span


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("أُصيبوا", "اصيبوا"),
        ("إلى مستشفى", "الي مستشفي"),
        ("مدرسة", "مدرسه"),
        ("٢٠٠٣", "2003"),
        ("۱۹۹۱", "1991"),
        ("عـــراق", "عراق"),
        ("قا\u200fل", "قال"),
        ("«نص»", '"نص"'),
        ("الأمریکیة", "الامريكيه"),
        ("ﺍﻟﻌﺮﺍﻕ", "العراق"),
        ("ﻻ ﷲ ﹰﹸ", "لا الله "),
    ],
)
def test_what_writers_confuse_is_unified(raw: str, folded: str) -> None:
    assert fold(raw).folded == folded


def test_a_folded_hit_leads_back_to_the_raw_words() -> None:
    text = "ثم قُتِلَ القائدُ."
    (hit,) = fold(text).find("قتل القائد")
    assert hit.of(text) == "قُتِلَ القائدُ"


def test_an_empty_span_stays_where_it_is() -> None:
    assert fold("عِ").raw_span(Span(1, 1)) == Span(2, 2)
