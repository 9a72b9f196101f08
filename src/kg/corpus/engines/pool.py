"""Several processes on this machine."""

from __future__ import annotations

import os
import threading
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Final, TypeVar

from kg.corpus.engines.base import Engine
from kg.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Pool"]

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

#: How often a job may be under way when a worker dies, before it is held to be the cause.
MOST_DEATHS: Final = 3


@dataclass(frozen=True, slots=True)
class Pool(Engine):
    """Several processes on this machine."""

    workers: int

    def run(self, function: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> Iterator[_Result]:
        """Yield the results as they arrive; if a worker is killed, its job is repeated."""
        waiting = list(range(len(jobs)))[::-1]
        deaths: Counter[int] = Counter()
        while waiting:
            running: dict[Future[_Result], int] = {}
            context = get_context("forkserver")
            context.set_forkserver_preload(["kg.corpus.part", "kg.corpus.relations"])
            count = min(self.workers, len(waiting))
            with ProcessPoolExecutor(count, context, _end_with_parent) as pool:
                try:
                    while waiting or running:
                        while waiting and len(running) < self.workers:
                            number = waiting[-1]
                            running[pool.submit(function, jobs[number])] = number
                            waiting.pop()
                        done, _ = wait(running, return_when=FIRST_COMPLETED)
                        for future in done:
                            result = future.result()
                            del running[future]
                            yield result
                except BrokenProcessPool as error:
                    deaths.update(running.values())
                    waiting += sorted(running.values(), reverse=True)
                    worst, times = deaths.most_common(1)[0]
                    if times >= MOST_DEATHS:
                        raise CorpusError(
                            f"a worker died {times} times while working on {jobs[worst]}, perhaps "
                            "for lack of memory; try fewer --workers"
                        ) from error
                except BaseException:
                    pool.shutdown(wait=True, cancel_futures=True)
                    raise


def _end_with_parent() -> None:
    """End this worker if the process that started it is killed."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
