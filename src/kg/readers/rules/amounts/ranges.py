"""Ranges: between 3 and 5 million, from 200 to 300; and changes, which look like ranges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.readers.rules.amounts.amounts_in_words import AmountsInWords, plain
from kg.readers.rules.amounts.counted_units import ITEM, REACH, Amount, AmountRule, Setting
from kg.readers.rules.lexicon.words import function_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token
    from kg.readers.rules.numbers.numbers import Number

__all__ = ["CLAUSE_MARKS", "Ranges"]

CLAUSE_MARKS = frozenset('،,؛;:.!?؟()"\n')


class Ranges(AmountsInWords):
    """Reads ranges, and distinguishes them from changes."""

    def _number(self, tokens: Sequence[Token], index: int, setting: Setting) -> Number | None:
        return self.numerals.at(tokens, index, decimal_comma=setting.decimal_comma)

    def _range(
        self, tokens: Sequence[Token], index: int, taken: Sequence[bool], setting: Setting
    ) -> Amount | None:
        text = tokens[index].text
        start, cut = index, 0
        stem = next(
            (one for one in self.numerals.stems(text) if one.text in self.marks["between"]), None
        )
        opener = "between" if stem else ""
        if stem is None and index + 1 < len(tokens) and text in self.marks["what"]:
            if tokens[index + 1].text in self.marks["between"]:
                opener, index = "between", index + 1
        elif stem is not None:
            cut = stem.cut
        if not opener:
            stem = next(
                (one for one in self.numerals.stems(text) if one.text in self.marks["from"]), None
            )
            if stem is not None:
                opener, cut = "from", stem.cut
        first_at = index + 1 if opener else index
        if first_at >= len(tokens):
            return None
        skip = self.before.at(tokens, first_at) if tokens[first_at].kind == "word" else None
        if skip is not None and opener:
            first_at = skip.end
            if first_at >= len(tokens):
                return None
        sign = self.currencies.symbols.get(tokens[first_at].text, "") if opener else ""
        first = self._number(tokens, first_at + bool(sign), setting)
        if first is None or first.end >= len(tokens) or first.garbled:
            return None
        middle = first.end
        # The first bound may have its own unit: بين 5 دولارات و7 دولارات.
        own = self._tail(tokens, middle, setting, first) if opener else None
        for position in {middle, own.end if own else middle}:
            second = self._second(tokens, position, opener, setting)
            if second is None or (second.value <= first.value and not second.scaled):
                continue
            if any(taken[first.start : second.end]):
                continue
            found = self._ranged(tokens, start, cut, first, second, opener, setting)
            return replace(found, unit=sign) if found is not None and sign else found
        return None

    def _second(
        self, tokens: Sequence[Token], index: int, opener: str, setting: Setting
    ) -> Number | None:
        if index >= len(tokens):
            return None
        text = tokens[index].text
        if opener == "between":
            if text in ("و", "and") and index + 1 < len(tokens):
                signed = tokens[index + 1].text in self.currencies.symbols
                return self._number(tokens, index + 1 + signed, setting)
            number = self._number(tokens, index, setting)
            return number if number and number.clitics.startswith("و") else None
        if opener == "" and text in ("او", "or") and index + 1 < len(tokens):
            # مئة أو مئتين: two numbers followed by what they count
            alone = tokens[index - 1].kind == "number" or self._numeral(tokens, index - 1)
            return self._number(tokens, index + 1, setting) if alone else None
        # A hyphen between adjacent numbers, or "to".
        hyphen = text in "-–—" and tokens[index - 1].kind == "number"
        if (text in self.marks["to"] or hyphen) and index + 1 < len(tokens):
            number = self._number(tokens, index + 1, setting)
            if number is None or (hyphen and number.worded):
                return None
            return number
        return None

    def _numeral(self, tokens: Sequence[Token], index: int) -> bool:
        return self.numerals.is_numeral(tokens[index].text)

    def _ranged(
        self,
        tokens: Sequence[Token],
        start: int,
        cut: int,
        first: Number,
        second: Number,
        opener: str,
        setting: Setting,
    ) -> Amount | None:
        worded_to = opener != "between" and tokens[first.end].text not in "-–—"
        if worded_to and self._changes(tokens, start):
            return None
        tail = self._tail(tokens, second.end, setting, second)
        lower, upper = first.value, second.value
        if second.scaled and not first.scaled:
            scale = self._scale_of(tokens, second)
            if lower < upper / scale:
                lower *= scale
        if lower >= upper:
            return None
        hyphen = not opener and tokens[first.end].text in "-–—"
        if hyphen and tail.unit == ITEM and not tail.noun:
            return None  # a score, a code or a telephone number
        if not opener:
            start, cut = first.start, first.cut
        if self._is_code(tokens, start):
            return None
        return Amount(
            start,
            tail.end,
            cut,
            tail.unit,
            AmountRule.RANGE,
            lower=plain(lower),
            upper=plain(upper),
            noun=tail.noun,
        )

    def _scale_of(self, tokens: Sequence[Token], number: Number) -> Decimal:
        scale = Decimal(1)
        for token in tokens[number.start : number.end]:
            name, value = self.numerals.words.get(
                token.text.removeprefix("و")
                if token.text not in self.numerals.words
                else token.text,
                ("", Decimal(1)),
            )
            if name in ("scale", "scale-dual"):
                scale *= value
        return scale

    def _changes(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a verb or noun of change governs "from … to …" here."""
        for position in range(index - 1, max(-1, index - REACH - 4), -1):
            text = tokens[position].text
            if text in CLAUSE_MARKS:
                return False
            if any(stem.text in self.marks["change"] for stem in self.numerals.stems(text)):
                return True
        return False

    def _is_code(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether the number at a token is part of a name, a code or a time of day."""
        before = tokens[index - 1] if index else None
        if before is None:
            return False
        glued = before.end == tokens[index].start
        if (
            glued
            and before.kind == "word"
            and (before.text.isascii() or before.text in ("ال", "وال", "بال", "لل"))
        ):
            return True
        if before.text in "-–/:." and index > 1 and glued and tokens[index - 2].end == before.start:
            return True
        if before.text.lstrip("وبلف") in self.marks["ordinals"]:
            return True
        position = index - 1
        if before.text in '"(«' and index > 1:
            position -= 1
        for stem in self.numerals.stems(tokens[position].text):
            if stem.text in self.code_words:
                # هذا العدد 5.5 في المئة: a reported number, not an issue of a newspaper
                told = position > 0 and function_class(tokens[position - 1].text)
                return told != "demonstrative"
        return before.text == "ال"
