"""Pajek ``.net``: labels, weights and types; the format has no other attributes.

It has no escapes either, and readers disagree on quotation marks and backslashes inside a label:
these become ``”`` and ``∖``, line ends become spaces and other control characters their pictures,
so that two ids stay two. networkx's writer does none of this and leaves numbers out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.networks.flat import Flat

__all__ = ["storable", "write"]

_UNWRITABLE: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(32)},
    **dict.fromkeys((9, 10, 13, *range(127, 160), 8232, 8233), " "),
    ord('"'): "”",
    ord("\\"): "∖",
}


def storable(text: str) -> str:
    """Return a text as Pajek can hold it."""
    return text.translate(_UNWRITABLE).strip()


def _labels(network: Flat) -> dict[str, str]:
    """Return a label for each node; where several share one, their ids are added."""
    labels = {
        node.id: storable(str(node.attributes.get("label", node.id))) for node in network.nodes()
    }
    often = Counter(labels.values())
    return {
        name: label if label and often[label] == 1 else storable(f"{label} [{name}]")
        for name, label in labels.items()
    }


def write(network: Flat) -> Iterator[str]:
    """Return the document, part by part."""
    labels = _labels(network)
    numbers = {name: number for number, name in enumerate(labels, 1)}
    yield f"*Vertices {len(labels)}\n"
    for name, number in numbers.items():
        yield f'{number} "{labels[name]}"\n'
    yield "*Arcs\n" if network.directed else "*Edges\n"
    for edge in network.edges():
        data = edge.attributes
        weight = data.get("weight", 1)
        weight = weight if isinstance(weight, int | float) else 1
        kind = storable(str(data.get("type", "")))
        label = f' l "{kind}"' if kind else ""
        yield f"{numbers[edge.source]} {numbers[edge.target]} {float(weight)}{label}\n"
