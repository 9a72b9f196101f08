"""Amounts in words, with every qualification of the number.

The words are the quantity's label in the graph, so that no table, chart or export can lose an "at
least" or an "about". Currencies have a column of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.wording import MIRRORED, wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from kg.reading.parts import Answer
    from kg.wording import Words

__all__ = ["amount_in_words"]


def amount_in_words(
    answer: Answer, language: str, unit_label: Callable[[str], str] = lambda code: code
) -> str:
    """Return an amount in words: comparator, bounds, level of confidence, rate and emendation.

    :param unit_label: the label of a unit by its code, for the unit of a rate.

    >>> from kg.reading.parts import Answer
    >>> amount_in_words(Answer(value=47, comparator="at-least", unit="person"), "en")
    'at least 47'
    >>> amount_in_words(Answer(value=5.5, approximate=True, unit="percent"), "en")
    'about 5.5 per cent'
    >>> amount_in_words(Answer(value=-500, comparator="at-most", unit="person"), "en")
    'a fall of at least 500'
    """
    words = wording("amounts", language)
    if any(one is not None and one < 0 for one in (answer.value, answer.lower, answer.upper)):
        return words["fall"].format(amount=amount_in_words(_size(answer), language, unit_label))
    amount = _bounds(answer, words) or _number(answer, words)
    if answer.unit == "percent" and amount:
        amount = words["percent"].format(amount=amount)
    if answer.comparator is not None and answer.comparator != "exactly":
        amount = words[answer.comparator].format(amount=amount).strip()
    if answer.approximate:
        amount = words["about"].format(amount=amount)
    if answer.per is not None:
        amount = f"{amount} {_rate(answer, words, unit_label)}"
    return amount


def _size(fall: Answer) -> Answer:
    """Return by how much something fell: the bounds of the negative amount change places."""

    def size(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else -amount

    return fall.model_copy(
        update={
            "value": size(fall.value),
            "emended": size(fall.emended),
            "lower": size(fall.upper),
            "upper": size(fall.lower),
            "comparator": MIRRORED.get(fall.comparator or "", fall.comparator),
        }
    )


def _rate(answer: Answer, words: Words, unit_label: Callable[[str], str]) -> str:
    """Return the base of a rate: "a day", "per 100,000 persons"."""
    code = answer.per or ""
    if answer.per_amount is None and (rate := words.get(f"per-{code}")) is not None:
        return rate
    unit = unit_label(code)
    if answer.per_amount is not None:
        unit = f"{_grouped(answer.per_amount, words)} {unit}"
    return words["per-unit"].format(unit=unit)


def _number(answer: Answer, words: Words) -> str:
    value, meant = answer.value, answer.emended
    if meant is not None and value is not None:
        return words["emended"].format(meant=_grouped(meant, words), written=_grouped(value, words))
    if value is None:
        return "" if answer.lower is None else _grouped(answer.lower, words)
    return (
        words["garbled"].format(written=_grouped(value, words))
        if answer.garbled
        else _grouped(value, words)
    )


def _bounds(answer: Answer, words: Words) -> str:
    """Return a range, or an estimate with its interval; empty if there is neither."""
    low, high = answer.lower, answer.upper
    if low is None and high is None:
        return ""
    if high is None:
        # "Millions" is an order of magnitude that only bounds from below.
        open_above = answer.comparator in {None, "order-of"}
        return words["from"].format(amount=_grouped(low, words)) if open_above else ""
    found = (
        words["up-to"].format(amount=_grouped(high, words))
        if low is None
        else words["range"].format(low=_grouped(low, words), high=_grouped(high, words))
    )
    if answer.value is None:
        return found
    if answer.coverage is not None:
        level = _plainly(answer.coverage * 100)
        found = words["interval"].format(range=found, level=level)
    return f"{_grouped(answer.value, words)} ({found})"


def _grouped(amount: Decimal | None, words: Words) -> str:
    """Return a number with thousands separators, billions and trillions in words."""
    assert amount is not None
    for size, name in ((10**12, "trillion"), (10**9, "billion")):
        if abs(amount) >= size:
            scales = wording("scales", words.language)
            return scales.measured(name, amount / size, _plainly(amount / size))
    return _plainly(amount)


def _plainly(amount: Decimal) -> str:
    found = f"{amount:,f}"
    return found.rstrip("0").rstrip(".") if "." in found else found
