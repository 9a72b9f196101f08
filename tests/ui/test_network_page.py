"""The page of a network in a browser, and without scripts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import httpx
import pytest
from browser import wait_until
from PIL import Image

if TYPE_CHECKING:
    from browser import Chromium
    from playwright.sync_api import Page
    from server_process import Server


def picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(".network").screenshot())).convert("RGB")


def opened(page: Page, path: str) -> None:
    page.goto(path)
    page.locator(".network canvas").first.wait_for()
    # Drawn once something other than the ground is there.
    wait_until(page, "document.querySelectorAll('.network canvas').length > 3")


def test_a_node_is_found_by_keys_and_stands_in_the_address(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url, errors=True, height=1200) as page:
        opened(page, "/networks/attribution")
        page.get_by_label("Find a node").press_sequentially("tony blair")
        page.get_by_role("heading", name="Tony Blair", exact=True).wait_for()
        assert page.url.endswith("#node=actor%3Atony-blair")
        quote = page.locator("section .quotes details a").first
        assert "#claim=" in str(quote.get_attribute("href"))
        page.reload()
        page.get_by_role("heading", name="Tony Blair", exact=True).wait_for()
        assert page.get_by_label("Find a node").input_value() == "Tony Blair"


def test_types_are_switched_off_and_stay_off_in_the_address(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url, errors=True, height=1400) as page:
        opened(page, "/networks/places")
        before = picture(page)
        box = page.get_by_role("group", name="Kinds of edges").get_by_role("checkbox").first
        box.focus()
        page.keyboard.press("Space")
        page.wait_for_url("**#off=edges*")
        assert picture(page).tobytes() != before.tobytes()
        page.reload()
        page.locator(".network canvas").first.wait_for()
        assert not box.is_checked()


def test_an_edge_lists_its_quotes(browser: Chromium, server: Server) -> None:
    with browser.page(server.url, errors=True, height=1400) as page:
        opened(page, "/networks/attribution?via=bbc")
        shown = picture(page)
        width = shown.size[0]
        grey = [
            (at % width, at // width)
            for at, colour in enumerate(shown.get_flattened_data())
            if all(140 < part < 165 for part in colour) and max(colour) - min(colour) < 4
        ]
        assert grey, "no edge is drawn"
        box = page.locator(".network").bounding_box()
        assert box is not None
        for x, y in grey[:: max(1, len(grey) // 40)]:
            page.mouse.click(box["x"] + x, box["y"] + y)
            if page.locator("section h3", has_text="→").count() == 1:
                break
        details = page.locator("section .quotes details")
        assert details.get_attribute("open") is not None
        assert details.locator("blockquote").count()
        assert details.get_by_text("said by").count()


def test_without_scripts_the_edges_are_a_table_with_quotes(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url, scripts=False) as page:
        page.goto("/networks/attribution?via=bbc&lang=ar")
        row = page.locator("#edges tbody tr").first
        row.locator("summary").click()
        assert row.locator("blockquote").first.is_visible()
        page.locator("#filters select[name=mode]").select_option("strict")
        page.locator("#filters button").click()
        page.wait_for_url("**mode=strict**")
        assert "lang=ar" in page.url


@pytest.mark.parametrize("ending", ["gexf", "graphml", "json"])
def test_other_origins_may_read_a_network_by_its_address(server: Server, ending: str) -> None:
    answer = httpx.get(
        f"{server.url}/networks/claims.{ending}",
        headers={"origin": "https://x.example"},
        timeout=300,
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_picture_is_shown_as_an_image_and_by_itself(browser: Chromium, server: Server) -> None:
    with browser.page(server.url, dark=True) as page:
        page.goto("/pictures/voices.svg?claim=us-dead-2003-2011&lang=ar")
        assert page.locator("svg").count() == 1
        ground = page.evaluate(
            "getComputedStyle(document.querySelector('svg polygon')).getPropertyValue('fill')"
        )
        assert ground == "rgb(22, 24, 29)", "the style sheet for dark screens is refused"
