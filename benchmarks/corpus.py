"""Build corpora of made-up articles: articles a second, processor time, memory, size, linearity.

For each number of articles ``kg corpus build`` runs as a process of its own, once without and once
with loading. Memory is that of all its processes together, shared pages counted once; processor
time is the sum of theirs, which other work on the machine hardly changes. Before that, the steps of
the path are measured one by one on some of the articles, so that reading can be set against
validation.

    python benchmarks/corpus.py --sizes 100 1000 10000 --workers 2
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from made_articles import made_articles  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = "2031-03-30"
_TICKS = os.sysconf("SC_CLK_TCK")
_BETWEEN = 0.25
#: How many articles are validated at once, as kg.corpus.part does it.
TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall time and processor time in seconds, peak memory in MiB."""

    wall: float
    processor: float
    memory: float


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and itself."""
    yield pid
    for path in Path("/proc", str(pid), "task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from descendants(int(child))


def _used(pid: int) -> tuple[float, float]:
    """Return the processor time of a process in seconds, and its share of memory in MiB."""
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    memory = 0.0
    for line in Path("/proc", str(pid), "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            memory = int(line.split()[1]) / 1024
    return (int(fields[11]) + int(fields[12])) / _TICKS, memory


def cost_of(*arguments: str | Path) -> tuple[Cost, str]:
    """Run ``kg`` and return what it cost, and what it printed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    processor: dict[int, float] = {}
    peak = 0.0
    while process.poll() is None:
        total = 0.0
        for pid in descendants(process.pid):
            try:
                processor[pid], memory = _used(pid)
            except (OSError, IndexError):
                continue
            total += memory
        peak = max(peak, total)
        time.sleep(_BETWEEN)
    assert process.stdout is not None
    said = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{arguments}: exit {process.returncode}\n{said}")
    return Cost(time.perf_counter() - start, sum(processor.values()), peak), said


def steps(number: int) -> None:
    """Print the processor time of each step of the path, in milliseconds for an article."""
    from kg.corpus.article import article_of, compile_record
    from kg.corpus.derivation import derivation, read_by_rules
    from kg.corpus.part import frame, sorted_lines
    from kg.corpus.record import Record
    from kg.corpus.sources.tables import record_of_row
    from kg.corpus.tables.rows import rows_of
    from kg.corpus.workshop import Setting, workshop
    from kg.shacl.columns import Columns

    shop = workshop(Setting("/nowhere", "/nowhere", MADE, "", ""))
    rows = [record_of_row(one, "", {}) for one in made_articles(number)]
    records = [one for one in rows if isinstance(one, Record)]
    took: Counter[str] = Counter()

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        start = time.process_time()
        yield
        took[step] += time.process_time() - start

    gc.disable()
    for begin in range(0, len(records), TOGETHER):
        if begin == TOGETHER:
            took.clear()  # the first articles load what the others share
        together = records[begin : begin + TOGETHER]
        with timed("reading by the rules"):
            for one in together:
                shop.reader.read(article_of(one, shop)[0])
        with timed("reading and compiling"):
            compiled = [compile_record(one, shop) for one in together]
        with timed("validation"):
            graph = Columns([quad for one in compiled for quad in one.quads], shop.base)
            assert shop.validator.judge(graph).passes
        with timed("derivation"):
            derived = [
                derivation().within_article(
                    shop.read_by_rules, read_by_rules(one.quads, derivation().terms)
                )
                for one in compiled
            ]
        with timed("N-Quads"):
            for one, follows in zip(compiled, derived, strict=True):
                frame(sorted_lines(one.quads))
                frame(sorted_lines(follows))
        with timed("rows"):
            for record, one in zip(together, compiled, strict=True):
                rows_of(record, one, graph, shop.ontology)
    gc.enable()
    for name, seconds in took.items():
        print(f"  {name:<22} {seconds / (len(records) - TOGETHER) * 1000:6.1f} ms")
    for name in ("reading by the rules", "reading and compiling"):
        print(f"  validation / {name}: {took['validation'] / took[name]:.2f}", flush=True)


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 2**20


def built(number: int, workers: int, folder: Path) -> float:
    """Build a corpus of so many articles; return the processor seconds for each."""
    source = folder / f"{number}.jsonl"
    with source.open("w", encoding="utf-8") as stream:
        for one in made_articles(number):
            stream.write(f"{json.dumps(one, ensure_ascii=False)}\n")
    corpus = folder / f"corpus-{number}"
    common = ("corpus", "build", source, "-o", corpus, "--made", MADE, "--workers", str(workers))
    made, said = cost_of(*common, "--no-load")
    loaded, _ = cost_of(*common)
    quads = said.splitlines()[1].partition(":")[0]
    print(
        f"{number:,} articles, {quads}\n"
        f"  parts  {made.wall:8.1f} s ({number / made.wall:.1f} articles/s), processor "
        f"{made.processor:8.1f} s ({made.processor / number * 1000:.0f} ms each), "
        f"{made.memory:.0f} MiB\n"
        f"  store  {loaded.wall:8.1f} s, processor {loaded.processor:8.1f} s, "
        f"{loaded.memory:.0f} MiB\n"
        f"  parts and relations {_size(corpus / 'parts') + _size(corpus / 'relations'):.0f} MiB, "
        f"store {_size(next(corpus.glob('build-*')) / 'store'):.0f} MiB",
        flush=True,
    )
    return made.processor / number


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--steps", type=int, default=100, help="articles for the single steps")
    parser.add_argument("--folder", type=Path, help="where to build, and leave, the corpora")
    given = parser.parse_args()
    print(f"one article of {given.steps}, step by step:")
    steps(given.steps)
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        each = [built(number, given.workers, folder) for number in given.sizes]
    for number, seconds in zip(given.sizes[1:], each[1:], strict=True):
        print(f"{number:,} against {given.sizes[0]:,}: {seconds / each[0]:.2f} times each")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    main()
