"""The reading pages in Chromium: what is marked where, with keys, and without scripts."""

from __future__ import annotations

import gzip
import io
import itertools
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from browser import Chromium, axe, browser_session, wait_until
from examples import ROOT
from PIL import Image, ImageChops
from reading_world import SLUG, first_article

from kg.display.claims import ClaimBook
from kg.store.local import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Response
    from server_process import Server

    from kg.display.claims import Claim

ARTICLE = f"/articles/{SLUG}"
PAGES = (
    "/",
    f"{ARTICLE}#claim=us-dead-2003-2011",
    "/boards/how-many",
    "/boards/contradictions",
    "/boards/timeline",
    "/boards/voices",
    "/boards/speakers?speaker=actor/tony-blair",
    "/search?q=4487",
    "/id/actor/tony-blair.html",
    "/id/event/iraq-invasion-2003.html",
    "/id/place/iraq.html",
    f"/id/claim/{SLUG}/curated/stiglitz-cost.html",
    f"/id/voice/{SLUG}/curated/pentagon.html",
)
WIDTHS = (390, 1280, 1920)
#: What a reading page may weigh, in bytes as they are sent.
HEAVIEST = 120_000

#: Everything is laid out, also what is out of view.
WHOLE_PAGE = ".paragraph { content-visibility: visible; }"
#: Only the letters of the text are seen.
BARE_TEXT = f"""{WHOLE_PAGE}
.voice::before {{ display: none; }}
.text * {{
  background: none !important; color: inherit !important; text-decoration: none !important;
}}"""

#: How far pixels of the same letters differ at most, and those of others at least, of 255.
SAME_SHAPE, OTHER_SHAPE = 96, 150
#: Pixels between lines at least, and of a blank at most; a blank at the end of a mark may be left.
LINE, BLANK = 36, 12

# The rectangles of a range of code points, each one a line's part: left, top, right, bottom.
_RECTANGLES = """([start, end]) => {
  const found = [];
  let passed = 0;
  const text = document.querySelector(".text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const letters = [...node.nodeValue];
    const [first, last] = [Math.max(start - passed, 0), Math.min(end - passed, letters.length)];
    passed += letters.length;
    if (first >= last) continue;
    const range = document.createRange();
    range.setStart(node, letters.slice(0, first).join("").length);
    range.setEnd(node, letters.slice(0, last).join("").length);
    found.push(...range.getClientRects());
  }
  return found.filter((one) => one.width > 0.01)
    .map((one) => [one.left, one.top, one.right, one.bottom]);
}"""
_MARKED = """(name) => [...document.querySelectorAll(".text [data-claims]")]
  .filter((one) => one.dataset.claims.split(" ").includes(name))
  .flatMap((one) => [...one.getClientRects()])
  .filter((one) => one.width > 0.01).map((one) => [one.left, one.top, one.right, one.bottom])"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with browser_session() as browser:
        yield browser


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    book = ClaimBook(open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"]))
    return book.of_article(f"https://w3id.org/qawl/id/source/{SLUG}")


def add_style(page: Page, style: str) -> None:
    """Add rules to a page, whose policy allows no style of others."""
    page.evaluate(
        """style => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        document.adoptedStyleSheets.push(sheet); }""",
        style,
    )


def covered(boxes: list[list[float]]) -> dict[int, list[tuple[float, float]]]:
    """Return what boxes cover on each line, joined over a blank."""
    lines: dict[int, list[tuple[float, float]]] = {}
    line, middle = 0, -100.0
    for left, top, right, bottom in sorted(boxes, key=lambda one: one[1] + one[3]):
        if (top + bottom) / 2 - middle > LINE / 2:
            line, middle = line + 1, (top + bottom) / 2
        lines.setdefault(line, []).append((left, right))
    for number, parts in lines.items():
        joined: list[tuple[float, float]] = []
        for left, right in sorted(parts):
            if joined and left <= joined[-1][1] + BLANK:
                joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
            else:
                joined.append((left, right))
        lines[number] = joined
    return lines


@pytest.mark.parametrize("width", [390, 1280])
def test_each_mark_is_where_its_code_points_are(
    shipped_server: Server, chromium: Chromium, claims: list[Claim], width: int
) -> None:
    """Compare rectangles on lines that mix right-to-left letters with figures and Latin letters."""
    with chromium.page(shipped_server.url, width=width) as page:
        page.goto(ARTICLE)
        add_style(page, WHOLE_PAGE)
        for claim in claims:
            spans = [page.evaluate(_RECTANGLES, [one.start, one.end]) for one in claim.passages]
            text = covered([box for boxes in spans for box in boxes])
            marks = covered(page.evaluate(_MARKED, claim.fragment))
            assert marks.keys() == text.keys(), claim.id
            for line, parts in marks.items():
                assert [edge for part in parts for edge in part] == pytest.approx(
                    [edge for part in text[line] for edge in part], abs=BLANK
                ), claim.id


def picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(".text").screenshot())).convert("L")


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return by how much two pictures differ where they differ most, from 0 to 255."""
    assert one.size == other.size
    _, most = ImageChops.difference(one, other).getextrema()
    return int(most)  # type: ignore[arg-type]


def test_no_letter_changes_its_shape_under_a_mark(
    shipped_server: Server, chromium: Chromium
) -> None:
    """Compare the pixels of bare text with those of the text in its marks, made invisible.

    Chromium places a run to a fraction of a pixel, which makes the edges of letters a little
    lighter or darker; a letter of another shape differs as black does from white.
    """
    with chromium.page(shipped_server.url, width=700, height=3000) as page:
        page.goto(ARTICLE)
        add_style(page, BARE_TEXT)
        marked = picture(page)
        taken_away = page.evaluate(
            """() => { let count = 0;
            for (const stretch of document.querySelectorAll(".stretch")) {
              count += stretch.children.length;
              stretch.replaceChildren(stretch.textContent);
            } return count; }"""
        )
        assert taken_away > 200
        bare = picture(page)
        assert difference(marked, bare) < SAME_SHAPE
        # The comparison sees a letter that is not joined.
        page.evaluate(
            """() => { const stretch = document.querySelector(".stretch");
            stretch.replaceChildren(stretch.textContent.replace("فجر", "ف\\u200cجر")); }"""
        )
        assert difference(picture(page), bare) > OTHER_SHAPE


def test_a_mark_inside_of_a_word_leaves_its_letters_joined(
    shipped_server: Server, chromium: Chromium
) -> None:
    """Mark every letter by itself: a letter that stood alone would be wider or narrower."""
    widths = """() => [...document.querySelectorAll(".stretch")].map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getBoundingClientRect().width;
    })"""
    with chromium.page(shipped_server.url, width=20_000) as page:
        page.goto(ARTICLE)
        add_style(page, f"{BARE_TEXT} .text {{ max-inline-size: none; white-space: nowrap; }}")
        whole = page.evaluate(widths)
        page.evaluate(
            r"""() => { for (const stretch of document.querySelectorAll(".stretch")) {
              const letters = stretch.textContent.match(/.\p{M}*/gsu) ?? [];
              stretch.replaceChildren(...letters.map((letter) => {
                const mark = document.createElement("a");
                mark.className = "m";
                mark.append(letter);
                return mark;
              }));
            } }"""
        )
        assert page.evaluate(widths) == pytest.approx(whole, rel=0.005, abs=1)
        page.evaluate(
            """() => { for (const mark of document.querySelectorAll(".text .m")) {
              mark.style.display = "inline-block"; } }"""
        )
        # The comparison sees letters that are not joined.
        assert page.evaluate(widths) != pytest.approx(whole, rel=0.02, abs=4)


def test_the_text_of_the_page_is_the_text(shipped_server: Server, chromium: Chromium) -> None:
    with chromium.page(shipped_server.url) as page:
        page.goto(ARTICLE)
        assert page.locator(".text").evaluate("one => one.textContent") == first_article().text


def highlighted(page: Page) -> str:
    found: str = page.evaluate(
        "() => [...(CSS.highlights.get('claim') ?? [])].map(String).join(' … ')"
    )
    return found


def test_a_deep_link_opens_marks_and_scrolls(shipped_server: Server, chromium: Chromium) -> None:
    words = "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد"
    for place in ("#claim=us-dead-2003-2011", "#char=1778,1839"):
        with chromium.page(shipped_server.url) as page:
            page.goto(ARTICLE + place)
            wait_until(page, "CSS.highlights.has('claim')")
            assert highlighted(page) == words
            mark = page.locator("[data-claims~='us-dead-2003-2011']").first
            assert mark.evaluate(
                """one => { const box = one.getBoundingClientRect();
                return box.top > 0 && box.bottom <= innerHeight; }"""
            )
            card = page.locator("[id='claim=us-dead-2003-2011']")
            assert card.is_visible() == place.startswith("#claim")


def test_every_claim_is_reached_through_its_words(
    shipped_server: Server, chromium: Chromium, claims: list[Claim]
) -> None:
    """Choose the same words again and again: from the smallest claim outward, all open."""
    with chromium.page(shipped_server.url) as page:
        page.goto(ARTICLE)
        opened = set()
        marks = page.evaluate(
            "() => [...document.querySelectorAll('.m')].map((one) => one.dataset.claims)"
        )
        for number, names in enumerate(marks):
            if set(names.split()) <= opened:
                continue
            for _ in names.split():
                before = page.evaluate("location.hash")
                page.evaluate("number => document.querySelectorAll('.m')[number].click()", number)
                wait_until(page, "before => location.hash !== before", before)
                card = page.evaluate("decodeURIComponent(location.hash).slice(1)")
                assert page.evaluate("id => document.getElementById(id).checkVisibility()", card)
                opened.add(card.removeprefix("claim="))
            assert set(names.split()) <= opened
        assert opened == {one.fragment for one in claims}


def test_with_keys_alone(shipped_server: Server, chromium: Chromium) -> None:
    with chromium.page(shipped_server.url) as page:
        page.goto(ARTICLE)
        mark = page.locator("a.m[href='#claim=occupation-by-americans']").first
        mark.focus()
        page.keyboard.press("Enter")
        card = page.locator("[id='claim=occupation-by-americans']")
        card.wait_for(state="visible")
        wait_until(page, "document.activeElement?.classList.contains('card')")
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")
        wait_until(page, "document.activeElement?.classList.contains('m')")


def test_without_scripts(shipped_server: Server, chromium: Chromium) -> None:
    with chromium.page(shipped_server.url, scripts=False) as page:
        page.goto(f"{ARTICLE}#claim=us-dead-2003-2011")
        card = page.locator("[id='claim=us-dead-2003-2011']")
        assert card.is_visible()
        card.get_by_role("link", name="Mark in the text").click()
        assert page.url.endswith("?claim=us-dead-2003-2011#here")
        assert page.locator("[id='claim=us-dead-2003-2011']").is_visible()
        assert page.locator("a.m.opened").first.inner_text().startswith("فقدت")
        page.locator("summary", has_text="Filter the claims").click()
        page.get_by_label("contradicted").check()
        page.get_by_role("button", name="Show").click()
        assert page.locator(".claim-list > li").count() == 2
        page.goto("/boards/voices")
        page.locator("summary").first.click()
        assert page.locator("details[open] q").first.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    shipped_server: Server, chromium: Chromium, path: str, language: str
) -> None:
    with chromium.page(shipped_server.url, language=language) as page:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                assert axe(page) == [], (width, scheme)
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wider <= 0, (width, "the page scrolls sideways")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("board", ["timeline", "how-many"])
def test_an_axis_fits_a_narrow_page(
    shipped_server: Server, chromium: Chromium, board: str, language: str
) -> None:
    with chromium.page(shipped_server.url, width=390, language=language) as page:
        page.goto(f"/boards/{board}")
        hidden = "one => one.scrollWidth - one.clientWidth"
        assert page.locator(".scroll").first.evaluate(hidden) <= 0
        labels = page.locator(".axis").first.locator("text:visible").all()
        boxes = [box for one in labels if (box := one.bounding_box())]
        for left, right in itertools.pairwise(sorted(boxes, key=lambda box: box["x"])):
            assert left["x"] + left["width"] <= right["x"]


@pytest.mark.parametrize("path", PAGES)
def test_scripts_and_styles_are_light(
    shipped_server: Server, chromium: Chromium, path: str
) -> None:
    found: list[Response] = []
    with chromium.page(shipped_server.url) as page:
        page.on("response", lambda one: found.append(one))
        page.goto(path, wait_until="networkidle")
        sizes = [
            len(gzip.compress(one.body()))
            for one in found
            if one.url.endswith((".js", ".css")) and one.status == HTTPStatus.OK
        ]
    assert sizes
    assert sum(sizes) <= HEAVIEST


def find(page: Page, *steps: str) -> str:
    """Follow links by their names, as a reader would, and return what is seen at the end."""
    for step in steps:
        page.get_by_role("link", name=step, exact=True).first.click()
    page.wait_for_load_state()
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def test_what_a_new_reader_looks_for_is_a_few_steps_away(
    shipped_server: Server, chromium: Chromium
) -> None:
    article = first_article().article_label
    with chromium.page(shipped_server.url) as page:
        page.goto("/")
        # Which dates are given for the invasion, and by whom?
        told = find(page, "Dates of events")
        assert re.search(r"2003-03-19 BBC .*2003-03-20", told)
        # What does Blair say?
        told = find(page, "Speakers", "Tony Blair")
        assert "The intelligence at the time of the invasion of Iraq proved to be wrong" in told
        # Whose words is this line?
        page.goto("/")
        find(page, article)
        line = page.locator("a.m", has_text="4487")
        labels = line.evaluate(
            """one => { const found = [];
            for (let at = one.closest(".voice"); at; at = at.parentElement.closest(".voice"))
              found.push(getComputedStyle(at, "::before").content);
            return found; }"""
        )
        assert [re.search(r"[\w. ]+", label)[0] for label in labels] == [  # type: ignore[index]
            "US Department of Defense", "BBC ",
        ]  # fmt: skip
        # How many origins has 4487?
        line.click()
        card = page.locator(".card:target")
        assert "1 origin: US Department of Defense" in card.inner_text()
        # Where is the figure garbled?
        page.goto("/")
        find(page, "How many, according to whom")
        page.get_by_role("link", name=re.compile("garbled")).click()
        wait_until(page, "CSS.highlights.has('claim')")
        assert "ثلاثة تريليونات مليار دولار" in highlighted(page)
