"""Qawl against plain rdflib and pySHACL in one run, and the time of cold commands.

Each pair is run alternately as whole processes; the output is the medians and the median of the
pairwise ratios. Absolute times depend on the machine and its load; ratios less so.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
KG = [PYTHON, "-m", "kg"]


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return its wall time in seconds and peak memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        assert process.stderr is not None
        raise SystemExit(f"{command}: exit {process.returncode}\n{process.stderr.read().decode()}")
    return seconds, usage.ru_maxrss / 1024


def compare(
    title: str, ours: list[str], peer_name: str, peer: list[str], runs: int, folder: Path
) -> None:
    """Print the medians of two commands and of their ratio, after one warm-up of Qawl."""
    timed(ours, folder)
    pairs = [(timed(ours, folder), timed(peer, folder)) for _ in range(runs)]
    mine, other = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(pair[1][0] / pair[0][0] for pair in pairs)
    memory = [statistics.median(pair[side][1] for pair in pairs) for side in (0, 1)]
    print(
        f"{title}\n"
        f"  qawl            {mine:8.3f} s {memory[0]:8.1f} MiB\n"
        f"  {peer_name:<15} {other:8.3f} s {memory[1]:8.1f} MiB\n"
        f"  {peer_name} / qawl, pairwise: {ratio:.2f} (median of {runs})",
        flush=True,
    )


def main() -> None:
    """Run every comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = ["--graph", str(ROOT / "graph")]
        compare(
            "build and validate the article",
            [*KG, "build", *graph],
            "rdflib+pySHACL",
            [PYTHON, str(ROOT / "benchmarks" / "plain_build.py"), str(ROOT), str(folder / "p.nq")],
            max(1, runs // 5),
            folder,
        )
        question = ["query", "who-said", "--claim", "us-dead-2003-2011"]
        rdflib = [PYTHON, "-c", "import rdflib"]
        compare(
            "a named question, cold", [*KG, *question], "import rdflib", rdflib, runs * 3, folder
        )
        seconds = sorted(timed([*KG, "--help"], folder)[0] for _ in range(runs * 3))
        print(f"kg --help: median {statistics.median(seconds):.3f} s, worst {seconds[-1]:.3f} s")
        docs, _ = timed([*KG, "docs", str(folder / "docs")], folder)
        print(f"the ontology's documentation, once: {docs:.3f} s")


if __name__ == "__main__":
    main()
