"""Makes pictures of the reading pages, with Debian's Chromium.

python docs/screenshots.py            the pictures of README.md and reading-pages.md
python docs/screenshots.py FOLDER     every kind of page, both languages and themes, three widths
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).resolve().parent / "pictures"
ARTICLE = "/articles/iraq-war-2003-2011"
FIGURE = f"{ARTICLE}#claim=us-dead-2003-2011"
#: Name, address, width, height, language, whether dark.
SHOWN = (
    ("article", FIGURE, 1280, 900, "en", False),
    ("article-ar", FIGURE, 1280, 900, "ar", True),
    ("how-many", "/boards/how-many", 1280, 900, "en", False),
)
PAGES = {
    "home": "/",
    "article": FIGURE,
    "filter": f"{ARTICLE}?only=contradicted",
    "how-many": "/boards/how-many",
    "contradictions": "/boards/contradictions",
    "timeline": "/boards/timeline",
    "voices": "/boards/voices",
    "speakers": "/boards/speakers",
    "speaker": "/boards/speakers?speaker=actor/tony-blair",
    "search": "/search?q=%D8%A7%D9%84%D8%A8%D9%86%D8%AA%D8%A7%D8%BA%D9%88%D9%86",
    "actor": "/id/actor/bbc.html",
    "event": "/id/event/iraq-invasion-2003.html",
    "claim": "/id/claim/iraq-war-2003-2011/curated/stiglitz-cost.html",
    "place": "/id/place/iraq.html",
}


def every_page() -> list[tuple[str, str, int, int, str, bool]]:
    """Return all pages in all looks."""
    looks = product(PAGES.items(), ("en", "ar"), ("light", "dark"), (390, 1280, 1920))
    return [
        (f"{name}-{language}-{theme}-{width}", path, width, 900, language, theme == "dark")
        for (name, path), language, theme, width in looks
    ]


def take(
    browser: Browser, url: str, target: Path, shot: tuple[str, str, int, int, str, bool]
) -> None:
    """Show a page as a visitor with this browser sees it, and keep what is seen."""
    name, path, width, height, language, dark = shot
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=language,
    )
    page = context.new_page()
    page.goto(url + path, wait_until="networkidle")
    page.screenshot(path=target / f"{name}.png")
    context.close()


def main() -> None:
    """Serve the graph shipped with Qawl, and take the pictures."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    data = Path(__file__).resolve().parents[1] / "graph" / "dumps" / "qawl.nq"
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        ready = next(found for line in server.stderr if (found := re.search(r"at (\S+)/ ", line)))
        try:
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = playwright.chromium.launch(executable_path=chromium)
                for shot in SHOWN if target == PICTURES else every_page():
                    take(browser, ready[1], target, shot)
                browser.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
