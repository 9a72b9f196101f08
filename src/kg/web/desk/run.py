"""Running a desk: the read-only server for the graph, plus the desk's pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.desk.live import LiveGraph
from kg.files.shipped import software_version
from kg.html.scripts import scripts_are_built
from kg.web.desk.app import DeskPages
from kg.web.desk.guard import Guard
from kg.web.desk.keeper import GraphKeeper
from kg.web.log import log
from kg.web.server.run import listen, local_address, run_server
from kg.web.site import Site
from kg.web.source import Source, SourceKind
from kg.web.template_config import TemplateConfig

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kg.desk.desk import Desk
    from kg.web.server.downloads import Downloads
    from kg.web.server.worker_pool import WorkerPool
    from kg.web.settings import Settings

__all__ = ["run_desk"]

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _hosts(host: str, port: int) -> frozenset[str]:
    """Return the values of ``Host`` by which a desk can be reached."""
    names = {host, *(_LOOPBACK if host in _LOOPBACK else ())}
    return frozenset(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names)


def run_desk(
    settings: Settings,
    desk_of: Callable[[LiveGraph], Desk],
    graph: Path,
    start: str,
    ready: Callable[[str], None],
) -> None:
    """Serve a desk until the process is told to stop.

    :param start: the path of the first page, such as ``/desk/flood``.
    :param ready: called with the link and its token when the desk is ready.
    :raises KgError: the graph cannot be used, or the address cannot be used.
    """
    live = LiveGraph(graph)
    with tempfile.TemporaryDirectory(prefix="qawl-desk-") as folder:
        served = Path(folder) / "graph.nq"
        listening = listen(settings)
        host, port = listening.getsockname()[:2]
        guard = Guard(_hosts(host, port))
        local = local_address(listening)
        site = Site(local, software_version() or "")
        config = TemplateConfig(Source(SourceKind.FILES, (str(served),)), site, settings)
        keeper = GraphKeeper(live, served)
        pages = DeskPages(desk_of(live), keeper, site, guard)

        def begin(_: WorkerPool) -> None:
            if not scripts_are_built():
                log(
                    "the desk needs its scripts, which were not built; reinstall Qawl with "
                    "network access"
                )
            ready(f"{local}{start}#token={guard.token}")

        def follow_files(pool: WorkerPool, _: Downloads) -> Callable[[], Awaitable[None]]:
            return lambda: keeper.follow(pool)

        run_server(
            config, listening, begin, ("watching the files", follow_files),
            more=pages.routes(), admit=guard.check_host,
        )  # fmt: skip
