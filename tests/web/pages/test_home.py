"""The first page leads to the articles, the boards, the search and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
from web_parts import SITE

from kg.store.queryable import named_questions
from kg.web.pages.home import home_page

if TYPE_CHECKING:
    from kg.store.local import Graph


def test_where_the_first_page_leads(shipped_graph: Graph) -> None:
    found = lxml.html.fromstring(home_page(shipped_graph, SITE, "ar").data.decode())
    links = {one.get("href") for one in found.xpath("//main//a")}
    assert links >= {
        "/qawl/articles/iraq-war-2003-2011?lang=ar",
        "/qawl/articles/iraq-war-2003-2011?lang=ar#claim=invasion-start",
        "/qawl/boards/how-many?lang=ar",
        "/qawl/sparql?lang=ar",
    }
    questions = {one.name for one in named_questions() if not one.parameters}
    led_to = {f"/qawl/queries/{name}.html?lang=ar" for name in questions} & links
    assert len(led_to) == min(12, len(questions))
    assert found.xpath("//form[@action='/qawl/search']//input[@name='q']")
    (picture,) = found.find_class("small-icicle")
    assert len(picture.xpath("./rect")) > 20
    assert "141 قولا" in found.text_content()
    assert "تناقض واحد" in found.text_content()
