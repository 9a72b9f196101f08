"""Running the server: listening, managing the pool, and picking up new builds."""

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
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from starlette.applications import Starlette
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Scope

    from kg.web.settings import Settings
    from kg.web.source import Source

__all__ = ["listen", "local_address", "run_server", "serve"]


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the configured address.

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


def local_address(listening: socket.socket) -> str:
    """Return the URL at which a socket is reached from this machine, without a slash at its end."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(settings: Settings, source: Source) -> None:
    """Serve a graph until the process is told to stop.

    :raises StoreError: the graph cannot be loaded, or the address cannot be used.
    """
    listening = listen(settings)
    local = local_address(listening)
    site = Site(settings.public_url.rstrip("/") or local, software_version() or "")
    config = TemplateConfig(source, site, settings)

    def ready(pool: WorkerPool) -> None:
        quads = "a graph" if pool.loaded.quads is None else f"{pool.loaded.quads} quads"
        where = "in memory" if pool.loaded.in_memory else "on disk"
        log(f"{quads} {where}, at {local}/ (SPARQL: {local}/sparql)")
        if not scripts_are_built():
            log("scripts were not built (that needs the npm registry); the pages work without them")

    def follow_builds(pool: WorkerPool, downloads: Downloads) -> Callable[[], Awaitable[None]]:
        return BuildFollower(pool, config, downloads).follow

    run_server(config, listening, ready, ("watching for new builds", follow_builds))


def run_server(
    config: TemplateConfig,
    listening: socket.socket,
    ready: Callable[[WorkerPool], None],
    beside: tuple[str, Callable[[WorkerPool, Downloads], Callable[[], Awaitable[None]]]],
    *,
    more: Sequence[BaseRoute] = (),
    admit: Callable[[Scope], None] = lambda _: None,
) -> None:
    """Answer requests on a socket until the process is told to stop.

    :param ready: is called when the graph is loaded.
    :param beside: work done beside the requests: its name for the operator's log, and the function
        that makes it from the pool and the downloads.
    :param more: routes that come before those of every server.
    :param admit: raises :class:`RequestRefused` for requests that this server does not answer.
    :raises KgError: the graph cannot be loaded.
    """
    pool = WorkerPool(config.settings)
    downloads = Downloads(config.settings.dumps, config.site)
    name, make = beside
    work = make(pool, downloads)
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
        ready(pool)
        task = asyncio.create_task(kept_going(name, work))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await pool.stop()
            # Here, because uvicorn ends the process by the signal that it was sent.
            downloads.close()

    app = application(
        config.settings, pool, config.site, downloads, lifespan, more=more, admit=admit
    )
    server = _http_server(config.settings, app)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if failure:
        raise failure[0]


def _http_server(settings: Settings, app: ASGIApp) -> uvicorn.Server:
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
