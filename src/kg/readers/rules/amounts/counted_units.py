"""Units of amounts: from counted nouns, measures, money, and the clause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.currencies import Currencies, currencies, english_peoples
from kg.readers.rules.lexicon.tables import Phrases, folded, rows, word_sets, word_stems, words
from kg.readers.rules.lexicon.words import (
    function_class,
    inflections,
    is_definite,
    is_function,
    is_verb,
    nationality,
)
from kg.readers.rules.numbers.numbers import numerals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token
    from kg.readers.rules.numbers.numbers import Number

__all__ = [
    "ITEM",
    "REACH",
    "Amount",
    "Comparison",
    "CountedUnits",
    "Setting",
    "Tail",
    "looks_human",
]

#: How far before its number a comparing verb may be, in tokens.
REACH: Final = 8
#: The default unit.
ITEM: Final = "item"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article shows about its numbers: separators, and the countries it mentions."""

    decimal_comma: bool = False
    countries: tuple[str, ...] = ()


class AmountRule(StrEnum):
    """How an amount was recognised; the value is its name in the explanations of a draft."""

    NOUN = "counted noun"
    NOUN_BY_FORM = "counted noun by form"
    NATIONALITY = "nationality"
    MEASURE = "measure"
    MONEY = "money"
    PERCENT = "percent"
    SYMBOL = "symbol"
    FRACTION = "fraction"
    RANGE = "range"
    BARE = "bare number"
    UNIT_FROM_CONTEXT = "number, unit from context"
    ONE = "one"
    DUAL = "dual"
    VAGUE = "vague amount"
    VAGUE_ALONE = "vague amount alone"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in tokens ``start:end``; ``cut`` letters are clitics.

    ``by_verb`` means that a verb further back compares: زاد عدد القتلى عن 30.
    """

    start: int
    end: int
    cut: int
    unit: str
    rule: AmountRule
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    comparator: str = "exactly"
    approximate: bool = False
    garbled: bool = False
    confidence: Decimal = Decimal("0.9")
    noun: str = ""
    by_verb: bool = False

    @property
    def explanation(self) -> str:
        """The name of its rule in the explanations of a draft."""
        return f"{self.rule}, comparing verb" if self.by_verb else self.rule.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """The meaning of a comparator, and whether it is a verb that may be far from its number."""

    comparator: str
    approximate: bool
    verb: bool
    far: bool


@dataclass(frozen=True, slots=True)
class _Noun:
    unit: str
    number: str
    words: int


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: its unit, and where it ends."""

    end: int
    unit: str
    rule: AmountRule
    noun: str = ""
    from_noun: bool = False


class CountedUnits:
    """Finds the unit of a number: after it, or in its clause."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numerals = numerals(language)
        self.currencies: Currencies = currencies(language)
        take = word_stems(language)
        self.before: Phrases[Comparison] = Phrases.of(self._comparisons("before"), take)
        self.after: Phrases[Comparison] = Phrases.of(self._comparisons("after"), take)
        self.vague: Phrases[tuple[str, str]] = Phrases.of(
            [(row["phrase"], (row["comparator"], row["after"])) for row in rows(language, "vague")],
            take,
        )
        self.nouns, self.long_nouns = _counted(language)
        self.code_words = words(language, "not_amounts")
        self.marks = word_sets(language, "amount_words")

    def _comparisons(self, place: str) -> list[tuple[str, Comparison]]:
        return [
            (
                row["phrase"],
                Comparison(
                    row["comparator"] or "exactly",
                    row["approximate"] == "yes",
                    row["verb"] != "no",
                    row["verb"] == "yes",
                ),
            )
            for row in rows(self.language, "comparators")
            if row["place"] == place
        ]

    def _tail(
        self, tokens: Sequence[Token], index: int, setting: Setting, number: Number | None = None
    ) -> Tail:
        """Return the unit at a token that follows a number."""
        if index >= len(tokens):
            return Tail(index, ITEM, AmountRule.BARE)
        token = tokens[index]
        if token.text in ("%", "٪"):
            return Tail(index + 1, "percent", AmountRule.PERCENT, "%", True)
        for phrase, unit in self.long_nouns.get(token.text, ()):
            end = index + len(phrase)
            if tuple(one.text for one in tokens[index:end]) == phrase:
                return Tail(end, unit, AmountRule.MEASURE, " ".join(phrase), True)
        if token.kind == "mark":
            if code := self.currencies.symbols.get(token.text):
                return Tail(index + 1, code, AmountRule.MONEY, token.text, True)
            return Tail(index, ITEM, AmountRule.BARE)
        money = self.currencies.at(tokens, index, setting.countries)
        if money is not None:
            return Tail(money.end, money.code, AmountRule.MONEY, token.text, True)
        if token.kind != "word":
            return Tail(index, ITEM, AmountRule.BARE)
        return self._noun_tail(tokens, index, number)

    def _noun_tail(self, tokens: Sequence[Token], index: int, number: Number | None) -> Tail:
        token = tokens[index]
        noun = self.nouns.get(token.text)
        if self.language == "en":
            return self._english_noun(tokens, index)
        if token.text == "من" and index + 1 < len(tokens):
            told = index + 1 + (function_class(tokens[index + 1].text) == "demonstrative")
            partitive = self._partitive(tokens[told].text) if told < len(tokens) else ""
            if partitive:
                return Tail(told + 1, partitive, AmountRule.NOUN, tokens[told].text, True)
            return Tail(index, ITEM, AmountRule.BARE)
        if noun is not None:
            end = index + 1
            if end < len(tokens) and tokens[end].text.removeprefix("و") in self.numerals.over_words:
                return Tail(end, noun.unit, AmountRule.NOUN, token.text, True)
            return Tail(end, noun.unit, AmountRule.NOUN, token.text, True)
        plain = not is_definite(token.text) and not token.text.endswith("ه")
        if plain and nationality(token.text) is not None:
            return Tail(index + 1, "person", AmountRule.NATIONALITY, token.text, True)
        if is_function(token.text) or is_definite(token.text) or is_verb(token.text):
            return Tail(index, ITEM, AmountRule.BARE)
        if token.text[0] in "وف" and (self.numerals.is_numeral(token.text) or len(token.text) < 5):
            return Tail(index, ITEM, AmountRule.BARE)
        if token.text in self.marks["no unit"] or token.text[:2] in ("لل", "بال"):
            return Tail(index, ITEM, AmountRule.BARE)
        if number is not None and number.clitics.startswith("ال"):
            return Tail(index, ITEM, AmountRule.BARE)
        unit = "person" if looks_human(token.text) else ITEM
        return Tail(index + 1, unit, AmountRule.NOUN_BY_FORM, token.text, True)

    def _english_noun(self, tokens: Sequence[Token], index: int) -> Tail:
        """Find the counted noun after at most two adjectives; the quote ends with it."""
        token = tokens[index]
        if token.text == "of" and index + 1 < len(tokens):
            index += 1
            if tokens[index].text in ("the", "its", "their") and index + 1 < len(tokens):
                index += 1
        for position in range(index, min(index + 3, len(tokens))):
            word = tokens[position].text
            if tokens[position].kind != "word" or word in self.marks["no unit"]:
                break
            noun = self.nouns.get(word)
            if noun is not None:
                return Tail(position + 1, noun.unit, AmountRule.NOUN, word, True)
            if word in english_peoples():
                return Tail(position + 1, "person", AmountRule.NATIONALITY, word, True)
        word = tokens[index].text
        if word.endswith("s") and len(word) > 3 and word not in self.marks["no unit"]:
            return Tail(index + 1, ITEM, AmountRule.NOUN_BY_FORM, word, True)
        return Tail(index, ITEM, AmountRule.BARE)

    def _partitive(self, word: str) -> str:
        """Return the unit in "of his soldiers": the noun with article or possessive."""
        bare = word.removeprefix("ال")
        bodies = [bare]
        for suffix in ("هما", "هم", "ها", "نا", "ه"):
            if word.endswith(suffix):
                body = word[: -len(suffix)]
                bodies += [body, body[:-1] + "ين" if body.endswith("ي") else body]
                if body.endswith("ت"):
                    bodies.append(body[:-1] + "ه")
        for body in bodies:
            noun = self.nouns.get(body)
            if noun is not None and (noun.unit != ITEM or body != word) and word != body:
                return noun.unit if noun.unit in ("person", "family", "group") else ""
        return ""

    def _unit_of(self, word: str) -> str:
        bare = word.removeprefix("ال")
        # مقاتلي التنظيم: the plural without its nun
        noun = self.nouns.get(bare) or self.nouns.get(word) or self.nouns.get(f"{bare}ن")
        if noun is not None:
            return noun.unit
        found = nationality(word)
        if found is not None and found[1]:
            return "person"
        return "person" if looks_human(bare) else ITEM


def looks_human(word: str) -> bool:
    """Guess from the form: sound masculine plurals and متفعّل mostly name people."""
    if word.endswith(("ين", "ون")) and len(word) > 4:
        return word[-4] != "ا"
    return len(word) > 4 and word.startswith("مت") and not word.endswith("ه")


@lru_cache(maxsize=4)
def _counted(
    language: str,
) -> tuple[dict[str, _Noun], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Return the counted nouns by form, and those of several words by their first word."""
    nouns: dict[str, _Noun] = {}
    long: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    derived: set[str] = set()
    for row in rows(language, "counted"):
        unit = row["unit"]
        for entry in row["words"].split():
            singular, _, plurals = entry.partition("/")
            broken = [folded(one) for one in plurals.split(",") if one]
            if "_" in singular:
                phrase = tuple(folded(singular).split("_"))
                long.setdefault(phrase[0], []).append((phrase, unit))
                continue
            name = folded(singular)
            forms = {name: "singular"}
            if language == "ar":
                forms = inflections(singular, human=unit == "person")
                if unit == "person" and not broken and not singular.endswith("ة"):
                    forms[name + "ين"] = "plural"
            for form, number in forms.items():
                # مدرسة is a school, though it could be a teacher's feminine.
                named = form == name and form in derived
                if form not in nouns or nouns[form].number == "dual" or named:
                    nouns[form] = _Noun(unit, number, 1)
                    (derived.discard if form == name else derived.add)(form)
            for form in broken:
                nouns[form] = _Noun(unit, "plural", 1)
                nouns.setdefault(form + "ا", _Noun(unit, "plural", 1))
    for phrase_text in sorted(word_sets(language, "amount_words")["percent"]):
        phrase = tuple(phrase_text.split("_"))
        long.setdefault(phrase[0], []).append((phrase, "percent"))
    for found in long.values():
        found.sort(key=lambda one: -len(one[0]))
    return nouns, long
