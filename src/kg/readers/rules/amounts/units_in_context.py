"""Units of bare numbers, from the words of their clause and the amounts before them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.counted_units import ITEM, REACH, Amount, AmountRule, CountedUnits
from kg.readers.rules.amounts.currencies import currency_codes
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import is_definite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["UnitsInContext"]

_MILLION: Final = 10**6
_THOUSAND: Final = 1000
#: Amounts without a noun, whose unit may come from the clause.
_WITHOUT_UNIT: Final = (AmountRule.BARE, AmountRule.RANGE, AmountRule.VAGUE_ALONE)
_WHO_DID: Final = frozenset(("ما", "ممن", "كانوا", "كن", "لا", "لم"))
_HAD: Final = frozenset(("had", "have", "were", "was", "are", "been"))
_WHO: Final = word_class("ar", "who")


class UnitsInContext(CountedUnits):
    """Finds what a number counts if no noun follows it."""

    def _share(self, found: list[Amount], tokens: Sequence[Token]) -> None:
        """Give "from 5" the unit of "to 7 per cent", and "from 41" the scale of "to 66 million"."""
        first, second = found[-2], found[-1]
        if first.noun or first.unit != ITEM or second.start - first.end > 2:
            return
        between = {token.text for token in tokens[first.end : second.start]}
        if (
            between == {"من", "اصل"}
            or between & {"الي", "to", "مقابل", "and", "or", "او"}
            or tokens[second.start].text.startswith("و")
        ):
            first = replace(first, unit=second.unit, noun=second.noun)
        before = tokens[first.start - 1].text if first.start else ""
        scale = self._scale_in(tokens, second)
        plain = first.value is not None and first.value < _THOUSAND
        if plain and before in ("من", "from") and between & {"الي", "to"} and scale > 1:
            assert first.value is not None
            first = replace(first, value=first.value * scale)
        found[-2] = first

    def _scale_in(self, tokens: Sequence[Token], amount: Amount) -> Decimal:
        """Return the scale word of an amount: million, ملايين; 1 without one."""
        for token in tokens[amount.start : amount.end]:
            name, value = self.numerals.words.get(token.text, ("", Decimal(1)))
            if name == "scale":
                return value
        return Decimal(1)

    def _settle(self, found: Sequence[Amount], tokens: Sequence[Token]) -> list[Amount]:
        settled: list[Amount] = []
        for amount in found:
            if amount.unit == ITEM and not amount.noun and amount.rule in _WITHOUT_UNIT:
                before = next((one for one in reversed(settled) if one.unit != "percent"), None)
                unit = self._from_context(tokens, amount, before)
                bare = amount.rule == AmountRule.BARE
                rule = AmountRule.UNIT_FROM_CONTEXT if bare else amount.rule
                amount = replace(amount, unit=unit or ITEM, rule=rule)
            elif settled and self._of_the_sum(tokens, amount, settled[-1]):
                amount = replace(amount, unit=settled[-1].unit)
            settled.append(amount)
        return settled

    @staticmethod
    def _of_the_sum(tokens: Sequence[Token], amount: Amount, before: Amount) -> bool:
        """Return whether معظمها is most of a sum of money mentioned earlier in the sentence."""
        alone = amount.end == amount.start + 1 and amount.unit == ITEM
        return (
            alone
            and amount.comparator == "most-of"
            and before.unit in currency_codes()
            and not _parted(tokens[before.end : amount.start])
        )

    def _from_context(self, tokens: Sequence[Token], amount: Amount, before: Amount | None) -> str:
        """Return the unit of a bare number from the words of its clause."""
        after = tokens[amount.end].text if amount.end < len(tokens) else ""
        told = before
        if before is not None and _parted(tokens[before.end : amount.start]):
            before = None
        if after in self.marks["of them"]:
            return "person"
        behind = tokens[amount.end + 1].text if amount.end + 1 < len(tokens) else ""
        if after == "عدد":
            return "person" if behind in _WHO else self._unit_of(behind)  # 400 ألف عدد الذين
        if after == "بين" and behind and self._unit_of(behind) == "person":
            return "person"  # خمسون بين قتيل وجريح
        if self._did(tokens, amount.end):
            return "person"  # no more than 12 had died
        if before is not None and before.unit == "person" and after in _WHO_DID:
            return "person"  # 111 ما زلن في عداد المفقودات
        if after in self.marks["of it"] and before is not None:
            return before.unit
        if before is not None and self._out_of(tokens, amount.start):
            return before.unit
        for position in range(amount.start - 1, max(-1, amount.start - 2 * REACH), -1):
            token = tokens[position]
            if token.kind == "newline" or token.text in ".؛;!?؟":
                break
            for stem in self.numerals.stems(token.text):
                if stem.text in self.marks["of them"] or stem.text in self.marks["human verbs"]:
                    return "person"
                if stem.text in ("عددهم", "عددهن"):
                    return "person"
                if stem.text in self.marks["number of"]:
                    offset = position + (2 if self.language == "en" else 1)
                    if self.language == "ar" and is_definite(token.text):
                        # ارتفع العدد إلى, الحصيلة: of those mentioned before
                        toll = "person" if "حصيل" in token.text else ""
                        return told.unit if told is not None else toll
                    if self.language == "en" and tokens[position + 1].text != "of":
                        return told.unit if told is not None else ""  # the figure exceeds
                    if offset < len(tokens) and tokens[offset].text in _WHO:
                        return "person"  # عدد من كانوا على متنه
                    if offset < len(tokens):
                        return self._unit_of(tokens[offset].text)
                if stem.text in self.marks["rate of"]:
                    return "percent"
                if stem.text in self.marks["had been"] and before is not None:
                    return before.unit if before.unit != "percent" else ""
                if stem.text in self.marks["cost of"] and told is not None:
                    return told.unit if told.unit in currency_codes() else ""
        if before is not None and tokens[amount.start - 1].text in ("الي", "to"):
            return before.unit  # تراجع من ستة آلاف مقاتل إلى أقل من ألفين
        large = max(amount.value or 0, amount.upper or 0) >= _MILLION
        if before is not None and large and before.unit in currency_codes():
            return before.unit  # بزيادة قدرها 3 مليارات
        return ""

    def _did(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a verb of people follows a number: 12 قتلوا, 12 had died."""
        words = [token.text for token in tokens[index : index + 3] if token.kind == "word"]
        if words[:1] and words[0] in _HAD:
            words = words[1:]
        return bool(words[:1]) and words[0] in self.marks["human verbs"]

    def _out_of(self, tokens: Sequence[Token], start: int) -> bool:
        """Return whether a number is the whole of the amount before it: 80 نائبا من أصل 217."""
        pair = (tokens[start - 2].text, tokens[start - 1].text) if start > 1 else ("", "")
        return "_".join(pair) in self.marks["out of"]


def _parted(between: Sequence[Token]) -> bool:
    """Return whether two amounts are in different sentences, or too far apart."""
    return len(between) > 5 * REACH or any(
        token.kind == "newline" or token.text in ".؛;!?؟" for token in between
    )
