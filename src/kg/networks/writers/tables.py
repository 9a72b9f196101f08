"""Two CSV tables, of nodes and of edges: for Gephi, and for ``neo4j-admin database import``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kg.networks.flat import renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.networks.flat import Flat, Kind
    from kg.networks.node_attributes import Value

__all__ = ["gephi_edges", "gephi_nodes", "neo4j_nodes", "neo4j_relationships"]

#: Columns that Gephi knows by name, in any case of letters.
_GEPHI: Final = frozenset(
    {"id", "label", "source", "target", "type", "weight", "kind", "timeset", "interval"}
)
_NEO4J: Final[Mapping[Kind, str]] = {
    "boolean": "boolean",
    "int": "int",
    "long": "long",
    "double": "double",
    "string": "string",
}
_NO_PROPERTY: Final = str.maketrans({":": "_", "{": "_", "}": "_"})


def _table(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(head)
    for row in rows:
        table.writerow([str(one).lower() if isinstance(one, bool) else one for one in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def gephi_nodes(network: Flat) -> Iterator[str]:
    """Return Gephi's table of nodes: Id, Label and the other attributes."""
    others = [name for name in network.node_kinds if name != "label"]
    # "type" means something to Gephi in the table of edges alone.
    names = renamed(others, _GEPHI - {"type", "weight"})
    return _table(
        ["Id", "Label", *(names[name] for name in others)],
        (
            [
                node.id,
                node.attributes.get("label", node.id),
                *(node.attributes.get(name, "") for name in others),
            ]
            for node in network.nodes()
        ),
    )


def gephi_edges(network: Flat) -> Iterator[str]:
    """Return Gephi's table of edges: Source, Target, Type, Kind, Label, Weight and the others.

    Type says directed or undirected; Kind is our ``type``, which tells parallel edges apart.
    """
    known = ("type", "type_label", "weight")
    others = [name for name in network.edge_kinds if name not in known]
    names = renamed(others, _GEPHI)
    direction = "Directed" if network.directed else "Undirected"
    return _table(
        ["Source", "Target", "Type", "Kind", "Label", "Weight", *(names[name] for name in others)],
        (
            [
                edge.source,
                edge.target,
                direction,
                edge.attributes.get("type", ""),
                edge.attributes.get("type_label", ""),
                edge.attributes.get("weight", 1),
                *(edge.attributes.get(name, "") for name in others),
            ]
            for edge in network.edges()
        ),
    )


def _properties(network: Flat, kinds: Mapping[str, Kind]) -> list[str]:
    """Return property columns with their types; times are dates where all of them are."""
    names = renamed(kinds, frozenset({"id"}))
    return [
        f"{names[name].translate(_NO_PROPERTY)}:"
        f"{'date' if network.dated and name in {'start', 'end'} else _NEO4J[kind]}"
        for name, kind in kinds.items()
    ]


def neo4j_nodes(network: Flat) -> Iterator[str]:
    """Return the table of nodes: an id, properties with their types, and the label."""
    kinds = {name: kind for name, kind in network.node_kinds.items() if name != "type"}
    return _table(
        ["id:ID", *_properties(network, kinds), ":LABEL"],
        (
            [
                node.id,
                *(node.attributes.get(name, "") for name in kinds),
                node.attributes.get("type", "Node"),
            ]
            for node in network.nodes()
        ),
    )


def neo4j_relationships(network: Flat) -> Iterator[str]:
    """Return the table of relationships: both ends, properties with their types, and the type."""
    kinds = {name: kind for name, kind in network.edge_kinds.items() if name != "type"}
    name_of_all = str(network.about.get("name", "edge"))
    return _table(
        [":START_ID", *_properties(network, kinds), ":END_ID", ":TYPE"],
        (
            [
                edge.source,
                *(edge.attributes.get(name, "") for name in kinds),
                edge.target,
                edge.attributes.get("type", name_of_all),
            ]
            for edge in network.edges()
        ),
    )
