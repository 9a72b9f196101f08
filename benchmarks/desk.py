"""The desk on the first article: from a decision to its file, to the page, and to the endpoint.

Each decision is sent as the page sends it; then the endpoint is asked until it has the claim. The
draft is the rules', and the curated reading stays beside it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from run import ROOT

sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support")]

SLUG = "iraq-war-2003-2011"
READING = f"<https://w3id.org/qawl/id/reading/{SLUG}/lina>"


def main() -> None:
    """Measure and print."""
    from desk_process import running_desk

    from kg.desk.desk import Desk
    from kg.desk.live import LiveGraph

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=10)
    count = parser.parse_args().decisions
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        shutil.copytree(ROOT / "graph", graph, ignore=shutil.ignore_patterns("dumps"))
        Desk(LiveGraph(graph), "Lina").draft(SLUG)
        confirmed, served = [], []
        with running_desk(graph, SLUG, person="Lina") as desk:
            state = desk.state(SLUG)
            for number, claim in enumerate(state["claims"][:count], 1):
                begun = time.perf_counter()
                decision = {"does": "accept", "claim": claim["id"]}
                state = desk.decide(decision, SLUG, state["sha256"]).json()
                confirmed.append(time.perf_counter() - begun)
                query = f"SELECT (COUNT(?c) AS ?n) {{ ?c qawl:inReading {READING} ; a qawl:Claim }}"
                while desk.ask(query) != [str(number)]:
                    time.sleep(0.05)
                served.append(time.perf_counter() - begun)
    for name, seconds in (("on disk and on the page", confirmed), ("in the endpoint", served)):
        median, worst = statistics.median(seconds), max(seconds)
        print(f"{name}: median {median:.2f} s, worst {worst:.2f} s of {count} decisions")


if __name__ == "__main__":
    main()
