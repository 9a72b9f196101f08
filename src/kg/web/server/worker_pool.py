"""The pool: schedules queries and enforces their limits.

A query starts in a worker reserved for short ones. If it takes longer, it continues at low priority
in one of the slots for long queries, or is paused until one is free, so that short queries are
always answered. Of the waiting queries, the newest goes first: under overload, first come, first
served would answer everybody too late. A query that exceeds its time limit is killed with its
process, which frees all its resources.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KgError
from kg.web.log import log
from kg.web.server.job import Answer, Job, failure
from kg.web.server.kept_going import kept_going
from kg.web.server.spool import SpoolSpace
from kg.web.server.worker_process import Template, Worker
from kg.web.settings import CORES

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kg.web.settings import Settings
    from kg.web.template_config import Loaded, TemplateConfig

__all__ = ["WorkerPool"]

_TICK: Final = 0.02
_RETRY_AFTER: Final = "3"
# Queries that begin at the same time. Most of them end at once; of the others, each has its share
# of the processor until it has computed long enough to be a long one.
_SHORT_PLACES: Final = max(8 * CORES, 16)
_SPARE: Final = 1
# Workers that wait for work.
_IDLE: Final = max(CORES, 2) + 1
# A query that takes so many times as long as a short one may, without computing, is a long one.
_WAITING_COUNTS: Final = 8
_PAUSE: Final = 1.0


def _busy(reason: str) -> Answer:
    return failure(HTTPStatus.SERVICE_UNAVAILABLE, reason, retry_after=_RETRY_AFTER)


def _computed(worker: Worker, job: Job, now: float) -> float:
    """Return the computing time of a query in seconds, by processor time if available.

    On a busy machine even a short query takes long. A query that waits, for example for another
    server, is measured by elapsed time.
    """
    spent = worker.processor_seconds()
    if spent is None:
        return now - job.begun
    if job.processor_before is None:
        job.processor_before = spent
    return max(spent - job.processor_before, (now - job.begun) / _WAITING_COUNTS)


class WorkerPool:
    """Answers requests with workers of a template, which can be replaced by a newer one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._space = SpoolSpace(settings.max_spool_bytes)
        self._template: Template | None = None
        self._retired: list[Template] = []
        self._idle: list[Worker] = []
        self._short: list[Worker] = []
        self._long: list[Worker] = []
        self._paused: deque[Worker] = deque()
        self._waiting: deque[Job] = deque()
        self._forking = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._forks = asyncio.Lock()
        self._revival = asyncio.Lock()
        self._config: TemplateConfig | None = None

    @property
    def loaded(self) -> Loaded:
        """The graph that new queries are answered from; there is one once the pool has started."""
        assert self._template is not None
        return self._template.loaded

    async def start(self, config: TemplateConfig) -> None:
        """Load the graph and make the first workers.

        :raises StoreError: the graph cannot be loaded.
        """
        self._config = config
        self._template = await Template.start(config)
        for _ in range(_IDLE):
            self._idle.append(await self._template.fork(self._on_free, self._on_lost))
        self._spawn(kept_going("timing queries", self._keep_time))

    async def exchange(self, config: TemplateConfig) -> None:
        """Load a newer version and answer from it; running queries finish on the old one.

        :raises StoreError: the newer version cannot be loaded; the old one continues answering.
        """
        newer = await Template.start(config)
        async with self._forks:
            workers = [await newer.fork(self._on_free, self._on_lost) for _ in range(_IDLE)]
            self._config = config
            older, self._template = self._template, newer
            idle, self._idle = self._idle, workers
            for worker in idle:
                worker.kill()
            if older is not None:
                self._retired.append(older)
            self._begin_waiting()

    async def reload(self) -> None:
        """Reload the graph in place, which takes milliseconds for a small one.

        Running queries finish on the version that they started on.

        :raises StoreError: it cannot be loaded; the old one continues answering.
        """
        async with self._forks:
            template = self._template
            assert template is not None
            await template.reload()
            workers = [await template.fork(self._on_free, self._on_lost) for _ in range(_IDLE)]
            idle, self._idle = self._idle, workers
            for worker in idle:
                worker.kill()
        self._begin_waiting()

    async def stop(self) -> None:
        """End all processes."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in (*self._idle, *self._short, *self._long, *self._paused):
            worker.kill()
        for template in (*self._retired, self._template):
            if template is not None:
                template.stop()
        await asyncio.sleep(0)  # in which the channels to the workers are closed

    def submit(self, message: bytes) -> Job:
        """Take a packed request; its job's ``ready`` gives the answer."""
        job = Job(message, self._space)
        self._waiting.append(job)
        self._begin_waiting()
        if len(self._waiting) > self._settings.max_waiting:
            oldest = self._waiting.popleft()
            oldest.fail(_busy("too many queries are waiting; try again later"))
        return job

    def abandon(self, job: Job) -> None:
        """Stop working on a job whose answer is no longer wanted."""
        with contextlib.suppress(ValueError):
            self._waiting.remove(job)
        worker = next((one for one in self._in_work() if one.job is job), None)
        if worker is not None:
            self._end(worker)
        job.fail(_busy("the client disconnected"))

    def _in_work(self) -> tuple[Worker, ...]:
        return (*self._short, *self._long, *self._paused)

    def _begin_waiting(self) -> None:
        while self._waiting and self._idle and len(self._short) < _SHORT_PLACES:
            job = self._waiting.pop()
            if job.ready.done():
                continue
            worker = self._idle.pop()
            job.begin(worker.version)
            self._short.append(worker)
            worker.start(job)
        self._replenish()

    def _replenish(self) -> None:
        while (
            len(self._idle) + self._forking < _IDLE
            and len(self._idle) + len(self._short) + self._forking < _SHORT_PLACES + _SPARE
        ):
            self._forking += 1
            self._spawn(self._fork())

    async def _fork(self) -> None:
        template = None
        try:
            async with self._forks:
                template = self._template
                assert template is not None
                self._idle.append(await template.fork(self._on_free, self._on_lost))
        except OSError as error:
            log(f"a worker could not be started: {error}")
            await self._revive(template)
        finally:
            self._forking -= 1
        self._begin_waiting()

    async def _revive(self, lost: Template | None) -> None:
        """Reload the graph until a template has replaced the lost one."""
        assert self._config is not None
        async with self._revival:
            while self._template is lost:
                await asyncio.sleep(_PAUSE)
                try:
                    await self.exchange(self._config)
                except (KgError, OSError) as error:
                    log(f"the graph could not be loaded again: {error}")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _forget(self, worker: Worker) -> None:
        for group in (self._idle, self._short, self._long, self._paused):
            with contextlib.suppress(ValueError):
                group.remove(worker)

    def _on_free(self, worker: Worker) -> None:
        current = worker.template is self._template and worker.version == self.loaded.version
        if worker in self._short and current and not worker.last:
            self._short.remove(worker)
            self._idle.append(worker)
        else:
            # It has been a long one's, with low priority, has grown, or is of an older version.
            self._forget(worker)
            worker.kill()
        self._resume()
        self._begin_waiting()

    def _on_lost(self, worker: Worker, job: Job | None) -> None:
        self._forget(worker)
        if job is not None:
            limit = self._settings.memory_limit // 1_000_000
            job.fail(
                failure(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "the process that answered the query died; the query may have needed more "
                    f"than the {limit} MB of memory allowed, or sorted values of different types, "
                    "which crashes Oxigraph; ORDER BY STR(?x) may help",
                )
            )
        self._resume()
        self._begin_waiting()

    def _end(self, worker: Worker) -> None:
        self._forget(worker)
        worker.kill()
        self._resume()
        self._begin_waiting()

    def _resume(self) -> None:
        while self._paused and len(self._long) < self._settings.long_slots:
            worker = self._paused.popleft()
            if worker.job is not None:
                worker.job.resumed = time.monotonic()
            self._long.append(worker)
            worker.resume()

    async def _keep_time(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            self._refuse_late(now)
            self._make_room(now)
            self._end_overdue(now)
            self._stop_retired()

    def _stop_retired(self) -> None:
        # A worker dies with its template, so that one stays as long as its last query.
        needed = {id(worker.template) for worker in self._in_work()}
        for template in tuple(self._retired):
            if id(template) not in needed:
                self._retired.remove(template)
                template.stop()

    def _refuse_late(self, now: float) -> None:
        limit = self._settings.max_wait
        while self._waiting and now - self._waiting[0].arrived > limit:
            self._waiting.popleft().fail(_busy("the server is busy; try again later"))
        for worker in tuple(self._paused):
            job = worker.job
            if job is not None and now - job.arrived - job.computed > limit:
                self._end(worker)
                job.fail(_busy("the server is busy with long queries; try again later"))

    def _make_room(self, now: float) -> None:
        for worker in tuple(self._short):
            job = worker.job
            if job is None or _computed(worker, job, now) < self._settings.short_query:
                continue
            if len(self._long) < self._settings.long_slots:
                self._short.remove(worker)
                self._long.append(worker)
                worker.yield_to_others()
                job.on_long()
            elif len(self._long) + len(self._paused) < self._settings.max_queries:
                self._short.remove(worker)
                self._paused.append(worker)
                worker.yield_to_others()
                worker.pause()
                job.computed += now - job.resumed
                job.on_long()
            else:
                self._end(worker)
                job.fail(
                    _busy(
                        f"{self._settings.max_queries} long queries are already running; try again "
                        "later"
                    )
                )
        self._begin_waiting()

    def _end_overdue(self, now: float) -> None:
        limit = self._settings.time_limit
        for worker in (*self._short, *self._long):
            job = worker.job
            if job is not None and job.computed + now - job.resumed > limit:
                self._end(worker)
                job.fail(
                    failure(
                        HTTPStatus.SERVICE_UNAVAILABLE,
                        f"the query was stopped after {limit:g} seconds; narrow it, or fetch its "
                        "parts separately",
                    )
                )
