"""Publishing to a server that fails when told to; real servers have tests of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from scripted_server import Asked, Reply, ScriptedServer

from kg.errors import OutputError, QueryError
from kg.remote.upload import PublishReport, publish, target
from kg.store.local import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "https://w3id.org/qawl/id/graph/"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


class Shelf:
    """Graphs behind the Graph Store HTTP Protocol; merges equal triples as every server must."""

    def __init__(self) -> None:
        self.graphs: dict[str, set[str]] = {}
        #: The writing after which all are refused; ``None``: none is.
        self.patience: int | None = None
        #: Graphs of which one triple is lost.
        self.lossy: set[str] = set()
        self.written: list[str] = []

    def answer(self, asked: Asked) -> Reply:
        given = parse_qs(urlsplit(asked.path).query)
        if "query" in given:
            return self.sizes()
        if self.patience is not None and len(self.written) >= self.patience:
            return Reply(b"the disk is full", 507, "text/plain")
        name = given["graph"][0]
        self.written.append(name)
        if asked.method == "DELETE":
            return Reply(status=204 if self.graphs.pop(name, None) else 404)
        assert asked.headers["content-type"] == "application/n-triples"
        quads = parse(asked.body, format=RdfFormat.N_TRIPLES)
        self.graphs[name] = {str(quad.triple) for quad in quads}
        if name in self.lossy:
            self.graphs[name].pop()
        return Reply(status=201)

    def sizes(self) -> Reply:
        rows = [
            {
                "g": {"type": "uri", "value": name},
                "n": {"type": "literal", "datatype": INTEGER, "value": str(len(triples))},
            }
            for name, triples in self.graphs.items()
            if triples
        ]
        return Reply(
            json.dumps({"head": {"vars": ["g", "n"]}, "results": {"bindings": rows}}).encode()
        )


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("QAWL_ENDPOINT_USER", "QAWL_ENDPOINT_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return Shelf()


@pytest.fixture
def url(shelf: Shelf) -> Iterator[str]:
    server = ScriptedServer(shelf.answer)
    yield f"{server.url}/store"
    server.close()


def graph_of(**sizes: int) -> Graph:
    node = NamedNode("http://example.org/x")
    made = Store()
    made.extend(
        Quad(node, node, Literal(str(number)), NamedNode(f"{OURS}{name}"))
        for name, size in sizes.items()
        for number in range(size)
    )
    return Graph(made)


def actions(report: PublishReport) -> dict[str, tuple[str, int, int, int | None]]:
    return {
        one.name.removeprefix(OURS): (one.action, one.triples, one.before, one.after)
        for one in report.graphs
    }


def test_graphs_are_added_replaced_and_left(shelf: Shelf, url: str) -> None:
    publish(graph_of(a=2, old=1), target(url))
    report = publish(graph_of(a=3, b=1), target(url))
    assert actions(report) == {
        "a": ("replace", 3, 2, 3),
        "b": ("add", 1, 0, 1),
        "old": ("leave", 0, 1, 1),
    }
    assert report.agrees
    assert "not in this version; --prune removes it" in report.text()


def test_a_dry_run_writes_nothing(shelf: Shelf, url: str) -> None:
    publish(graph_of(a=2, old=1), target(url))
    shelf.written.clear()
    report = publish(graph_of(a=3), target(url), dry_run=True, prune=True)
    assert actions(report) == {"a": ("replace", 3, 2, None), "old": ("remove", 0, 1, None)}
    assert shelf.written == []


def test_others_graphs_are_neither_listed_nor_pruned(shelf: Shelf, url: str) -> None:
    shelf.graphs = {"http://example.org/others": {"x"}, f"{OURS}old": {"x"}}
    report = publish(graph_of(a=1), target(url), prune=True)
    assert actions(report) == {"a": ("add", 1, 0, 1), "old": ("remove", 0, 1, 0)}
    assert set(shelf.graphs) == {"http://example.org/others", f"{OURS}a"}


def test_a_failure_says_what_is_loaded_and_repeating_completes_it(shelf: Shelf, url: str) -> None:
    shelf.patience = 2
    with pytest.raises(OutputError) as caught:
        publish(graph_of(a=1, b=2, c=3, d=4), target(url))
    message = str(caught.value)
    assert f"{url}: HTTP 507" in message
    assert ": the disk is full. Loaded: graph:a, graph:b. Not loaded " in message
    assert "graph:c, graph:d. Run the command again to load the rest" in message
    shelf.patience = None
    assert publish(graph_of(a=1, b=2, c=3, d=4), target(url)).agrees
    assert {name[-1]: len(held) for name, held in shelf.graphs.items()} == {
        "a": 1,
        "b": 2,
        "c": 3,
        "d": 4,
    }


def test_many_graphs_are_not_all_named(shelf: Shelf, url: str) -> None:
    shelf.patience = 20
    with pytest.raises(OutputError, match=r"graph:g107 and 12 more\. Not .*graph:g127 and 72 more"):
        publish(graph_of(**{f"g{number}": 1 for number in range(100, 200)}), target(url))


def test_triples_that_the_server_lost_are_told(shelf: Shelf, url: str) -> None:
    shelf.lossy = {f"{OURS}b"}
    report = publish(graph_of(a=2, b=2), target(url))
    assert not report.agrees
    assert actions(report)["b"] == ("add", 2, 0, 1)
    assert "1 (differs)" in report.text()


def test_a_blank_node_for_a_graph_is_refused(shelf: Shelf, url: str) -> None:
    store = Store()
    store.load(input="<http://x/a> <http://x/b> <http://x/c> _:g .", format=RdfFormat.N_QUADS)
    with pytest.raises(OutputError, match="name it with an IRI"):
        publish(Graph(store), target(url))
    assert shelf.written == []


def test_where_queries_are_answered_must_be_known(shelf: Shelf, url: str) -> None:
    with pytest.raises(OutputError, match="specify it with --endpoint"):
        target(url.replace("/store", "/service"))
    to = target(url.replace("/store", "/service"), endpoint=url.replace("/store", "/ask"))
    assert to.via == "gsp"
    assert publish(graph_of(a=1), to).agrees


def test_nothing_is_written_where_nothing_can_be_asked(shelf: Shelf, url: str) -> None:
    with pytest.raises(QueryError, match="cannot be reached"):
        publish(graph_of(a=1), target(url, endpoint="http://127.0.0.1:1/query"))
    assert shelf.written == []


def test_writing_is_not_redirected(shelf: Shelf, url: str) -> None:
    moved = ScriptedServer(lambda _: Reply(status=307, headers=(("Location", url),)))
    try:
        with pytest.raises(OutputError, match="HTTP 307 redirects to http://"):
            publish(graph_of(a=1), target(f"{moved.url}/x", via="gsp", endpoint=url))
    finally:
        moved.close()
    assert shelf.written == []
