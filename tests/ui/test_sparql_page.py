"""The SPARQL page with real keys: writing, completing, mistakes, parameters, stopping, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Chromium
    from playwright.sync_api import Page
    from server_process import Server

GLOSSES = "SELECT ?claim ?gloss { ?claim a qawl:CasualtyClaim ; qawl:gloss ?gloss }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?c != ?i) }"


@pytest.fixture
def page(browser: Chromium, server: Server) -> Iterator[Page]:
    with browser.page(server.url) as page:
        page.goto("/sparql")
        page.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        yield page


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["query"][0]


def ask(page: Page, query: str) -> None:
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def test_a_query_is_completed_and_run_by_keys(page: Page) -> None:
    page.keyboard.type("SELECT ?c WHERE { ?c a qawl:Casualty")
    page.locator(".cm-completionLabel").first.wait_for()
    assert page.locator("[aria-selected=true] .cm-completionLabel").inner_text() == (
        "qawl:CasualtyClaim"
    )
    # The list takes no key at first, lest it take one that was meant for the text.
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 100)))"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.locator("table.result tbody tr").first.wait_for()
    assert "qawl:CasualtyClaim" in asked(page)
    link = page.locator("table.result a").first
    assert link.get_attribute("href").startswith("/articles/iraq-war-2003-2011#claim=")  # type: ignore[union-attr]


def test_variables_of_the_query_are_completed(page: Page) -> None:
    page.keyboard.type("SELECT ?passage WHERE { ?pa")
    page.locator(".cm-completionLabel", has_text="?passage").wait_for()


def test_an_answer_of_a_query_in_the_address_is_there_and_back_leads_to_it(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url) as page:
        page.goto(f"/sparql?query={quote(GLOSSES)}")
        assert page.locator(".cm-content").inner_text().strip() == GLOSSES
        rows = page.locator("table.result tbody tr").count()
        page.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        ask(page, "ASK { ?s a qawl:Claim }")
        page.locator("p.answer").wait_for()
        page.go_back()
        page.locator("table.result tbody tr").first.wait_for()
        assert page.locator("table.result tbody tr").count() == rows
        assert page.locator(".cm-content").inner_text().strip() == GLOSSES


def test_a_mistake_is_marked_at_its_place_until_it_is_put_right(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url, errors=True) as page:
        page.goto("/sparql?lang=ar")
        page.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        ask(page, "# العراق 💰\nSELECT ?s WHER { ?s ?p ?o }")
        mark = page.locator(".cm-lintRange-error")
        mark.wait_for()
        assert mark.inner_text() == "WHER"
        told = page.locator("#mistake").inner_text()
        assert "السطر 2، العمود 11" in told
        assert "WHERE" in told
        # The cursor stands before the mistake.
        page.keyboard.press("ControlOrMeta+ArrowRight")
        page.keyboard.type("E")
        page.keyboard.press("Control+Enter")
        page.locator("table.result").wait_for()
        assert mark.count() == 0
        assert page.locator("#mistake").count() == 0


def test_a_query_is_stopped(page: Page, server: Server) -> None:
    ask(page, ENDLESS)
    stop = page.get_by_role("button", name="Stop")
    page.locator("#outcome[aria-busy]").wait_for(state="attached")
    stop.click()
    page.get_by_text("Stopped.").wait_for()
    assert stop.is_disabled()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    ask(page, "ASK {}")
    page.locator("p.answer").wait_for()


def test_parameters_are_fields_that_know_their_values(page: Page) -> None:
    page.locator("a[data-name=claims]").click()
    page.locator("table.result").wait_for()
    stance = page.get_by_label("stance", exact=True)
    stance.select_option("probable")
    page.get_by_label("date_to", exact=True).fill("2004-01-01")
    page.keyboard.press("Tab")
    page.get_by_label("speaker", exact=True).fill("actor:bbc")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**probable**")
    query = asked(page)
    assert 'VALUES ?stance { "probable" }' in query
    assert 'VALUES ?date_to { "2004-01-01"^^xsd:date }' in query
    assert "VALUES ?speaker { actor:bbc }" in query
    stance.select_option("UNDEF")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url(lambda url: "probable" not in url)
    assert "VALUES ?stance { UNDEF }" in asked(page)


def test_a_table_sorts_and_filters(page: Page) -> None:
    ask(
        page, 'SELECT * { VALUES (?n ?w) { (10 "إيران") (9 "العراق") (200 "ايطاليا") (1 "Iraq") } }'
    )
    cells = page.locator("table.result tbody tr:not([hidden]) td:first-child")
    cells.first.wait_for()
    page.get_by_role("button", name="n", exact=True).click()
    assert cells.all_inner_texts() == ["1", "9", "10", "200"]
    page.keyboard.press("Enter")
    assert cells.all_inner_texts() == ["200", "10", "9", "1"]
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("n")
    page.keyboard.press("Enter")
    assert cells.all_inner_texts() == ["10", "9", "200", "1"]
    page.get_by_label("Filter rows").fill("اي")  # hamza folded
    assert cells.all_inner_texts() == ["10", "200"]
    page.get_by_text("2 of 4 rows").wait_for()


def test_an_answer_as_chart_network_and_turtle(page: Page) -> None:
    ask(page, GLOSSES.replace("?gloss }", "?gloss ; qawl:answerQuantity/qawl:numericValue ?v }")
        .replace("?claim ?gloss", "?claim ?v"))  # fmt: skip
    page.get_by_role("button", name="Chart").click()
    bars = page.locator(".bars li")
    bars.first.wait_for()
    widths = bars.locator(".bar").evaluate_all("bars => bars.map(one => one.clientWidth)")
    values = [float(one) for one in bars.locator(".number").all_inner_texts()]
    assert widths.index(max(widths)) == values.index(max(values))
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    ask(page, "CONSTRUCT { ?v qawl:speaker ?s } { ?v qawl:speaker ?s }")
    page.get_by_role("button", name="Turtle").click()
    page.get_by_text("qawl:speaker actor:", exact=False).first.wait_for()
    page.get_by_role("button", name="Network").click()
    page.locator(".network canvas").first.wait_for()


def test_without_scripts_it_is_a_form_that_keeps_a_wrong_query(
    browser: Chromium, server: Server
) -> None:
    with browser.page(server.url, scripts=False, errors=True) as page:
        page.goto("/sparql")
        area = page.get_by_role("textbox")
        area.fill("ASK {\n  ?s a qwal:Claim\n}")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#mistake mark").wait_for()
        assert page.locator("#mistake mark").inner_text() == "qwal:Claim"
        assert page.get_by_role("textbox").input_value() == "ASK {\n  ?s a qwal:Claim\n}"
        page.get_by_role("textbox").fill("ASK {\n  ?s a qawl:Claim\n}")
        page.get_by_role("button", name="Ask").click()
        page.locator("p.answer").wait_for()
