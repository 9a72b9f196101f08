"""Articles: the newest text, and what is known of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading_world import first_article

from kg.display.articles import Article, article_of, articles

if TYPE_CHECKING:
    from kg.display.claims import ClaimBook


def test_an_article_by_its_slug(shipped: ClaimBook) -> None:
    found = article_of(shipped.facts, "iraq-war-2003-2011")
    assert isinstance(found, Article)
    assert (found.slug, found.language, found.direction) == ("iraq-war-2003-2011", "ar", "rtl")
    assert found.text == first_article().text
    assert found.rights.en.startswith("The owner of the rights")
    assert found.rights.ar.startswith("مالك حقوق")


def test_what_has_no_text_is_no_article(shipped: ClaimBook, flood: ClaimBook) -> None:
    assert article_of(shipped.facts, "bbc-report-2011") is None
    assert article_of(shipped.facts, "none") is None
    assert "iraq-war-2003-2011" in [one.slug for one in articles(shipped)]
    assert [one.slug for one in articles(flood)] == ["flood"]
