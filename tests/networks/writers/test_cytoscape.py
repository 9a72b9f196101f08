"""Cytoscape.js, in a browser, loads what is written for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from browser import run_in_page
from examples import ROOT
from node_packages import need_node_package
from programs import Program, need

from kg.networks import network, projections, write_network
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    from pathlib import Path

SMALL = [one.name for one in projections() if one.name != "rdf"]


@pytest.fixture(scope="module")
def library() -> str:
    need(Program.CHROMIUM)
    folder = need_node_package("cytoscape", "3") / "node_modules" / "cytoscape"
    return (folder / "dist" / "cytoscape.umd.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article() -> Graph:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


def loaded(library: str, documents: dict[str, Any], folder: Path) -> Any:
    """Return what Cytoscape.js has after loading each document: the data of its elements."""
    data = json.dumps(documents, ensure_ascii=True).replace("<", "\\u003c")
    scripts = f"<script>{library}</script><script>window.given = {data};</script>"
    page = f"<!DOCTYPE html><body>{scripts}</body>"
    return run_in_page(
        page,
        """const found = {};
        for (const [name, document] of Object.entries(window.given)) {
          const cy = cytoscape({headless: true, elements: document.elements, data: document.data});
          found[name] = {nodes: cy.nodes().map((one) => one.data()),
                         edges: cy.edges().map((one) => one.data()), data: cy.data()};
        }
        return found;""",
        folder,
    )


def test_cytoscape_loads_every_network(library: str, article: Graph, tmp_path: Path) -> None:
    networks = {name: network(name, article, lang="ar") for name in SMALL}
    hostile = nx.MultiDiGraph()
    hostile.add_node('"\\', label="\x00\u202e</script>", id="own", parent="nobody")
    hostile.add_node("ب", label="ق" * 10_000)
    hostile.add_edge('"\\', "ب", weight=1, id="mine", source="theirs")
    hostile.add_edge('"\\', "ب", weight=2)
    networks["hostile"] = hostile
    documents = {}
    for name, graph in networks.items():
        path = write_network(graph, tmp_path / f"{name}.cyjs")[0]
        documents[name] = json.loads(path.read_text(encoding="utf-8"))
    found = loaded(library, documents, tmp_path)
    for name, graph in networks.items():
        seen = {one["id"]: one for one in found[name]["nodes"]}
        assert set(seen) == set(graph), name
        for node, data in graph.nodes(data=True):
            kept = {"id": "id_", "parent": "parent_"}
            for key, value in data.items():
                assert seen[node][kept.get(key, key)] == value
        ends = sorted((one["source"], one["target"], one["weight"]) for one in found[name]["edges"])
        assert ends == sorted((a, b, data["weight"]) for a, b, data in graph.edges(data=True))
    assert found["attribution"]["data"]["title"] == "من ينقل عمن"
