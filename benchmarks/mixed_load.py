"""A server that runs for long under everything at once, and whether it stays right and level.

    python benchmarks/mixed_load.py [--minutes 60]

Builds the shipped graph in a folder of its own, serves it, and lets clients loose on it: short
queries whose answer is known, heavy and malformed ones, clients that send or read slowly, and
downloads whose checksum is known. Meanwhile the graph is rebuilt three times, a worker is killed
every minute, and the process that holds the graph twice. Prints what was answered by kind of
request, each wrong answer and unexpected status, and memory and descriptors minute by minute.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from serving_load import HEAVY, held, processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
ACCEPT = {"Accept": "application/sparql-results+json"}
DEATHS = """SELECT ?v {{
  <https://w3id.org/qawl/id/claim/iraq-war-2003-2011/curated/us-dead-2003-2011>
    qawl:answerQuantity/qawl:numericValue ?v }} # {}"""

#: What each kind of request may end in: 503 where a worker or the graph's process was killed, where
#: the queue is full, or where a query takes longer than its limit.
EXPECTED = {
    "short": {200, 503},
    "heavy": {200, 503},
    "malformed": {400, 503},
    "download": {200},
    "slow": {200, 408, 503},
}


@dataclass
class Tally:
    """What was answered, by kind of request."""

    statuses: dict[str, Counter[object]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, status: object, problem: str = "") -> None:
        """Count an answer, and note what is wrong with it."""
        with self.lock:
            self.statuses[kind][status] += 1
            if problem or status not in EXPECTED[kind]:
                self.wrong.append(f"{time.strftime('%H:%M:%S')} {kind}: {status} {problem}")


def fetch(port: int, target: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Return the status and the body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", target, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def short(port: int, tally: Tally) -> None:
    """Ask a question whose answer is known."""
    query = DEATHS.format(random.random())  # noqa: S311 - a comment that makes queries differ
    status, body = fetch(port, f"/sparql?query={quote(query)}", ACCEPT)
    problem = ""
    if status == 200:
        rows = json.loads(body)["results"]["bindings"]
        if [float(row["v"]["value"]) for row in rows] != [4487.0]:
            problem = f"answered {rows}"
    tally.add("short", status, problem)


def heavy(port: int, tally: Tally) -> None:
    """Ask for a product that no server can count."""
    tally.add("heavy", fetch(port, f"/sparql?query={quote(HEAVY.format(random.random()))}")[0])  # noqa: S311


def malformed(port: int, tally: Tally) -> None:
    """Ask what is no SPARQL."""
    tally.add("malformed", fetch(port, f"/sparql?query={quote('SELECT ?s { ?s a ')}")[0])


def slow(port: int, tally: Tally) -> None:
    """Send a request a byte at a time, and read the answer as slowly."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as client:
        for byte in b"GET /queries HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n":
            client.sendall(bytes((byte,)))
            time.sleep(0.05)
        head = client.recv(64)
        while client.recv(512):
            time.sleep(0.01)
    tally.add("slow", int(head.split()[1]) if head.startswith(b"HTTP/") else "closed")


def downloads(sums: dict[str, str]) -> Callable[[int, Tally], None]:
    """Return a client that downloads the files of a release and compares their checksums."""

    def download(port: int, tally: Tally) -> None:
        name, wanted = random.choice(list(sums.items()))  # noqa: S311
        status, body = fetch(port, f"/dumps/{name}")
        right = hashlib.sha256(body).hexdigest() == wanted
        tally.add("download", status, "" if right else f"{name}: another checksum")

    return download


def forever(stop: threading.Event, client: Callable[[], None], pause: float, tally: Tally) -> None:
    """Let a client ask again and again until the end."""
    while not stop.is_set():
        try:
            client()
        except (OSError, http.client.HTTPException) as error:
            tally.add("short" if pause < 0.1 else "slow", type(error).__name__)
        stop.wait(pause)


def killed(server: int, of: str) -> int | None:
    """Kill a worker, or the process that holds the graph; return its number."""
    below = [one for one in processes(server) if one != server]
    parents = [one for one in below if len(processes(one)) > 1]
    chosen = parents if of == "template" else [one for one in below if one not in parents]
    if not chosen:
        return None
    os.kill(chosen[-1], signal.SIGKILL)
    return chosen[-1]


def rebuild(work: Path, number: int) -> None:
    """Change the reading's note and build again."""
    reading = work / "graph/articles/iraq-war-2003-2011/readings/curated.yaml"
    text = reading.read_text(encoding="utf-8")
    reading.write_text(f"{text}# change {number}\n", encoding="utf-8")
    kg(work, "build")


def kg(work: Path, *arguments: str) -> None:
    """Run a command in the folder of the copy."""
    subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=work, check=True, capture_output=True
    )


def incidents(minutes: int) -> Iterator[tuple[int, str]]:
    """Yield what happens at each minute."""
    for minute in range(1, minutes + 1):
        yield minute, "worker"
        if minute in (minutes // 3, 2 * minutes // 3):
            yield minute, "template"
        if minute in (minutes // 4, minutes // 2, 3 * minutes // 4):
            yield minute, "build"


def release_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a release as they are addressed, with their checksums."""
    for path in folder.rglob("SHA256SUMS"):
        for line in path.read_text().splitlines():
            checksum, name = line.split(maxsplit=1)
            yield (path.parent / name).relative_to(folder).as_posix(), checksum


def run(server: subprocess.Popen[bytes], port: int, work: Path, spool: Path, minutes: int) -> Tally:
    """Let the clients loose for some minutes, and return what they were answered."""
    tally, stop = Tally(), threading.Event()
    sums = dict(release_sums(work / "release"))
    clients = [(short, 0.02)] * 4 + [(heavy, 0.0)] * 4 + [(malformed, 0.2)] + [(slow, 1.0)] * 3
    clients += [(downloads(sums), 0.5)] * 2
    threads = [
        threading.Thread(
            target=forever, args=(stop, lambda one=one: one(port, tally), pause, tally), daemon=True
        )
        for one, pause in clients
    ]
    print(f"before: {held(server.pid, spool)}", flush=True)
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    for number, (minute, what) in enumerate(incidents(minutes)):
        stop.wait(max(0.0, begun + 60 * minute - time.monotonic()))
        if what == "build":
            rebuild(work, number)
        else:
            killed(server.pid, what)
        print(f"minute {minute}, {what}: {held(server.pid, spool)}", flush=True)
    stop.set()
    for thread in threads:
        thread.join(60)
    time.sleep(10)
    print(f"after: {held(server.pid, spool)}")
    return tally


def main() -> None:
    """Serve a copy of the graph and report how it fared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends, too
    with tempfile.TemporaryDirectory() as folder:
        work, spool = Path(folder, "work"), Path(folder, "spool")
        spool.mkdir()
        shutil.copytree(ROOT / "graph", work / "graph", ignore=shutil.ignore_patterns("dumps"))
        kg(work, "build")
        kg(work, "release", "release")
        log = Path(folder, "log")
        with log.open("w") as stream:
            server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "kg", "serve", "--port", "0"),
                    *("--max-client-requests", "0", "--dumps", "release"),
                ],
                cwd=work,
                env={**os.environ, "TMPDIR": str(spool)},
                stderr=stream,
            )
        try:
            while not (ready := re.search(r"at http://[^:]+:(\d+)/", log.read_text())):
                time.sleep(0.2)
            tally = run(server, int(ready[1]), work, spool, options.minutes)
        finally:
            server.terminate()
            server.wait(20)
        for kind, statuses in tally.statuses.items():
            print(f"{kind}: {dict(statuses)}")
        print(f"{len(tally.wrong)} wrong or unexplained", *tally.wrong[:40], sep="\n  ")
        print(f"tracebacks in the log: {log.read_text().count('Traceback')}")


if __name__ == "__main__":
    main()
