"""The server without its processes: a small graph, and a pool that answers at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.store.local import Graph
from kg.web.messages import End, Head
from kg.web.requests import unpacked
from kg.web.server.job import Job
from kg.web.site import Site
from kg.web.template_config import Loaded
from kg.web.worker.answering import Answering
from kg.web.worker.query_results import Limits
from kg.web.worker.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.web.requests import Request

__all__ = ["ACTOR", "SITE", "Collected", "InstantPool", "answered", "answering", "small_graph"]

SITE = Site("https://example.org/qawl", "1.2.3")
ACTOR = "https://w3id.org/qawl/id/actor/agency"

DATA = """\
PREFIX qawl: <https://w3id.org/qawl/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
GRAPH <https://w3id.org/qawl/id/graph/authority> {
  <https://w3id.org/qawl/id/actor/agency> a qawl:MediaOutlet ;
    skos:prefLabel "The <Agency>"@en, "الوكالة"@ar .
  <https://w3id.org/qawl/id/actor/ministry> skos:related <https://w3id.org/qawl/id/actor/agency> .
}
"""


def small_graph() -> Graph:
    """Return a graph of one actor with labels in both languages, and what points to it."""
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    return Graph(store)


@dataclass
class Collected:
    """An answer as a worker gave it."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    repeatable: bool = True
    cut: str | None = None
    cut_is_told: bool = False

    def head(self, status: int, headers: Mapping[str, str], repeatable: bool) -> None:
        self.status, self.headers, self.repeatable = int(status), dict(headers), repeatable
        self.content = b""

    def write(self, data: bytes) -> None:
        self.content += data

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def media_type(self) -> str:
        return self.headers["content-type"].partition(";")[0]


def answering(rows: int = 1000, size: int = 1_000_000) -> Answering:
    """Return what answers from the small graph, up to so many rows and bytes."""
    return Answering(small_graph(), SITE, Limits(rows, size))


def answered(request: Request, rows: int = 1000, size: int = 1_000_000) -> Collected:
    """Return the answer to a request from the small graph."""
    found = Collected()
    reply = Reply(found.head, found.write)
    answering(rows, size).answer(request, reply)
    found.cut, found.cut_is_told = reply.cut, reply.cut_is_told
    return found


@dataclass
class InstantPool:
    """Stands in for the pool of processes: answers every request at once and remembers it."""

    loaded: Loaded = field(default_factory=lambda: Loaded("v1", 3, in_memory=True))
    asked: list[Request] = field(default_factory=list)

    def submit(self, message: bytes) -> Job:
        self.asked.append(unpacked(message))
        found = answered(self.asked[-1])
        job = Job(message)
        job.begin(self.loaded.version)
        job.head(Head.read(Head.packed(found.status, found.headers, found.repeatable)))
        job.data(found.content)
        asyncio.get_running_loop().call_soon(job.end, End(found.cut, found.cut_is_told))
        return job

    def abandon(self, job: Job) -> None:
        raise AssertionError("nobody has gone")
