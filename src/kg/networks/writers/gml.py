"""GML, as its specification has it: ASCII, other letters as numeric references.

networkx reads that back exactly; igraph gives the references as they are written. networkx's own
writer drops our labels, because it keeps the name ``label`` for the node.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.networks.flat import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.networks.flat import Flat
    from kg.networks.node_attributes import Value

__all__ = ["RESERVED", "write"]

#: Names that GML keeps for itself; ``name`` holds the node's own.
RESERVED: Final = frozenset({"id", "name", "source", "target", "graphics"})

_ESCAPE: Final = re.compile('[^ -~]|[&"]')
_NO_KEY: Final = re.compile("[^0-9A-Za-z_]")
# Integers of GML have 32 bits; its reals are exact up to here.
_INT32: Final = 2**31
_EXACT: Final = 2**53


def _quoted(text: str) -> str:
    return f'"{_ESCAPE.sub(lambda found: f"&#{ord(found[0])};", text)}"'


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int):
        if -_INT32 <= value < _INT32:
            return str(value)
        return f"{value}.0" if abs(value) <= _EXACT else _quoted(str(value))
    if isinstance(value, float):
        mantissa, exponent, power = repr(value).upper().partition("E")
        return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}{exponent}{power}"
    return _quoted(value)


def _keys(names: Mapping[str, object], *more: str) -> dict[str, str]:
    """Return attribute names as keys of GML: ASCII letters, digits and underscores."""
    reserved = RESERVED | set(more)
    found: dict[str, str] = {}
    for name, new in renamed(names, reserved).items():
        key = _NO_KEY.sub("_", new)
        key = key if key[:1].isalpha() else f"a{key}"
        while key in found.values() or key.lower() in reserved:
            key += "_"
        found[name] = key
    return found


def _lines(data: Mapping[str, Value], keys: Mapping[str, str], indent: str) -> str:
    return "".join(f"{indent}{keys[name]} {_value(value)}\n" for name, value in data.items())


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    node_keys = _keys(network.node_kinds)
    edge_keys = _keys(network.edge_kinds, "key")
    about = _keys(network.about, "node", "edge", "directed", "multigraph", "label")
    yield f'Creator "Qawl"\ngraph [\n  directed {int(network.directed)}\n'
    if network.multiple:
        yield "  multigraph 1\n"
    yield _lines(network.about, about, "  ")
    numbers = {}
    for number, node in enumerate(network.nodes()):
        numbers[node.id] = number
        data = {"label": node.id, **node.attributes}
        keys = {"label": "label", **node_keys}
        yield f"  node [\n    id {number}\n    name {_quoted(node.id)}\n"
        yield f"{_lines(data, keys, '    ')}  ]\n"
    for number, edge in enumerate(network.edges()):
        yield f"  edge [\n    source {numbers[edge.source]}\n    target {numbers[edge.target]}\n"
        if network.multiple:
            yield f"    key {number}\n"
        yield f"{_lines(edge.attributes, edge_keys, '    ')}  ]\n"
    yield "]\n"
