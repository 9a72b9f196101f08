"""Following new builds while serving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.web.log import log

if TYPE_CHECKING:
    from kg.web.server.downloads import Downloads
    from kg.web.server.worker_pool import WorkerPool
    from kg.web.template_config import TemplateConfig

__all__ = ["BuildFollower"]

_LOOK_FOR_BUILDS: Final = 0.5


class BuildFollower:
    """Picks up new builds, and makes releases of them."""

    def __init__(self, pool: WorkerPool, config: TemplateConfig, downloads: Downloads) -> None:
        self._pool = pool
        self._config = config
        self._downloads = downloads
        # A build that comes while the graph is loaded the first time is a new one.
        self._present = config.source.version_now()
        self._released = ""

    async def follow(self) -> None:
        """Look for new builds until cancelled.

        :raises OSError: one could not be loaded for lack of a resource; it can be tried again.
        """
        while True:
            await self._release()
            await asyncio.sleep(_LOOK_FOR_BUILDS)
            newer = self._config.source.version_now()
            if newer and newer != self._present:
                await self._take_up(newer)

    async def _take_up(self, version: str) -> None:
        try:
            await self._pool.exchange(self._config)
        except KgError as error:
            log(f"the new build could not be loaded: {error}")
        else:
            log(f"now serving a new build: {self._pool.loaded.quads} quads")
        self._present = version

    async def _release(self) -> None:
        loaded = self._pool.loaded
        if self._released != loaded.version:
            self._released = loaded.version
            await self._downloads.make(self._config.source, loaded.quads)
