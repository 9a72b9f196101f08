"""Readers of other programs, each giving back what it found as plain values."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

Attributes = frozenset[tuple[str, Any]]


@dataclass(frozen=True)
class Found:
    """Nodes with their attributes, and edges as a multiset (ends sorted where undirected)."""

    directed: bool
    nodes: dict[str, dict[str, Any]]
    edges: Counter[tuple[str, str, Attributes]]


def number(value: Any) -> Any:
    """Return whole floats as integers: several formats have one kind of number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def found(
    directed: bool,
    nodes: Iterable[tuple[str, dict[str, Any]]],
    edges: Iterable[tuple[str, str, dict[str, Any]]],
) -> Found:
    return Found(
        directed,
        {key: {name: number(value) for name, value in data.items()} for key, data in nodes},
        Counter(
            (
                *((source, target) if directed else sorted((source, target))),
                frozenset((name, number(value)) for name, value in data.items()),
            )
            for source, target, data in edges
        ),
    )


def of_networkx(graph: nx.Graph, *drop: str) -> Found:
    return found(
        graph.is_directed(),
        (
            (node, {k: v for k, v in data.items() if k not in drop})
            for node, data in graph.nodes(data=True)
        ),
        (
            (one, other, {k: v for k, v in data.items() if k not in drop})
            for one, other, data in graph.edges(data=True)
        ),
    )


def of_igraph(graph: igraph.Graph, name: str, *drop: str) -> Found:
    def present(data: dict[str, Any]) -> dict[str, Any]:
        # igraph has a value of every attribute for every node: an empty text, false or nan is none.
        return {
            key: value
            for key, value in data.items()
            if key not in {name, *drop}
            and value not in ("", None)
            and value is not False
            and value == value
        }

    ids = graph.vs[name]
    return found(
        graph.is_directed(),
        zip(ids, (present(one.attributes()) for one in graph.vs), strict=True),
        ((ids[one.source], ids[one.target], present(one.attributes())) for one in graph.es),
    )


def graphml(path: Path) -> Found:
    return of_networkx(nx.read_graphml(path))


def igraph_graphml(path: Path) -> Found:
    graph = igraph.Graph.Read_GraphML(str(path))
    # igraph leaves an ampersand in an XML id as the reference &#38;
    graph.vs["id"] = [one.replace("&#38;", "&") for one in graph.vs["id"]]
    return of_igraph(graph, "id")


def gexf(path: Path) -> Found:
    """Read with networkx, which keeps viz as a dict and the edges' ids; valid GEXF 1.3 first."""
    validate_gexf(path)
    graph = nx.read_gexf(path, version="1.3")
    for *_, data in graph.edges(data=True):
        data.pop("id")
        data.pop("viz", None)
    return of_networkx(graph, "viz")


_RNG = etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf-1.3.rng")))


def validate_gexf(path: Path) -> None:
    document = etree.parse(path, etree.XMLParser(huge_tree=True))
    assert _RNG.validate(document), _RNG.error_log


def cyjs(path: Path) -> Found:
    graph = nx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8")))
    return of_networkx(graph, "id", "name", "value", "source", "target", "key")


def d3(path: Path) -> Found:
    data = json.loads(path.read_text(encoding="utf-8"))
    return of_networkx(nx.node_link_graph(data, edges="links"))


def dot(path: Path) -> Found:
    """Let Graphviz parse the file and tell what it found, as texts."""
    # patchwork, because it lays out in no time and needs no positions.
    done = subprocess.run(
        ["dot", "-Kpatchwork", "-Tdot_json", str(path)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout, strict=False)

    def plain(one: dict[str, Any]) -> dict[str, Any]:
        left_out = {"_gvid", "tail", "head", "name", "shape"}
        return {
            unquoted(name): unquoted(value)
            for name, value in one.items()
            # What Graphviz shows where there is no label.
            if name not in left_out and (name, value) != ("label", "\\N")
        }

    names = [unquoted(one["name"]) for one in data.get("objects", ())]

    def ends(one: dict[str, Any]) -> tuple[str, str]:
        return names[one["tail"]], names[one["head"]]

    return Found(
        data["directed"],
        {unquoted(one["name"]): plain(one) for one in data.get("objects", ())},
        Counter(
            (
                *(ends(one) if data["directed"] else sorted(ends(one))),
                frozenset(plain(one).items()),
            )
            for one in data.get("edges", ())
        ),
    )


def unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
