"""The rules read the gold texts and the first article no worse than they did."""

from __future__ import annotations

import pytest
from gold_floors import Figure, below, figures, load_floors
from gold_sets import GoldWorld

from kg.readers.rules.reader import RulesReader


@pytest.fixture(scope="module")
def found() -> dict[Figure, float]:
    world = GoldWorld.load()
    reader = RulesReader(world.authority)
    return figures(lambda article: reader.read(article).reading, world)


def test_no_figure_falls_below_its_floor(found: dict[Figure, float]) -> None:
    assert below(found, load_floors()) == []


def test_every_figure_has_a_floor(found: dict[Figure, float]) -> None:
    assert {*found} == {*load_floors()}


def test_a_figure_that_falls_and_one_that_is_gone_are_named() -> None:
    dates, cues = Figure("dev", "ar", "dates"), Figure("dev", "ar", "cues")
    assert below({dates: 0.8}, {dates: 0.81, cues: 0.5}) == [
        "dev, ar: cues: 0.0000, floor 0.500",
        "dev, ar: dates: 0.8000, floor 0.810",
    ]
