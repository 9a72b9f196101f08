"""Amounts without a number: most of, dozens of, duals, a noun with واحد."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.counted_units import ITEM, Amount, AmountRule, looks_human
from kg.readers.rules.amounts.units_in_context import UnitsInContext
from kg.readers.rules.lexicon.tables import folded, word_class
from kg.readers.rules.lexicon.words import function_class, is_definite, is_function, is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token
    from kg.readers.rules.numbers.numbers import Number

__all__ = ["HUNDRED", "AmountsInWords", "plain"]

HUNDRED = Decimal(100)
_SHORTEST_DUAL: Final = 5
#: Words between a part and the whole: half its fleet.
_OWNED: Final = frozenset({"the", "its", "their", "his", "her", "our", "all"})
#: Fractions with the article, in per cent.
_THE_PARTS: Final = {
    folded(word): Decimal(value)
    for word, value in {
        "النصف": "50",
        "الثلث": "33.33",
        "الثلثين": "66.67",
        "الربع": "25",
        "الخمس": "20",
        "السدس": "16.67",
        "العشر": "10",
    }.items()
}
_BY_PARTS: Final = word_class("ar", "parts-by")


class AmountsInWords(UnitsInContext):
    """Reads amounts without a number."""

    def _followed(self, tokens: Sequence[Token], amount: Amount) -> Amount:
        """Add a following half (35 هكتارا ونصف) or comparator to an amount: على الأقل, كحد أقصى."""
        amount = self._and_a_half(tokens, amount)
        position = amount.end
        for _ in range(4):
            if position >= len(tokens) or tokens[position].kind != "word":
                break
            match = self.after.at(tokens, position)
            if match is not None:
                value = match.value
                if match.cut and match.clitics not in ("و", "ف", "ك", "ب"):
                    break
                return replace(
                    amount,
                    end=match.end,
                    comparator=value.comparator
                    if value.comparator != "exactly"
                    else amount.comparator,
                    approximate=amount.approximate or value.approximate,
                )
            word = tokens[position].text
            if self.language == "ar":
                if position == amount.end and word != "من" and not word.startswith("لل"):
                    break
                if position > amount.end and is_verb(word):
                    break
            elif position > amount.end + 1:
                break
            position += 1
        return amount

    def _and_a_half(self, tokens: Sequence[Token], amount: Amount) -> Amount:
        """Add a fraction that follows the counted noun: 35 هكتارا ونصف الهكتار, ساعتين وربع."""
        end = amount.end
        if self.language != "ar" or end >= len(tokens) or amount.value is None or not amount.noun:
            return amount
        text = tokens[end].text
        name, part = self.numerals.words.get(text[1:], ("", Decimal(0)))
        if text[:1] != "و" or name != "fraction" or amount.unit in (ITEM, "person", "percent"):
            return amount
        end += 1
        if end < len(tokens):
            noun = self.nouns.get(tokens[end].text.removeprefix("ال"))
            if noun is not None and noun.unit == amount.unit:
                end += 1
            elif is_definite(tokens[end].text) or noun is not None:
                return amount
        return replace(amount, end=end, value=plain(amount.value + part))

    def _part_of_it(self, tokens: Sequence[Token], index: int) -> Amount | None:
        """Read a fraction with a pronoun: ربعها, ثلثاهم."""
        for stem in self.numerals.stems(tokens[index].text):
            for suffix in ("ها", "هم", "هما", "هن"):
                base = stem.text.removesuffix(suffix)
                name, part = self.numerals.words.get(base, ("", Decimal(0)))
                if base != stem.text and name == "fraction" and base in self.marks["parts"]:
                    value = plain((part * HUNDRED).quantize(Decimal("0.01")))
                    found = Amount(
                        index, index + 1, stem.cut, "percent", AmountRule.FRACTION, value
                    )
                    return self._followed(tokens, found)
        return None

    def _the_part(self, tokens: Sequence[Token], index: int, *, compared: bool) -> Amount | None:
        """Read a definite fraction after a comparator or a rate: أكثر من الثلث, بنسبة الخمس."""
        text = tokens[index].text
        by = text.startswith("بال") and text[1:] in _BY_PARTS  # قدر حصته بالربع
        value = _THE_PARTS.get(text[1:] if by else text)
        if value is None or self.language != "ar" or self._parted_name(tokens, index + 1):
            return None
        before = tokens[index - 1].text if index else ""
        rated = any(stem.text in self.marks["parted by"] for stem in self.numerals.stems(before))
        if not compared and not rated and not by:
            return None
        return Amount(index, index + 1, int(by), "percent", AmountRule.FRACTION, value)

    @staticmethod
    def _parted_name(tokens: Sequence[Token], index: int) -> bool:
        """Return whether an adjective follows: الربع الأول is a time, not a fraction."""
        return index < len(tokens) and is_definite(tokens[index].text)

    def _part(self, tokens: Sequence[Token], number: Number) -> Amount | None:
        """Read a fraction of a whole: ثلث السكان, a third of the staff."""
        if number.end >= len(tokens):
            return None
        after = tokens[number.end].text
        end = number.end + 1
        if self.language == "en":
            if after in ("were", "was", "are", "is", "have", "had"):
                end = number.end  # of whom a third were
            else:
                if after != "of" and after not in _OWNED:
                    return None
                if after == "of" and end < len(tokens) and tokens[end].text in _OWNED:
                    end += 1
                if end >= len(tokens):
                    return None
                end += 1
        else:
            noun = self.nouns.get(after)
            if noun is not None and noun.number == "singular" and noun.unit not in (ITEM, "person"):
                unit = noun.unit
                after = tokens[end].text if end < len(tokens) else ""
                if unit == "point" and after in self.marks["hundredths"]:
                    end, unit = end + 1, "percentage-point"
                value = plain(number.value)
                return Amount(number.start, end, number.cut, unit, AmountRule.FRACTION, value)
            if after == "عدد" and end < len(tokens):
                end += 1
            elif function_class(after) == "demonstrative":
                if end >= len(tokens) or not is_definite(tokens[end].text):
                    return None
                end += 1
            elif after.endswith(("ها", "هم")) and len(after) > 4 and not is_function(after):
                pass  # نصف طاقتها
            elif not is_definite(after) or after in self.marks["not whole"]:
                return None
        value = (number.value * HUNDRED).quantize(Decimal("0.01"))
        return Amount(number.start, end, number.cut, "percent", AmountRule.FRACTION, plain(value))

    def _vague(self, tokens: Sequence[Token], index: int) -> Amount | None:
        match = self.vague.at(tokens, index)
        if match is not None and index and tokens[index - 1].text == "how":
            return None  # how many
        if match is not None and self._is_superlative(tokens, index):
            return None
        if match is None:
            return self._most_of_them(tokens, index)
        comparator, needs = match.value
        end = match.end
        if not needs:
            return Amount(
                index, end, match.cut, ITEM, AmountRule.VAGUE_ALONE, comparator=comparator
            )
        if end >= len(tokens) or tokens[end].kind != "word":
            return None
        word = tokens[end].text
        if self.language == "en":
            tail = self._english_noun(tokens, end)
            return Amount(
                index,
                max(tail.end, end),
                match.cut,
                tail.unit,
                AmountRule.VAGUE,
                comparator=comparator,
            )
        if is_function(word) or is_verb(word) or (needs == "definite" and not is_definite(word)):
            return None
        money = self.currencies.at(tokens, end, ())
        if money is not None:
            return Amount(
                index,
                money.end,
                match.cut,
                money.code,
                AmountRule.VAGUE,
                comparator=comparator,
            )
        unit = self._unit_of(word)
        return Amount(index, end + 1, match.cut, unit, AmountRule.VAGUE, comparator=comparator)

    def _is_superlative(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether "most" belongs to an adjective: the most conservative of them."""
        return (
            self.language == "en"
            and index > 0
            and tokens[index].text == "most"
            and tokens[index - 1].text == "the"
        )

    def _most_of_them(self, tokens: Sequence[Token], index: int) -> Amount | None:
        text = tokens[index].text
        for stem in self.numerals.stems(text):
            if stem.text in self.marks["most of persons"]:
                return Amount(
                    index,
                    index + 1,
                    stem.cut,
                    "person",
                    AmountRule.VAGUE,
                    comparator="most-of",
                )
            if stem.text in self.marks["most of things"]:
                return Amount(
                    index, index + 1, stem.cut, ITEM, AmountRule.VAGUE, comparator="most-of"
                )
        return None

    def _dual(self, tokens: Sequence[Token], index: int, countries: Sequence[str]) -> Amount | None:
        """Read an indefinite dual (جنديان), or a noun with واحد."""
        if self.language != "ar":
            return None
        text = tokens[index].text
        if index + 1 < len(tokens) and tokens[index + 1].text in self.marks["one"]:
            return self._one(tokens, index, countries)
        if function_class(text) or is_definite(text):
            return None
        for stem in self.numerals.stems(text):
            noun = self.nouns.get(stem.text)
            if noun is None or is_definite(stem.text):
                continue
            nominative = stem.text[-2:] == "ان" and stem.clitics[-1:] in tuple("بلك")
            short = len(stem.text) < _SHORTEST_DUAL  # أمين is not a pair of mothers
            if noun.number != "dual" or nominative or short:
                return None
            end, unit = index + 1, noun.unit
            if end < len(tokens) and tokens[end].text in self.marks["two"]:
                end += 1
            elif (
                unit == "point"
                and end < len(tokens)
                and tokens[end].text in self.marks["hundredths"]
            ):
                end, unit = end + 1, "percentage-point"
            amount = Amount(
                index,
                end,
                stem.cut,
                unit,
                AmountRule.DUAL,
                Decimal(2),
                noun=stem.text,
                confidence=Decimal("0.85"),
            )
            return self._followed(tokens, amount)
        return None

    def _one(self, tokens: Sequence[Token], index: int, countries: Sequence[str]) -> Amount | None:
        text = tokens[index].text
        if is_function(text) or is_definite(text) or is_verb(text):
            return None
        money = self.currencies.at(tokens, index, countries)
        if money is not None and money.end == index + 1:  # دولارا واحدا
            return Amount(index, index + 2, 0, money.code, AmountRule.ONE, Decimal(1), noun=text)
        for stem in reversed(self.numerals.stems(text)):
            noun = self.nouns.get(stem.text)
            if noun is not None:
                return Amount(
                    index,
                    index + 2,
                    stem.cut,
                    noun.unit,
                    AmountRule.ONE,
                    Decimal(1),
                    noun=stem.text,
                )
        if index + 2 < len(tokens) and tokens[index + 2].text in self.marks["not one"]:
            return None
        if text in self.marks["no unit"] or any(
            stem.text in self.marks["no unit"] for stem in self.numerals.stems(text)
        ):
            return None
        return Amount(
            index,
            index + 2,
            0,
            "person" if looks_human(text) else ITEM,
            AmountRule.ONE,
            Decimal(1),
            confidence=Decimal("0.7"),
        )


def plain(value: Decimal) -> Decimal:
    """Return a value without trailing zeros, and a fraction to two decimals."""
    if value != value.to_integral_value() and len(value.as_tuple().digits) > 12:
        value = value.quantize(Decimal("0.01"))
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
