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
from typing import TYPE_CHECKING

from examples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY = re.compile(r"at (http://\S+)/ ")
_START_LIMIT = 60


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


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


@contextmanager
def serving(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Server]:
    """Run ``kg serve`` on a free port until the block ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("QAWL_STORE", None)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, arguments)],
                cwd=cwd or folder,
                env=environment,
                stderr=stream,
                stdin=subprocess.DEVNULL,
            )
        try:
            yield Server(_wait(process, log), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + _START_LIMIT
    while time.monotonic() < end and process.poll() is None:
        if found := _READY.search(log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"kg serve did not start:\n{log.read_text(encoding='utf-8')}")
