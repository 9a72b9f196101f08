"""Running the server: it listens, keeps the pool, and takes up a new build when there is one."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import KgError, StoreError
from kg.files.shipped import software_version
from kg.html.scripts import scripts_are_built
from kg.web.log import log
from kg.web.server.app import application
from kg.web.server.build_follower import BuildFollower
from kg.web.server.connections import bounded_protocol
from kg.web.server.downloads import Downloads
from kg.web.server.kept_going import kept_going
from kg.web.server.worker_pool import WorkerPool
from kg.web.site import Site
from kg.web.template_config import TemplateConfig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette
    from starlette.types import ASGIApp

    from kg.web.settings import Settings
    from kg.web.source import Source

__all__ = ["http_server", "listen", "serve"]


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens where the settings say.

    :raises StoreError: the address cannot be used.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{settings.host}:{settings.port}: cannot listen here: {reason}; choose another "
            "address with --host and --port"
        ) from error
    return listening


def serve(settings: Settings, source: Source) -> None:
    """Serve a graph until the process is told to stop.

    :raises StoreError: the graph cannot be loaded, or the address cannot be used.
    """
    listening = listen(settings)
    host, port = listening.getsockname()[:2]
    local = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    site = Site(settings.public_url.rstrip("/") or local, software_version() or "")
    config = TemplateConfig(source, site, settings)
    pool = WorkerPool(settings)
    downloads = Downloads(settings.dumps, site)
    failure: list[KgError] = []

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        follower = BuildFollower(pool, config, downloads)
        try:
            await pool.start(config)
        except KgError as error:
            failure.append(error)
            downloads.close()
            server.should_exit = True  # raising it here would have uvicorn print a traceback
            yield
            return
        quads = "a graph" if pool.loaded.quads is None else f"{pool.loaded.quads} quads"
        where = "in memory" if pool.loaded.in_memory else "on disk"
        log(f"{quads} {where}, at {local}/ (SPARQL: {local}/sparql)")
        if not scripts_are_built():
            log("the pages work without scripts, which were not built (that needs npm's registry)")
        following = asyncio.create_task(kept_going("watching for new builds", follower.follow))
        try:
            yield
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await pool.stop()
            # Here, because uvicorn ends the process by the signal that it was sent.
            downloads.close()

    server = http_server(settings, application(settings, pool, site, downloads, lifespan))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if failure:
        raise failure[0]


def http_server(settings: Settings, app: ASGIApp) -> uvicorn.Server:
    """Return the HTTP server of an application, which its ``run`` runs on sockets."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
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
