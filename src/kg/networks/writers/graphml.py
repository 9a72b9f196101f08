"""GraphML, for yEd, Gephi, Cytoscape, igraph and networkx.

networkx's writer fails on ``None``, lists and dates, writes control characters that no parser
accepts, and builds the whole document in memory; this one streams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.networks.flat import renamed
from kg.networks.writers.xml_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.networks.flat import Flat, Kind
    from kg.networks.node_attributes import Value

__all__ = ["RESERVED", "write"]

#: igraph keeps ``id`` for the XML id of a node or edge.
RESERVED: Final = frozenset({"id"})

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    keys: dict[str, dict[str, str]] = {}
    yield _HEAD
    number = 0
    about: dict[str, Kind] = dict.fromkeys(network.about, "string")
    for owner, kinds in (
        ("graph", about),
        ("node", network.node_kinds),
        ("edge", network.edge_kinds),
    ):
        names = renamed(kinds, RESERVED)
        keys[owner] = {}
        for name, kind in kinds.items():
            keys[owner][name] = key = f"d{number}"
            number += 1
            yield (
                f'  <key id="{key}" for="{owner}" attr.name="{escaped(names[name])}"'
                f' attr.type="{kind}"/>\n'
            )
    yield f'  <graph id="G" edgedefault="{"directed" if network.directed else "undirected"}">\n'
    yield from (f"    {line}\n" for line in _data(network.about, keys["graph"]))
    ids = {}
    of_node = keys["node"]
    for node in network.nodes():
        ids[node.id] = name = escaped(node.id)
        data = "".join(_data(node.attributes, of_node))
        yield f'    <node id="{name}">{data}</node>\n'
    of_edge = keys["edge"]
    for edge in network.edges():
        data = "".join(_data(edge.attributes, of_edge))
        yield f'    <edge source="{ids[edge.source]}" target="{ids[edge.target]}">{data}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(attributes: Mapping[str, Value], keys: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if type(value) is str:
            text = escaped(value)
        else:
            text = str(value).lower() if type(value) is bool else str(value)
        yield f'<data key="{keys[name]}">{text}</data>'
