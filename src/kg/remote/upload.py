"""Loading the graph into a SPARQL server, one named graph at a time.

Uses the SPARQL 1.1 Graph Store HTTP Protocol, which replaces whole graphs, or SPARQL 1.1 Update.
The graphs of the store are written; only graphs named by Qawl are ever removed. Everything else on
the server is left alone.
"""

from __future__ import annotations

import urllib.request
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlencode

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, serialize

from kg.errors import KgError, OutputError
from kg.rdf.curies import shorten
from kg.remote.connect import connect, is_ours
from kg.remote.http_client import DEFAULT_TIMEOUT, HttpClient, checked_url
from kg.remote.server_quirks import writing
from kg.sparql.terminal import render_table
from kg.sparql.update import write_update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

    from kg.remote.connect import RemoteGraph
    from kg.remote.server_quirks import Via
    from kg.store.local import Graph

__all__ = ["GraphState", "PublishReport", "Target", "publish", "target"]

#: Maximum number of triples in one ``INSERT DATA``.
INSERTED_AT_ONCE: Final = 1000

_MOST_NAMED = 8

Action = Literal["add", "replace", "remove", "leave"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where and how to write, and the query endpoint of the same server."""

    url: str
    via: Via
    endpoint: str


@dataclass(frozen=True, slots=True)
class GraphState:
    """The action for one named graph, and its number of triples locally, before and after.

    ``after`` is ``None`` if nothing was written.
    """

    name: str
    action: Action
    triples: int
    before: int
    after: int | None

    @property
    def differs(self) -> bool:
        """Whether the server's number of triples differs from the number sent."""
        return self.action != "leave" and self.after is not None and self.after != self.triples


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published or, in a dry run, would be."""

    graphs: tuple[GraphState, ...]
    dry_run: bool

    @property
    def agrees(self) -> bool:
        """Whether the server has as many triples in each graph as were sent."""
        return not any(one.differs for one in self.graphs)

    def text(self) -> str:
        """Return the report as a table for a terminal."""
        rows = [
            [
                shorten(one.name),
                _WORDS[one.action],
                str(one.triples),
                str(one.before),
                "" if one.after is None else f"{one.after}{' (differs)' if one.differs else ''}",
            ]
            for one in self.graphs
        ]
        head = ["graph", "action", "triples", "on the server before", "after"]
        end = "nothing was written (--dry-run)" if self.dry_run else f"{len(rows)} graphs"
        return f"{render_table(head, rows)}\n({end})"


_WORDS: Final[dict[Action, str]] = {
    "add": "add",
    "replace": "replace",
    "remove": "remove",
    "leave": "not in this version; --prune removes it",
}


def target(url: str, *, via: Via | None = None, endpoint: str | None = None) -> Target:
    """Return how to write to a server, and its query endpoint.

    :param via: the protocol; default inferred from the URL, else ``gsp``.
    :param endpoint: the URL of the query endpoint; default inferred from ``url``.
    :raises QueryError: a URL cannot be used.
    :raises OutputError: the query endpoint is not given and cannot be inferred.
    """
    url = checked_url(url)
    known_via, known_endpoint = writing(url)
    endpoint = checked_url(endpoint) if endpoint else known_endpoint
    if endpoint is None:
        raise OutputError(
            f"{url}: the query endpoint cannot be inferred from it; specify it with --endpoint, or "
            "use a URL that ends in /store or /update (Oxigraph), /data "
            "(Fuseki), /sparql-graph-crud-auth or /sparql-auth (Virtuoso)"
        )
    return Target(url, via or known_via or "gsp", endpoint)


def publish(
    graph: Graph,
    to: Target,
    *,
    prune: bool = False,
    dry_run: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
) -> PublishReport:
    """Replace a server's graphs with the visible graphs, and count its triples afterwards.

    :param prune: remove graphs of Qawl on the server that are not among the visible ones.
    :param dry_run: report what would be done without doing it.
    :param timeout: seconds within which the server must accept each graph.
    :raises QueryError: the server cannot be reached or queried; nothing has been written.
    :raises OutputError: the graph has triples outside named graphs, or writing was interrupted; the
        message then lists the graphs that are loaded, and a second run completes them.
    """
    server = connect(to.endpoint, timeout=timeout, default_graph="server")
    plan = _plan(graph, server, "remove" if prune else "leave")
    if dry_run:
        return PublishReport(plan, dry_run=True)
    _write(graph, plan, _Writer(to, timeout))
    held = server.graph_sizes()
    after = tuple(replace(one, after=held.get(one.name, 0)) for one in plan)
    return PublishReport(after, dry_run=False)


def _plan(
    graph: Graph, server: RemoteGraph, superfluous: Literal["remove", "leave"]
) -> tuple[GraphState, ...]:
    if any(graph.store.quads_for_pattern(None, None, None, DefaultGraph())):
        raise OutputError(
            "the data has triples outside named graphs, which would mix with the server's own; "
            "use N-Quads, TriG or JSON-LD with named graphs"
        )
    ours: Counter[str] = Counter()
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise OutputError(f"the data has a graph named {quad.graph_name}; name it with an IRI")
        ours[quad.graph_name.value] += 1
    held = server.graph_sizes()
    states = []
    for name in sorted({*ours, *filter(is_ours, held)}):
        before = held.get(name, 0)
        if ours.get(name):
            states.append(
                GraphState(name, "replace" if before else "add", ours[name], before, None)
            )
        elif before:
            states.append(GraphState(name, superfluous, 0, before, None))
    return tuple(states)


def _write(graph: Graph, plan: Sequence[GraphState], writer: _Writer) -> None:
    waiting = [one for one in plan if one.action != "leave"]
    done: list[GraphState] = []
    try:
        while waiting:
            if waiting[0].action == "remove":
                writer.remove(waiting[0].name)
            else:
                writer.replace(graph.store, NamedNode(waiting[0].name))
            done.append(waiting.pop(0))
    except (KgError, KeyboardInterrupt) as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
        raise OutputError(
            f"{reason}. Loaded: {_listed(done)}. Not loaded (the first perhaps partially): "
            f"{_listed(waiting)}. Run the command again to load the rest"
        ) from error


def _listed(states: Sequence[GraphState]) -> str:
    shown = ", ".join(shorten(one.name) for one in states[:_MOST_NAMED]) or "none"
    more = len(states) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


class _Writer:
    """Writes graphs to one server."""

    def __init__(self, to: Target, timeout: float) -> None:
        self._target = to
        self._client = HttpClient(to.url, timeout, writes=True)
        self._logged_in = False

    def replace(self, store: Store, name: NamedNode) -> None:
        quads = sorted(store.quads_for_pattern(None, None, None, name), key=str)
        if self._target.via == "gsp":
            content = serialize((one.triple for one in quads), format=RdfFormat.N_TRIPLES)
            self._send("PUT", self._graph_url(name.value), content, "application/n-triples")
            return
        before = f"DROP SILENT GRAPH {name} ;\n"
        for start in range(0, len(quads), INSERTED_AT_ONCE):
            chunk = quads[start : start + INSERTED_AT_ONCE]
            self._update(before + write_update((), chunk).decode())
            before = ""

    def remove(self, name: str) -> None:
        if self._target.via == "gsp":
            self._send("DELETE", self._graph_url(name))
        else:
            self._update(f"DROP SILENT GRAPH <{name}>")

    def _graph_url(self, name: str) -> str:
        url = self._target.url
        return f"{url}{'&' if '?' in url else '?'}graph={quote(name, safe='')}"

    def _update(self, text: str) -> None:
        data = urlencode({"update": text}).encode()
        self._send("POST", self._target.url, data, "application/x-www-form-urlencoded")

    def _send(
        self, method: str, url: str, data: bytes | None = None, media_type: str | None = None
    ) -> None:
        if not self._logged_in:
            self._client.log_in(url)
            self._logged_in = True
        head = {"User-Agent": "qawl", **({"Content-Type": media_type} if media_type else {})}
        request = urllib.request.Request(url, data, head, method=method)  # noqa: S310  (checked)
        self._client.send(request)
