"""axe-core finds nothing on the pages of queries and networks: languages, themes and widths."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from browser import axe

if TYPE_CHECKING:
    from browser import Chromium
    from server_process import Server

TABLE = "SELECT ?c ?gloss ?v { ?c qawl:gloss ?gloss ; qawl:voice ?v } LIMIT 5"
PAGES = {
    "/sparql": ".cm-content",
    f"/sparql?query={quote(TABLE)}": "table.result th button",
    f"/sparql?query={quote('SELECT ?s WHER {}')}": ".cm-lintRange-error",
    "/queries": "dl",
    "/queries/claims": "table.result th button",
    "/networks": "dl",
    "/networks/attribution?via=bbc": ".network canvas",
}
WIDTHS = (390, 1280, 1920)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Chromium, server: Server, path: str
) -> None:
    found = []
    for language, dark in product(("en", "ar"), (False, True)):
        with browser.page(server.url, dark=dark, language=language, errors=True) as page:
            page.goto(path)
            page.locator(PAGES[path]).first.wait_for()
            assert page.locator("html").get_attribute("lang") == language
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                place = f"{language} {'dark' if dark else 'light'} {width}"
                found += [f"{place}: {one}" for one in axe(page)]
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    found.append(f"{place}: {wide} px wider than the window")
    assert found == []
