"""Words are found however they are spelled, and their places are those of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_world import first_article

from kg.display.search import Found, Snippet, search, snippet

if TYPE_CHECKING:
    from kg.display.claims import ClaimBook


@pytest.mark.parametrize(
    ("query", "claim"),
    [
        ("4487", "us-dead-2003-2011"), ("٤٤٨٧", "us-dead-2003-2011"), ("البنتاجون", ""),
        ("باحتلال", "occupation-start"), ("إِحتـلال", "occupation-start"),
        ("الكلفه الحقيقيه", "stiglitz-cost"), ("looted COUNTRY", "iraq-looted-country"),
        ("منذئذ", "us-dead-since-2010"), ("ولبوش", "bush-further-crimes"),
        ("للعراق", "occupation-start"),
    ],
)  # fmt: skip
def test_words_of_claims_are_found(shipped: ClaimBook, query: str, claim: str) -> None:
    found = search(shipped, query)
    assert isinstance(found, Found)
    assert (claim in {one.id for one, _ in found.claims}) == bool(claim)


def test_places_in_the_text_are_its_code_points(shipped: ClaimBook) -> None:
    text = first_article().text
    found = search(shipped, "قُتِل")
    assert len(found.places) > 2
    for _, span, hit in found.places:
        assert span.of(text) == hit.hit
    assert "وقُتل" in {hit.hit for _, _, hit in found.places}  # the whole word


def test_names_are_found_in_both_languages(shipped: ClaimBook) -> None:
    assert "Tony Blair" in [one.en for one in search(shipped, "بلير").names]
    assert "Tony Blair" in [one.en for one in search(shipped, "blair").names]


def test_blanks_and_marks_alone_find_nothing(shipped: ClaimBook) -> None:
    for query in ("", "  ", "\u064b", "\u0640"):
        assert not search(shipped, query)
    assert search(shipped, "بغداد")


def test_a_snippet_is_cut_around_the_hit() -> None:
    found = snippet("س" * 100 + " بغداد " + "ص" * 100, "بغداد")
    assert found == Snippet("…" + "س" * 59 + " ", "بغداد", " " + "ص" * 59 + "…")
    assert snippet("س", "بغداد") is None
