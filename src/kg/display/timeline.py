"""Events with every date given for them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.cards import is_contradicted
from kg.edtf import corners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.display.claims import Claim, ClaimBook
    from kg.display.facts import Name
    from kg.display.times import Moment

__all__ = ["DatedClaim", "EventDates", "Timeline", "timeline"]

_MOST_TICKS: Final = 8
_NARROWEST: Final = 0.6
_UNDATED: Final = "9999"
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A date of an event: which aspect, from which claim, and where on the axis.

    ``bars`` are left and width in percent: one, several if the date is one of several, none if no
    calendar date is known.
    """

    claim: Claim
    aspect: Name | None
    bars: tuple[tuple[float, float], ...]
    contradicted: bool


@dataclass(frozen=True, slots=True)
class EventDates:
    """An event with its dates, the earliest first."""

    event: Name
    dates: tuple[DatedClaim, ...]

    @property
    def first(self) -> str:
        """The earliest day that anybody gives it, in ISO form; last of all if there is none."""
        days = [one.claim.time.first for one in self.dates if one.claim.time]
        return min((day for day in days if day), default=_UNDATED)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in the order of their earliest dates, and the years of the axis in percent."""

    events: tuple[EventDates, ...]
    years: tuple[tuple[int, float], ...]


def _day(iso: str) -> int | None:
    """Return a day as a number; years before 1 or after 9999 have none."""
    try:
        return datetime.date.fromisoformat(iso).toordinal()
    except ValueError:
        return None


def _years(days: Sequence[int]) -> tuple[int, int]:
    first = datetime.date.fromordinal(min(days)).year
    last = datetime.date.fromordinal(max(days)).year
    return first, last + 1


def timeline(book: ClaimBook, claims: Sequence[Claim]) -> Timeline:
    """Return every event that a claim dates."""
    dated: dict[str, list[Claim]] = {}
    for one in claims:
        if one.time is not None and one.question is not None:
            for event in book.facts.nodes(one.question.iri, "qawl:ofEvent"):
                dated.setdefault(event, []).append(one)
    spans = [
        day
        for members in dated.values()
        for one in members
        if one.time
        for iso in (one.time.first, one.time.last)
        if (day := _day(iso)) is not None
    ]
    if not spans:
        return Timeline(tuple(_event(book, *one, None) for one in sorted(dated.items())), ())
    first, last = _years(spans)
    start = datetime.date(first, 1, 1).toordinal()
    end = datetime.date(min(last, 9999), 1, 1).toordinal()
    events = [_event(book, event, members, (start, end)) for event, members in dated.items()]
    events.sort(key=lambda one: (one.first, one.event.iri))
    step = max(1, (last - first) // _MOST_TICKS)
    years = tuple(
        (year, round((datetime.date(year, 1, 1).toordinal() - start) * 100 / (end - start), 2))
        for year in range(first, min(last, 9999), step)
    )
    return Timeline(tuple(events), years)


def _event(
    book: ClaimBook, event: str, members: Sequence[Claim], bounds: tuple[int, int] | None
) -> EventDates:
    ordered = sorted(members, key=lambda one: ((one.time and one.time.first) or "9999", one.start))
    return EventDates(book.facts.name(event), tuple(_dated(book, one, bounds) for one in ordered))


def _spans(time: Moment) -> list[tuple[str, str]]:
    """Return the first and last days of a time: several of a set, of which each may be meant."""
    members = time.edtf[1:-1].split(",") if time.edtf[:1] in {"[", "{"} else []
    if len(members) < _SEVERAL:
        return [(time.first, time.last)]
    found = [corners(_interval(one)) for one in members]
    return [(one.earliest_start or "", one.latest_end or "") for one in found]


def _interval(member: str) -> str:
    """Return a member of a set, which may be a range, as a separate EDTF string."""
    begin, dots, end = member.strip().partition("..")
    return f"{begin or '..'}/{end or '..'}" if dots else begin


def _dated(book: ClaimBook, claim: Claim, bounds: tuple[int, int] | None) -> DatedClaim:
    bars = []
    if claim.time is not None and bounds is not None:
        scale = 100 / (bounds[1] - bounds[0])
        for days in _spans(claim.time):
            begin, finish = map(_day, days)
            if begin is None and finish is None:
                continue
            low = bounds[0] if begin is None else begin
            high = bounds[1] if finish is None else finish + 1
            width = max((high - low) * scale, _NARROWEST)
            bars.append((round((low - bounds[0]) * scale, 2), round(width, 2)))
    question = claim.question.iri if claim.question else ""
    aspect = book.facts.first_named(question, "qawl:aspect")
    return DatedClaim(claim, aspect, tuple(bars), is_contradicted(book, claim))
