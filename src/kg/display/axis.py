"""One axis for all amounts of a measure: linear, or logarithmic if they are far apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.amounts import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.display.amounts import Amount
    from kg.wording import Language

__all__ = ["Axis", "Drawn", "axis_of"]

#: How many times the largest amount must be the smallest for a logarithmic axis.
_FAR_APART: Final = 60.0
#: The share of the axis, in percent, within which amounts lie; bounds that are open reach the rest.
_LEFT, _RIGHT = 2.0, 94.0
_TICKS: Final = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """An amount on an axis, in percent of its length.

    ``dot`` is ``None`` if the words give a bound or a range only, and ``bar`` where they give a
    single figure; ``open_left`` and ``open_right`` say at which end a bar has no bound.
    """

    dot: float | None
    bar: tuple[float, float] | None
    open_left: bool
    open_right: bool
    approximate: bool
    garbled: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high``, and its marks: figures with their positions in percent."""

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[tuple[float, float], ...]

    def at(self, figure: float) -> float:
        """Return the place of a figure, in percent of the axis."""
        if self.logarithmic:
            share = math.log(figure / self.low) / math.log(self.high / self.low)
        else:
            share = (figure - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_RIGHT - _LEFT), 3)

    def drawn(self, amount: Amount) -> Drawn | None:
        """Return how an amount is drawn; ``None`` if its words give no figure at all.

        An amount is a dot only if the words give exactly that figure.
        """
        low, high = amount.low, amount.high
        if amount.lower is not None and amount.upper is not None:
            low, high = amount.lower, amount.upper
        marks = {"approximate": amount.approximate, "garbled": amount.garbled}
        if low is not None and high is not None:
            if low == high:
                return Drawn(self.at(low), None, open_left=False, open_right=False, **marks)
            return Drawn(
                None, (self.at(low), self.at(high)), open_left=False, open_right=False, **marks
            )
        if low is not None:
            return Drawn(None, (self.at(low), 100.0), open_left=False, open_right=True, **marks)
        if high is not None:
            return Drawn(None, (0.0, self.at(high)), open_left=True, open_right=False, **marks)
        return None

    def labels(self, language: Language) -> tuple[tuple[str, float], ...]:
        """Return the marks with their figures, formatted for a page."""
        return tuple((grouped(figure, language), place) for figure, place in self.ticks)


def _figures(amounts: Iterable[Amount]) -> list[float]:
    return [
        figure
        for one in amounts
        for figure in (one.low, one.high, one.lower, one.upper)
        if figure is not None and math.isfinite(figure)
    ]


def axis_of(amounts: Iterable[Amount]) -> Axis | None:
    """Return the axis that all amounts share; ``None`` if none of them has a figure."""
    figures = _figures(amounts)
    if not figures:
        return None
    low, high = min(figures), max(figures)
    if low > 0 and high / low >= _FAR_APART:
        return _logarithmic(low, high)
    low = min(low, 0.0)
    if low == high:
        high = low + 1.0
    step = _step((high - low) / _TICKS)
    plain = Axis(low, high, logarithmic=False, ticks=())
    first = math.ceil(low / step)
    marks = [step * number for number in range(first, math.floor(high / step) + 1)]
    return Axis(low, high, logarithmic=False, ticks=tuple((one, plain.at(one)) for one in marks))


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * size for size in (1, 2, 5, 10) if power * size >= least)


def _logarithmic(low: float, high: float) -> Axis:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = max(1, math.ceil((last - first) / 5))
    plain = Axis(10.0**first, 10.0**last, logarithmic=True, ticks=())
    powers = [10.0**power for power in range(first, last + 1, every)]
    ticks = tuple((one, plain.at(one)) for one in powers)
    return Axis(plain.low, plain.high, logarithmic=True, ticks=ticks)
