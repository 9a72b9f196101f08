"""The server under load: short queries beside heavy ones, and what clients can make it hold.

    python benchmarks/serving_load.py [--seconds 40] [--heavy 16] [--data FILE]

Starts `kg serve` without limits per client and prints the times of short queries alone and beside
clients that ask heavy ones without a pause, then the memory of all processes and the temporary
files: before and after large distinct requests, beside clients that read nothing, and after
downloads that stop in the middle.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

SHORT = "SELECT ?s {{ ?s a <https://w3id.org/qawl/ontology#Person> }} LIMIT 3 # {}"
HEAVY = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }} # {}"
LARGE = "SELECT * {{ ?a ?b ?c . ?d ?e <https://w3id.org/qawl/ontology#Person> }} # {}"
DUMP = Path(__file__).parents[1] / "graph" / "dumps" / "qawl.nq"


def ask(port: int, query: str) -> tuple[int, float]:
    """Return the status of an answer and the seconds it took."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", f"/sparql?query={quote(query)}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - begun


def processes(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def held(pid: int, spool: Path) -> str:
    """Return what the server holds: memory (shared pages once), temporary files, descriptors."""
    memory = files = descriptors = 0
    for one in processes(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            memory += sum(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)
            for descriptor in Path(f"/proc/{one}/fd").iterdir():
                descriptors += 1
                if str(spool) in str(descriptor.readlink()):
                    files += descriptor.stat().st_size
        except OSError:
            continue
    return f"{memory / 1024:.0f} MB, {files / 1e6:.0f} MB in files, {descriptors} descriptors"


def percentiles(port: int, seconds: float, what: str) -> None:
    """Ask short queries one after the other and print their times."""
    times, statuses, end = [], Counter[int](), time.monotonic() + seconds
    while time.monotonic() < end:
        status, took = ask(port, SHORT.format(random.random()))  # noqa: S311 - a comment
        statuses[status] += 1
        times.append(took)
    ordered = sorted(times)
    print(
        f"short queries {what}: median {statistics.median(ordered) * 1000:.0f} ms, "
        f"p99 {ordered[int(len(ordered) * 0.99)] * 1000:.0f} ms, "
        f"worst {ordered[-1] * 1000:.0f} ms, {dict(statuses)}"
    )


def beside_heavy(port: int, seconds: float, clients: int) -> None:
    """Measure short queries while clients ask heavy ones without a pause."""
    stop, statuses = threading.Event(), Counter[int]()

    def heavy() -> None:
        while not stop.is_set():
            statuses[ask(port, HEAVY.format(random.random()))[0]] += 1  # noqa: S311

    threads = [threading.Thread(target=heavy, daemon=True) for _ in range(clients)]
    for one in threads:
        one.start()
    time.sleep(2)
    percentiles(port, seconds, f"beside {clients} clients with heavy ones")
    stop.set()
    for one in threads:
        one.join(60)
    print(f"  heavy ones: {dict(statuses)}")


def large_requests(port: int, number: int) -> Counter[int]:
    """Send distinct requests of nearly a megabyte."""
    statuses = Counter[int]()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for one in range(number):
        body = f"ASK {{}} # {one} ".encode() + b"x" * 950_000
        connection.request("POST", "/sparql", body, {"Content-Type": "application/sparql-query"})
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    return statuses


def half_read(port: int, target: str) -> socket.socket:
    """Ask for something large, and read a little of it."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    client.recv(1000)
    return client


def measure(
    server: subprocess.Popen[str], port: int, spool: Path, seconds: float, n: int, large: int
) -> None:
    """Do all of it, and print."""
    percentiles(port, seconds / 4, "alone")
    beside_heavy(port, seconds, n)
    print(f"before: {held(server.pid, spool)}")
    print(f"large requests {dict(large_requests(port, large))}: {held(server.pid, spool)}")
    silent = [half_read(port, f"/sparql?query={quote(LARGE.format(one))}") for one in range(50)]
    time.sleep(3)
    print(f"50 clients that do not read: {held(server.pid, spool)}")
    percentiles(port, 3, "beside them")
    stopped = [half_read(port, "/dumps/large.nq") for _ in range(20)]
    percentiles(port, 3, "beside 20 downloads that stop reading as well")
    time.sleep(8)  # the time to send has passed
    print(f"when they have been cut off: {held(server.pid, spool)}")
    for one in (*silent, *stopped):
        one.close()


def main() -> None:
    """Start a server and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--heavy", type=int, default=16)
    parser.add_argument("--requests", type=int, default=1200)
    parser.add_argument("--data", type=Path, default=DUMP)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends, too
    with tempfile.TemporaryDirectory() as folder:
        dumps, spool = Path(folder, "dumps"), Path(folder, "spool")
        dumps.mkdir()
        spool.mkdir()
        with (dumps / "large.nq").open("wb") as stream:
            stream.truncate(200_000_000)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "kg", "serve", str(options.data), "--port", "0"),
                *("--max-client-requests", "0", "--dumps", str(dumps), "--send-timeout", "5"),
                *("--max-spool-bytes", "500000000", "--cache-bytes", "64000000"),
            ],
            env={**os.environ, "TMPDIR": str(spool)},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stderr is not None
            ready = re.search(r"at http://[^:]+:(\d+)/", server.stderr.readline())
            assert ready, "the server did not start"
            measure(server, int(ready[1]), spool, options.seconds, options.heavy, options.requests)
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
