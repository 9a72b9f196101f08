"""The page of an article: the text is all there, and every claim has its card."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import lxml.html
import pytest
from reading_world import SLUG, first_article
from three_articles import three_articles
from web_parts import SITE

from kg.web.pages.article import article_page
from kg.web.refusal import RequestRefused

if TYPE_CHECKING:
    from kg.store.local import Graph
    from kg.wording import Language


def page(
    graph: Graph, *parameters: tuple[str, str], language: Language = "en"
) -> lxml.html.HtmlElement:
    found = article_page(graph, SITE, SLUG, parameters, language)
    assert found.content_type == "text/html; charset=utf-8"
    return lxml.html.fromstring(found.data.decode())


def classes(element: lxml.html.HtmlElement) -> set[str]:
    return set(element.get("class", "").split())


def test_the_text_in_the_page_is_the_text(shipped_graph: Graph) -> None:
    for language in ("en", "ar"):
        (text,) = page(shipped_graph, language=language).find_class("text")
        assert text.text_content() == first_article().text
        assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")


def test_every_claim_has_a_card_that_marks_lead_to(shipped_graph: Graph) -> None:
    found = page(shipped_graph)
    ids = [one.get("id") for one in found.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    cards = {one.get("id") for one in found.find_class("card")}
    assert cards == {f"claim={one['id']}" for one in first_article().reading["claims"]}
    for link in found.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids, link.get("href")
    led_to = {one for mark in found.find_class("m") for one in mark.get("data-claims").split()}
    assert {f"claim={one}" for one in led_to} == cards


def test_the_card_of_the_figure_tells_all(shipped_graph: Graph) -> None:
    (card,) = page(shipped_graph).xpath("//*[@id='claim=us-dead-2003-2011']")
    told = re.sub(r"\s+", " ", card.text_content())
    for words in (
        "The United States has lost 4487 service members in Iraq",
        "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد",
        "inferred, confidence 0.85",
        "1 origin: US Department of Defense",
        "Amount 4,487",
        "2003-03-19/..",
        "adds up",
        "فقدت (lost) is read as dead",
    ):
        assert words in told, words
    assert [one.get("class") or "" for one in card.xpath(".//ol/li")] == [
        "",
        "inferred",
        "",
    ]


def test_a_garbled_figure_is_called_so(shipped_graph: Graph) -> None:
    (card,) = page(shipped_graph).xpath("//*[@id='claim=stiglitz-cost']")
    told = re.sub(r"\s+", " ", card.text_content())
    assert "3 trillion US dollars (garbled)" in told
    assert "Taken literally: 3e+21" in told
    assert "ثلاثة تريليونات مليار دولار" in told


def test_nested_voices_are_nested_blocks(shipped_graph: Graph) -> None:
    found = page(shipped_graph)
    (mark,) = found.xpath("//a[@href='#claim=us-dead-2003-2011'][@class='m inferred']")[:1]
    voices = [one for one in mark.iterancestors("div") if "voice" in classes(one)]
    assert [one.get("data-voice") for one in voices] == ["pentagon", "bbc-2011-continued"]
    assert ["inferred" in classes(one) for one in voices] == [False, True]
    assert voices[1].get("data-label") == "BBC · 2011 · (inferred) 0.85"
    # What the article says itself stands in no voice.
    (own,) = found.xpath("//a[@href='#claim=occupation-by-americans']")[:1]
    assert not [one for one in own.iterancestors("div") if "voice" in classes(one)]


def test_a_filter_marks_less_and_leaves_the_text(shipped_graph: Graph) -> None:
    found = page(shipped_graph, ("only", "contradicted"))
    assert {one.get("id") for one in found.find_class("card")} == {
        "claim=invasion-start", "claim=invasion-start-20-march",
    }  # fmt: skip
    assert found.find_class("text")[0].text_content() == first_article().text
    assert len(found.find_class("voice")) == len(page(shipped_graph).find_class("voice"))
    (chosen,) = found.xpath("//input[@checked]")
    assert chosen.get("value") == "contradicted"
    nothing = page(shipped_graph, ("voice", "actor/nobody"))
    assert "No claim matches" in nothing.text_content()


def test_a_claim_that_is_asked_for_is_open_and_marked(shipped_graph: Graph) -> None:
    found = page(shipped_graph, ("claim", "us-dead-2003-2011"))
    (card,) = found.find_class("chosen")
    assert card.get("id") == "claim=us-dead-2003-2011"
    marked = "".join(one.text_content() for one in found.find_class("opened"))
    assert marked == "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد"
    assert found.xpath("//*[@id='here']")[0].text_content()
    assert not page(shipped_graph, ("claim", "none")).find_class("chosen")


def test_an_article_that_there_is_not(shipped_graph: Graph) -> None:
    with pytest.raises(RequestRefused, match="/articles/none: no such article") as refused:
        article_page(shipped_graph, SITE, "none", (), "en")
    assert refused.value.status == HTTPStatus.NOT_FOUND


def test_the_page_has_nothing_that_the_policy_refuses(shipped_graph: Graph) -> None:
    found = page(shipped_graph)
    assert not found.xpath("//@style | //script[not(@src)] | //style")
    assert not [name for one in found.iter() for name in one.attrib if name.startswith("on")]


def test_the_day_of_publication_is_no_word_of_the_article() -> None:
    found = article_page(three_articles(), SITE, "iraq-dead-counts", (), "en")
    tree = lxml.html.fromstring(found.data.decode())
    (card,) = [one for one in tree.find_class("card") if one.get("id") == "claim=toll-unknown"]
    (said,) = card.find_class("said")
    assert " ".join(said.text_content().split()) == "said 2026-11-29 implied"
    (card,) = [one for one in tree.find_class("card") if one.get("id") == "claim=us-dead-2005"]
    assert "12-12" in card.find_class("said")[0].text_content()
    assert "implied" not in card.find_class("said")[0].text_content()
