"""The gold files keep to their own guidelines, and the check of that can fail."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from gold_check import HALVES, Half, Known, item_faults, known, load_half, set_faults

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def halves() -> tuple[Half, ...]:
    return tuple(load_half(name) for name in HALVES)


@pytest.fixture(scope="module")
def codes() -> Known:
    return known()


def test_every_item_keeps_to_the_guidelines(halves: tuple[Half, ...], codes: Known) -> None:
    found = {item["id"]: item_faults(item, codes) for half in halves for item in half.items}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_article_keeps_to_the_guidelines(codes: Known) -> None:
    items = load_half("articles").items
    assert items
    found = {item["id"]: item_faults(item, codes) for item in items}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_set_is_large_enough_and_no_item_stands_twice(
    halves: tuple[Half, ...], codes: Known
) -> None:
    assert set_faults(halves, codes) == []


def test_the_halves_are_balanced(halves: tuple[Half, ...]) -> None:
    for kind in ("dates", "quantities", "cues", "claims", "mentions"):
        first, second = (sum(len(item[kind]) for item in half.items) for half in halves)
        assert abs(first - second) < 0.15 * max(first, second), kind


def test_an_item_in_both_halves_and_a_missing_phenomenon_are_found(
    halves: tuple[Half, ...], codes: Known
) -> None:
    dev, held_out = halves
    item = dev.items[0]
    assert set_faults((dev, replace(held_out, items=(*held_out.items, item))), codes) == [
        f"the id stands 2 times: {item['id']}",
        f"the text stands 2 times: {item['text']}",
    ]
    lacking = tuple(item for item in dev.items if "bidi" not in item["tags"])
    assert set_faults((replace(dev, items=lacking), held_out), codes) == [
        "dev: 0 items of bidi, expected at least 2"
    ]


def _absent_quote(item: dict[str, Any]) -> None:
    item["claims"][0]["quote"] = "ليس في النص"


def _quote_in_two_places(item: dict[str, Any]) -> None:
    item["quantities"][0]["quote"] = "ال"


def _unknown_unit(item: dict[str, Any]) -> None:
    item["quantities"][0]["unit"] = "furlong"


def _no_number(item: dict[str, Any]) -> None:
    del item["quantities"][0]["value"]


def _bad_edtf(item: dict[str, Any]) -> None:
    item["article-date"] = "2014-02-30"


def _uprooted(item: dict[str, Any]) -> None:
    item["voices"][1]["in"] = "nobody"


def _other_cue(item: dict[str, Any]) -> None:
    item["cues"] = []


def _wrong_polarity(item: dict[str, Any]) -> None:
    item["claims"][0]["polarity"] = "negative"


def _unlisted_quantity(item: dict[str, Any]) -> None:
    item["claims"][0]["quantity"] = "الحريق"


def _claim_twice(item: dict[str, Any]) -> None:
    item["claims"].append(item["claims"][0])


def _unknown_entity(item: dict[str, Any]) -> None:
    item["mentions"] = [{"quote": "الحريق", "type": "Event", "entity": "the-fire"}]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_absent_quote, "'ليس في النص' is not found as said"),
        (_quote_in_two_places, "'ال' is not found as said"),
        (_unknown_unit, "unknown unit 'furlong'"),
        (_no_number, "14 شخصا: [] with exactly"),
        (_bad_edtf, "'2014-02-30' is not an EDTF date"),
        (_uprooted, "voice v1 is not rooted"),
        (_other_cue, "cues and the voices' cues are not the same"),
        (_wrong_polarity, "negative with certain"),
        (_unlisted_quantity, "its quantity is not listed"),
        (_claim_twice, "a claim stands 2 times"),
        (_unknown_entity, "'the-fire' is not in the authority files"),
    ],
)
def test_a_spoilt_item_is_found(
    spoil: Callable[[dict[str, Any]], None],
    message: str,
    halves: tuple[Half, ...],
    codes: Known,
) -> None:
    item = next(item for item in halves[0].items if item["id"] == "num-d01")
    spoilt = copy.deepcopy(dict(item))
    spoil(spoilt)
    assert item_faults(item, codes) == []
    assert any(message in fault for fault in item_faults(spoilt, codes))
