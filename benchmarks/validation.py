"""Compare validation engines in one run: the shipped graph, then 100,000 and 1,000,000 triples.

Each engine validates in its own process; measured are processor time, from the triples in memory to
the report, and the peak memory of the process. The larger graphs are the shipped one with
the article, its readings and its relations under other names, again and again. An article alone is
measured beside the reading of it, alternately in this process.

Peers: pySHACL used plainly, pySHACL on a pyoxigraph store, and pyrudof where ``--rudof`` names a
Python that has it. An engine that exceeds ``--timeout`` seconds or ``--memory`` GiB is stopped and
reported.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SLUG = "iraq-war-2003-2011"
SHAPES = [*sorted((ROOT / "ontology" / "shapes").glob("*.ttl")), ROOT / "ontology" / "prefixes.ttl"]


# In the processes of the engines


def by_qawl(data: Path) -> tuple[float, float, int]:
    """Validate with Qawl; return the seconds to load and to validate, and the number of results."""
    from pyoxigraph import RdfFormat, parse

    from kg.shacl.validate import Validator

    start = time.process_time()
    validator = Validator()
    graph = validator.base(parse(path=data, format=RdfFormat.N_TRIPLES))
    loaded = time.process_time()
    report = validator.judge(graph)
    return loaded - start, time.process_time() - loaded, len(report.results)


def by_pyshacl(data: Path, *, on_store: bool = False) -> tuple[float, float, int]:
    """Validate with pySHACL, on an rdflib graph or on a pyoxigraph store."""
    import pyshacl
    import rdflib
    from pyoxigraph import RdfFormat, Store

    shapes = rdflib.Graph()
    for path in SHAPES:
        shapes.parse(path)
    start = time.process_time()
    if on_store:
        graph = Store()
        graph.bulk_load(path=data, format=RdfFormat.N_TRIPLES)
    else:
        graph = rdflib.Graph().parse(data, format="nt")
    loaded = time.process_time()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    results = rdflib.URIRef("http://www.w3.org/ns/shacl#result")
    found = len(list(report.objects(None, results)))
    return loaded - start, time.process_time() - loaded, found


def by_rudof(data: Path) -> tuple[float, float, int]:
    """Validate with pyrudof."""
    import pyrudof

    start = time.process_time()
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(str(data), pyrudof.RDFFormat.NTriples)
    rudof.read_shacl("\n".join(path.read_text(encoding="utf-8") for path in SHAPES))
    loaded = time.process_time()
    report = rudof.validate_shacl()
    entries = getattr(report, "results", None) or getattr(report, "entries", list)
    return loaded - start, time.process_time() - loaded, len(list(entries()))


ENGINES = {
    "qawl": by_qawl,
    "pyshacl": by_pyshacl,
    "pyshacl on pyoxigraph": lambda data: by_pyshacl(data, on_store=True),
    "pyrudof": by_rudof,
}


# In the process that measures


def measured(
    engine: str, data: Path, python: str, timeout: float, memory: float
) -> dict[str, float] | None:
    """Run an engine in its own process; return ``None`` if it does not finish."""
    most = round(memory * 2**30)
    process = subprocess.Popen(
        [python, __file__, "--engine", engine, "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)),
    )
    timer = threading.Timer(timeout, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        answer = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    return {**json.loads(answer.splitlines()[-1]), "memory": usage.ru_maxrss / 1024}


def renamed(base: Path, triples: int, output: Path) -> int:
    """Write a graph with renamed copies of the article up to a size; return its actual size."""
    import hashlib
    import re

    relation = re.compile(r"(/id/relation/[a-z-]+/)([0-9a-f]{12,64})")
    own, shared = [], []
    for line in base.read_text(encoding="utf-8").splitlines(keepends=True):
        subject = line.partition(" ")[0]
        (own if SLUG in subject or relation.search(subject) else shared).append(line)
    written = len(shared)
    with output.open("w", encoding="utf-8") as stream:
        stream.writelines(shared)
        for number in range(max(1, round((triples - len(shared)) / len(own)))):
            slug = f"{SLUG}-{number}" if number else SLUG

            def other(found: re.Match[str], number: int = number) -> str:
                digest = hashlib.sha256(f"{number}{found[2]}".encode()).hexdigest()
                return found[1] + digest[: len(found[2])]

            for line in own:
                stream.write(relation.sub(other, line).replace(SLUG, slug) if number else line)
            written += len(own)
    return written


def compare(title: str, data: Path, engines: dict[str, str], timeout: float, memory: float) -> None:
    """Print each engine's time and memory, and the ratio to Qawl's time."""
    print(f"\n{title}", flush=True)
    ours = None
    for engine, python in engines.items():
        found = measured(engine, data, python, timeout, memory)
        if found is None:
            limits = f"{timeout:.0f} s or {memory:.0f} GiB"
            print(f"  {engine:<22} not done within {limits}", flush=True)
            continue
        ours = ours or found["validate"]
        print(
            f"  {engine:<22} {found['validate']:8.2f} s to validate"
            f" ({found['validate'] / ours:6.1f} times qawl)"
            f" {found['load']:7.2f} s to load {found['memory']:7.0f} MiB"
            f" {found['results']:.0f} results",
            flush=True,
        )


def beside_reading(runs: int) -> None:
    """Print the time to validate an article, compared with reading and compiling it."""
    from kg.files import shipped
    from kg.graph.compile_article import compile_article
    from kg.graph.compile_reading import compile_reading
    from kg.knowledge.authority import load_authority
    from kg.knowledge.ontology import load_ontology
    from kg.readers.rules.reader import RulesReader
    from kg.reading.draft import as_file
    from kg.shacl.validate import Validator
    from kg.text.article import load_article

    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(shipped.graph_dir() / "authority", ontology)
    article = load_article(shipped.graph_dir() / "articles" / SLUG)
    reader, validator = RulesReader(authority), Validator()
    base = validator.base([*ontology.quads(), *authority.quads()])
    times: dict[str, list[float]] = {"read": [], "compile": [], "validate": []}
    quads = []
    for run in range(runs + 1):
        moments = [time.process_time()]
        draft = reader.read(article)
        moments.append(time.process_time())
        quads = [
            *compile_article(article, ontology, authority),
            *compile_reading(as_file(draft.reading, "rules"), article, ontology, authority),
        ]
        moments.append(time.process_time())
        validator.validate(quads, base=base)
        moments.append(time.process_time())
        if run:  # the first warms up
            for name, start, end in zip(times, moments, moments[1:], strict=False):
                times[name].append(1000 * (end - start))
    print(f"\nan article alone, read by the rules ({len(quads):,} triples; medians of {runs})")
    for name, found in times.items():
        print(f"  {name:<22} {statistics.median(found):8.1f} ms")


def main() -> None:
    """Run all comparisons, or only the engine given with ``--engine``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument("--memory", type=float, default=8)
    parser.add_argument("--rudof", help="a Python that has pyrudof")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        load, validate, results = ENGINES[options.engine](options.data)
        print(json.dumps({"load": load, "validate": validate, "results": results}))
        return
    sys.path.insert(0, str(ROOT / "src"))
    from pyoxigraph import RdfFormat, serialize

    from kg.files import shipped
    from kg.graph.build import compile_graph

    engines = {name: sys.executable for name in ENGINES if name != "pyrudof"}
    if options.rudof:
        engines["pyrudof"] = options.rudof
    limits = options.timeout, options.memory
    with tempfile.TemporaryDirectory() as name:
        first = Path(name) / "article.nt"
        triples = {quad.triple for quad in compile_graph(shipped.graph_dir()).store}
        first.write_bytes(serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b"")
        beside_reading(15)
        compare(f"the shipped graph, {len(triples):,} triples", first, engines, *limits)
        for size in options.sizes:
            larger = Path(name) / f"{size}.nt"
            written = renamed(first, size, larger)
            compare(f"{written:,} triples", larger, engines, *limits)


if __name__ == "__main__":
    main()
