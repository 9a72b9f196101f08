"""The gold files keep to their own guidelines, and the check of that can fail."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from gold.check import HALVES, Half, authority_ids, faults, load_half


@pytest.fixture(scope="module")
def halves() -> tuple[Half, ...]:
    return tuple(load_half(name) for name in HALVES)


@pytest.fixture(scope="module")
def entities() -> frozenset[str]:
    return authority_ids()


def test_the_files_keep_to_the_guidelines(
    halves: tuple[Half, ...], entities: frozenset[str]
) -> None:
    assert faults(halves, entities) == []


def test_the_halves_are_balanced(halves: tuple[Half, ...]) -> None:
    for kind in ("dates", "quantities", "cues", "claims", "mentions"):
        first, second = (sum(len(item[kind]) for item in half.items) for half in halves)
        assert abs(first - second) < 0.15 * max(first, second), kind


def _absent_quote(item: dict[str, Any]) -> None:
    item["cues"][0] = "ليس في النص"


def _unknown_unit(item: dict[str, Any]) -> None:
    item["quantities"][0]["unit"] = "furlong"


def _bad_edtf(item: dict[str, Any]) -> None:
    item["article-date"] = "2014-02-30"


def _uprooted(item: dict[str, Any]) -> None:
    item["voices"][1]["in"] = "nobody"


def _wrong_polarity(item: dict[str, Any]) -> None:
    item["claims"][0]["polarity"] = "negative"


def _stray_quantity(item: dict[str, Any]) -> None:
    item["claims"][0]["quantity"] = "الحريق"


def _same_id(item: dict[str, Any]) -> None:
    item["id"] = "num-d02"


@pytest.mark.parametrize(
    "spoil",
    [
        _absent_quote,
        _unknown_unit,
        _bad_edtf,
        _uprooted,
        _wrong_polarity,
        _stray_quantity,
        _same_id,
    ],
)
def test_a_spoilt_item_is_found(
    spoil: Callable[[dict[str, Any]], None],
    halves: tuple[Half, ...],
    entities: frozenset[str],
) -> None:
    dev, held_out = halves
    items = [copy.deepcopy(dict(item)) for item in dev.items]
    spoil(next(item for item in items if item["id"] == "num-d01"))
    assert faults((Half(dev.name, tuple(items)), held_out), entities)
