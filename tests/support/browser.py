"""Chromium, which tests look at pages with, press keys in and have axe-core check.

    need_scripts()                      # before the server starts: it reads once what is built
    with browser_session() as browser, browser.page(server.url, width=390, dark=True) as page:
        page.goto("/sparql")            # below the address that was given
        page.keyboard.press("Tab")      # real keys; page is Playwright's
        page.get_by_role("button", name="Ask").click()
        assert axe(page) == []

A page may use nothing from outside and must write no error to the console, which is also where
what the Content Security Policy refuses is told (a screenshot has a style of its own, which is
refused: ``errors=True`` lets it pass). Keep a session no longer than a module's tests,
in which nobody calls ``asyncio.run``: Playwright has a loop of its own in this thread.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import bundle
from examples import ROOT
from programs import Program, missing, need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = [
    "Chromium", "axe", "browser_session", "need_scripts", "run_in_page", "screenshot", "wait_until",
]  # fmt: skip

_AXE: Final = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
#: Milliseconds after which something is taken to hang, on the busiest machine.
_PATIENCE: Final = 60_000


@dataclass(frozen=True)
class Chromium:
    """A running browser."""

    browser: Browser

    @contextmanager
    def page(
        self,
        url: str = "",
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        language: str = "en",
        scripts: bool = True,
        touch: bool = False,
        errors: bool = False,
    ) -> Iterator[Page]:
        """Open an empty page of its own, with no cookies of others.

        :param url: what addresses that begin with a slash are below.
        :param language: what the browser asks for with ``Accept-Language``.
        :param scripts: whether JavaScript is switched on.
        :param errors: whether the page may write errors to the console, as it does for an answer
            with a status of 400 or more.
        """
        context = self.browser.new_context(
            base_url=url or None,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=scripts,
            has_touch=touch,
        )
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        told: list[str] = []
        page.on("pageerror", lambda error: told.append(f"error: {error}"))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        if url:
            page.on("request", lambda one: None if _at_home(one.url, url) else told.append(one.url))
        try:
            yield page
        finally:
            context.close()
        assert errors or not told, told


def _at_home(address: str, url: str) -> bool:
    return address.startswith((f"{url}/", "data:", "blob:"))


@contextmanager
def browser_session() -> Iterator[Chromium]:
    """Run Chromium until the block ends; skip the test where there is none (:mod:`programs`)."""
    program = need(Program.CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--hide-scrollbars"])
        try:
            yield Chromium(browser)
        finally:
            browser.close()


def need_scripts() -> None:
    """Build the pages' scripts, if they are not current; skip the test where that cannot be done.

    Call it before the server starts.
    """
    try:
        bundle.build()
    except bundle.NotBuiltError as error:
        missing(f"no scripts of the pages: {error}", "make ui", Program.NODE.variable)


def wait_until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until a JavaScript expression, or a function of ``arg``, gives something true.

    Playwright's own ``wait_for_function`` calls ``eval`` from its second try on, which our Content
    Security Policy forbids.
    """
    end = time.monotonic() + _PATIENCE / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(20)


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page, each with its rule and its first element."""
    if not _AXE.is_file():
        remedy = "python ui/bundle.py check"
        missing("npm's axe-core is not installed", remedy, Program.NODE.variable)
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found]


def screenshot(
    page: Path, target: Path, size: tuple[int, int] = (1200, 900), *, dark: bool = False
) -> None:
    """Let Chromium show a page or an SVG file, and keep what is seen."""
    with (
        browser_session() as browser,
        browser.page(width=size[0], height=size[1], dark=dark) as shown,
    ):
        shown.goto(page.as_uri())
        shown.screenshot(path=target)


def run_in_page(page: str, script: str, folder: Path) -> Any:
    """Show a page in Chromium, run a script in it, and return the JSON value that it gives.

    The script is the body of a function; it may be async.
    """
    path = folder / "page-under-test.html"
    path.write_text(page, encoding="utf-8")
    with browser_session() as browser, browser.page(errors=True) as shown:
        shown.goto(path.as_uri())
        return shown.evaluate(f"async () => {{{script}}}")
