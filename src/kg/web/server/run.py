"""Running the server: it listens, keeps the pool, and takes up a new build when there is one."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from kg.errors import KgError, StoreError
from kg.web.server.app import application
from kg.web.server.connections import bounded_protocol
from kg.web.server.downloads import Downloads
from kg.web.server.worker_pool import WorkerPool
from kg.web.site import Site
from kg.web.worker.source import version_now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.applications import Starlette

    from kg.web.settings import Settings

__all__ = ["serve"]

_LOOK_FOR_BUILDS: Final = 0.5


def _log(message: str) -> None:
    print(f"kg serve: {message}", file=sys.stderr, flush=True)  # noqa: T201


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{settings.host}:{settings.port}: cannot be listened on: {reason}; name another with "
            "--host and --port"
        ) from error
    return listening


def _package_version() -> str:
    try:
        return version("qawl")
    except PackageNotFoundError:
        return ""


def _config(settings: Settings, what: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Return what a template process is told."""
    return {
        "source": dict(what),
        "site": {"url": url, "package_version": _package_version()},
        "in_memory_quads": settings.in_memory_quads,
        "memory_limit": settings.memory_limit,
        "max_rows": settings.max_rows,
        "max_bytes": settings.max_bytes,
        "services": list(settings.allow_service),
        "readers": settings.readers,
    }


async def _follow_builds(
    pool: WorkerPool, what: Mapping[str, Any], config: Mapping[str, Any], downloads: Downloads
) -> None:
    present = version_now(what)
    await downloads.make(what, pool.about["quads"])
    while True:
        await asyncio.sleep(_LOOK_FOR_BUILDS)
        newer = version_now(what)
        if not newer or newer == present:
            continue
        present = newer
        try:
            await pool.exchange(config)
        except KgError as error:
            _log(f"the new build was not taken up: {error}")
        else:
            _log(f"a new build is served: {pool.about['quads']} quads")
            await downloads.make(what, pool.about["quads"])


def serve(settings: Settings, what: Mapping[str, Any]) -> None:
    """Serve a graph until the process is told to stop.

    :param what: what :func:`kg.web.worker.source.describe_source` says of it.
    :raises StoreError: the graph cannot be loaded, or the address cannot be listened on.
    """
    listening = _listen(settings)
    host, port = listening.getsockname()[:2]
    local = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    url = settings.public_url.rstrip("/") or local
    config = _config(settings, what, url)
    pool = WorkerPool(settings, _log)
    site = Site(url)
    downloads = Downloads(settings.dumps, site, _log)
    failure: list[KgError] = []

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await pool.start(config)
        except KgError as error:
            failure.append(error)
            downloads.close()
            server.should_exit = True  # raising it here would have uvicorn print a traceback
            yield
            return
        about = pool.about
        where = "in memory" if about["in_memory"] else "on disk"
        _log(f"{about['quads'] or 'a graph'} quads {where}, at {local}/ (SPARQL: {local}/sparql)")
        following = asyncio.create_task(_follow_builds(pool, what, config, downloads))
        try:
            yield
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await pool.stop()
            # Here, because uvicorn ends the process by the signal that it was sent.
            downloads.close()

    server = uvicorn.Server(
        uvicorn.Config(
            application(settings, pool, site, downloads, lifespan),
            http=bounded_protocol(settings),
            ws="none",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_keep_alive=int(settings.request_timeout) or 1,
            timeout_graceful_shutdown=5,
            proxy_headers=False,
        )
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if failure:
        raise failure[0]
