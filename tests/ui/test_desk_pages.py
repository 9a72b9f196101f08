"""The desk's pages for everybody: axe-core finds nothing, and a pasted text becomes an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import axe
from desk_process import open_desk

from kg.reading.file import load_reading

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Chromium
    from desk_process import RunningDesk

TEXT = "أعلنت وزارة النقل أن العبارة غرقت في 4 مارس 2014. وقال الوزير إن 37 شخصا قُتلوا."
DIALOGS = ("edit", "same-question", "merge", "keys")


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(
    browser: Chromium, desk: RunningDesk, width: int, dark: bool, language: str
) -> None:
    with browser.page(desk.url, width=width, dark=dark, language=language) as page:
        open_desk(page, desk, "/desk")
        assert axe(page) == []
        open_desk(page, desk)
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
        page.locator("#picker-take").click()
        page.locator("#new[open]").wait_for()
        for kind in ("claim", "voice", "unread"):
            page.locator(f"#new input[value={kind}]").check()
            assert axe(page) == []
        page.keyboard.press("Escape")
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_where_the_file_has_changed(
    browser: Chromium, desk: RunningDesk, width: int, dark: bool, language: str
) -> None:
    with browser.page(desk.url, width=width, dark=dark, language=language, errors=True) as page:
        page.route("**/now?*", lambda route: route.abort())
        open_desk(page, desk)
        assert desk.decide({"does": "accept", "claim": "sank"}, "ferry").status_code == 200
        page.keyboard.press("a")
        page.locator("#conflict[open]").wait_for()
        assert axe(page) == []
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
    assert desk.undo("ferry").status_code == 200


def test_entities_are_fields_of_names(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url) as page:
        open_desk(page, desk)
        page.keyboard.press("e")
        about = page.locator("#edit [data-entities=speaker]")
        [voice] = [
            one["form"]
            for one in desk.state("ferry")["voices"]
            if one["id"] == page.locator("#f-voice").input_value()
        ]
        names = desk.state("ferry")["names"]
        shown = about.locator(".chips bdi").all_inner_texts()
        assert shown == [names[one] for one in voice["speaker"]]
        page.locator("#f-about").press_sequentially("sea")
        page.locator("#edit [data-entities=about] .found button").first.wait_for()
        page.keyboard.press("Enter")
        chosen = page.locator("#edit [data-entities=about] .chips li")
        added = str(chosen.last.get_attribute("data-id"))
        before = str(page.locator("#desk").get_attribute("data-sha"))
        claim = str(page.locator("#card [data-claim]").get_attribute("data-claim"))
        page.keyboard.press("Enter")
        page.locator(f'#desk:not([data-sha="{before}"])').wait_for()
        [now] = [one for one in desk.state("ferry")["claims"] if one["id"] == claim]
        assert added in now["form"]["about"]
        assert desk.undo("ferry").status_code == 200


def test_words_are_left_unread_for_a_reason(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url) as page:
        open_desk(page, desk)
        page.keyboard.press("n")
        page.locator("#picker").wait_for()
        page.keyboard.press("Enter")
        page.locator("#new [value=unread]").check()
        page.locator("#new-why").fill("a headline")
        before = str(page.locator("#desk").get_attribute("data-sha"))
        page.keyboard.press("Enter")
        page.locator(f'#desk:not([data-sha="{before}"])').wait_for()
        assert [one["why"] for one in desk.state("ferry")["unread"]] == ["a headline"]
        assert desk.undo("ferry").status_code == 200


def test_a_card_is_dragged_to_a_voice_in_the_text(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url) as page:
        open_desk(page, desk)
        claim = str(page.locator("#card [data-claim]").get_attribute("data-claim"))
        [own] = [
            one["form"]["voice"] for one in desk.state("ferry")["claims"] if one["id"] == claim
        ]
        block = page.locator(f"#article-text [data-voice]:not([data-voice={own}])").first
        voice = block.get_attribute("data-voice")
        before = str(page.locator("#desk").get_attribute("data-sha"))
        block.scroll_into_view_if_needed()
        page.locator("#card header").hover()
        page.mouse.down()
        box = block.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 30, box["y"] + 10, steps=5)
        page.mouse.move(box["x"] + 20, box["y"] + 10)
        page.mouse.up()
        page.locator(f'#desk:not([data-sha="{before}"])').wait_for()
        [now] = [one for one in desk.state("ferry")["claims"] if one["id"] == claim]
        assert now["form"]["voice"] == voice
        assert desk.undo("ferry").status_code == 200


def test_single_letter_keys_can_be_switched_off(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url) as page:
        open_desk(page, desk)
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


def test_a_pasted_text_becomes_a_persons_reading(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url) as page:
        open_desk(page, desk, "/desk")
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


def test_a_file_that_is_dropped_anywhere_becomes_an_article(
    browser: Chromium, desk: RunningDesk, tmp_path: Path
) -> None:
    dropped = tmp_path / "news.txt"
    dropped.write_text(TEXT, encoding="utf-8")
    with browser.page(desk.url) as page:
        open_desk(page, desk, "/desk")
        page.locator("#add-slug").fill("from-a-file")
        # What the browser gets from the desktop: real events, with a file on the disk.
        client = page.context.new_cdp_session(page)
        data = {"items": [], "files": [str(dropped)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            place = {"type": kind, "x": 30, "y": 30, "data": data}
            client.send("Input.dispatchDragEvent", place)
        page.locator("#desk[data-ready]").wait_for()
        assert page.url.endswith("/desk/from-a-file")
        assert desk.state("from-a-file")["claims"]


def test_a_chosen_file_becomes_an_article(browser: Chromium, desk: RunningDesk) -> None:
    name = "</script><b>تقرير\u202egnp.html"
    with browser.page(desk.url) as page:
        open_desk(page, desk, "/desk")
        page.locator("#add-slug").fill("dropped")
        file = {"name": name, "mimeType": "text/plain", "buffer": TEXT.encode()}
        page.locator("#add-file").set_input_files([file])  # type: ignore[list-item]
        page.locator("#add button").click()
        page.locator("#desk[data-ready]").wait_for()
        assert page.url.endswith("/desk/dropped")


def test_what_cannot_be_an_article_is_told(browser: Chromium, desk: RunningDesk) -> None:
    with browser.page(desk.url, errors=True) as page:
        open_desk(page, desk, "/desk")
        page.locator("#add-text").fill(TEXT)
        page.locator("#add-slug").fill("ferry")
        page.locator("#add button").click()
        page.locator("#add-status", has_text="already exists").wait_for()


def test_without_the_token_a_page_only_reads(browser: Chromium, desk: RunningDesk) -> None:
    before = desk.state("ferry")["sha256"]
    with browser.page(desk.url, errors=True) as page:
        page.goto("/desk/ferry")
        page.locator("#desk[data-ready]").wait_for()
        page.locator("#alarm", has_text="is read-only").wait_for()
        page.keyboard.press("a")
        page.locator("#alarm", has_text="no valid token").wait_for()
    assert desk.state("ferry")["sha256"] == before
