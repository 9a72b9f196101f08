"""Who relays whom as a drawing: articles on one side, those they relay next to them, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.networks.look import width
from kg.wording import listed, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.display.relays import Relay
    from kg.display.voices import Voice
    from kg.wording import Language

__all__ = ["Drawing", "relay_drawing"]

#: In points.
_COLUMN: Final = 330.0
_ROW: Final = 36.0
_MARGIN: Final = 24.0
_LABEL: Final = 290.0
_LONGEST: Final = 38


@dataclass(frozen=True, slots=True)
class _Node:
    x: float
    y: float
    text_x: float
    at_end: bool
    label: str


@dataclass(frozen=True, slots=True)
class _Edge:
    number: int
    path: str
    width: float
    inferred: bool
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges with their places; an edge has the number of its relay, from 1."""

    width: float
    height: float
    nodes: tuple[_Node, ...]
    edges: tuple[_Edge, ...]


def _label(voice: Voice, language: Language) -> str:
    named = (voice.source,) if voice.is_article and voice.source else voice.who
    return listed((one.best(language) for one in named), language)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def relay_drawing(relays: Sequence[Relay], language: Language) -> Drawing:
    """Return the drawing; in Arabic it runs from right to left."""
    columns: dict[str, int] = {}
    voices: dict[str, Voice] = {}
    for one in relays:
        for voice, depth in ((one.outer, one.depth), (one.inner, one.depth + 1)):
            columns[voice.key] = max(columns.get(voice.key, 0), depth)
            voices[voice.key] = voice
    deepest = max(columns.values(), default=0)
    total = _MARGIN * 2 + deepest * _COLUMN + _LABEL
    mirrored = language == "ar"
    rows: dict[int, int] = {}
    nodes: dict[str, _Node] = {}
    for key, column in columns.items():
        row = rows[column] = rows.get(column, 0) + 1
        x = _MARGIN + column * _COLUMN
        x = total - x if mirrored else x
        label = _short(_label(voices[key], language))
        text_x = x - 10 if mirrored else x + 10
        # In SVG, the anchor "start" of right-to-left text is its right end.
        nodes[key] = _Node(x, _MARGIN + (row - 1) * _ROW, text_x, at_end=False, label=label)
    heaviest = max((len(one.claims) for one in relays), default=1)
    words = wording("web.boards", language)
    edges = tuple(
        _Edge(
            number,
            _curve(nodes[one.outer.key], nodes[one.inner.key]),
            width(len(one.claims), heaviest),
            one.inferred == len(one.claims),
            f"{_label(one.outer, language)} {words['relays']} {_label(one.inner, language)}: "
            f"{words.counted('quotes', len(one.claims))}",
        )
        for number, one in enumerate(relays, 1)
        if one.outer.key != one.inner.key
    )
    height = _MARGIN * 2 + max(rows.values(), default=1) * _ROW
    return Drawing(total, height, tuple(nodes.values()), edges)


def _curve(one: _Node, other: _Node) -> str:
    middle = (one.x + other.x) / 2
    return (
        f"M{one.x:g},{one.y:g} C{middle:g},{one.y:g} {middle:g},{other.y:g} {other.x:g},{other.y:g}"
    )
