"""GEXF 1.3, for Gephi: with times where nodes and edges have them, colours, sizes and widths.

networkx's writer knows neither the time of an edge in 1.3's terms nor its ``kind``, fails on
control characters, lists and dates, and builds the whole document in memory; this one streams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.networks.look import OTHER, colours, weight_of, width
from kg.networks.writers.xml_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.networks.flat import Flat, Kind
    from kg.networks.node_attributes import Value

__all__ = ["write"]

_TYPES: Final[Mapping[Kind, str]] = {
    "boolean": "boolean",
    "int": "integer",
    "long": "long",
    "double": "double",
    "string": "string",
}
_TIMES: Final = ("start", "end")
_SMALLEST, _BIGGEST = 10.0, 50.0


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "  <meta>\n    <creator>Qawl</creator>\n"
    )
    if description := network.about.get("description"):
        yield f"    <description>{escaped(str(description))}</description>\n"
    mode = 'mode="static"'
    if network.dated:
        mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
    kind = "directed" if network.directed else "undirected"
    yield f'  </meta>\n  <graph defaultedgetype="{kind}" {mode}>\n'
    inline = _TIMES if network.dated else ()
    node_keys, node_head = _declared("node", network.node_kinds, ("label", *inline))
    edge_keys, edge_head = _declared("edge", network.edge_kinds, ("weight", *inline))
    yield node_head
    yield edge_head
    yield from _nodes(network, node_keys)
    yield from _edges(network, edge_keys)
    yield "  </graph>\n</gexf>\n"


def _declared(
    owner: str, kinds: Mapping[str, Kind], inline: tuple[str, ...]
) -> tuple[dict[str, str], str]:
    """Return the key of each attribute and the element that declares them."""
    keys = {name: str(number) for number, name in enumerate(kinds) if name not in inline}
    lines = "".join(
        f'      <attribute id="{key}" title="{escaped(name)}" type="{_TYPES[kinds[name]]}"/>\n'
        for name, key in keys.items()
    )
    return keys, f'    <attributes class="{owner}">\n{lines}    </attributes>\n'


def _nodes(network: Flat, keys: Mapping[str, str]) -> Iterator[str]:
    paint = colours(str(node.attributes.get("type", "")) for node in network.nodes())
    degrees = dict(network.graph.degree())
    most = max(degrees.values(), default=0) or 1
    sizes = {str(node): degree / most for node, degree in degrees.items()}
    yield f'    <nodes count="{network.graph.number_of_nodes()}">\n'
    for node in network.nodes():
        data = node.attributes
        size = _SMALLEST + (_BIGGEST - _SMALLEST) * sizes[node.id]
        colour = paint[str(data.get("type", ""))]
        label = escaped(str(data.get("label", node.id)))
        yield (
            f'      <node id="{escaped(node.id)}" label="{label}"'
            f"{_time(network, data)}>{_values(data, keys)}{_colour(colour)}"
            f'<viz:size value="{size:.2f}"/></node>\n'
        )
    yield "    </nodes>\n"


def _edges(network: Flat, keys: Mapping[str, str]) -> Iterator[str]:
    ids = {str(node): escaped(str(node)) for node in network.graph}
    kinds = {str(edge.attributes.get("type", "")) for edge in network.edges()}
    paint = colours(kinds) if len(kinds) > 1 else dict.fromkeys(kinds, OTHER)
    heaviest = max((weight_of(edge.attributes) for edge in network.edges()), default=1.0)
    yield f'    <edges count="{network.graph.number_of_edges()}">\n'
    for number, edge in enumerate(network.edges()):
        data = edge.attributes
        weight, kind = weight_of(data), str(data.get("type", ""))
        weighed = f' weight="{weight}"' if "weight" in data else ""
        # What tells parallel edges apart.
        parallel = f' kind="{escaped(kind)}"' if network.multiple and kind else ""
        yield (
            f'      <edge id="{number}" source="{ids[edge.source]}" target="{ids[edge.target]}"'
            f"{weighed}{parallel}{_time(network, data)}>{_values(data, keys)}"
            f'{_colour(paint[kind])}<viz:thickness value="{width(weight, heaviest)}"/></edge>\n'
        )
    yield "    </edges>\n"


def _time(network: Flat, data: Mapping[str, Value]) -> str:
    if not network.dated:
        return ""
    return "".join(f' {name}="{data[name]}"' for name in _TIMES if name in data)


def _values(data: Mapping[str, Value], keys: Mapping[str, str]) -> str:
    parts = []
    for name, value in data.items():
        if (key := keys.get(name)) is not None:
            text = str(value).lower() if type(value) is bool else str(value)
            parts.append(f'<attvalue for="{key}" value="{escaped(text)}"/>')
    return f"<attvalues>{''.join(parts)}</attvalues>" if parts else ""


def _colour(hexadecimal: str) -> str:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
