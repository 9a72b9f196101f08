"""EDTF dates (ISO 8601-2:2019, levels 0 to 2) and their four calendar corners.

SPARQL engines cannot compare EDTF strings, so each time span also carries four ``xsd:date``
corners: it began between ``earliest_start`` and ``latest_start`` and ended between
``earliest_end`` and ``latest_end``. A corner that the string leaves open or unknown is ``None``.
"About" (``~``) leaves an end without corners, because its extent is unknown; an uncertain date
(``?``) keeps its corners and is marked.

A date can be one *within* which something happens or one *throughout* which it lasts (CIDOC CRM's
P82 and P81): "said in 2003" began at some time in the year, "the deaths of 2003" are those from its
first day to its last.
"""

from __future__ import annotations

import calendar
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING, Any

from kg.errors import DateError

if TYPE_CHECKING:
    from time import struct_time

__all__ = ["DateCorners", "corners", "interval", "stretches"]

# Longer than any date a text gives; keeps the grammar's back-tracking bounded.
_LONGEST = 120
# Calendar dates of Python and of most SPARQL engines end here.
_LAST_YEAR = 9999

# A year, month or day, qualified as a whole or not: most dates, which need no grammar.
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_MONTHS = 12

_ABOUT = frozenset("~%")
_IN_DOUBT = frozenset("?%")

_DAY = re.compile(r"(-?\d{4})[?~%]?-[?~%]?(\d\d)[?~%]?-[?~%]?(\d\d)")


@dataclass(frozen=True, slots=True)
class DateCorners:
    """Bounds of a time span's start and end, as ``xsd:date`` strings; ``None`` if unbounded.

    ``open_start`` and ``open_end`` distinguish an open end (``..``) from an unknown one;
    ``approximate`` and ``doubtful`` say that the string is marked "about" or as doubtful.
    """

    earliest_start: str | None
    latest_start: str | None
    earliest_end: str | None
    latest_end: str | None
    open_start: bool = False
    open_end: bool = False
    approximate: bool = False
    doubtful: bool = False


def _check_day(year: int, month: int, day: int) -> None:
    # The parser takes 29 February in every year.
    if (month, day) == (2, 29) and not calendar.isleap(year):
        raise ValueError(f"February {year} has no 29th.")


def _iso(day: struct_time) -> str:
    if abs(day.tm_year) > _LAST_YEAR:
        raise ValueError(f"the year {day.tm_year} has more than four digits.")
    _check_day(day.tm_year, day.tm_mon, day.tm_mday)
    sign = "-" if day.tm_year < 0 else ""
    return f"{sign}{abs(day.tm_year):04d}-{day.tm_mon:02d}-{day.tm_mday:02d}"


def _parsed(edtf: str) -> Any:
    from edtf import parse_edtf

    # The parser prints what it tried in vain, which would stand in the midst of our output.
    with redirect_stdout(StringIO()):
        return parse_edtf(edtf)


def _plain(edtf: str) -> tuple[str, str] | None:
    """Return the bounds of a plain year, month or day; ``None`` if the string needs the grammar.

    Parsing with the grammar takes milliseconds per date, and a text has many.
    """
    found = _PLAIN.fullmatch(edtf)
    if found is None or found[1] == "0000":
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return f"{year:04d}-01-01", f"{year:04d}-12-31"
    if not 1 <= month <= _MONTHS:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last:02d}"
    return (found[0][:10], found[0][:10]) if 1 <= day <= last else None


def _bounds(edtf: str) -> tuple[str, str]:
    if (plain := _plain(edtf)) is not None:
        return plain
    parsed = _parsed(edtf)
    lower, upper = _iso(parsed.lower_strict()), _iso(parsed.upper_strict())
    if _sort_key(lower) > _sort_key(upper):  # as of months left open in a year before 0
        raise ValueError("its bounds cannot be computed.")
    return lower, upper


def _sort_key(day: str) -> tuple[int, str, str]:
    year, month, dom = day.rsplit("-", 2)
    return int(year), month, dom


_Ends = tuple[str | None, str | None]
_NO_ENDS: _Ends = (None, None)


def _span(start: _Ends, end: _Ends, edtf: str, throughout: bool) -> DateCorners:
    """Put the bounds of the two ends together, leaving out those that are only "about"."""
    first, _, last = edtf.partition("/")
    last = last or ("" if "/" in edtf else first)
    if _ABOUT & set(first):
        start = _NO_ENDS
    if _ABOUT & set(last):
        end = _NO_ENDS
    if throughout:
        start, end = (start[0], start[0]), (end[1], end[1])
    return DateCorners(
        *start,
        *end,
        open_start=first == "..",
        open_end=last == "..",
        approximate=bool(_ABOUT & set(edtf)),
        doubtful=bool(_IN_DOUBT & set(edtf)),
    )


def _ends(edtf: str) -> tuple[_Ends, _Ends]:
    """Return the bounds of the start and of the end; those of a single date are the same.

    :raises ValueError: the string is not EDTF, or names a day that does not exist.
    """
    if any(map(str.isspace, edtf)):
        raise ValueError("it contains a space.")
    for day in _DAY.finditer(edtf):
        _check_day(*map(int, day.groups()))
    start, slash, end = edtf.partition("/")
    if not slash:
        bounds = _bounds(edtf)
        return bounds, bounds
    ends = (start, end)
    if not (any(map(_plain, ends)) and all(one == ".." or _plain(one) for one in ends)):
        _parsed(edtf)
    first, last = (_NO_ENDS if one in {"", ".."} else _bounds(one) for one in ends)
    return first, last


@lru_cache(maxsize=4096)
def corners(edtf: str, *, throughout: bool = False) -> DateCorners:
    """Return the calendar corners of an EDTF string.

    :param throughout: whether what is dated lasts from the start of the date to its end, rather
        than lying somewhere within it.
    :raises DateError: the string is not EDTF, names a day that does not exist, or is an interval
        that ends before it begins.

    >>> corners("2003-03-19/..").open_end
    True
    >>> corners("2010-06").latest_start, corners("2010-06", throughout=True).latest_start
    ('2010-06-30', '2010-06-01')
    >>> corners("2003~").latest_start is None
    True
    """
    from edtf.parser.edtf_exceptions import EDTFParseException

    if not edtf or len(edtf) > _LONGEST:
        raise DateError(
            f"{edtf[:40]!r} is not an EDTF date: expected 1 to {_LONGEST} characters, "
            "such as 2003-03-19, 2010-06, 2005/.., 2011~"
        )
    try:
        first, last = _ends(edtf)
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        # The parser accepts some sets with open ends and then stumbles over their bounds.
        stumbled = isinstance(error, AttributeError | TypeError)
        reason = "its bounds cannot be determined." if stumbled else str(error).partition("\n")[0]
        raise DateError(
            f"{edtf!r} is not an EDTF date (ISO 8601-2): {reason} "
            "Write it like 2003-03-19, 2010-06, 2005/.., ../2010-08-31 or 2011~."
        ) from error
    # A reversed interval is legal to the parser and always a slip of the pen.
    if first[0] and last[1] and _sort_key(first[0]) > _sort_key(last[1]):
        raise DateError(f"the interval {edtf!r} ends before it begins: swap its two dates")
    return _span(first, last, edtf, throughout)


def stretches(edtf: str) -> tuple[tuple[str, str], ...]:
    """Return the stretches of days that a set of dates leaves open, as first and last days.

    A date that is not a set has none.

    :raises DateError: as :func:`corners`.

    >>> stretches("[2006-01-10,2006-12-30..2006-12-31]")
    (('2006-01-10', '2006-01-10'), ('2006-12-30', '2006-12-31'))
    >>> stretches("2006")
    ()
    """
    corners(edtf)
    if edtf[0] not in "[{":
        return ()
    found = []
    for member in edtf[1:-1].split(","):
        first, _, last = member.strip().partition("..")
        start, end = corners(first).earliest_start, corners(last or first).latest_end
        if start is None or end is None:
            return ()
        found.append((start, end))
    return tuple(found)


def interval(edtf: str) -> str:
    """Return the one way to write the interval that an EDTF date covers, for comparing intervals.

    A date that is approximate, doubtful or unknown at an end is left as it is.

    :raises DateError: as :func:`corners`.

    >>> interval("2003-01-01/2003-12-31"), interval("2005-03/2006-06"), interval("2010-06")
    ('2003', '2005-03-01/2006-06-30', '2010-06')
    """
    found = corners(edtf, throughout=True)
    start = ".." if found.open_start else found.earliest_start
    end = ".." if found.open_end else found.latest_end
    if found.approximate or found.doubtful or start is None or end is None or start == end == "..":
        return edtf
    if (start == ".." or start.endswith("-01-01")) and (end == ".." or end.endswith("-12-31")):
        start, end = start.removesuffix("-01-01"), end.removesuffix("-12-31")
    elif start[:-3] == end[:-3] and corners(start[:-3], throughout=True) == found:
        return start[:-3]
    return start if start == end else f"{start}/{end}"
