"""Spans of days in networks: two ISO dates, either of which may be open."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Days", "day_key", "days_of", "hull"]

_DAY: Final = re.compile(r"(-?)(\d{4})-(\d\d)-(\d\d)", re.ASCII)
#: A leap year: what a year before 0001, which Python's calendar lacks, is checked against.
_LEAP: Final = 2000


def day_key(day: str) -> tuple[int, int, int]:
    """Return the sort key of an ISO date; years before 0 come first."""
    year, month, dom = day.rsplit("-", 2)
    return int(year), int(month), int(dom)


@lru_cache(maxsize=1 << 16)
def _checked(day: str | None) -> str | None:
    found = _DAY.fullmatch(day) if day else None
    if found is None:
        return None
    year = _LEAP if found[1] or found[2] == "0000" else int(found[2])
    try:
        datetime.date(year, int(found[3]), int(found[4]))
    except ValueError:
        return None
    return day


@dataclass(frozen=True, slots=True)
class Days:
    """A span from ``start`` to ``end``, both included; ``None`` is open or unknown, never both."""

    start: str | None
    end: str | None

    def attributes(self) -> dict[str, str]:
        """Return the attributes ``start`` and ``end``, without open ones."""
        named = {"start": self.start, "end": self.end}
        return {name: day for name, day in named.items() if day is not None}


def days_of(start: str | None, end: str | None) -> Days | None:
    """Return a span from ``xsd:date`` strings; what is not a date counts as open."""
    start, end = _checked(start), _checked(end)
    return None if start is None and end is None else Days(start, end)


def hull(spans: Sequence[Days]) -> Days | None:
    """Return the shortest span that covers all, open if one of them is; ``None`` for none."""
    if len(spans) <= 1:
        return spans[0] if spans else None
    starts = [span.start for span in spans if span.start is not None]
    ends = [span.end for span in spans if span.end is not None]
    start = min(starts, key=day_key) if len(starts) == len(spans) else None
    end = max(ends, key=day_key) if len(ends) == len(spans) else None
    return days_of(start, end)
