"""Amounts: numbers with comparator and unit, ranges, percentages, money, vague amounts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.amounts_in_words import HUNDRED, plain
from kg.readers.rules.amounts.counted_units import (
    ITEM,
    REACH,
    Amount,
    AmountRule,
    Comparison,
    Setting,
    Tail,
)
from kg.readers.rules.amounts.currencies import currency_codes
from kg.readers.rules.amounts.ranges import CLAUSE_MARKS, Ranges
from kg.readers.rules.lexicon.words import is_definite, is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.lexicon.tables import Match
    from kg.readers.rules.matching.tokens import Token
    from kg.readers.rules.numbers.numbers import Number

__all__ = ["Amounts", "amounts_of"]

#: Units that cannot be halved: digits followed by one of these have a point between thousands.
_WHOLE: Final = frozenset({"person", "family", "group", "weapon", "item"})
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
#: Comparators under negation.
_OPPOSITE: Final = {"more-than": "at-most", "less-than": "at-least"}


class Amounts(Ranges):
    """Reads the amounts of one language."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._hopeful = lru_cache(maxsize=50_000)(self._may_begin)

    def find(
        self, tokens: Sequence[Token], taken: Sequence[bool], setting: Setting
    ) -> tuple[Amount, ...]:
        """Return the amounts in a token sequence, left to right.

        :param taken: for each token, whether it belongs to a date.
        """
        found: list[Amount] = []
        pending: tuple[int, Comparison] | None = None
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if token.text in CLAUSE_MARKS or (pending and index - pending[0] > REACH):
                pending = None
            if taken[index]:
                index += 1
                continue
            after = tokens[index + 1].text if index + 1 < count else ""
            if (
                token.kind == "word"
                and not self._hopeful(token.text)
                and (after not in self.marks["one"])
            ):
                index += 1
                continue
            amount, wait = self._at(tokens, index, taken, setting)
            if amount is not None:
                if pending is not None and amount.comparator == "exactly":
                    amount = replace(
                        amount,
                        comparator=pending[1].comparator,
                        approximate=amount.approximate or pending[1].approximate,
                        by_verb=True,
                    )
                pending = None
                found.append(amount)
                index = max(amount.end, index + 1)
                if found and len(found) > 1:
                    self._share(found, tokens)
                continue
            if wait is not None:
                pending = (index, wait.value)
                index = wait.end
                continue
            index += 1
        return tuple(map(_in_its_unit, self._settle(found, tokens)))

    def _may_begin(self, word: str) -> bool:
        """Return whether an amount or a comparator may begin with a word."""
        names = ("between", "what", "from", "most of persons", "most of things")
        return (
            any(part in word for part in self.marks["parts"])
            or self.numerals.is_numeral(word)
            or any(
                stem.text in self.before.entries
                or stem.text in self.vague.entries
                or any(stem.text in self.marks[name] for name in names)
                or (stem.text in self.nouns and self.nouns[stem.text].number == "dual")
                for stem in self.numerals.stems(word)
            )
        )

    def _at(
        self, tokens: Sequence[Token], index: int, taken: Sequence[bool], setting: Setting
    ) -> tuple[Amount | None, Match[Comparison] | None]:
        comparison = self.before.at(tokens, index) if tokens[index].kind == "word" else None
        if comparison is not None:
            if comparison.end < len(tokens) and not taken[comparison.end]:
                inner = self._bare(tokens, comparison.end, taken, setting, compared=True)
                if inner is not None:
                    return self._compared(tokens, inner, index, comparison), None
            if comparison.value.far:
                return None, comparison
        return self._bare(tokens, index, taken, setting, compared=False), None

    def _negated(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a negated verb precedes: لا تعيش أكثر من."""
        if index < 2 or not is_verb(tokens[index - 1].text):
            return False
        return tokens[index - 2].text.lstrip("وف") in self.marks["not"]

    def _compared(
        self, tokens: Sequence[Token], inner: Amount, index: int, match: Match[Comparison]
    ) -> Amount:
        value = match.value
        comparator = inner.comparator if value.comparator == "exactly" else value.comparator
        if self._negated(tokens, index):
            comparator = _OPPOSITE.get(comparator, comparator)
        return replace(
            inner,
            start=index,
            cut=match.cut,
            comparator=comparator,
            approximate=inner.approximate or value.approximate,
        )

    def _bare(
        self,
        tokens: Sequence[Token],
        index: int,
        taken: Sequence[bool],
        setting: Setting,
        *,
        compared: bool,
    ) -> Amount | None:
        """Return the amount that begins with a token, without a comparator before it."""
        token = tokens[index]
        if token.kind == "newline":
            return None
        if token.kind == "mark":
            code = self.currencies.symbols.get(token.text)
            if (code or token.text in "%٪") and index + 1 < len(tokens):
                number = self._number(tokens, index + 1, setting)
                if number is not None:
                    amount = self._finish(tokens, number, setting, compared=compared, index=index)
                    unit = code or "percent"
                    return amount and replace(
                        amount, start=index, cut=0, unit=unit, rule=AmountRule.SYMBOL
                    )
            return None
        if token.kind == "word" and (vague := self._vague(tokens, index)) is not None:
            return vague
        if (found := self._range(tokens, index, taken, setting)) is not None:
            return found
        number = self._number(tokens, index, setting)
        if number is not None and not any(taken[number.start : number.end]):
            dated = number.end < len(taken) and taken[number.end]  # لا يتجاوز 400 ألف عام 1960
            amount = self._finish(
                tokens, number, setting, compared=compared, index=index, alone=dated
            )
            if amount is not None:
                return amount
        if token.kind != "word":
            return None
        return (
            self._part_of_it(tokens, index)
            or self._the_part(tokens, index, compared=compared)
            or self._dual(tokens, index, setting.countries)
        )

    def _finish(
        self,
        tokens: Sequence[Token],
        number: Number,
        setting: Setting,
        *,
        compared: bool,
        index: int,
        alone: bool = False,
    ) -> Amount | None:
        coded = self._is_code(tokens, index)
        if coded and not number.worded:
            return None
        if number.end < len(tokens):
            after = tokens[number.end]
            glued = after.start == tokens[number.end - 1].end
            half_day = (
                self.language == "en"
                and after.text in ("a", "p")
                and number.end + 1 < len(tokens)
                and (tokens[number.end + 1].text == ".")
            )
            if half_day or after.text in self.marks["of the clock"]:
                return None
            if (
                glued
                and after.text in ":/"
                and number.end + 1 < len(tokens)
                and (tokens[number.end + 1].kind == "number")
            ):
                return None
            if (
                glued
                and after.text in "-–"
                and number.end + 1 < len(tokens)
                and (tokens[number.end + 1].kind == "number" and not number.worded)
            ):
                return None
        if number.fraction:
            return self._part(tokens, number)
        if number.definite and not (compared or number.scaled):
            return None
        word = tokens[number.start].text[number.cut :]
        single = number.end - number.start == 1
        if single and word in self.marks["never"]:
            return None
        if (
            single
            and word in self.marks["fifths"]
            and number.end < len(tokens)
            and is_definite(tokens[number.end].text)
        ):
            value = HUNDRED / number.value
            return Amount(
                number.start,
                number.end + 1,
                number.cut,
                "percent",
                AmountRule.FRACTION,
                plain(value),
            )
        tail = Tail(number.end, ITEM, AmountRule.BARE)
        if not alone:
            tail = self._tail(tokens, number.end, setting, number)
        if not tail.noun and (coded or (number.definite and not compared)):
            return None
        nobody = number.start > 0 and tokens[number.start - 1].text == "no"  # no one agrees
        if (not tail.noun or nobody) and single and word in self.marks["never alone"]:
            return None
        value = number.value
        if tail.unit in _WHOLE and tail.noun and single and _THOUSANDS.fullmatch(word):
            value = Decimal(word.replace(".", ""))  # 12.450 أسرة: no fraction of a family
        amount = Amount(
            number.start,
            tail.end,
            number.cut,
            tail.unit,
            tail.rule,
            plain(value),
            garbled=number.garbled,
            comparator="more-than" if number.over else "exactly",
            confidence=Decimal("0.95") if tail.from_noun else Decimal("0.75"),
            noun=tail.noun,
        )
        return self._followed(tokens, amount)


def _in_its_unit(amount: Amount) -> Amount:
    """Return decades as years, because they are not a unit, and most of a sum as a share of it."""
    if amount.comparator == "most-of" and amount.unit in currency_codes():
        return replace(amount, unit="percent")
    if amount.unit != "decade":
        return amount
    value, lower, upper = (
        None if one is None else one * 10 for one in (amount.value, amount.lower, amount.upper)
    )
    return replace(amount, unit="year", value=value, lower=lower, upper=upper)


@lru_cache(maxsize=4)
def amounts_of(language: str) -> Amounts:
    """Return the amount reader for a language."""
    return Amounts(language)
