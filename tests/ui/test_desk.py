"""A whole draft corrected in Chromium: by keys alone, by mouse, and by touch on a narrow page.

The article, its draft and the reading that a careful person makes of it are in ``support/ferry``.
"""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import pytest
from browser import browser_session, need_scripts
from desk_process import FERRY, RunningDesk, ferry_in, open_desk, running_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import Chromium
    from playwright.sync_api import Locator, Page

#: What is decided about each claim, in the order in which the desk shows them: the doubtful first.
DECISIONS = (
    ("waited", ("reject",)),
    ("bodies", ("edit", "37")),
    ("bodies-in-hospital", ("same-question", "res")),
    ("three-hundred", ("inward", "doubtful")),
    ("fine", ("outward", "doubtful")),
    ("avoidable", ("merge", "seam", "accept")),
    ("no-warning", ("accept",)),
    ("saved", ("reject", "undo", "accept")),
    *(
        (claim, ("accept",))
        for claim in (
            "storm", "not-overloaded", "injured", "injured-children", "captain-left",
            "not-seaworthy", "leaned", "nobody-answered",
        )
    ),
    ("buried", ("new", "The village counted twelve dead", "accept")),
    *((claim, ("accept",)) for claim in ("sank", "on-board", "built-1987", "schools-closed")),
)  # fmt: skip
QUOTE = "أحصت القرية 12 من أبنائها بين القتلى"
KEYS = {
    "accept": "a", "reject": "x", "undo": "u", "edit": "e", "outward": "[", "inward": "]",
    "merge": "m", "same-question": "q", "new": "n", "doubtful": ".",
}  # fmt: skip
FIELDS = {"edit": "#f-value", "same-question": "#ask-words", "merge": "#merge-words"}


class Hand(Protocol):
    """How a person does things on the page."""

    def do(self, action: str) -> None: ...
    def pick(self) -> None: ...
    def say(self, action: str, words: str) -> None: ...


class Keys:
    """Real keys and nothing else; ``pressed`` counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def do(self, action: str) -> None:
        self.press(KEYS[action])

    def pick(self) -> None:
        self.press("ArrowRight")  # the word before, in a text from right to left
        for _ in range(6):
            self.press("Alt+ArrowRight")
        self.press("Enter")

    def say(self, action: str, words: str) -> None:
        for letter in words:
            self.press("Space" if letter == " " else letter)
        self.press("Enter")


class Mouse:
    """Clicks, and drags over the text; letters are typed where a field has been clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def point(self, place: Locator) -> None:
        place.click()

    def do(self, action: str) -> None:
        self.point(self.page.locator(f"#tools [data-do={action}]"))

    def pick(self) -> None:
        raise AssertionError("the words have been dragged over before")

    def say(self, action: str, words: str) -> None:
        if action == "new":
            self.page.locator("#new-gloss").fill(words)
            self.point(self.page.locator("#new button[type=submit]"))
            return
        field = self.page.locator(FIELDS[action])
        self.point(field)
        field.fill(words)
        if action == "edit":
            self.point(self.page.locator("#edit button[type=submit]"))
        else:
            self.point(self.page.locator("dialog[open] .found button").first)


class Touch(Mouse):
    """Taps; words are chosen by tapping the first and the last."""

    def point(self, place: Locator) -> None:
        place.tap()

    def pick(self) -> None:
        for word in (QUOTE.split()[0], QUOTE.split()[-1]):
            left, top, width, height = box_of(self.page, word)
            self.page.touchscreen.tap(left + width / 2, top + height / 2)
        self.point(self.page.locator("#picker-take"))


def box_of(page: Page, word: str) -> tuple[float, float, float, float]:
    """Return where a word of the text is on the screen: left, top, width and height."""
    left, top, width, height = page.evaluate(
        """(word) => {
          const walker = document.createTreeWalker(
            document.getElementById("article-text"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            const box = range.getBoundingClientRect();
            return [box.left, box.top, box.width, box.height];
          }
        }""",
        word,
    )
    return left, top, width, height


def select_by_mouse(page: Page) -> None:
    """Drag over the words of the new claim, from right to left."""
    left, top, width, height = box_of(page, QUOTE.split()[0])
    page.mouse.move(left + width - 1, top + height / 2)
    page.mouse.down()
    left, top, _, height = box_of(page, QUOTE.split()[-1])
    page.mouse.move(left + 1, top + height / 2, steps=5)
    page.mouse.up()


def open_claim(page: Page) -> str:
    return page.locator("#card [data-claim]").get_attribute("data-claim") or ""


def settled(page: Page, before: str) -> None:
    """Wait until the page shows what has been written."""
    page.locator(f'#desk:not([data-sha="{before}"])').wait_for()
    page.locator("dialog[open]").wait_for(state="detached")


def decide(page: Page, hand: Hand, steps: tuple[str, ...]) -> None:
    remaining = list(steps)
    while remaining:
        action = remaining.pop(0)
        before = page.locator("#desk").get_attribute("data-sha") or ""
        if action == "new" and type(hand) is Mouse:
            select_by_mouse(page)
        hand.do(action)
        if action == "doubtful":
            continue
        if action in {"edit", "same-question", "merge", "new"}:
            if action == "new" and type(hand) is not Mouse:
                page.locator("#picker").wait_for()
                hand.pick()
            page.locator("dialog[open]").wait_for()
            hand.say(action, remaining.pop(0))
        settled(page, before)


@contextmanager
def desk_page(
    chromium: Chromium, folder: Path, *, width: int = 1280, touch: bool = False
) -> Iterator[tuple[RunningDesk, Page]]:
    with (
        running_desk(ferry_in(folder), "ferry") as desk,
        chromium.page(desk.url, width=width, touch=touch) as page,
    ):
        open_desk(page, desk)
        yield desk, page


def given() -> str:
    text = (FERRY / "lina-haddad.yaml").read_text(encoding="utf-8")
    return text.replace("TODAY", datetime.now(UTC).date().isoformat())


def written(desk: RunningDesk) -> str:
    path = desk.graph / "articles" / "ferry" / "readings" / "lina-haddad.yaml"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    need_scripts()
    with browser_session() as found:
        yield found


def test_the_article_is_as_long_as_it_should_be() -> None:
    text = (FERRY / "articles" / "ferry" / "text.txt").read_text(encoding="utf-8")
    assert len(text.split()) >= 300
    assert len(DECISIONS) >= 15


def test_a_draft_is_corrected_by_keys_alone(
    chromium: Chromium, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    keys: list[int] = []
    seconds: list[float] = []
    with desk_page(chromium, tmp_path) as (desk, page):
        assert "token" not in page.url
        hand = Keys(page)
        for claim, steps in DECISIONS:
            assert open_claim(page) == claim
            before, begun = hand.pressed, time.monotonic()
            decide(page, hand, steps)
            keys.append(hand.pressed - before)
            seconds.append(time.monotonic() - begun)
        assert written(desk) == given()
    record_property(
        "summary",
        f"{len(keys)} claims corrected by keys: median {statistics.median(keys)} keys a claim, "
        f"mean {statistics.mean(keys):.1f}, {statistics.median(seconds):.1f} s a claim",
    )
    assert statistics.median(keys) <= 4
    assert keys.count(1) >= len(keys) / 2  # accepting a right one is one key


def test_a_draft_is_corrected_by_mouse(chromium: Chromium, tmp_path: Path) -> None:
    with desk_page(chromium, tmp_path) as (desk, page):
        for claim, steps in DECISIONS:
            assert open_claim(page) == claim
            decide(page, Mouse(page), steps)
        assert written(desk) == given()


def test_a_draft_is_corrected_by_touch_on_a_narrow_page(chromium: Chromium, tmp_path: Path) -> None:
    with desk_page(chromium, tmp_path, width=390, touch=True) as (desk, page):
        for claim, steps in DECISIONS:
            assert open_claim(page) == claim
            decide(page, Touch(page), steps)
        assert written(desk) == given()
