"""What a query says: judged by the parser, whatever disguise the words wear."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from disguises import DISGUISES, ESCAPED
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryError, QuerySyntaxError, ServiceRefusedError
from kg.sparql.text import is_repeatable, names_its_dataset, refuse_services
from kg.store.local import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

# None of these asks anybody.
HARMLESS = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://example.org/> { }' }",
    'SELECT * { ?s ?p """a\nSERVICE <http://example.org/> { ?a ?b ?c }""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> { }",
    "SELECT * { ?s <http://example.org/service> ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:service ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o = 'it''s no service') }".replace("''", "\\'"),
]


@pytest.fixture
def ear() -> Iterator[tuple[str, socket.socket]]:
    """Return a URL of ours that nobody should call, and the socket that would hear it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql", listening


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_gets_a_service_through(disguise: str, ear: tuple[str, socket.socket]) -> None:
    url, listening = ear
    with pytest.raises(ServiceRefusedError):
        Graph(Store()).sparql(disguise.replace("URL", url))
    with pytest.raises(TimeoutError):
        listening.accept()


@pytest.mark.parametrize("disguise", ESCAPED)
def test_escapes_do_not_get_a_service_through(
    disguise: str, ear: tuple[str, socket.socket]
) -> None:
    url, listening = ear
    with pytest.raises((ServiceRefusedError, QuerySyntaxError)):
        Graph(Store()).sparql(disguise.replace("URL", url))
    with pytest.raises(TimeoutError):
        listening.accept()


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_harmless(text: str) -> None:
    refuse_services(text, ())
    Graph(Store()).sparql(text)


def test_an_allowed_service_is_asked_and_no_other(ear: tuple[str, socket.socket]) -> None:
    url, _ = ear
    text = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?service }} }}"
    refuse_services(text, {url})
    with pytest.raises(ServiceRefusedError, match=r"other\.example"):
        refuse_services(text.replace(url, "http://other.example/"), {url})
    with pytest.raises(ServiceRefusedError, match="angle brackets"):
        refuse_services("SELECT * { SERVICE ?where { ?s ?p ?o } }", {url})
    both = f"ASK {{ SERVICE <{url}> {{}} SERVICE # <{url}>\n <http://other.example/> {{}} }}"
    with pytest.raises(ServiceRefusedError, match=r"other\.example"):
        refuse_services(both, {url})


def test_relative_iris_are_relative_to_the_namespace() -> None:
    answer = Graph(Store()).sparql("SELECT * { VALUES ?iri { <id/actor/bbc> <//x/y> } }")
    assert [str(row[0].value) for row in answer] == [
        "https://w3id.org/qawl/id/actor/bbc",
        "https://x/y",
    ]


def test_a_syntax_error_is_one_though_it_has_the_word() -> None:
    with pytest.raises(QuerySyntaxError):
        Graph(Store()).sparql("SELECT * { SERVICE }")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <http://example.org/a> { ?s ?p ?o }", True),
        ("SELECT * from named <http://example.org/a> { ?s ?p ?o }", True),
        ("SELECT ?from { ?from ?p ?o }", False),
        ("SELECT * { ?s ?p 'FROM <http://example.org/a>' } # FROM <a>", False),
        ("ASK { ?s <http://example.org/from> ?o }", False),
    ],
)
def test_from_is_told_from_the_word(text: str, named: bool) -> None:
    assert names_its_dataset(text) is named


def test_from_restricts_the_default_graph() -> None:
    graphs = [NamedNode(f"http://example.org/{name}") for name in "abc"]
    predicate = NamedNode("http://example.org/p")
    store = Store()
    store.extend(Quad(graph, predicate, graph, graph) for graph in graphs)
    graph = Graph(store)
    assert len(graph.sparql("SELECT ?s { ?s ?p ?o }")) == 3
    assert len(graph.sparql("SELECT ?s FROM <http://example.org/a> { ?s ?p ?o }")) == 1
    assert len(graph.sparql("SELECT ?s FROM NAMED <http://example.org/a> { ?s ?p ?o }")) == 0
    only_b = graph.run("SELECT ?s { ?s ?p ?o }", default_graphs=["http://example.org/b"])
    assert [row["s"] for row in only_b] == [graphs[1]]
    named = graph.run("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", named_graphs=["http://example.org/c"])
    assert [row["s"] for row in named] == [graphs[2]]
    nothing = graph.run("SELECT ?s { ?s ?p ?o }", named_graphs=["http://example.org/c"])
    assert list(nothing) == []
    with pytest.raises(QueryError, match="absolute IRI"):
        graph.run("ASK {}", default_graphs=["not an IRI"])


def test_what_changes_from_run_to_run_is_not_repeatable() -> None:
    assert is_repeatable("SELECT * { ?s ?p ?o }")
    assert not is_repeatable("SELECT (NOW() AS ?n) {}")
    assert not is_repeatable("SELECT (\\u004EOW() AS ?n) {}")
    assert not is_repeatable("SELECT * { ?s ?p ?o } ORDER BY rand ()")
