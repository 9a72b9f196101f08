"""The two JSON formats: Cytoscape's ``cyjs`` and the node-link form of D3.

networkx's ``cytoscape_data`` lets an attribute called ``id`` overwrite the node's own; its
``node_link_data`` is right for clean attributes, but holds every element twice. Both are written
here element by element.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kg.networks.flat import renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.networks.flat import Flat
    from kg.networks.node_attributes import Value

__all__ = ["CYTOSCAPE", "D3", "cyjs", "d3"]

#: Names that Cytoscape keeps, and networkx (``value``, ``key``); ``parent`` makes a compound node.
CYTOSCAPE: Final = frozenset({"id", "name", "parent", "source", "target", "value", "key"})
#: Names that the node-link form keeps; D3 adds index, x, y, vx and vy when it lays out.
D3: Final = frozenset({"id", "source", "target", "key", "index", "x", "y", "vx", "vy"})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _listed(parts: Iterable[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield f"{',' if number else ''}\n    {part}"


def _named(data: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    return {names[name]: value for name, value in data.items()}


def cyjs(network: Flat) -> Iterator[str]:
    """Return a Cytoscape document, part by part."""
    node_names = renamed(network.node_kinds, CYTOSCAPE)
    edge_names = renamed(network.edge_kinds, CYTOSCAPE)
    yield (
        '{\n  "format_version": "1.0",\n  "generated_by": "qawl",\n'
        '  "target_cytoscapejs_version": "~3.0",\n'
        f'  "directed": {_json(network.directed)},\n  "multigraph": {_json(network.multiple)},\n'
        f'  "data": {_json(dict(network.about))},\n  "elements": {{\n  "nodes": ['
    )
    yield from _listed(
        _json(
            {
                "data": {
                    "id": node.id,
                    "name": str(node.attributes.get("label", node.id)),
                    "value": node.id,
                    **_named(node.attributes, node_names),
                }
            }
        )
        for node in network.nodes()
    )
    yield '\n  ],\n  "edges": ['
    yield from _listed(
        _json(
            {
                "data": {
                    "id": f"e{number}",
                    "source": edge.source,
                    "target": edge.target,
                    **({"key": number} if network.multiple else {}),
                    **_named(edge.attributes, edge_names),
                }
            }
        )
        for number, edge in enumerate(network.edges())
    )
    yield "\n  ]\n  }\n}\n"


def d3(network: Flat) -> Iterator[str]:
    """Return a node-link document, part by part."""
    node_names, edge_names = renamed(network.node_kinds, D3), renamed(network.edge_kinds, D3)
    yield (
        f'{{\n  "directed": {_json(network.directed)},\n'
        f'  "multigraph": {_json(network.multiple)},\n'
        f'  "graph": {_json(dict(network.about))},\n  "nodes": ['
    )
    yield from _listed(
        _json({"id": node.id, **_named(node.attributes, node_names)}) for node in network.nodes()
    )
    yield '\n  ],\n  "links": ['
    for number, edge in enumerate(network.edges()):
        ends: dict[str, Value] = {"source": edge.source, "target": edge.target}
        if network.multiple:
            ends["key"] = number
        data = _json({**ends, **_named(edge.attributes, edge_names)})
        yield f"{',' if number else ''}\n    {data}"
    yield "\n  ]\n}\n"
