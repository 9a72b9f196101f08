"""The time of every named question on stores of 16 thousand, a million and ten million quads.

The larger stores hold the shipped graph with the article, its readings and its relations under
other names, again and again, on disk. Each question runs with its default parameters in a process
of its own, which is stopped at ``--limit`` seconds; measured is the wall time from the open store
to the last row, the better of two runs, and how it grows with the store.

    python benchmarks/questions.py --sizes 16000 1000000 10000000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from validation import renamed  # noqa: E402

DUMP = ROOT / "graph" / "dumps" / "qawl.nq"
SLOW = 2.0


def ask(store: Path, name: str) -> dict[str, float]:
    """Answer a question twice, and return the better time and the number of rows."""
    from pyoxigraph import Store

    from kg.sparql.results import Table
    from kg.store.local import Graph

    graph = Graph(Store.read_only(str(store)))
    best, rows = float("inf"), 0
    for _ in range(2):
        start = time.perf_counter()
        found = graph.query(name)
        rows = len(found.rows if isinstance(found, Table) else found.triples)
        best = min(best, time.perf_counter() - start)
    return {"seconds": best, "rows": rows}


def asked(store: Path, name: str, limit: float) -> dict[str, float] | None:
    """Return what :func:`ask` does, in a process of its own; ``None`` if it takes too long."""
    try:
        found = subprocess.run(
            [sys.executable, __file__, "--ask", name, "--store", str(store)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            timeout=limit,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{name}: {error.stderr}") from error
    answer: dict[str, float] = json.loads(found.stdout)
    return answer


def made_store(size: int, folder: Path) -> tuple[Path, int]:
    """Load a graph of about so many quads; return its store and the actual number."""
    from pyoxigraph import RdfFormat, Store

    store = folder / f"store-{size}"
    data = folder / f"{size}.nq"
    start = time.perf_counter()
    number = renamed(DUMP, size, data)
    written = time.perf_counter()
    opened = Store(str(store))
    opened.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
    opened.flush()
    loaded = time.perf_counter()
    data.unlink()
    disk = sum(one.stat().st_size for one in store.iterdir()) / 2**20
    print(
        f"{number:,} quads: written in {written - start:.1f} s, loaded in {loaded - written:.1f} s "
        f"({number / (loaded - written):,.0f} quads/s), {disk:.0f} MiB",
        flush=True,
    )
    return store, number


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[16_000, 1_000_000, 10_000_000])
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--folder", type=Path, help="where to make, and leave, the stores")
    parser.add_argument("--ask")
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(ask(given.store, given.ask)))
        return
    names = given.only or sorted(one.stem for one in (ROOT / "queries").glob("*.rq"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        stores = [made_store(size, folder) for size in given.sizes]
        for name in names:
            row, last = [], None
            for store, number in stores:
                found = asked(store, name, given.limit)
                if found is None:
                    row.append(f"over {given.limit:.0f} s")
                    last = None
                    continue
                growth = ""
                if last is not None:
                    growth = f" ({found['seconds'] / last[0] / (number / last[1]):.2f} x linear)"
                mark = "  SLOW" if found["seconds"] > SLOW else ""
                row.append(f"{found['seconds']:.3f} s{growth} {found['rows']:.0f} rows{mark}")
                last = found["seconds"], number
            print(f"{name:<34} {' | '.join(row)}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    main()
