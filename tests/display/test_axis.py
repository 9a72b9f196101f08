"""Amounts on an axis, compared with the figures number by number."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.display.amounts import Amount
from kg.display.axis import Axis, Drawn, axis_of

NOTHING = replace(
    Amount(**dict.fromkeys(field.name for field in fields(Amount))),  # type: ignore[arg-type]
    approximate=False,
    garbled=False,
)


def exactly(figure: float) -> Amount:
    return replace(NOTHING, value=figure, low=figure, high=figure)


def axis(*amounts: Amount) -> Axis:
    found = axis_of(amounts)
    assert found is not None
    return found


def test_a_single_figure_is_a_dot_and_a_bound_never_is() -> None:
    on = axis(exactly(0), exactly(100))
    assert on.drawn(exactly(50)) == Drawn(48.0, None, False, False, False, False)
    assert on.drawn(replace(NOTHING, value=50, low=50)) == Drawn(
        None, (48.0, 100.0), False, True, False, False
    )
    assert on.drawn(replace(NOTHING, value=50, high=50)) == Drawn(
        None, (0.0, 48.0), True, False, False, False
    )
    assert on.drawn(replace(NOTHING, lower=0, upper=50)) == Drawn(
        None, (2.0, 48.0), False, False, False, False
    )
    assert on.drawn(NOTHING) is None


def test_what_is_about_or_garbled_is_drawn_so() -> None:
    on = axis(exactly(0), exactly(100))
    about = on.drawn(replace(exactly(50), approximate=True))
    garbled = on.drawn(replace(exactly(50), garbled=True))
    assert about is not None
    assert garbled is not None
    assert (about.approximate, about.garbled) == (True, False)
    assert (garbled.approximate, garbled.garbled) == (False, True)


def test_figures_far_apart_make_the_axis_logarithmic() -> None:
    on = axis(exactly(2), exactly(4487))
    assert on.logarithmic
    assert [figure for figure, _ in on.ticks] == [1, 10, 100, 1000, 10000]
    steps = [after - before for (_, before), (_, after) in pairwise(on.ticks)]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.01)
    assert not axis(exactly(2), exactly(100)).logarithmic
    assert not axis(exactly(0), exactly(4487)).logarithmic


def test_a_linear_axis_begins_at_nought() -> None:
    on = axis(exactly(747.6e9))
    assert on.low == 0
    assert on.labels("en")[0] == ("0", 2.0)
    assert on.labels("en")[1] == ("200 billion", pytest.approx(2 + 92 * 200 / 747.6, abs=0.001))
    assert on.labels("ar")[1][0] == "200 مليار"


def test_no_figures_no_axis() -> None:
    assert axis_of([NOTHING]) is None
    assert axis(exactly(0)).drawn(exactly(0)) is not None


@given(st.lists(st.floats(0, 1e15, allow_subnormal=False), min_size=1, max_size=8))
def test_dots_keep_the_order_of_their_figures(figures: list[float]) -> None:
    figures = [0.0 if one < 1e-6 else one for one in figures]
    on = axis(*map(exactly, figures))
    placed = [(one, drawn.dot) for one in figures if (drawn := on.drawn(exactly(one)))]
    assert len(placed) == len(figures)
    for (one, here), (other, there) in pairwise(sorted(placed)):
        assert here is not None
        assert there is not None
        assert 0 <= here <= there <= 100, (one, other)
    assert all(0 <= place <= 100 for _, place in on.ticks)
