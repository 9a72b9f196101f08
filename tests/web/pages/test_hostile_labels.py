"""Labels, quotes and glosses full of markup, bidi overrides and control characters are inert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest
from web_parts import SITE

from kg.graph.build import compile_graph
from kg.store.local import Graph
from kg.web.pages.article import article_page
from kg.web.pages.boards import BOARDS, board_page
from kg.web.pages.home import home_page
from kg.web.pages.resource import resource_document
from kg.web.pages.search import search_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples import Workspace

    from kg.web.pages.content import Content

SCRIPT = "<script>alert(1)</script>"
OVERRIDE = "\u202edrow"
CONTROLS = "\u0001\u0085\ufdd0"
BASE = "https://w3id.org/qawl/id"


@pytest.fixture
def hostile(workspace: Workspace) -> Graph:
    """Put the words into a gloss, a note, a name, a title and the text itself."""
    nasty = f"{SCRIPT}{OVERRIDE}"
    workspace.edit(
        "gloss: 15 people drowned", f"gloss: '15 {nasty} \" onmouseover=x'\n    why: '{nasty}'"
    )
    entities = workspace.graph / "authority" / "entities.ttl"
    text = entities.read_text(encoding="utf-8")
    entities.write_text(text.replace("The Agency", nasty), encoding="utf-8")
    store = compile_graph(workspace.graph).store
    for quad in [*store]:
        value = getattr(quad.object, "value", "")
        if "12 شخصا" in value:
            from pyoxigraph import Literal, Quad

            changed = value.replace("12", f"12{CONTROLS}{SCRIPT}{OVERRIDE}")
            store.remove(quad)
            literal = Literal(changed, language=getattr(quad.object, "language", None))
            store.add(Quad(quad.subject, quad.predicate, literal, quad.graph_name))
    return Graph(store)


def pages(graph: Graph) -> Iterator[Content]:
    for language in ("en", "ar"):
        yield home_page(graph, SITE, language)
        yield article_page(graph, SITE, "flood", (("claim", "drowned"),), language)
        yield search_page(graph, SITE, (("q", SCRIPT),), language)
        for board in BOARDS:
            yield board_page(graph, SITE, board, (("speaker", "actor/agency"),), language)
        for name in ("actor/agency", "claim/flood/curated/drowned-by-agency", "event/flood"):
            yield resource_document(graph, SITE, f"{BASE}/{name}", "html", language)


def test_nothing_that_a_label_says_becomes_markup(hostile: Graph) -> None:
    seen = 0
    for one in pages(hostile):
        text = one.data.decode()
        page = lxml.html.fromstring(text)
        assert not page.xpath("//script[not(@src)] | //@onmouseover | //@style")
        assert "\u0001" not in text
        assert "\ufdd0" not in text
        seen += "&lt;script&gt;alert(1)" in text
    assert seen > 12


def test_what_turns_the_direction_ends_with_the_name_or_the_quote(hostile: Graph) -> None:
    """An override reaches no further than the element that isolates it, as any text of SVG does."""
    isolating = (
        "ancestor-or-self::*[self::bdi or @dir or self::option or self::text or self::title]"
    )
    for one in pages(hostile):
        page = lxml.html.fromstring(one.data.decode())
        for text in page.xpath("//body//text()[contains(., '\u202e')]"):
            around = text.getparent().xpath(isolating)
            assert [each for each in around if each.tag not in {"html", "body"}], text


def test_the_article_is_as_long_as_its_text(hostile: Graph) -> None:
    page = lxml.html.fromstring(article_page(hostile, SITE, "flood", (), "en").data.decode())
    (text,) = page.find_class("text")
    shown = text.text_content()
    assert f"12\ufffd\ufffd\ufffd{SCRIPT}{OVERRIDE} شخصا" in shown
