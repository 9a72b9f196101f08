"""The page of a long article: until it can be used, and while it is scrolled in Chromium.

The text is made up: 1,000 claims in 50,000 letters, by voices of which half relay another. What a
frame costs is what the page's main thread computed while it was scrolled through, and does not
hang on how busy the machine is; frames a second do, and on what draws them.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from run import ROOT

sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support"), str(ROOT / "ui")]

CLAIMS, PER_PARAGRAPH, SPEAKERS = 1000, 5, 16
#: Scrolls by 120 px at each frame, as a wheel does, and gives the milliseconds between frames.
SCROLL = """() => new Promise(done => {
  const found = [];
  let last = performance.now();
  const step = now => {
    found.push(now - last);
    last = now;
    scrollBy(0, 120);
    if (scrollY + innerHeight < document.documentElement.scrollHeight - 1 && found.length < 600)
      requestAnimationFrame(step);
    else done(found.slice(2));
  };
  requestAnimationFrame(step);
})"""


def made() -> tuple[str, str]:
    """Return a text and a reading of it."""
    voices = ["voices:", "  article: {speaker: the-article}"]
    for number in range(SPEAKERS):
        outer = f"v{number - 1}" if number % 2 else "article"
        guessed = "marking: inferred, confidence: 0.5, why: made up"
        voices.append(f"  v{number}: {{in: {outer}, speaker: agency, act: report, {guessed}}}")
    claims, sentences = ["claims:"], []
    for number in range(CLAIMS):
        quote = f"بلغ عدد الغرقى {number + 10000} شخصا في الوادي"
        sentences.append(f"وجاء في البيان أنه {quote}.")
        claims.append(
            f"  - {{id: c{number}, voice: v{number // 3 % SPEAKERS}, quote: {quote}, kind: state,"
            f" gloss: claim {number}}}"
        )
    paragraphs = [
        " ".join(sentences[at : at + PER_PARAGRAPH]) for at in range(0, CLAIMS, PER_PARAGRAPH)
    ]
    head = ["article: long", "reader: {name: A reader, kind: person}", "made: 2026-11-22"]
    return "\n".join(paragraphs) + "\n", "\n".join((*head, *voices, *claims)) + "\n"


def main() -> None:
    """Measure and print."""
    from browser import browser_session, need_scripts
    from examples import small_workspace, write_article
    from pyoxigraph import RdfFormat
    from server_process import serving

    from kg.graph.build import compile_graph

    need_scripts()
    text, reading = made()
    print(f"{len(text):,} letters, {CLAIMS:,} claims")
    with tempfile.TemporaryDirectory() as folder:
        workspace = small_workspace(Path(folder))
        write_article(workspace.graph, "long", text, reading)
        data = Path(folder) / "graph.nq"
        compile_graph(workspace.graph).store.dump(data, RdfFormat.N_QUADS)
        with serving(data) as server, browser_session() as chromium:
            for width in (1280, 390):
                with chromium.page(server.url, width=width) as page:
                    page.goto("/articles/long")  # the first one has it made
                    begun = time.perf_counter()
                    page.goto("/articles/long")
                    page.locator(".icicle .frame").wait_for(state="attached")
                    usable = time.perf_counter() - begun
                    client = page.context.new_cdp_session(page)
                    client.send("Performance.enable", {"timeDomain": "threadTicks"})

                    def computed(client=client) -> float:
                        told = client.send("Performance.getMetrics")["metrics"]
                        return {one["name"]: one["value"] for one in told}["TaskDuration"]

                    before = computed()
                    frames = page.evaluate(SCROLL)
                    each = 1000 * (computed() - before) / len(frames)
                    print(
                        f"{width} px: usable in {usable:.2f} s; {len(frames)} frames, "
                        f"{each:.1f} ms of processor time a frame; between frames "
                        f"median {statistics.median(frames):.1f} ms, "
                        f"95 % within {statistics.quantiles(frames, n=20)[-1]:.1f} ms"
                    )


if __name__ == "__main__":
    main()
