"""When two readings agree on a date, an amount, a speaker or a chain of voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.edtf import corners
from kg.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kg.compare.findings import (
        FoundClaim,
        FoundDate,
        FoundMention,
        FoundQuantity,
        FoundVoice,
        Speaker,
    )

__all__ = [
    "same_chain",
    "same_claim_date",
    "same_claim_quantity",
    "same_date",
    "same_edtf",
    "same_entity",
    "same_quantity",
    "same_speaker",
    "same_unit",
    "same_value",
    "same_voice",
    "strict",
]


def same_edtf(one: str, other: str) -> bool:
    """Return whether two EDTF strings are equivalent: equal bounds and equal qualifiers.

    >>> same_edtf("2005/..", "2005/")
    False
    >>> same_edtf("[2006-01-10,2006-12-31]", "[2006-12-31,2006-01-10]")
    True
    """
    if one == other:
        return True
    if any(mark in date for date in (one, other) for mark in "[{"):
        return _members(one) == _members(other)
    if any(one.count(mark) != other.count(mark) for mark in "~?%"):
        return False
    if ("/" in one) != ("/" in other) or one.endswith("..") != other.endswith(".."):
        return False
    try:
        return corners(one) == corners(other)
    except DateError:
        return False


def _members(edtf: str) -> tuple[str, frozenset[str]]:
    return edtf[:1], frozenset(one.strip() for one in edtf.strip("[]{}").split(","))


def same_date(one: FoundDate, other: FoundDate) -> bool:
    """Return whether two dates may be equal: they share an EDTF value, or neither has one."""
    if not one.edtf or not other.edtf:
        return one.edtf == other.edtf
    return any(same_edtf(a, b) for a in one.edtf for b in other.edtf)


def _same_number(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    # One reader writes a third as 33.33 percent, another as 33.3333.
    return one == other or (abs(one) >= 1 and round(one, 2) == round(other, 2))


def same_value(one: FoundQuantity, other: FoundQuantity) -> bool:
    """Return whether value and bounds are equal."""
    return all(
        _same_number(getattr(one, name), getattr(other, name))
        for name in ("value", "lower", "upper")
    )


def same_unit(one: FoundQuantity, other: FoundQuantity) -> bool:
    """Return whether value, bounds and unit are equal."""
    return same_value(one, other) and one.unit == other.unit


def same_quantity(one: FoundQuantity, other: FoundQuantity) -> bool:
    """Return whether value, bounds, unit, comparator and approximation are equal."""
    return (
        same_unit(one, other)
        and one.comparator == other.comparator
        and one.approximate == other.approximate
    )


def same_speaker(one: Speaker, other: Speaker) -> bool:
    """Return whether two readings mean the same speaker.

    The article equals only itself. Other speakers are equal if they share an id, or if one name
    contains all the words of the other ("the minister", "minister of finance Samer al-Haddad").
    An unnamed speaker without a name in one reading equals any unnamed speaker in the other.
    """
    if one.is_article or other.is_article:
        return one.is_article and other.is_article
    if one.ids & other.ids:
        return True
    if one.is_unnamed and other.is_unnamed and not (one.names and other.names):
        return True
    return any(a <= b or b <= a for a in one.names for b in other.names)


def same_voice(one: FoundVoice, other: FoundVoice) -> bool:
    """Return whether two voices share a speaker."""
    return any(same_speaker(a, b) for a in one.speakers for b in other.speakers)


def same_chain(one: Sequence[FoundVoice], other: Sequence[FoundVoice]) -> bool:
    """Return whether two chains have the same length and the same speakers in order."""
    return len(one) == len(other) and all(map(same_voice, one, other))


def strict(chain: Sequence[FoundVoice]) -> list[FoundVoice]:
    """Return a chain without its inferred voices."""
    return [voice for voice in chain if not voice.inferred]


def same_claim_quantity(one: FoundClaim, other: FoundClaim) -> bool:
    """Return whether two claims have the same amount, or neither has one."""
    if one.quantity is None or other.quantity is None:
        return one.quantity is other.quantity
    return same_quantity(one.quantity, other.quantity)


def same_claim_date(one: FoundClaim, other: FoundClaim) -> bool:
    """Return whether two claims have the same (first) date, or neither has one."""
    if one.date is None or other.date is None:
        return one.date is other.date
    return same_date(one.date, other.date)


def same_entity(one: FoundMention, other: FoundMention) -> bool:
    """Return whether two mentions name one entity: by id, or by name if one has no id."""
    if one.ids and other.ids:
        return bool(one.ids & other.ids)
    return any(a <= b or b <= a for a in one.names for b in other.names)
