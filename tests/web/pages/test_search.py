"""The search page: hits lead to the words, and what was typed is shown as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
from reading_world import first_article
from web_parts import SITE

from kg.web.pages.search import search_page

if TYPE_CHECKING:
    from kg.store.local import Graph


def page(graph: Graph, query: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(search_page(graph, SITE, (("q", query),), "en").data.decode())


def test_hits_are_marked_and_lead_to_the_words(shipped_graph: Graph) -> None:
    found = page(shipped_graph, "٤٤٨٧")
    assert {one.text for one in found.xpath("//mark")} == {"4487"}
    links = [one.get("href") for one in found.xpath("//main//a")]
    assert "/qawl/articles/iraq-war-2003-2011#claim=us-dead-2003-2011" in links
    (place,) = [one for one in links if "#char=" in one]
    start, end = map(int, place.partition("#char=")[2].split(","))
    assert first_article().text[start:end] == "4487"


def test_nothing_is_said_to_be_nothing_and_what_was_typed_is_inert(shipped_graph: Graph) -> None:
    query = '"><script>alert(1)</script>\u202e\x07'
    found = page(shipped_graph, query)
    assert "Nothing was found." in found.text_content()
    assert not found.xpath("//script[not(@src)]")
    (field,) = found.xpath("//input[@name='q']")
    assert field.get("value").startswith('"><script>')
    assert "Nothing was found" not in page(shipped_graph, " ").text_content()
