"""The server's handles for the template and its workers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, final

from kg.errors import StoreError
from kg.web.messages import DATA, END, HEAD, REQUEST, End, FrameReader, Head, frame
from kg.web.template_config import RELOAD, Loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.web.server.job import Job
    from kg.web.template_config import TemplateConfig

__all__ = ["Template", "Worker"]

# A third of the processor's time that others get: on a busy machine the least would be none.
_LONG_PRIORITY: Final = 5
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@final
class Worker(asyncio.Protocol):
    """A worker process: answers one job at a time, and can be paused and ended.

    :param on_free: called when a job is done.
    :param on_lost: called when the process has died.
    """

    def __init__(
        self,
        pid: int,
        template: Template,
        on_free: Callable[[Worker], None],
        on_lost: Callable[[Worker, Job | None], None],
    ) -> None:
        self.pid = pid
        self.template = template
        #: Of the graph that it answers from.
        self.version = template.loaded.version
        self.job: Job | None = None
        self.alive = True
        #: Whether it has asked to be replaced.
        self.last = False
        self._on_free = on_free
        self._on_lost = on_lost
        self._frames = FrameReader()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the channel to the worker."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Pass the worker's messages to its job."""
        for kind, content in self._frames.feed(data):
            job = self.job
            if job is None:
                return
            if kind == HEAD:
                job.head(Head.read(content))
            elif kind == DATA:
                job.data(content)
            elif kind == END:
                self.job = None
                end = End.read(content)
                self.last = end.last
                job.end(end)
                self._on_free(self)

    def connection_lost(self, _: Exception | None) -> None:
        """Record that the worker has died."""
        self.alive = False
        job, self.job = self.job, None
        self._on_lost(self, job)

    def start(self, job: Job) -> None:
        """Give the worker a job."""
        assert self._transport is not None
        self.job = job
        self._transport.write(frame(REQUEST, job.message))

    def processor_seconds(self) -> float | None:
        """Return how long the worker has computed; ``None`` if the system does not report it."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICKS  # utime and stime, proc(5)

    def _signal(self, number: int) -> None:
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def pause(self) -> None:
        """Suspend the worker."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Resume the worker."""
        self._signal(signal.SIGCONT)

    def yield_to_others(self) -> None:
        """Let short queries go first; this cannot be undone."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LONG_PRIORITY)

    def kill(self) -> None:
        """Kill the worker and whatever it is computing; ``on_lost`` is not called."""
        self._signal(signal.SIGKILL)
        self.alive = False
        self.job = None
        self._on_lost = lambda _worker, _job: None
        if self._transport is not None:
            self._transport.abort()


@dataclass(slots=True)
class Template:
    """The process that holds one version of the graph and forks workers."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    loaded: Loaded

    @classmethod
    async def start(cls, config: TemplateConfig) -> Template:
        """Start a template, and wait until it has loaded the graph.

        :raises StoreError: the graph cannot be loaded.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module
                [
                    sys.executable,
                    "-m",
                    "kg.web.worker.main",
                    str(theirs.fileno()),
                    config.packed(),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        finally:
            theirs.close()
        try:
            return cls(process, ours, Loaded.read(await _line(ours)))
        except StoreError:
            _stop(process, ours)
            raise

    async def fork(
        self,
        on_free: Callable[[Worker], None],
        on_lost: Callable[[Worker, Job | None], None],
    ) -> Worker:
        """Return a new worker.

        :raises ConnectionError: the template has died.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            socket.send_fds(self.control, [b"fork"], [theirs.fileno()])
        finally:
            theirs.close()
        worker: Worker | None = None
        try:
            answer = await _line(self.control)
            if not answer:
                raise ConnectionError("the process that holds the graph died")
            worker = Worker(int(answer), self, on_free, on_lost)
            await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
        except BaseException:
            if worker is None:
                ours.close()
            else:
                worker.kill()
            raise
        return worker

    async def reload(self) -> None:
        """Have the template reload the graph; workers that it has already forked keep theirs.

        :raises StoreError: the graph cannot be loaded now, or the process has died; an existing
            process keeps its graph.
        """
        try:
            self.control.sendall(RELOAD)
        except OSError as error:
            raise StoreError("the process that holds the graph died") from error
        self.loaded = Loaded.read(await _line(self.control))

    def stop(self) -> None:
        """End the template and its workers."""
        _stop(self.process, self.control)


def _stop(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    process.kill()
    process.wait()


async def _line(channel: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()
    line = b""
    while not line.endswith(b"\n"):
        data = await loop.sock_recv(channel, 4096)
        if not data:
            return b""
        line += data
    return line
