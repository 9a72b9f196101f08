"""Events with their dates, and where the dates lie on the axis."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from kg.display.timeline import DatedClaim, EventDates, Timeline, timeline

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


@pytest.fixture(scope="module")
def found(shipped: ClaimBook, iraq: dict[str, Claim]) -> Timeline:
    return timeline(shipped, list(iraq.values()))


def dates(found: Timeline, event: str) -> tuple[DatedClaim, ...]:
    (one,) = [each for each in found.events if each.event.code == event]
    assert isinstance(one, EventDates)
    return one.dates


def share(day: str) -> float:
    """Return where a day lies between 2003 and 2012, in percent."""
    start, end = (datetime.date(year, 1, 1).toordinal() for year in (2003, 2012))
    return (datetime.date.fromisoformat(day).toordinal() - start) * 100 / (end - start)


def test_which_dates_are_given_for_the_invasion_and_by_whom(found: Timeline) -> None:
    told = [
        (one.claim.time.edtf if one.claim.time else "", one.claim.chain[0].id, one.contradicted)
        for one in dates(found, "iraq-invasion-2003")
    ]
    assert told == [
        ("2003-03-19", "bbc-2011-continued", True),
        ("2003-03-20", "article", True),
    ]


def test_a_date_is_drawn_where_it_lies(found: Timeline) -> None:
    assert [year for year, _ in found.years][:2] == [2003, 2004]
    ((left, width),) = dates(found, "us-departure-2011")[0].bars
    assert left == pytest.approx(share("2011-12-01"), abs=0.01)
    assert width == pytest.approx(share("2012-01-01") - share("2011-12-01"), abs=0.01)


def test_one_of_several_days_is_drawn_as_several(found: Timeline) -> None:
    bars = dates(found, "saddam-sentencing")[0].bars
    assert [left for left, _ in bars] == [
        pytest.approx(share("2006-01-10"), abs=0.01),
        pytest.approx(share("2006-12-30"), abs=0.01),
    ]


def test_what_has_no_date_is_not_drawn_and_comes_last(found: Timeline) -> None:
    undated = [one for one in found.events if not one.dates[0].bars]
    assert undated
    assert tuple(undated) == found.events[-len(undated) :]


def test_no_dates_at_all(flood: ClaimBook) -> None:
    assert timeline(flood, flood.all()) == Timeline((), ())
