"""The processes that answer: a template that holds the graph, and workers forked from it.

``python -m kg.web.worker.main`` is the template. It loads the graph once and forks a worker
whenever the server asks for one, so that a worker costs milliseconds and shares the graph's memory.
A worker answers one request at a time; killing it is the only way to stop Oxigraph.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from kg.errors import KgError
from kg.files import shipped
from kg.networks.node_attributes import shipped_hierarchy
from kg.store.builds import load_files
from kg.store.local import Graph
from kg.store.views import visible_graphs
from kg.web.log import log
from kg.web.messages import DATA, END, HEAD, End, FrameReader, Head, frame
from kg.web.parent import die_with_parent
from kg.web.requests import unpacked
from kg.web.template_config import RELOAD, Loaded, TemplateConfig
from kg.web.worker.answering import Answering
from kg.web.worker.load import LoadedGraph
from kg.web.worker.query_results import Limits
from kg.web.worker.reply import Reply
from kg.web.worker.warm_up import warm_up_requests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store

__all__ = ["main"]

_FLUSH_AT: Final = 1 << 16
_RECEIVE: Final = 1 << 16
# Bytes of pages that a worker has touched: reading the graph writes to its reference counts, and so
# copies what is shared. A new worker shares everything again.
_GROWN: Final = 256_000_000


def _limit(memory: int, outbound: bool) -> None:
    """Limit this process's further memory, and prevent it from opening files or connections."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory and Path("/proc/self/statm").exists():
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if not outbound:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _grown() -> bool:
    """Return whether this process has copied much of what it shared with the template."""
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    return faults * resource.getpagesize() > _GROWN


class _Sender:
    """Writes an answer's frames, small ones together."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._waiting: list[bytes] = []
        self._size = 0

    def _put(self, data: bytes) -> None:
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        self._channel.sendall(b"".join(self._waiting))
        self._waiting.clear()
        self._size = 0

    def head(self, status: int, headers: Mapping[str, str], repeatable: bool) -> None:
        self._put(frame(HEAD, Head.packed(status, headers, repeatable)))

    def write(self, data: bytes) -> None:
        if data:
            self._put(frame(DATA, data))

    def end(self, reply: Reply) -> None:
        self._put(frame(END, End(reply.cut, reply.cut_is_told, _grown()).packed()))
        self.flush()


def _work(channel: socket.socket, answering: Answering) -> None:
    reader = FrameReader()
    sender = _Sender(channel)
    while data := channel.recv(_RECEIVE):
        for _, content in reader.feed(data):
            reply = Reply(sender.head, sender.write)
            answering.answer(unpacked(content), reply)
            sender.end(reply)


def _worker(channel: socket.socket, loaded: LoadedGraph, config: TemplateConfig) -> NoReturn:
    status = 1
    try:
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        answering = _answering(loaded.store(), config)
        _limit(config.settings.memory_limit, bool(config.settings.allow_service))
        _work(channel, answering)
        status = 0
    except (OSError, KgError) as error:
        log(f"a worker ended: {error}")
    finally:
        os._exit(status)


def _answering(store: Store, config: TemplateConfig) -> Answering:
    settings = config.settings
    graphs = visible_graphs(store, settings.readers)
    graph = Graph(store, frozenset(settings.allow_service), graphs)
    return Answering(graph, config.site, Limits(settings.max_rows, settings.max_bytes))


def _warm_up(config: TemplateConfig) -> None:
    """Answer one request of each kind, so that workers need open no file to import or to read.

    The graph shipped with Qawl is small and has something for each of them, whatever is served.
    """
    store = load_files((shipped.graph_dir() / "dumps" / "qawl.nq",))
    answering = _answering(store, config)
    shipped_hierarchy()  # what stands in for that of a graph without one
    for request in warm_up_requests(store):
        answering.answer(request, Reply(lambda *_: None, lambda _data: None))


def _serve(control: socket.socket, loaded: LoadedGraph, config: TemplateConfig) -> None:
    # Nobody waits for a worker; before this, the loader's exit status was still wanted.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()  # a collection in a worker would copy the pages that it shares with us
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 1)
        if not message:
            return
        if message == RELOAD:
            loaded = _loaded_again(control, loaded, config)
            continue
        pid = os.fork()
        if pid == 0:
            control.close()
            _worker(socket.socket(fileno=descriptors[0]), loaded, config)
        os.close(descriptors[0])
        control.sendall(f"{pid}\n".encode())


def _loaded_again(
    control: socket.socket, before: LoadedGraph, config: TemplateConfig
) -> LoadedGraph:
    """Reload the graph and report it; if it cannot be loaded, nothing changes."""
    try:
        graph = LoadedGraph.load(config.source, config.settings.in_memory_quads)
    except KgError as error:
        control.sendall(Loaded.packed_error(error))
        return before
    control.sendall(Loaded(graph.version, graph.quads, in_memory=graph.memory is not None).packed())
    gc.freeze()
    return graph


def main() -> None:
    """Load the graph, say so, and fork workers until the server exits.

    The first argument is the number of the control socket, the second the configuration as JSON.
    """
    die_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the server ends us, when its answers are out
    control = socket.socket(fileno=int(sys.argv[1]))
    config = TemplateConfig.read(sys.argv[2])
    warnings.showwarning = lambda message, *_, **__: log(str(message))
    try:
        graph = LoadedGraph.load(config.source, config.settings.in_memory_quads)
        # Oxigraph keeps its random numbers by thread: those that this one had begun to draw, every
        # worker would draw again, and two UUIDs would be the same.
        with ThreadPoolExecutor(1) as another_thread:
            another_thread.submit(_warm_up, config).result()
    except KgError as error:
        control.sendall(Loaded.packed_error(error))
        return
    loaded = Loaded(graph.version, graph.quads, in_memory=graph.memory is not None)
    control.sendall(loaded.packed())
    _serve(control, graph, config)


if __name__ == "__main__":
    main()
