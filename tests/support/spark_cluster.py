"""A standalone Spark cluster on loopback: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from programs import Program, need

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cluster", "cluster"]

_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_PATIENCE = 180


@dataclass(frozen=True)
class Cluster:
    """A running cluster: the master's address, and its workers."""

    url: str
    workers: tuple[subprocess.Popen[str], ...]

    def kill_worker(self, number: int) -> None:
        """Kill a worker with all that it has started, as a machine that is switched off."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()


class _Log:
    """Reads what a process writes, so that it never waits for us, and finds lines in it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._new = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._new:
                self._lines.append(line)
                self._new.notify_all()

    def wait_for(self, pattern: str) -> re.Match[str]:
        wanted = re.compile(pattern)
        with self._new:
            found = self._new.wait_for(
                lambda: next(filter(None, map(wanted.search, self._lines)), None), _PATIENCE
            )
        assert found is not None, "".join(self._lines)
        return found


def _start(folder: Path, *arguments: str) -> tuple[subprocess.Popen[str], _Log]:
    import pyspark

    home = Path(pyspark.__file__).parent
    process = subprocess.Popen(
        [str(home / "bin" / "spark-class"), *arguments],
        cwd=folder,
        env={
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return process, _Log(process)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster as long as the block runs.

    :param folder: for the files of the cluster.
    """
    need(Program.JAVA)
    started: list[subprocess.Popen[str]] = []
    try:
        master, log = _start(
            folder, _MASTER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"
        )
        started.append(master)
        url = log.wait_for(r"Starting Spark master at (spark://\S+)")[1]
        for number in range(2):
            worker, log = _start(
                folder, _WORKER, url, "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                "--webui-port", "0", "--work-dir", str(folder / f"work-{number}"),
            )  # fmt: skip
            started.append(worker)
            log.wait_for("Successfully registered with master")
        yield Cluster(url, tuple(started[1:]))
    finally:
        for process in reversed(started):
            with suppress(ProcessLookupError):  # a worker that the test has killed
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
