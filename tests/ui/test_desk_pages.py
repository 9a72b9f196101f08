"""The desk's pages for everybody: axe-core finds nothing, and a pasted text becomes an article."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from browser import axe, browser_session, need_scripts
from desk_process import running_desk
from examples import ROOT

from kg.reading.file import load_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Chromium
    from desk_process import RunningDesk
    from playwright.sync_api import Page

FERRY = ROOT / "tests" / "support" / "ferry"
TEXT = "أعلنت وزارة النقل أن العبارة غرقت في 4 مارس 2014. وقال الوزير إن 37 شخصا قُتلوا."
DIALOGS = ("edit", "same-question", "merge", "keys")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    need_scripts()
    graph = tmp_path_factory.mktemp("desk") / "graph"
    shutil.copytree(FERRY, graph, ignore=shutil.ignore_patterns("lina-haddad.yaml"))
    with running_desk(graph) as found:
        yield found


@pytest.fixture(scope="module")
def chromium(desk: RunningDesk) -> Iterator[Chromium]:
    with browser_session() as found:
        yield found


def opened(page: Page, desk: RunningDesk, path: str = "/desk/ferry") -> None:
    page.goto(f"{path}#token={desk.token}")
    if path != "/desk":
        page.locator("#desk[data-ready]").wait_for()


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(
    chromium: Chromium, desk: RunningDesk, width: int, dark: bool, language: str
) -> None:
    with chromium.page(desk.url, width=width, dark=dark, language=language) as page:
        opened(page, desk, "/desk")
        assert axe(page) == []
        opened(page, desk)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert axe(page) == []
        for name in DIALOGS:
            page.locator(f"#tools [data-do={name}]").click()
            page.locator("dialog[open]").wait_for()
            assert axe(page) == []
            page.keyboard.press("Escape")
            page.locator("dialog[open]").wait_for(state="detached")
        page.locator("#tools [data-do=new]").click()
        page.locator("#picker").wait_for()
        assert axe(page) == []
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width


def test_single_letter_keys_can_be_switched_off(chromium: Chromium, desk: RunningDesk) -> None:
    with chromium.page(desk.url) as page:
        opened(page, desk)
        page.keyboard.press("?")
        page.locator("#keys-switch").click()
        page.keyboard.press("Escape")
        chosen = page.locator("#card [data-claim]").get_attribute("data-claim")
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert page.locator("dialog[open]").count() == 0
        assert page.locator("#card [data-claim]").get_attribute("data-claim") == chosen
        page.locator("#tools [data-do=next]").click()
        page.locator(f"#card [data-claim]:not([data-claim={chosen}])").wait_for()


def test_a_pasted_text_becomes_a_persons_reading(chromium: Chromium, desk: RunningDesk) -> None:
    with chromium.page(desk.url) as page:
        opened(page, desk, "/desk")
        page.locator("#add-text").fill(TEXT)
        page.locator("#add-slug").fill("pasted")
        page.locator("#add button").click()
        page.locator("#desk[data-ready]").wait_for()
        readings = desk.graph / "articles" / "pasted" / "readings"
        draft = load_reading(readings / "rules.yaml").reading
        for left in range(len(draft.claims) - 1, -1, -1):
            page.keyboard.press("a")
            page.locator("#counts", has_text=f"{left} open").wait_for()
        reading = load_reading(readings / "lina-haddad.yaml").reading
        assert reading.reader.name == "Lina Haddad"
        assert reading.decisions is not None
        assert set(reading.decisions.accepted) == {claim.id for claim in draft.claims}
        assert reading.decisions.open == ()


def test_a_dropped_file_becomes_an_article(chromium: Chromium, desk: RunningDesk) -> None:
    name = "</script><b>تقرير\u202egnp.html"
    with chromium.page(desk.url) as page:
        opened(page, desk, "/desk")
        page.locator("#add-slug").fill("dropped")
        file = {"name": name, "mimeType": "text/plain", "buffer": TEXT.encode()}
        page.locator("#add-file").set_input_files([file])  # type: ignore[list-item]
        page.locator("#add button").click()
        page.locator("#desk[data-ready]").wait_for()
        assert page.url.endswith("/desk/dropped")


def test_what_cannot_be_an_article_is_told(chromium: Chromium, desk: RunningDesk) -> None:
    with chromium.page(desk.url, errors=True) as page:
        opened(page, desk, "/desk")
        page.locator("#add-text").fill(TEXT)
        page.locator("#add-slug").fill("ferry")
        page.locator("#add button").click()
        page.locator("#add-status", has_text="already exists").wait_for()


def test_without_the_token_a_page_only_reads(chromium: Chromium, desk: RunningDesk) -> None:
    before = desk.state("ferry")["sha256"]
    with chromium.page(desk.url, errors=True) as page:
        page.goto("/desk/ferry")
        page.locator("#desk[data-ready]").wait_for()
        page.locator("#alarm", has_text="is read-only").wait_for()
        page.keyboard.press("a")
        page.locator("#alarm", has_text="no valid token").wait_for()
    assert desk.state("ferry")["sha256"] == before
