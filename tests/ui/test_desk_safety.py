"""The desk in a hostile browser: other tabs, editors, foreign pages, and texts full of markup."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from desk_process import open_desk, running_desk
from desk_world import draft_of
from examples import TEXT, small_workspace, write_article

from kg.reading.file import load_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import Chromium
    from desk_process import RunningDesk
    from playwright.sync_api import Page

OWN = "articles/ferry/readings/lina-haddad.yaml"


@contextmanager
def desk_page(browser: Chromium, desk: RunningDesk) -> Iterator[Page]:
    with browser.page(desk.url, errors=True) as page:
        open_desk(page, desk)
        yield page


def chosen(page: Page) -> str:
    return page.locator("#card [data-claim]").get_attribute("data-claim") or ""


def stale(page: Page) -> None:
    """Keep a page from hearing of changes, as one does that has not looked yet."""
    page.route("**/now?*", lambda route: route.abort())


def written(page: Page, before: str | None) -> None:
    page.locator(f'#desk:not([data-sha="{before}"])').wait_for()


def test_two_tabs_and_an_editor(browser: Chromium, desk: RunningDesk) -> None:
    with desk_page(browser, desk) as one, desk_page(browser, desk) as two:
        stale(two)
        first = chosen(one)
        before = one.locator("#desk").get_attribute("data-sha")
        one.keyboard.press("a")
        written(one, before)
        # The other tab still shows the claim as open; what it decides is not written.
        two.keyboard.press("x")
        two.locator("#conflict[open]").wait_for()
        assert "open:" in two.locator("#conflict-lines .gone").first.inner_text()
        two.locator("#conflict-go-on").click()
        two.locator("dialog[open]").wait_for(state="detached")
        reading = load_reading(desk.graph / OWN).reading
        assert reading.decisions is not None
        assert reading.decisions.accepted == (first,)
        assert two.locator("#counts", has_text="1 accepted").count() == 1
        # An editor saves the file; the page shows both, then the person decides again.
        path = desk.graph / OWN
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("# the minister", "# an editor was here"), encoding="utf-8")
        two.keyboard.press(".")
        second = chosen(two)
        two.keyboard.press("a")
        two.locator("#conflict[open]").wait_for()
        lines = two.locator("#conflict-lines").inner_text()
        assert "-   # the minister" in lines
        assert "+   # an editor was here" in lines
        before = two.locator("#desk").get_attribute("data-sha")
        two.locator("#conflict-again").click()
        two.locator("#counts", has_text="2 accepted").wait_for()
        text = path.read_text(encoding="utf-8")
        assert "# an editor was here" in text
        reading = load_reading(path).reading
        assert reading.decisions is not None
        assert set(reading.decisions.accepted) == {first, second}
        # The first tab hears of it by itself.
        one.locator("#counts", has_text="2 accepted").wait_for()


def test_a_fault_is_shown_at_its_field(browser: Chromium, desk: RunningDesk) -> None:
    before = desk.state("ferry")["sha256"]
    with desk_page(browser, desk) as page:
        page.keyboard.press("e")
        page.locator("#edit[open]").wait_for()
        page.locator("#f-time").fill("next week")
        page.keyboard.press("Enter")
        page.locator("#fault-time", has_text="next week").wait_for()
        assert page.locator("#f-time").get_attribute("aria-invalid") == "true"
        assert desk.state("ferry")["sha256"] == before


@contextmanager
def foreign_site(folder: Path) -> Iterator[str]:
    """Serve a folder from another origin."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_foreign_page_can_neither_frame_nor_write(
    browser: Chromium, desk: RunningDesk, tmp_path: Path
) -> None:
    before = desk.state("ferry")["sha256"]
    decide = f"{desk.url}/desk/ferry/decide"
    (tmp_path / "page.html").write_text(
        f"""<iframe src="{desk.url}/desk/ferry"></iframe>
        <form method="post" enctype="text/plain" action="{decide}" target="hidden">
        <input name='{{"saw": "{before}", "decision": {{"does": "accept", "claim": "sank"}}, "x": "'
          value='"}}'></form><iframe name="hidden"></iframe>""",
        encoding="utf-8",
    )
    with foreign_site(tmp_path) as site, browser.page(errors=True) as page:
        page.goto(f"{site}/page.html")
        assert page.frames[1].evaluate("() => document.body.innerText.includes('Desk')") is False
        with page.expect_response(decide) as answered:
            page.evaluate("() => document.forms[0].submit()")
        assert answered.value.status == 403
        told = page.evaluate(
            """async ([url, saw]) => {
              const body = JSON.stringify({saw, decision: {does: "accept", claim: "sank"}});
              const request = {method: "POST", body, headers: {"content-type": "application/json"}};
              return fetch(url, request).then(() => "sent", () => "refused");
            }""",
            [decide, before],
        )
        assert told == "refused"
        read = page.evaluate(
            "(url) => fetch(url).then(() => 'read', () => 'refused')",
            f"{desk.url}/desk/ferry/state",
        )
        assert read == "refused"
    assert desk.state("ferry")["sha256"] == before


def test_markup_and_bidi_controls_in_texts_are_inert(browser: Chromium, tmp_path: Path) -> None:
    evil = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>\u202eabc"
    workspace = small_workspace(tmp_path)
    draft = draft_of(workspace)
    text = f"{TEXT}\nوقال <script>window.pwned=1</script> \u202e\u0007نصا."
    content = draft.read_text(encoding="utf-8").replace("article: flood", "article: evil")
    content = content.replace(
        "gloss: 12 people have drowned in the valley since 3 May 2001", f"gloss: '{evil}'"
    ).replace(
        "voices:\n",
        f"entities:\n  x: {{type: Person, label: {{en: '{evil}', ar: '{evil}'}}}}\nvoices:\n",
    )
    content = content.replace("speaker: ministry", "speaker: x")
    assert content.count(evil) == 3
    write_article(workspace.graph, "evil", text, content)
    folder = workspace.graph / "articles" / "evil" / "readings"
    (folder / "curated.yaml").rename(folder / "rules.yaml")
    with (
        running_desk(workspace.graph, "evil", person=f"Lina {evil}") as desk,
        browser.page(desk.url) as page,
    ):
        page.goto(f"/desk/evil#token={desk.token}")
        page.locator("#desk[data-ready]").wait_for()
        page.locator("#queue button").first.click()
        assert evil.split("\u202e")[0] in page.locator("#card h2").inner_text()
        assert "<script>" in page.locator("#article-text").inner_text()
        for action in ("edit", "merge"):
            page.locator(f"#tools [data-do={action}]").click()
            page.locator("dialog[open]").wait_for()
            page.keyboard.press("Escape")
            page.locator("dialog[open]").wait_for(state="detached")
        page.keyboard.press("a")
        page.locator("#counts", has_text="1 accepted").wait_for()
        assert page.evaluate("() => window.pwned") is None
        assert page.locator("#article-text script, #card script, #card img").count() == 0
        page.goto("/desk")
        assert page.evaluate("() => window.pwned") is None
