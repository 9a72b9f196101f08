"""DOT, for Graphviz. networkx needs another package to write it, and quotes too little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.networks.entities import Value
    from kg.networks.flat import Flat

__all__ = ["quoted", "write"]

# Graphviz is written in C: a NUL ends its strings, and other controls end in its output.
_CONTROLS: Final = {code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}}
_SPECIAL: Final = re.compile('[\\\\"\x00-\x1f]')
#: Attributes that mean something else to Graphviz than to us.
_OURS: Final = {"type": "kind", "end": "until", "start": "since"}


def quoted(text: str) -> str:
    """Return a text as a quoted string of DOT, backslashes doubled as labels read them."""
    if _SPECIAL.search(text):
        text = text.translate(_CONTROLS).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _attributes(data: Mapping[str, Value]) -> str:
    pairs = (f"{quoted(_OURS.get(name, name))}={quoted(_text(data[name]))}" for name in data)
    return f" [{', '.join(pairs)}]" if data else ""


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    kind, arrow = ("digraph", "->") if network.directed else ("graph", "--")
    yield f"{kind} {quoted(str(network.about.get('name', '')))} {{\n"
    for name, value in network.about.items():
        yield f"  {quoted(name)}={quoted(_text(value))};\n"
    for node in network.nodes():
        yield f"  {quoted(node.id)}{_attributes(node.attributes)};\n"
    for edge in network.edges():
        ends = f"{quoted(edge.source)} {arrow} {quoted(edge.target)}"
        yield f"  {ends}{_attributes(edge.attributes)};\n"
    yield "}\n"
