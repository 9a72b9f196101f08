"""Loading the graph into a SPARQL server, one named graph after the other.

By the SPARQL 1.1 Graph Store HTTP Protocol, which replaces a graph whole, or by SPARQL 1.1 Update.
What is written are the graphs of the store, what may be removed are graphs that Qawl once named;
all else on the server is left alone.
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

#: Triples that one ``INSERT DATA`` has at most.
INSERTED_AT_ONCE: Final = 1000

_MOST_NAMED = 8

Action = Literal["add", "replace", "remove", "leave"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where to write, how, and which address of the same server answers queries."""

    url: str
    via: Via
    endpoint: str


@dataclass(frozen=True, slots=True)
class GraphState:
    """What becomes of one named graph, and how many triples it has where.

    ``after`` is ``None`` where nothing was written.
    """

    name: str
    action: Action
    triples: int
    before: int
    after: int | None

    @property
    def differs(self) -> bool:
        """Whether the server holds another number of triples than it was given."""
        return self.action != "leave" and self.after is not None and self.after != self.triples


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published, or would be."""

    graphs: tuple[GraphState, ...]
    dry_run: bool

    @property
    def agrees(self) -> bool:
        """Whether the server holds as many triples of each graph as it was given."""
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
    """Return what there is to know of an address that is to be written to.

    :param via: default what the address tells, else ``gsp``.
    :param endpoint: the address that answers queries; default what ``url`` tells.
    :raises QueryError: an address cannot be used.
    :raises OutputError: the address that answers queries is not given and cannot be told.
    """
    url = checked_url(url)
    known_via, known_endpoint = writing(url)
    endpoint = checked_url(endpoint) if endpoint else known_endpoint
    if endpoint is None:
        raise OutputError(
            f"{url}: does not tell which address of the server answers queries; name it with "
            "--endpoint, or give an address that ends in /store or /update (Oxigraph), /data "
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
    """Replace the graphs of a server by those that are seen of ours, and count what it then holds.

    :param prune: remove graphs of Qawl that the server holds and we do not publish.
    :param dry_run: tell what would be done, and do nothing.
    :param timeout: seconds within which the server must have taken each graph.
    :raises QueryError: the server cannot be reached or asked; nothing has been written.
    :raises OutputError: the graph has triples in no named graph, or writing was broken off; the
        message then says which graphs are loaded, and repeating it completes them.
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
            "the data have triples in no named graph, which cannot be told from others' on a "
            "server; give N-Quads, TriG or JSON-LD with named graphs"
        )
    ours: Counter[str] = Counter()
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise OutputError(
                f"the data have a graph called {quad.graph_name}; name it with an IRI"
            )
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
            f"{reason}. Loaded: {_listed(done)}. Not loaded, the first of them perhaps in part: "
            f"{_listed(waiting)}. Run it again to complete them"
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
