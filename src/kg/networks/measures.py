"""Measures of any network: degree, betweenness, PageRank and communities of its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.networks.look import weight_of
from kg.sparql.terminal import isolate, render_table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["NodeMeasures", "add_measures", "measure_network", "measures_text"]

#: Betweenness of more nodes than this is estimated from so many of them.
_EXACT: Final = 2000
_SAMPLE: Final = 500
_SHOWN: Final = 20
#: PageRank: how often one goes on along an edge, and when its rounds end.
_DAMPING: Final = 0.85
_MOST_ROUNDS: Final = 100
_PRECISE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """Measures of one node. Communities are numbered from 1, the largest first."""

    node: str
    label: str
    degree: int
    in_degree: int
    out_degree: int
    betweenness: float
    pagerank: float
    community: int


def measures_text(nodes: tuple[NodeMeasures, ...]) -> str:
    """Return a table for a terminal, the highest PageRank first."""
    ranked = sorted(nodes, key=lambda one: (-one.pagerank, one.node))[:_SHOWN]
    rows = [
        [
            isolate(one.label),
            str(one.degree),
            f"{one.betweenness:.3f}",
            f"{one.pagerank:.3f}",
            str(one.community),
        ]
        for one in ranked
    ]
    table = render_table(["node", "degree", "betweenness", "pagerank", "community"], rows, 10_000)
    more = f"; the {_SHOWN} with the highest PageRank are shown" if len(nodes) > _SHOWN else ""
    return f"{table}\n({len(nodes)} nodes{more})"


def add_measures(network: nx.Graph, nodes: tuple[NodeMeasures, ...]) -> None:
    """Add measures to a network as node attributes."""
    for node, one in zip(network, nodes, strict=True):
        network.nodes[node].update(
            degree=one.degree,
            betweenness=one.betweenness,
            pagerank=one.pagerank,
            community=one.community,
        )


def measure_network(network: nx.Graph) -> tuple[NodeMeasures, ...]:
    """Return the measures of each node of any network, weighted if edges have a weight.

    Betweenness counts steps, not weights; in networks of more than 2,000 nodes it is an estimate.
    """
    import networkx as nx

    simple = _summed(network)
    plain = _summed(network.to_undirected(as_view=True))
    sample = _SAMPLE if len(simple) > _EXACT else None
    betweenness = nx.betweenness_centrality(simple, k=sample, seed=1)
    pagerank = _pagerank(simple)
    groups = nx.community.louvain_communities(plain, weight="weight", seed=1)
    ranked = sorted(groups, key=lambda group: (-len(group), min(map(str, group))))
    community = {node: number for number, group in enumerate(ranked, 1) for node in group}
    degree = dict(network.degree())
    into = dict(network.in_degree()) if network.is_directed() else degree
    out = dict(network.out_degree()) if network.is_directed() else degree
    return tuple(
        NodeMeasures(
            str(node),
            str(data.get("label", node)),
            degree[node],
            into[node],
            out[node],
            betweenness[node],
            pagerank[node],
            community[node],
        )
        for node, data in network.nodes(data=True)
    )


def _pagerank(network: nx.Graph) -> dict[object, float]:
    """Return the PageRank of each node (Page and others, 1999), by repeated multiplication.

    networkx's own implementation needs numpy and scipy, which are many times the size of Qawl.
    """
    size = len(network)
    directed = network if network.is_directed() else network.to_directed()
    out = dict(directed.out_degree(weight="weight"))
    edges = [
        (source, target, _DAMPING * weight / out[source])
        for source, target, weight in directed.edges(data="weight")
        if out[source]
    ]
    sinks = [node for node in network if not out[node]]
    rank: dict[object, float] = dict.fromkeys(network, 1 / size)
    for _ in range(_MOST_ROUNDS):
        shared = (1 - _DAMPING + _DAMPING * sum(rank[node] for node in sinks)) / size
        new = dict.fromkeys(network, shared)
        for source, target, share in edges:
            new[target] += share * rank[source]
        change = sum(abs(new[node] - rank[node]) for node in network)
        rank = new
        if change < _PRECISE:
            break
    return rank


def _summed(network: nx.Graph) -> nx.Graph:
    """Return a network with parallel edges added up, and none from a node to itself.

    Otherwise someone who quotes their own words would rank above everyone whom others quote.
    """
    import networkx as nx

    found = nx.DiGraph() if network.is_directed() else nx.Graph()
    found.add_nodes_from(network)
    for source, target, data in network.edges(data=True):
        if source != target:
            before = found.get_edge_data(source, target, {"weight": 0.0})["weight"]
            found.add_edge(source, target, weight=before + weight_of(data))
    return found
