"""How nodes and edges look, in files and pictures alike: colours by type, widths by weight."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OTHER", "PALETTE", "colours", "width"]

#: Eight colours that people with any kind of colour blindness tell apart (Okabe and Ito, 2008,
#: without black and with a lighter purple), most frequent type first.
PALETTE: Final = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8f7ec7",
)  # fmt: skip
#: What is left when the palette is used up, or has no type.
OTHER: Final = "#999999"

_THINNEST, _WIDEST = 1.0, 8.0


def colours(types: Iterable[str]) -> dict[str, str]:
    """Return a colour for each type, the most frequent first; past the palette all are grey."""
    counted = Counter(types)
    ranked = sorted(counted, key=lambda one: (-counted[one], one))
    return {
        one: PALETTE[rank] if one and rank < len(PALETTE) else OTHER
        for rank, one in enumerate(ranked)
    }


def width(weight: float, heaviest: float) -> float:
    """Return a line's width for a weight, from 1 to 8, growing with its square root."""
    if heaviest <= 0 or weight <= 0:
        return _THINNEST
    return round(_THINNEST + (_WIDEST - _THINNEST) * math.sqrt(weight / heaviest), 2)
