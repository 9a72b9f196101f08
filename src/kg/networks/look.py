"""The appearance of nodes and edges in files and pictures: colours by type, widths by weight."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["OTHER", "PALETTE", "colours", "weight_of", "width"]

#: Eight colours that people with any kind of colour blindness tell apart (Okabe and Ito, 2008,
#: without black and with a lighter purple), most frequent type first.
PALETTE: Final = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8f7ec7",
)  # fmt: skip
#: What is left when the palette is used up, or has no type.
OTHER: Final = "#999999"

#: Types whose colour says something: a contradiction is red wherever it stands.
_FIXED: Final = {"Contradiction": "#d55e00"}
_THINNEST, _WIDEST = 1.2, 8.0
# Where all weights are small, lines stay thin.
_LEAST_HEAVY: Final = 25.0


def colours(types: Iterable[str]) -> dict[str, str]:
    """Return a colour for each type, the most frequent first; beyond the palette, grey."""
    counted = Counter(types)
    taken = {_FIXED[one] for one in counted if one in _FIXED}
    free = [colour for colour in PALETTE if colour not in taken]
    found: dict[str, str] = {}
    for one in sorted(counted, key=lambda one: (-counted[one], one)):
        found[one] = _FIXED.get(one) or (free.pop(0) if one and free else OTHER)
    return found


def weight_of(data: Mapping[str, object]) -> float:
    """Return the weight of an edge, also of one that has it as a text; 1 if it has no number.

    >>> weight_of({"weight": "7.5"})
    7.5
    """
    try:
        weight = float(str(data.get("weight", 1)))
    except ValueError:
        return 1.0
    return weight if math.isfinite(weight) else 1.0


def width(weight: float, heaviest: float) -> float:
    """Return a line's width for a weight, from 1.2 to 8, growing with its square root."""
    share = max(weight, 0.0) / max(heaviest, _LEAST_HEAVY)
    return round(_THINNEST + (_WIDEST - _THINNEST) * math.sqrt(share), 2)
