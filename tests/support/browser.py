"""Chromium, which tests look at pages with."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from programs import Program, need

if TYPE_CHECKING:
    from pathlib import Path


def _chromium(*arguments: str) -> bytes:
    return subprocess.run(
        [
            need(Program.CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu",
            "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            "--virtual-time-budget=4000", *arguments,
        ],
        capture_output=True,
        check=True,
        timeout=600,
    ).stdout  # fmt: skip


def screenshot(
    page: Path, target: Path, size: tuple[int, int] = (1200, 900), *, dark: bool = False
) -> None:
    """Let Chromium show a page or an SVG file, and keep what is seen."""
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    _chromium(
        f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", *scheme, page.as_uri()
    )
    assert target.is_file()


def run_in_page(page: str, script: str, folder: Path) -> Any:
    """Show a page in Chromium, run a script in it, and return the JSON value that it gives.

    The script is the body of a function; it may be async.
    """
    ending = (
        "<script>(async () => { let result; try { result = await (async () => {"
        f"{script}"
        "})(); } catch (error) { result = {error: String(error)}; }"
        "const out = document.createElement('pre'); out.id = 'result';"
        "out.textContent = JSON.stringify(result); document.body.append(out); })();</script>"
    )
    path = folder / "page-under-test.html"
    assert "</body>" in page
    path.write_text(page.replace("</body>", f"{ending}</body>"), encoding="utf-8")
    shown = _chromium("--window-size=1200,900", "--dump-dom", path.as_uri()).decode()
    found = re.search(r'<pre id="result">(.*?)</pre>', shown, re.DOTALL)
    assert found is not None, shown[-2000:]
    result = json.loads(html.unescape(found[1]))
    assert not (isinstance(result, dict) and "error" in result), result
    return result
