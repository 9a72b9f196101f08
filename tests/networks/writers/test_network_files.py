"""Every projection in every format, and hostile graphs, read back by other programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import network_readers as readers
import networkx as nx
import pyoxigraph
import pytest
from examples import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_readers import Found, found
from programs import Program, need

from kg.errors import KgError, NetworkError, OutputError
from kg.networks import network, projections, quads, write_network
from kg.networks.flat import renamed
from kg.networks.writers import FORMATS, dot, xml_text
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [one.name for one in projections()]


@pytest.fixture(scope="module")
def article() -> Graph:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


@pytest.fixture(scope="module")
def small() -> Graph:
    """Load named and default graphs, Arabic, a number, a blank node: enough for the network rdf."""
    store = pyoxigraph.Store()
    store.load(path=ROOT / "graph" / "authority" / "places.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    store.load(
        b'<urn:a> <urn:p> "\\u0001 \\"x\\" \\\\ <&>"@ar <urn:g> .\n'
        b'<urn:a> <urn:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .\n'
        b"<urn:a> <urn:p> _:b <urn:g> .\n<urn:a> <urn:p> _:b .\n<urn:a> <urn:q> _:b .\n",
        format=pyoxigraph.RdfFormat.N_QUADS,
    )
    return Graph(store)


def same(text: str) -> str:
    return text


def in_dot(text: str) -> str:
    """Return a value as DOT has it: lines are kept, other controls become pictures."""
    return "\n".join(map(dot.storable, text.split("\n")))


def expected(graph: nx.Graph, mend: Any = same, reserved: frozenset[str] = frozenset()) -> Found:
    """Return what a reader is to find: texts as the format holds them, kept names renamed."""

    def value(one: Any) -> Any:
        return mend(one) if isinstance(one, str) else one

    def data(attributes: dict[str, Any]) -> dict[str, Any]:
        return {
            renamed([name], reserved)[name]: value(one)
            for name, one in attributes.items()
            if one is not None
        }

    return found(
        graph.is_directed(),
        ((mend(node), data(attributes)) for node, attributes in graph.nodes(data=True)),
        ((mend(a), mend(b), data(one)) for a, b, one in graph.edges(data=True)),
    )


def without_empty(result: Found) -> Found:
    """Leave out empty texts, false and 0, which igraph does not tell from none."""
    return Found(
        result.directed,
        {k: {n: v for n, v in d.items() if v not in ("", False)} for k, d in result.nodes.items()},
        Counter(
            (a, b, frozenset(pair for pair in data if pair[1] not in ("", False)))
            for (a, b, data), times in result.edges.items()
            for _ in range(times)
        ),
    )


def texts(graph: nx.Graph) -> Found:
    """Return everything as texts, as DOT has it, and with the names that Graphviz leaves to us."""

    def text(one: Any) -> str:
        return str(one).lower() if isinstance(one, bool) else in_dot(str(one))

    def data(attributes: dict[str, Any]) -> dict[str, Any]:
        ours = {"type": "kind", "start": "since", "end": "until"}
        return {ours.get(k, k): text(v) for k, v in attributes.items() if v is not None}

    name = dot.node_name
    edges = Counter(
        (
            *((name(a), name(b)) if graph.is_directed() else sorted((name(a), name(b)))),
            frozenset(data(one).items()),
        )
        for a, b, one in graph.edges(data=True)
    )
    nodes = {name(node): data(one) for node, one in graph.nodes(data=True)}
    return Found(graph.is_directed(), nodes, edges)


def check_files(graph: nx.Graph, folder: Path) -> None:
    """Write a graph in every format but DOT and read it with every reader that there is."""

    def written(name: str, ending: str) -> Path:
        return write_network(graph, folder / f"network{ending}", name)[0]

    xml = expected(graph, xml_text.storable)
    path = written("graphml", ".graphml")
    assert_same(readers.graphml(path), expected(graph, xml_text.storable, frozenset({"id"})))
    assert_same(
        without_empty(readers.igraph_graphml(path)),
        without_empty(expected(graph, xml_text.storable, frozenset({"id"}))),
    )
    labelled = Found(
        xml.directed,
        {key: {"label": key, **data} for key, data in xml.nodes.items()},
        xml.edges,
    )
    assert_same(readers.gexf(written("gexf", ".gexf")), labelled)
    assert_same(
        readers.cyjs(written("cyjs", ".cyjs")),
        expected(
            graph, reserved=frozenset({"id", "name", "parent", "source", "target", "value", "key"})
        ),
    )
    assert_same(
        readers.d3(written("d3", ".json")),
        expected(graph, reserved=frozenset({"id", "source", "target", "key", "x", "y"})),
    )
    check_tables(graph, folder)


def assert_same(result: Found, wanted: Found) -> None:
    assert result.directed == wanted.directed
    assert result.nodes == wanted.nodes
    assert result.edges == wanted.edges


def check_dot(graph: nx.Graph, folder: Path) -> None:
    (path,) = write_network(graph, folder / "network.dot")
    assert_same(readers.dot(path), texts(graph))


def check_tables(graph: nx.Graph, folder: Path) -> None:
    nodes, edges = map(readers.table, write_network(graph, folder / "gephi.csv"))
    assert [row["Id"] for row in nodes] == list(graph)
    for row in nodes:
        assert row["Label"] == str(graph.nodes[row["Id"]].get("label", row["Id"]))
    assert [(row["Source"], row["Target"]) for row in edges] == [(a, b) for a, b in graph.edges()]
    kinds = [str(data.get("type", "")) for *_, data in graph.edges(data=True)]
    assert [row["Kind"] for row in edges] == kinds


@pytest.fixture(params=[(name, lang) for name in NAMES for lang in ("en", "ar")], ids="-".join)
def projection(request: pytest.FixtureRequest, article: Graph, small: Graph) -> nx.Graph:
    name, lang = request.param
    graph = network(name, small if name == "rdf" else article, lang=lang)
    assert any(
        "\u0600" <= letter <= "\u06ff" for _, data in graph.nodes(data=True) for letter in str(data)
    )
    return graph


def test_every_projection_survives_every_format(projection: nx.Graph, tmp_path: Path) -> None:
    check_files(projection, tmp_path)


def test_graphviz_reads_every_projection(projection: nx.Graph, tmp_path: Path) -> None:
    need(Program.GRAPHVIZ)
    check_dot(projection, tmp_path)


HOSTILE = [
    "\x00\x01\x1f\x7f\x85", "\u202eتجربة\u202c", '"', "\\", 'ends in \\', "<&>\"'", "]]>", "&amp;",
    "\n", "\r\n\t", " spaced ", "\ufffe\uffff", "السلام\nعليكم", "\\N", "x" * 10_000, "ق" * 10_000,
    "\U0001f54c", "{}", "=1+1", "#", "'",
]  # fmt: skip
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
values = st.one_of(
    words, st.integers(-(2**40), 2**40), st.booleans(), st.floats(-1e9, 1e9), st.none()
)
keys = st.sampled_from(["note", "since", "amount", "basis"])


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiDiGraph]))
    graph = kind(name="hostile")
    # What differs only in letters that a format cannot hold would be one node there.
    nodes = draw(st.lists(words, min_size=1, max_size=6, unique_by=readable))
    # One kind of value for each attribute: where kinds meet, all become texts (tested apart).
    kinds = {
        key: draw(st.sampled_from([words, st.integers(-(2**40), 2**40), st.booleans()]))
        for key in ("note", "amount")
    }
    for node in nodes:
        data = {key: draw(values) for key, values in kinds.items() if draw(st.booleans())}
        graph.add_node(node, label=draw(words), **data, nothing=None)
    for _ in range(draw(st.integers(0, 6))):
        ends = draw(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)))
        graph.add_edge(*ends, weight=draw(st.integers(1, 9)), type=draw(words))
    return graph


def readable(text: str) -> str:
    return dot.node_name(xml_text.storable(text))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_hostile_text_survives_every_format(graph: nx.Graph, tmp_path_factory: Any) -> None:
    check_files(graph, tmp_path_factory.mktemp("hostile"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_graphviz_reads_hostile_text(graph: nx.Graph, tmp_path_factory: Any) -> None:
    need(Program.GRAPHVIZ)
    check_dot(graph, tmp_path_factory.mktemp("hostile"))


def test_names_that_graphviz_keeps_for_itself(tmp_path: Path) -> None:
    need(Program.GRAPHVIZ)
    graph = nx.DiGraph()
    graph.add_edge("%", "%3", weight=1)
    (path,) = write_network(graph, tmp_path / "percent.dot")
    assert set(readers.dot(path).nodes) == {"\uff05", "\uff053"}


def test_the_whole_graph_comes_back_without_loss(
    small: Graph, article: Graph, tmp_path: Path
) -> None:
    assert set(quads(network("rdf", article))) == set(article.store)
    graph = network("rdf", small)
    assert set(quads(graph)) == set(small.store)
    path = write_network(graph, tmp_path / "whole.json")[0]
    data = json.loads(path.read_text(encoding="utf-8"))
    assert set(quads(nx.node_link_graph(data, edges="links"))) == set(small.store)


def test_quads_of_another_network_are_refused(article: Graph) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", predicate="urn:p")
    with pytest.raises(NetworkError, match=r"a <urn:p> b .*pass the network 'rdf'"):
        list(quads(graph))


def test_what_users_put_in_is_mended(tmp_path: Path) -> None:
    import datetime

    import numpy as np

    graph = nx.DiGraph()
    graph.add_node(
        1, none=None, parts=["a", 2], day=datetime.date(2003, 3, 20), count=np.int64(7),
        infinite=float("inf"), mixed=1, broken="\ud800x", id="own", big=2**70,
    )  # fmt: skip
    graph.add_node(2, mixed="two")
    graph.add_edge(1, 2, weight=np.float64(0.5))
    result = readers.graphml(write_network(graph, tmp_path / "x.graphml")[0])
    assert result.nodes["1"] == {
        "parts": "a; 2", "day": "2003-03-20", "count": 7, "mixed": "1", "broken": "�x",
        "id_": "own", "big": str(2**70),
    }  # fmt: skip
    assert result.edges == Counter({("1", "2", frozenset({("weight", 0.5)})): 1})
    data = json.loads(write_network(graph, tmp_path / "x.cyjs")[0].read_text(encoding="utf-8"))
    assert [node["data"]["id"] for node in data["elements"]["nodes"]] == ["1", "2"]
    assert data["elements"]["nodes"][0]["data"]["id_"] == "own"


def test_gexf_has_times_colours_and_kinds(article: Graph, tmp_path: Path) -> None:
    text = write_network(network("events", article), tmp_path / "e.gexf")[0].read_text("utf-8")
    assert 'mode="dynamic" timeformat="date"' in text
    invasion = next(line for line in text.splitlines() if 'id="qevent:iraq-invasion-2003"' in line)
    assert 'start="2003-03-19" end="2003-03-20"' in invasion
    assert "<viz:color" in invasion
    assert "<viz:size" in invasion
    text = write_network(network("claims", article), tmp_path / "c.gexf")[0].read_text("utf-8")
    edges = [line for line in text.splitlines() if "us-dead-2003-2011" in line and "<edge" in line]
    assert sum('kind="SumRelation"' in line for line in edges) == 2
    assert sum('kind="PartWhole"' in line for line in edges) == 4


def test_a_start_that_is_no_day_is_no_time(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("a", start="soon")
    result = readers.gexf(write_network(graph, tmp_path / "x.gexf")[0])
    assert result.nodes == {"a": {"label": "a", "start": "soon"}}


@pytest.mark.parametrize("name", FORMATS)
def test_files_are_the_same_each_time(name: str, article: Graph, tmp_path: Path) -> None:
    first = write_network(network("attribution", article), tmp_path / "one", name)
    second = write_network(network("attribution", article), tmp_path / "two", name)
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_left_behind_by_what_fails(name: str, tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="empty"):
        write_network(nx.Graph(), tmp_path / "x", name)
    twins = nx.Graph([(1, "1")])
    with pytest.raises(NetworkError, match="two nodes would both be written as '1'"):
        write_network(twins, tmp_path / "x", name)
    with pytest.raises(OutputError, match="cannot be written"):
        write_network(nx.path_graph(2), tmp_path / "none" / "x", name)
    assert list(tmp_path.iterdir()) == []


def test_unknown_endings_and_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"x\.foo: the file extension does not indicate a format"):
        write_network(nx.path_graph(2), tmp_path / "x.foo")
    with pytest.raises(KgError, match="'xls' is not a format of networks"):
        write_network(nx.path_graph(2), tmp_path / "x", "xls")
