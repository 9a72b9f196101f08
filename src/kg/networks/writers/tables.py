"""Two CSV tables, of nodes and of edges, for Gephi."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kg.networks.flat import renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.networks.flat import Flat
    from kg.networks.node_attributes import Value

__all__ = ["gephi_edges", "gephi_nodes"]

#: Columns that Gephi knows by name, in any case of letters.
_GEPHI: Final = frozenset(
    {"id", "label", "source", "target", "type", "weight", "kind", "timeset", "interval"}
)


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

    Type says directed or undirected; Kind is our ``type``, which distinguishes parallel edges.
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
