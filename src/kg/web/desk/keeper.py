"""Keeps the served graph up to date with the files, after decisions and edits."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat

from kg.errors import KgError
from kg.files.atomic import replacing
from kg.web.log import log

if TYPE_CHECKING:
    from pathlib import Path

    from kg.desk.faults import Fault
    from kg.desk.live import LiveGraph, Snapshot
    from kg.web.server.worker_pool import WorkerPool

__all__ = ["GraphKeeper", "GraphState"]

#: Seconds between looks at the files.
_LOOK: Final = 0.5


class GraphState(StrEnum):
    """How the served graph relates to the files."""

    FRESH = "fresh"
    BUILDING = "building"
    INVALID = "invalid"


class GraphKeeper:
    """Recomputes the graph when a file has changed, and has the pool serve it.

    :param target: the N-Quads file that the pool loads.
    """

    def __init__(self, live: LiveGraph, target: Path) -> None:
        self._live = live
        self._target = target
        self._asked = asyncio.Event()
        self._wanted = self._served = 0
        self._stamp: tuple[object, ...] = ()
        self._failed = ""
        self.snapshot: Snapshot = self._computed()

    def _computed(self) -> Snapshot:
        self._stamp = self._live.stamp()
        snapshot = self._live.refresh()
        with replacing(self._target) as stream:
            snapshot.store.dump(stream, RdfFormat.N_QUADS)
        return snapshot

    def ask(self) -> None:
        """Request that the graph be recomputed after a decision."""
        self._wanted += 1
        self._asked.set()

    def state(self, slug: str, reading: str) -> tuple[GraphState, tuple[Fault, ...]]:
        """Return how the served graph relates to a reading, and the reading's faults."""
        if self._served < self._wanted:
            return GraphState.BUILDING, ()
        faults = self.snapshot.faults.get((slug, reading), ())
        if faults or self._failed:
            from kg.desk.faults import Fault

            return GraphState.INVALID, faults or (Fault("", "", self._failed),)
        return GraphState.FRESH, ()

    async def follow(self, pool: WorkerPool) -> None:
        """Keep serving the current state of the files until cancelled.

        :raises OSError: the graph could not be written; it can be tried again.
        """
        while True:
            try:
                await asyncio.wait_for(self._asked.wait(), _LOOK)
            except TimeoutError:
                if self._live.stamp() == self._stamp:
                    continue
            self._asked.clear()
            await self._serve(pool, self._wanted)

    async def _serve(self, pool: WorkerPool, wanted: int) -> None:
        try:
            self.snapshot = await asyncio.to_thread(self._computed)
            await pool.reload()
        except KgError as error:
            self._failed = str(error)
            log(f"still serving the previous graph: {error}")
        else:
            self._failed = ""
        self._served = wanted
