"""The parts that networks are made of, each over a few triples."""

from __future__ import annotations

import datetime
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import NetworkError, ParameterError, QueryError
from kg.networks.aggregate import Builder, fact, joined
from kg.networks.attribution import Voice, add_attribution, chains
from kg.networks.days import Days
from kg.networks.filters import filter_names, passing_claims
from kg.networks.flat import flatten, renamed
from kg.networks.look import OTHER, PALETTE, colours, weight_of, width
from kg.networks.named_projections import projection
from kg.networks.node_attributes import Entities
from kg.networks.rdf_graph import quads, rdf_network
from kg.networks.rows import answer, solutions
from kg.rdf.iris import PREFIXES, concept, resource, term
from kg.store.local import Graph

BBC, IRAQ = resource("actor", "bbc"), resource("place", "iraq")


@pytest.fixture
def store() -> Store:
    """Return a store with two labelled things and a class above another."""
    store = Store()
    store.extend(
        Quad(subject, term(predicate), value)
        for subject, predicate, value in (
            (BBC, "rdf:type", term("qawl:MediaOutlet")),
            (BBC, "rdf:type", term("qawl:Actor")),
            (BBC, "skos:prefLabel", Literal("BBC", language="en")),
            (BBC, "skos:prefLabel", Literal("بي بي سي", language="ar")),
            (IRAQ, "rdf:type", term("qawl:Place")),
            (IRAQ, "skos:prefLabel", Literal("العراق", language="ar")),
            (term("qawl:MediaOutlet"), "rdfs:subClassOf", term("qawl:Actor")),
        )
    )
    return store


def test_a_node_has_its_most_specific_class_and_a_label_in_the_language(store: Store) -> None:
    found = Entities(store, "ar").attributes(BBC)
    assert (found["label"], found["type"], found["group"]) == ("بي بي سي", "MediaOutlet", "Actor")
    english = Entities(store, "en")
    assert english.label(BBC.value) == "BBC"
    assert english.label(IRAQ.value) == "العراق"  # where the language is missing, the other
    assert english.key(BBC) == "actor:bbc"
    assert english.attributes(Literal("x", language="en")) == {
        "label": "x", "type": "literal", "language": "en",
    }  # fmt: skip


def test_edges_are_added_up_by_their_ends(store: Store) -> None:
    builder = Builder(Entities(store, "en"), directed=False, multiple=False)
    claim = NamedNode("https://w3id.org/qawl/id/claim/a/b/c")
    builder.edge(BBC, IRAQ, claim, told=False, span=Days("2003-01-01", "2003-01-02"))
    builder.edge(IRAQ, BBC, claim, told=False, span=Days("2003-01-05", None))
    graph = builder.graph({"name": "test"})
    ((*_, data),) = graph.edges(data=True)
    assert (data["weight"], data["claims"], data["start"]) == (1, 1, "2003-01-01")
    assert "end" not in data
    assert graph.graph == {"name": "test"}


def test_facts_are_plain_and_several_are_one_text() -> None:
    assert fact(concept("stance", "certain")) == "certain"
    assert fact(Literal("3", datatype=term("xsd:integer"))) == 3
    assert joined([1]) == 1
    assert joined(["b", "a", 2]) == "2; a; b"


def test_who_endorses_what_it_relays() -> None:
    """One speaks, firmly, through another: the edge goes from the one who relays."""
    builder = Builder(Entities(Store(), "en"), directed=True, multiple=False)
    inner, outer = Voice("urn:i", speakers={IRAQ: None}), Voice("urn:o", speakers={BBC: None})
    from kg.networks.attribution import Chain

    add_attribution(builder, [Chain(NamedNode("urn:c"), True, (inner, outer))])
    graph = builder.graph({})
    assert list(graph.edges(data="endorsed")) == [("actor:bbc", "qplace:iraq", 1)]
    assert graph.nodes["actor:bbc"]["relayed"] == 1
    assert graph.nodes["qplace:iraq"]["own"] == 1
    assert list(chains(Graph(Store()), projection("attribution").text)) == []


def test_filters_are_those_of_the_question() -> None:
    assert {"speaker", "via", "date_from", "article"} <= set(filter_names())
    graph = Graph(Store())
    assert passing_claims(graph, {"speaker": None}) is None
    assert passing_claims(graph, {"date_from": "2003-01-01"}) == frozenset()
    with pytest.raises(ParameterError, match="networks have no filter 'colour'; they have "):
        passing_claims(graph, {"colour": "red"})


def test_attributes_are_flattened() -> None:
    graph = nx.DiGraph()
    graph.add_node(1, day=datetime.date(2003, 3, 20), start="2003-03-20", big=2**40, none=None)
    graph.add_node(2, start="2003", parts=["a", "b"], big=1.5)
    flat = flatten(graph)
    assert [(one.id, dict(one.attributes)) for one in flat.nodes()] == [
        ("1", {"day": "2003-03-20", "start": "2003-03-20", "big": 2**40}),
        ("2", {"start": "2003", "parts": "a; b", "big": 1.5}),
    ]
    assert flat.node_kinds["big"] == "double"
    assert not flat.dated  # "2003" is no day
    with pytest.raises(NetworkError, match="two nodes would both be written as '1'"):
        flatten(nx.Graph([(1, "1")]))
    assert renamed(["id", "id_"], frozenset({"id"})) == {"id": "id__", "id_": "id_"}


def test_the_most_frequent_type_has_the_first_colour() -> None:
    assert colours(["a", "b", "b", ""]) == {"b": PALETTE[0], "": OTHER, "a": PALETTE[1]}
    assert colours(["x", "Contradiction"])["Contradiction"] == PALETTE[5]


def test_widths_grow_with_the_root_of_the_weight() -> None:
    assert width(0, 100) == 1.2
    assert width(25, 100) == 4.6
    assert width(100, 100) == 8.0
    assert width(1, 1) == 2.56  # where all weights are small, lines stay thin


@pytest.mark.parametrize(
    ("weight", "number"),
    [(3, 3.0), ("7.5", 7.5), ("heavy", 1.0), (None, 1.0), (float("inf"), 1.0), ("nan", 1.0)],
)
def test_a_weight_is_a_number(weight: object, number: float) -> None:
    assert weight_of({"weight": weight}) == number
    assert weight_of({}) == 1.0


def test_the_whole_graph_goes_to_a_network_and_back(store: Store) -> None:
    graph = rdf_network(store, Entities(store, "en"), {"name": "rdf"})
    assert set(quads(graph)) == set(store)
    quad = Quad(BBC, term("rdf:type"), IRAQ, NamedNode("urn:g"))
    named = rdf_network([quad], Entities(store, "en"), {})
    ((*_, data),) = named.edges(data=True)
    assert data["named_graph"] == "<urn:g>"
    assert list(quads(named)) == [quad]
    assert all(one.graph_name == DefaultGraph() for one in quads(graph))


def test_rows_are_read_as_they_come(store: Store) -> None:
    graph = Graph(store)
    columns, rows = solutions(graph, f"SELECT ?s {{ ?s a <{PREFIXES['qawl']}Place> }}")
    assert columns == {"s"}
    assert [row["s"] for row in rows] == [IRAQ]
    with pytest.raises(NetworkError, match="asks for yes or no"):
        answer(graph, "ASK {}")
    with pytest.raises(QueryError):
        answer(graph, "SELECT")


@pytest.mark.parametrize(
    ("weights", "kind", "values"),
    [
        (("3", "7.5"), "double", [3, 7.5]),
        (("3", 4), "int", [3, 4]),
        (("-2", "1e3"), "double", [-2, 1000.0]),
        (("3", "heavy"), "string", [3, "heavy"]),
        (("nan", "inf"), "string", ["nan", "inf"]),
    ],
)
def test_a_weight_given_as_text_is_a_number(
    weights: tuple[Any, Any], kind: str, values: list[Any]
) -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight=weights[0])
    graph.add_edge("b", "c", weight=weights[1])
    network = flatten(graph)
    assert network.edge_kinds == {"weight": kind}
    assert [edge.attributes["weight"] for edge in network.edges()] == values
