"""Times: a date, the words that tell it, and the event that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.times import moment

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def test_a_date_with_its_words(iraq: dict[str, Claim]) -> None:
    time = iraq["occupation-start"].time
    assert time is not None
    assert (time.edtf, time.surface, time.relative) == ("2003-03-20", "فجر 20 مارس عام 2003", False)
    assert time.modifier is not None
    assert time.modifier.code == "dawn"
    assert (time.first, time.last) == ("2003-03-20", "2003-03-20")


def test_a_time_that_an_event_tells(iraq: dict[str, Claim]) -> None:
    (time,) = iraq["us-dead-2003-2011"].times
    assert time.anchor is not None
    assert time.relation is not None
    assert (time.edtf, time.anchor.code, time.relation.code, time.relative) == (
        "2003-03-19/..", "iraq-invasion-2003", "since", True,
    )  # fmt: skip


def test_nothing_is_no_time(shipped: ClaimBook) -> None:
    assert moment(shipped.facts, "") is None
