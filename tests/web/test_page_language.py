"""The language of a page: ``lang``, else what the browser asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.page_language import localized, page_language, preferred


@pytest.mark.parametrize(
    ("query_string", "language"),
    [(b"", "en"), (b"lang=ar", "ar"), (b"lang=AR-EG", "ar"), (b"lang=fr", "en"), (b"x=lang", "en")],
)
def test_the_language_of_a_page(query_string: bytes, language: str) -> None:
    assert page_language(query_string) == language


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"), ("ar", "ar"), ("ar-IQ,ar;q=0.9,en;q=0.8", "ar"),
        ("en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("fr, ar;q=0.2", "ar"), ("fr", "en"), ("*", "en"), ("en;q=0, *", "ar"), ("ar;q=0", "en"),
        ("ar, en", "en"), ("ar;q=1.2.3, en;q=0.5", "ar"), (";;,", "en"), ("AR", "ar"),
        ("arz", "en"),
    ],
)  # fmt: skip
def test_what_a_browser_likes_best(accept: str, language: str) -> None:
    assert preferred(accept) == language


@given(st.text())
def test_no_header_is_a_fault(accept: str) -> None:
    assert preferred(accept) in {"en", "ar"}


def test_an_arabic_browser_gets_arabic_until_it_asks_for_english() -> None:
    assert localized(b"", "ar") == (b"lang=ar", False)
    assert localized(b"q=x", "ar") == (b"q=x&lang=ar", False)
    assert localized(b"lang=en", "ar") == (b"lang=en", True)
    assert localized(b"lang=ar", "en") == (b"lang=ar", False)
    assert localized(b"q=x", "en, ar;q=0.5") == (b"q=x", False)
