"""DOT, for Graphviz. networkx needs another package to write it, and does not quote enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.networks.flat import Flat
    from kg.networks.node_attributes import Value

__all__ = ["node_name", "quoted", "storable", "write"]

# Graphviz is written in C: a NUL ends its strings, and its lexer drops some line ends.
_CONTROLS: Final = {code: 0x2400 + code for code in range(0x20) if code != 0x09}
# Graphviz 2 refuses strings of more than 16 kB; a sum of shorter ones it takes.
_LONGEST: Final = 2000
_SPECIAL: Final = re.compile('[\\\\"\x00-\x1f]')
#: Attributes that mean something else to Graphviz than to us.
_OURS: Final = {"type": "kind", "end": "until", "start": "since"}


def storable(text: str) -> str:
    """Return a text as valid in a DOT name: control characters become control pictures."""
    return text.translate(_CONTROLS)


def node_name(text: str) -> str:
    """Return a text as a valid DOT node name.

    Graphviz reserves names that begin with %, so the sign becomes its full-width form.
    """
    return storable(f"\uff05{text[1:]}" if text.startswith("%") else text)


def _escaped(text: str) -> str:
    return storable(text).replace("\\", "\\\\").replace('"', '\\"')


def quoted(text: str, escape: Callable[[str], str] = _escaped) -> str:
    """Return a name as a quoted DOT string, with backslashes doubled as labels require."""
    if len(text) <= _LONGEST:
        return f'"{escape(text) if _SPECIAL.search(text) else text}"'
    parts = (text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST))
    return " + ".join(f'"{escape(part)}"' for part in parts)


def _lines(text: str) -> str:
    """Escape a text of several lines, using the line-end escape of labels."""
    return "\\n".join(map(_escaped, text.split("\n")))


def _text(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value, _lines)
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'


def _attributes(data: Mapping[str, Value]) -> str:
    pairs = (f"{quoted(_OURS.get(name, name))}={_text(data[name])}" for name in data)
    return f" [{', '.join(pairs)}]" if data else ""


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    kind, arrow = ("digraph", "->") if network.directed else ("graph", "--")
    yield f"{kind} {quoted(node_name(str(network.about.get('name', ''))))} {{\n"
    for name, value in network.about.items():
        yield f"  {quoted(name)}={_text(value)};\n"
    for node in network.nodes():
        yield f"  {quoted(node_name(node.id))}{_attributes(node.attributes)};\n"
    for edge in network.edges():
        ends = f"{quoted(node_name(edge.source))} {arrow} {quoted(node_name(edge.target))}"
        yield f"  {ends}{_attributes(edge.attributes)};\n"
    yield "}\n"
