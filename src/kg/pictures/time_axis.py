"""Nodes along a time axis: placed by date across, and in lanes so that none overlap."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.networks.days import day_key
from kg.pictures.theme import LIGHT
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import networkx as nx

__all__ = ["Places", "along_time", "ordinal"]

#: In points; a node is about as wide as a step and no higher than a lane.
_WIDTH: Final = 1400.0
_STEP: Final = 215.0
_LANE: Final = 78.0
_MOST_TICKS: Final = 24


def ordinal(day: str) -> int:
    """Return an ISO date as a number of days; years before 1 count 365 days."""
    year, month, dom = day_key(day)
    if year < 1:
        return (year - 1) * 365 + month * 30 + dom
    return datetime.date(year, month, dom).toordinal()


@dataclass(frozen=True, slots=True)
class Places:
    """Positions of nodes in points, and the years that the axis shows."""

    of: dict[object, tuple[float, float]]
    ticks: tuple[tuple[int, float], ...]
    top: float
    undated_at: float | None

    def axis(self, lang: str) -> list[str]:
        """Return the axis as nodes of DOT: a line, a label for each year, and a heading."""
        if not self.ticks:
            return []
        first, last = self.ticks[0][1], self.ticks[-1][1]
        middle, long = (first + last) / 2, (last - first + 20) / 72
        plain = (
            f'shape="plaintext", style="", fontcolor="{LIGHT.muted}", margin="0", height="0.2", '
            'width="0.1"'
        )
        at = f"{middle:.1f},{self.top + 14:.1f}"
        line = (
            f'  axis [label="", shape="box", style="filled", fillcolor="{LIGHT.line}", '
            f'pos="{at}", width="{long:.2f}", height="0.02", fixedsize="true", penwidth="0"];'
        )
        found = [line]
        found += [
            f'  tick{number} [label="{year}", {plain}, pos="{x:.1f},{self.top + 28:.1f}"];'
            for number, (year, x) in enumerate(self.ticks)
        ]
        if self.undated_at is not None:
            found.append(
                f'  undated [label="{wording("pictures.axis", lang)["undated"]}", {plain}, '
                f'pos="{last if lang == "ar" else first:.1f},{self.undated_at:.1f}"];'
            )
        return found


def along_time(network: nx.Graph) -> Places:
    """Return positions for the nodes of a network from their ``start`` and ``end``.

    Time runs to the right, in Arabic to the left. Nodes without dates are placed in rows below.
    """
    mirrored = network.graph.get("lang") == "ar"
    days = {}
    for node, data in network.nodes(data=True):
        known = [ordinal(str(data[name])) for name in ("start", "end") if name in data]
        if known:
            days[node] = sum(known) / len(known)
    ticks, across = _scale(tuple(days.values()), mirrored=mirrored)
    places, lanes = _in_lanes({node: across(day) for node, day in days.items()})
    below = -_LANE * (lanes - 0.2)
    undated = [node for node in _in_pairs(network) if node not in days]
    row = max(1, int(_WIDTH // _STEP))
    for number, node in enumerate(undated):
        x = _STEP * (number % row) + _STEP / 2
        places[node] = (_WIDTH - x if mirrored else x, below - _LANE * (number // row) - _LANE / 2)
    return Places(places, ticks, _LANE / 2, below if undated and days else None)


def _scale(
    days: Sequence[float], *, mirrored: bool
) -> tuple[tuple[tuple[int, float], ...], Callable[[float], float]]:
    """Return the years on the axis with their positions, and a function from days to positions."""
    if not days:
        return (), lambda day: day
    years = [datetime.date.fromordinal(max(1, round(day))).year for day in days]
    first, last = min(years), min(max(years) + 1, 9999)
    start = ordinal(f"{first:04d}-01-01")
    span = max(1, ordinal(f"{last:04d}-01-01") - start)

    def across(day: float) -> float:
        x = (day - start) / span * _WIDTH
        return _WIDTH - x if mirrored else x

    step = max(1, (max(years) + 1 - first) // _MOST_TICKS + 1)
    shown = range(first, last + 1, step)
    ticks = tuple((year, across(ordinal(f"{year:04d}-01-01"))) for year in shown)
    return (ticks[::-1] if mirrored else ticks), across


def _in_lanes(
    across: Mapping[object, float],
) -> tuple[dict[object, tuple[float, float]], int]:
    """Return lanes for nodes that would otherwise overlap, and the number of lanes."""
    places: dict[object, tuple[float, float]] = {}
    lanes: list[float] = []
    for node in sorted(across, key=lambda one: (across[one], str(one))):
        x = across[node]
        lane = next((n for n, until in enumerate(lanes) if x - until >= _STEP), len(lanes))
        if lane == len(lanes):
            lanes.append(x)
        lanes[lane] = x
        places[node] = (x, -_LANE * lane)
    return places, len(lanes)


def _in_pairs(network: nx.Graph) -> list[object]:
    """Return the nodes ordered so that connected ones are adjacent, the earlier first."""
    found: dict[object, None] = {}
    for source, target in network.edges():
        found[source] = None
        found[target] = None
    return [*found, *(node for node in network if node not in found)]
