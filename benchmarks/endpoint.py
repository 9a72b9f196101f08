"""Compare the endpoint with rdflib-endpoint and ``oxigraph serve`` on the same graph, in one run.

    python benchmarks/endpoint.py [--triples 1000000] [--seconds 5] [--rounds 3]

Requires wrk (Debian package ``wrk``) to generate the load. Figures are ratios within one run, so
the machine's noise affects both sides.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

if TYPE_CHECKING:
    from collections.abc import Iterator

EX = "http://example.org/"
GRAPHS = 10
PEER = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph, path="/query"), port=int(sys.argv[2]), log_level="error")
"""
LUA = """
local n = SEED
local headers = { ["Accept"] = "application/sparql-results+json" }
request = function()
  n = (n + 7919) % MODULUS
  local query = "SELECT%20%3Fn%20%7B%20%3Chttp%3A%2F%2Fexample.org%2Fid%2F" .. n ..
    "%3E%20%3Chttp%3A%2F%2Fexample.org%2Fname%3E%20%3Fn%20%7D"
  return wrk.format("GET", "PATH?query=" .. query, headers)
end
"""


def quads(number: int) -> Iterator[Quad]:
    """Yield quads about things with names in two languages, types, numbers and neighbours."""
    for one in range(number // 5):
        thing, graph = NamedNode(f"{EX}id/{one}"), NamedNode(f"{EX}graph/{one % GRAPHS}")
        yield Quad(thing, NamedNode(EX + "name"), Literal(f"thing {one} شيء"), graph)
        yield Quad(thing, NamedNode(EX + "type"), NamedNode(f"{EX}type/{one % 50}"), graph)
        yield Quad(thing, NamedNode(EX + "number"), Literal(one), graph)
        yield Quad(thing, NamedNode(EX + "next"), NamedNode(f"{EX}id/{one + 1}"), graph)
        yield Quad(thing, NamedNode(EX + "label"), Literal(f"وصف {one}", language="ar"), graph)


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[int]:
    """Run a server until the block ends; yield its process id once it listens."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 600
        while True:
            try:
                ask(port, path, "ASK {}")
                break
            except (OSError, http.client.HTTPException):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{command[:3]} does not answer") from None
                time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def ask(port: int, path: str, query: str) -> tuple[int, float]:
    """Return the size of an answer in bytes, and its time in seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    begun = time.perf_counter()
    connection.request(
        "GET", f"{path}?query={quote(query)}", headers={"Accept": "application/sparql-results+json"}
    )
    answer = connection.getresponse()
    size = 0
    while piece := answer.read(1 << 16):
        size += len(piece)
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return size, time.perf_counter() - begun


def rate(port: int, path: str, distinct: bool, seconds: int, things: int, seed: int) -> float:
    """Return requests per second over eight connections."""
    modulus = things if distinct else 50
    text = (
        LUA.replace("PATH", path)
        .replace("MODULUS", str(modulus))
        .replace("SEED", str(seed * 61_987))
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(text)
        script.flush()
        command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found
    return float(found[1])


def resident(pid: int) -> float:
    """Return the memory of a process and its children in MB, counting shared pages once."""
    total = 0.0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line) / 1024
    return total


def main() -> None:
    """Measure and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing; on Debian: apt install wrk")
    things = options.triples // 5
    with tempfile.TemporaryDirectory() as folder:
        data, database = Path(folder) / "graph.nq", Path(folder) / "store"
        with data.open("wb") as stream:
            serialize(quads(options.triples), stream, format=RdfFormat.N_QUADS)
        store = Store(str(database))
        store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
        store.flush()
        del store
        measure(options, data, database, things)


def measure(options: argparse.Namespace, data: Path, database: Path, things: int) -> None:
    """Start each server and print its figures."""
    binaries = Path(sys.executable).parent
    ports = {name: free_port() for name in ("kg serve", "oxigraph serve", "rdflib-endpoint")}
    commands = {
        "kg serve": [str(binaries / "kg"), "serve", str(data), "--port", str(ports["kg serve"])],
        "oxigraph serve": [
            str(binaries / "oxigraph"), "serve-read-only", "--location", str(database),
            "--bind", f"127.0.0.1:{ports['oxigraph serve']}", "--union-default-graph",
        ],
        "rdflib-endpoint": [
            sys.executable, "-c", PEER, str(data), str(ports["rdflib-endpoint"]),
        ],
    }  # fmt: skip
    found: dict[str, dict[str, list[float]]] = {}
    for name, command in commands.items():
        path = "/sparql" if name == "kg serve" else "/query"
        figures = found[name] = {"distinct": [], "repeated": [], "20 MB": []}
        with running(command, ports[name], path) as pid:
            for number in range(options.rounds):
                for kind in ("distinct", "repeated"):
                    figures[kind].append(
                        rate(ports[name], path, kind == "distinct", options.seconds, things, number)
                    )
                query = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {125_000 + number}"
                before = resident(pid)
                size, seconds = ask(ports[name], path, query)
                figures["20 MB"].append(size / seconds / 1e6)
                print(f"{name}: {size / 1e6:.1f} MB, memory {before:.0f} -> {resident(pid):.0f} MB")
    print()
    for kind, unit in (("distinct", "requests/s"), ("repeated", "requests/s"), ("20 MB", "MB/s")):
        ours = statistics.median(found["kg serve"][kind])
        print(f"{kind}: kg serve {ours:.0f} {unit}")
        for name in ("oxigraph serve", "rdflib-endpoint"):
            theirs = found[name][kind]
            ratio = ours / statistics.median(theirs)
            print(
                f"  {name} {statistics.median(theirs):.0f} "
                f"({min(theirs):.0f} to {max(theirs):.0f}): {ratio:.2f} times"
            )


if __name__ == "__main__":
    main()
