"""XML Schema literals: whether they are well-formed, and how they compare.

Oxigraph keeps ``"2024-13-45"^^xsd:date`` unchanged and its numbers have at most 18 digits, so both
checks are done here (XML Schema 1.1 part 2; SPARQL 1.1, sections 17.3 and 17.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal

from kg.shacl.vocabulary import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.shacl.vocabulary import Term

__all__ = ["at_most", "is_well_formed", "less"]

_INTEGER: Final = r"[+-]?[0-9]+"
_DECIMAL: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOAT: Final = rf"{_DECIMAL}(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_ZONE: Final = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME: Final = (
    r"(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
)
_SECONDS: Final = r"(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)"
_DAY_TIME: Final = (
    rf"(?:(?P<days>[0-9]+)D)?(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    rf"{_SECONDS}?)?"
)
_YEAR_MONTH: Final = r"(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?"
_NAME_START: Final = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME_MORE: Final = _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_WORDS: Final = r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?"

#: The lexical space of each datatype. ``anyURI`` and ``string`` are absent: they accept any text.
_LEXICAL: Final[Mapping[str, str]] = {
    "boolean": "true|false|1|0",
    "decimal": _DECIMAL,
    "float": _FLOAT,
    "double": _FLOAT,
    "integer": _INTEGER,
    "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "time": rf"{_TIME}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "duration": rf"(?P<sign>-)?P(?=[0-9T]){_YEAR_MONTH}{_DAY_TIME}",
    "dayTimeDuration": rf"(?P<sign>-)?P(?=[0-9T]){_DAY_TIME}",
    "yearMonthDuration": rf"(?P<sign>-)?P(?=[0-9]){_YEAR_MONTH}",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": (
        r"(?:(?:[A-Za-z0-9+/] ?){4})*"
        r"(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?=|[=] ?=)|(?:[A-Za-z0-9+/] ?){3}=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": _WORDS,
    "language": "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": f"[:{_NAME_START}][:{_NAME_MORE}]*",
    "NCName": f"[{_NAME_START}][{_NAME_MORE}]*",
    "NMTOKEN": f"[:{_NAME_MORE}]+",
}
#: The minimum and maximum of the bounded integer datatypes.
_BOUNDS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_LONG_MONTHS: Final = frozenset({1, 3, 5, 7, 8, 10, 12})
_FEBRUARY: Final = 2
_DAY_SECONDS: Final = 86_400
#: The zone offsets that a time without a zone may have: XML Schema 1.1, section 3.3.7.
_WIDEST_ZONE: Final = 14 * 3600


@lru_cache(maxsize=64)
def _matcher(name: str) -> Callable[[str], re.Match[str] | None] | None:
    pattern = _INTEGER if name in _BOUNDS else _LEXICAL.get(name)
    return None if pattern is None else re.compile(pattern).fullmatch


def is_well_formed(literal: Literal) -> bool:
    """Return whether a literal is in its datatype's lexical space; unknown datatypes accept any.

    >>> is_well_formed(Literal("2024-02-30", datatype=NamedNode(f"{XSD}date")))
    False
    """
    iri = literal.datatype.value
    if not iri.startswith(XSD):
        return iri != f"{RDF}langString" or literal.language is not None
    name = iri[len(XSD) :]
    matcher = _matcher(name)
    if matcher is None:
        return True
    found = matcher(literal.value)
    if found is None:
        return False
    if name in _BOUNDS:
        least, most = _BOUNDS[name]
        number = int(found[0])
        return (least is None or least <= number) and (most is None or number <= most)
    return "day" not in found.re.groupindex or _day_exists(found.groupdict())


def _day_exists(parts: Mapping[str, str | None]) -> bool:
    month = int(parts.get("month") or 1)
    day = int(parts.get("day") or 1)
    if month == _FEBRUARY:
        year = int(parts.get("year") or 4)
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return day <= 28 + leap
    return day <= 30 + (month in _LONG_MONTHS)


def less(one: Term, other: Term) -> bool:
    """Return whether SPARQL's ``<`` is true; false if the terms cannot be compared."""
    return _compare(one, other, lambda a, b: a < b)


def at_most(one: Term, other: Term) -> bool:
    """Return whether SPARQL's ``<=`` is true; false if the terms cannot be compared."""
    return _compare(one, other, lambda a, b: a <= b)


def _compare(one: Term, other: Term, test: Callable[[Any, Any], bool]) -> bool:
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return False
    a, b = _value(one), _value(other)
    if a is None or b is None or a.kind != b.kind:
        return False
    if a.has_zone != b.has_zone:
        return bool(a.order + _WIDEST_ZONE < b.order)
    return test(a.order, b.order)


@dataclass(frozen=True, slots=True)
class _Value:
    """The value by which literals of the same kind are compared."""

    kind: str
    order: Any
    has_zone: bool = False


@lru_cache(maxsize=4096)
def _value(literal: Literal) -> _Value | None:
    """Return a literal's value, or ``None`` if SPARQL does not order its datatype."""
    iri = literal.datatype.value
    if not iri.startswith(XSD) or not is_well_formed(literal):
        return None
    name, text = iri[len(XSD) :], literal.value
    if name in _BOUNDS or name in ("integer", "decimal"):
        return _Value("number", Decimal(text))
    if name in ("float", "double"):
        # Decimal compares long integers exactly, and reads INF and NaN too.
        return None if text == "NaN" else _Value("number", Decimal(float(text)))
    if name == "string":
        return _Value("string", text)
    if name == "boolean":
        return _Value("boolean", text in ("true", "1"))
    found = matcher(text) if (matcher := _matcher(name)) else None
    if found is None:
        return None
    parts = found.groupdict()
    if "sign" in parts:
        return _duration(parts)
    if name in ("date", "dateTime", "dateTimeStamp", "time"):
        kind = name.removesuffix("Stamp")
        return _Value(kind, _instant(parts), parts["zone"] is not None)
    return None


def _duration(parts: Mapping[str, str | None]) -> _Value | None:
    """Return a duration in months only or in days and seconds only; others are not ordered."""

    def number(name: str) -> Decimal:
        return Decimal(parts.get(name) or 0)

    sign = -1 if parts["sign"] else 1
    months = number("years") * 12 + number("months")
    hours = number("days") * 24 + number("hours")
    seconds = (hours * 60 + number("minutes")) * 60 + number("seconds")
    if months and seconds:
        return None
    kind = "months" if months else "seconds"
    return _Value(kind, sign * (months or seconds))


def _instant(parts: Mapping[str, str | None]) -> Decimal:
    """Return a time in seconds, in UTC if it has a zone; a date counts as its first moment."""
    days = _days(*(int(parts.get(name) or 1) for name in ("year", "month", "day")))
    hours = 24 if parts.get("midnight") else int(parts.get("hour") or 0)
    minutes = hours * 60 + int(parts.get("minute") or 0)
    if (zone := parts["zone"]) and zone != "Z":
        offset = int(zone[1:3]) * 60 + int(zone[4:])
        minutes -= -offset if zone[0] == "-" else offset
    return Decimal(days * _DAY_SECONDS + minutes * 60) + Decimal(parts.get("second") or 0)


def _days(year: int, month: int, day: int) -> int:
    """Return the day number in the proleptic Gregorian calendar, which has a year 0."""
    year -= month <= _FEBRUARY
    of_year = (153 * (month + (-3 if month > _FEBRUARY else 9)) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + of_year
