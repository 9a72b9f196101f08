"""A server as a process of its own, as a user would start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from examples import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds after which something is taken to hang, on the busiest machine.
PATIENCE = 300
_SERVE = (
    *(sys.executable, "-m", "kg", "serve", "--port", "0"),
    *("--time-limit", str(PATIENCE), "--max-wait", str(PATIENCE)),
    *("--max-client-requests", "0", "--max-client-connections", "0"),
)
_READY = re.compile(r"at (http://\S+)/ ")


@dataclass(frozen=True)
class Server:
    """A server that runs: its URL without a slash at the end, its process, its messages."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def workers(self) -> list[int]:
        """Return the processes that answer: those below the template, by their ids."""
        return [pid for template in children(self.process.pid) for pid in children(template)]


def until(condition: Callable[[], object], pause: float = 0.05) -> None:
    """Wait for something to come true.

    :raises AssertionError: it does not, however long one waits.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE} s"
        time.sleep(pause)


def processor_ticks(pid: int) -> int:
    """Return how long a process has computed, in the kernel's ticks; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[11]) + int(fields[12])


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def ended(process: subprocess.Popen[Any]) -> None:
    """End a process as an operator does, and where it stays as the kernel does."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serving(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Server]:
    """Run ``kg serve`` on a free port until the block ends.

    Queries may take long and wait long, unless the arguments set limits: on a busy machine any
    query may. All of them come from one client, which has no limits of its own.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("QAWL_STORE", None)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*_SERVE, *map(str, arguments)],
                cwd=cwd or folder,
                env=environment,
                stderr=stream,
                stdin=subprocess.DEVNULL,
            )
        try:
            yield Server(_wait(process, log), process, log)
        finally:
            ended(process)


def _wait(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := _READY.search(log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"kg serve did not start:\n{log.read_text(encoding='utf-8')}")
