"""Amounts: numbers with their comparator and unit, ranges, percentages, money, vague amounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.currencies import Currencies, currencies, english_peoples
from kg.rules.lexicon import Match, Phrases, folded, rows, word_stems, words
from kg.rules.numbers import numerals
from kg.rules.words import (
    function_class,
    inflections,
    is_definite,
    is_function,
    is_verb,
    nationality,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rules.numbers import Number
    from kg.rules.tokens import Token

__all__ = ["Amount", "Amounts", "Setting", "amounts_of"]

#: How far a comparing verb may stand before its number, in tokens.
_REACH: Final = 8
#: The unit where none is told.
ITEM: Final = "item"
_HUNDRED = Decimal(100)
#: What a negation makes of a comparator.
_OPPOSITE: Final = {"more-than": "at-most", "less-than": "at-least"}
_CLAUSE_MARKS = frozenset('،,؛;:.!?؟()"\n')


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article tells about its numbers: the writer's separators and countries."""

    decimal_comma: bool = False
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the tokens ``start`` up to, without, ``end``; ``cut`` letters are clitics."""

    start: int
    end: int
    cut: int
    unit: str
    rule: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    comparator: str = "exactly"
    approximate: bool = False
    garbled: bool = False
    confidence: Decimal = Decimal("0.9")
    noun: str = ""


@dataclass(frozen=True, slots=True)
class _Comparison:
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
class _Tail:
    """What follows a number: its unit, and where it ends."""

    end: int
    unit: str
    rule: str
    noun: str = ""
    from_noun: bool = False


class Amounts:
    """Reads the amounts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numerals = numerals(language)
        self.currencies: Currencies = currencies(language)
        take = word_stems(language)
        self.before: Phrases[_Comparison] = Phrases.of(self._comparisons("before"), take)
        self.after: Phrases[_Comparison] = Phrases.of(self._comparisons("after"), take)
        self.vague: Phrases[tuple[str, str]] = Phrases.of(
            [(row["phrase"], (row["comparator"], row["after"])) for row in rows(language, "vague")],
            take,
        )
        self.nouns, self.long_nouns = _counted(language)
        codes = {"before": set[str](), "clock": set[str]()}
        for row in rows(language, "not_amounts"):
            codes[row["kind"]].update(folded(word) for word in row["words"].split())
        self._hopes: dict[str, bool] = {}
        self.code_words, self.clock_words = codes["before"], codes["clock"]
        self.marks = {
            row["name"]: words(language, "amount_words", "words")
            & frozenset(folded(word) for word in row["words"].split())
            for row in rows(language, "amount_words")
        }

    def _comparisons(self, place: str) -> list[tuple[str, _Comparison]]:
        return [
            (
                row["phrase"],
                _Comparison(
                    row["comparator"] or "exactly",
                    row["approximate"] == "yes",
                    row["verb"] != "no",
                    row["verb"] == "yes",
                ),
            )
            for row in rows(self.language, "comparators")
            if row["place"] == place
        ]

    # ---- the scan

    def find(
        self, tokens: Sequence[Token], taken: Sequence[bool], setting: Setting
    ) -> tuple[Amount, ...]:
        """Return the amounts among tokens, left to right.

        :param taken: which tokens belong to dates already.
        """
        found: list[Amount] = []
        pending: tuple[int, _Comparison] | None = None
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if token.text in _CLAUSE_MARKS or (pending and index - pending[0] > _REACH):
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
                        rule=f"{amount.rule}, comparing verb",
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
        return tuple(self._settle(found, tokens, setting))

    def _hopeful(self, word: str) -> bool:
        """Tell whether an amount or a comparator may begin with a word."""
        known = self._hopes.get(word)
        if known is None:
            if len(self._hopes) > 50_000:
                self._hopes.clear()
            names = ("between", "what", "from", "most of persons", "most of things")
            known = self.numerals.is_numeral(word) or any(
                stem.text in self.before.entries
                or stem.text in self.vague.entries
                or any(stem.text in self.marks[name] for name in names)
                or (stem.text in self.nouns and self.nouns[stem.text].number == "dual")
                for stem in self.numerals.stems(word)
            )
            self._hopes[word] = known
        return known

    def _at(
        self, tokens: Sequence[Token], index: int, taken: Sequence[bool], setting: Setting
    ) -> tuple[Amount | None, Match[_Comparison] | None]:
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
        """Tell whether a negated verb stands before: لا تعيش أكثر من."""
        if index < 2 or not is_verb(tokens[index - 1].text):
            return False
        return tokens[index - 2].text.lstrip("وف") in self.marks["not"]

    def _compared(
        self, tokens: Sequence[Token], inner: Amount, index: int, match: Match[_Comparison]
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
        """Return the amount that begins with a token, no comparator before it."""
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
                    return amount and replace(amount, start=index, cut=0, unit=unit, rule="symbol")
            return None
        if token.kind == "word" and (vague := self._vague(tokens, index)) is not None:
            return vague
        if (found := self._range(tokens, index, taken, setting)) is not None:
            return found
        number = self._number(tokens, index, setting)
        if number is not None and not any(taken[number.start : number.end]):
            amount = self._finish(tokens, number, setting, compared=compared, index=index)
            if amount is not None:
                return amount
        return self._dual(tokens, index) if token.kind == "word" else None

    def _number(self, tokens: Sequence[Token], index: int, setting: Setting) -> Number | None:
        return self.numerals.at(tokens, index, decimal_comma=setting.decimal_comma)

    # ---- ranges

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
        # A hyphen between numbers that touch, or "to".
        hyphen = text in "-–—" and tokens[index - 1].kind == "number"
        if (text in self.marks["to"] or hyphen) and index + 1 < len(tokens):
            number = self._number(tokens, index + 1, setting)
            if number is None or (hyphen and number.worded):
                return None
            return number
        return None

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
            "range",
            lower=_plain(lower),
            upper=_plain(upper),
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
        """Tell whether a verb or noun of change governs "from … to …" here."""
        for position in range(index - 1, max(-1, index - _REACH - 4), -1):
            text = tokens[position].text
            if text in _CLAUSE_MARKS:
                return False
            if any(stem.text in self.marks["change"] for stem in self.numerals.stems(text)):
                return True
        return False

    # ---- one number

    def _is_code(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether the number at a token is a name, a code or a time of the day."""
        before = tokens[index - 1] if index else None
        if before is None:
            return False
        glued = before.end == tokens[index].start
        if (
            glued
            and before.kind == "word"
            and (before.text.isascii() or before.text in ("ال", "وال", "بال", "لل"))
        ):
            return not (before.text.isascii() and self.language == "en" and False)
        if before.text in "-–/:." and index > 1 and glued and tokens[index - 2].end == before.start:
            return True
        if before.text.lstrip("وبلف") in self.marks["ordinals"]:
            return True
        position = index - 1
        if before.text in '"(«' and index > 1:
            position -= 1
        for stem in self.numerals.stems(tokens[position].text):
            if stem.text in self.code_words or stem.text in self.clock_words:
                return True
        return before.text in ("ال", "الـ")

    def _finish(
        self,
        tokens: Sequence[Token],
        number: Number,
        setting: Setting,
        *,
        compared: bool,
        index: int,
    ) -> Amount | None:
        coded = self._is_code(tokens, index)
        if coded and not number.worded:
            return None
        if number.end < len(tokens):
            after = tokens[number.end]
            glued = after.start == tokens[number.end - 1].end
            half_day = (
                after.text in ("a", "p")
                and number.end + 1 < len(tokens)
                and (tokens[number.end + 1].text == ".")
            )
            if self.language == "en" and (half_day or after.text in ("am", "pm")):
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
            value = _HUNDRED / number.value
            return Amount(
                number.start, number.end + 1, number.cut, "percent", "fraction", _plain(value)
            )
        tail = self._tail(tokens, number.end, setting, number)
        if not tail.noun and (coded or (number.definite and not compared)):
            return None
        if not tail.noun and single and word in self.marks["never alone"]:
            return None
        amount = Amount(
            number.start,
            tail.end,
            number.cut,
            tail.unit,
            tail.rule,
            _plain(number.value),
            garbled=number.garbled,
            comparator="more-than" if number.over else "exactly",
            confidence=Decimal("0.95") if tail.from_noun else Decimal("0.75"),
            noun=tail.noun,
        )
        return self._followed(tokens, amount)

    def _followed(self, tokens: Sequence[Token], amount: Amount) -> Amount:
        """Take in a comparator that stands behind: على الأقل, كحد أقصى."""
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

    def _part(self, tokens: Sequence[Token], number: Number) -> Amount | None:
        """Read a fraction of a whole: ثلث السكان, a third of the staff."""
        if number.end >= len(tokens):
            return None
        after = tokens[number.end].text
        end = number.end + 1
        if self.language == "en":
            if after != "of" or end >= len(tokens):
                return None
            if tokens[end].text in ("the", "its", "their", "his", "her", "all"):
                end += 1
            if end >= len(tokens):
                return None
            end += 1
        else:
            noun = self.nouns.get(after)
            if noun is not None and noun.number == "singular" and noun.unit not in (ITEM, "person"):
                return Amount(
                    number.start, end, number.cut, noun.unit, "fraction", _plain(number.value)
                )
            if after == "عدد" and end < len(tokens):
                end += 1
            elif not is_definite(after) or after in self.marks["not whole"]:
                return None
        value = (number.value * _HUNDRED).quantize(Decimal("0.01"))
        return Amount(number.start, end, number.cut, "percent", "fraction", _plain(value))

    # ---- units

    def _tail(
        self, tokens: Sequence[Token], index: int, setting: Setting, number: Number | None = None
    ) -> _Tail:
        """Return the unit that stands at a token, behind a number."""
        if index >= len(tokens):
            return _Tail(index, ITEM, "bare number")
        token = tokens[index]
        if token.text in ("%", "٪"):
            return _Tail(index + 1, "percent", "percent", "%", True)
        for phrase, unit in self.long_nouns.get(token.text, ()):
            end = index + len(phrase)
            if tuple(one.text for one in tokens[index:end]) == phrase:
                return _Tail(end, unit, "measure", " ".join(phrase), True)
        if token.kind == "mark":
            if code := self.currencies.symbols.get(token.text):
                return _Tail(index + 1, code, "money", token.text, True)
            return _Tail(index, ITEM, "bare number")
        money = self.currencies.at(tokens, index, setting.countries)
        if money is not None:
            return _Tail(money.end, money.code, "money", token.text, True)
        if token.kind != "word":
            return _Tail(index, ITEM, "bare number")
        return self._noun_tail(tokens, index, number)

    def _noun_tail(self, tokens: Sequence[Token], index: int, number: Number | None) -> _Tail:
        token = tokens[index]
        noun = self.nouns.get(token.text)
        if self.language == "en":
            return self._english_noun(tokens, index)
        if token.text == "من" and index + 1 < len(tokens):
            partitive = self._partitive(tokens[index + 1].text)
            if partitive:
                return _Tail(index + 2, partitive, "counted noun", tokens[index + 1].text, True)
            return _Tail(index, ITEM, "bare number")
        if noun is not None:
            end = index + 1
            if end < len(tokens) and tokens[end].text.removeprefix("و") in self.numerals.over_words:
                return _Tail(end, noun.unit, "counted noun", token.text, True)
            return _Tail(end, noun.unit, "counted noun", token.text, True)
        if nationality(token.text) is not None and not is_definite(token.text):
            if not token.text.endswith("ه"):
                return _Tail(index + 1, "person", "nationality", token.text, True)
        if is_function(token.text) or is_definite(token.text) or is_verb(token.text):
            return _Tail(index, ITEM, "bare number")
        if token.text[0] in "وف" and (self.numerals.is_numeral(token.text) or len(token.text) < 5):
            return _Tail(index, ITEM, "bare number")
        if token.text in self.marks["no unit"] or token.text[:2] in ("لل", "بال"):
            return _Tail(index, ITEM, "bare number")
        if number is not None and number.clitics.startswith("ال"):
            return _Tail(index, ITEM, "bare number")
        unit = "person" if _looks_human(token.text) else ITEM
        return _Tail(index + 1, unit, "counted noun by form", token.text, True)

    def _english_noun(self, tokens: Sequence[Token], index: int) -> _Tail:
        """Find the counted noun behind up to two adjectives; the quote ends with it."""
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
                return _Tail(position + 1, noun.unit, "counted noun", word, True)
            if word in english_peoples():
                return _Tail(position + 1, "person", "nationality", word, True)
        word = tokens[index].text
        if word.endswith("s") and len(word) > 3 and word not in self.marks["no unit"]:
            return _Tail(index + 1, ITEM, "counted noun by form", word, True)
        return _Tail(index, ITEM, "bare number")

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

    # ---- amounts without a number

    def _vague(self, tokens: Sequence[Token], index: int) -> Amount | None:
        match = self.vague.at(tokens, index)
        if match is None:
            return self._most_of_them(tokens, index)
        comparator, needs = match.value
        end = match.end
        if not needs:
            return Amount(index, end, match.cut, ITEM, "vague amount alone", comparator=comparator)
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
                "vague amount",
                comparator=comparator,
            )
        if is_function(word) or is_verb(word) or (needs == "definite" and not is_definite(word)):
            return None
        money = self.currencies.at(tokens, end, ())
        if money is not None:
            return Amount(
                index, money.end, match.cut, money.code, "vague amount", comparator=comparator
            )
        unit = self._unit_of(word)
        return Amount(index, end + 1, match.cut, unit, "vague amount", comparator=comparator)

    def _most_of_them(self, tokens: Sequence[Token], index: int) -> Amount | None:
        text = tokens[index].text
        for stem in self.numerals.stems(text):
            if stem.text in self.marks["most of persons"]:
                return Amount(
                    index, index + 1, stem.cut, "person", "vague amount", comparator="most-of"
                )
            if stem.text in self.marks["most of things"]:
                return Amount(
                    index, index + 1, stem.cut, ITEM, "vague amount", comparator="most-of"
                )
        return None

    def _unit_of(self, word: str) -> str:
        bare = word.removeprefix("ال")
        noun = self.nouns.get(bare) or self.nouns.get(word)
        if noun is not None:
            return noun.unit
        found = nationality(word)
        if found is not None and found[1]:
            return "person"
        return "person" if _looks_human(bare) else ITEM

    def _dual(self, tokens: Sequence[Token], index: int) -> Amount | None:
        """Read an indefinite dual (جنديان), or a noun with واحد."""
        if self.language != "ar":
            return None
        text = tokens[index].text
        if index + 1 < len(tokens) and tokens[index + 1].text in self.marks["one"]:
            return self._one(tokens, index)
        if function_class(text) or is_definite(text):
            return None
        for stem in self.numerals.stems(text):
            noun = self.nouns.get(stem.text)
            if noun is None or is_definite(stem.text):
                continue
            if noun.number != "dual":
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
                "dual",
                Decimal(2),
                noun=stem.text,
                confidence=Decimal("0.85"),
            )
            return self._followed(tokens, amount)
        return None

    def _one(self, tokens: Sequence[Token], index: int) -> Amount | None:
        text = tokens[index].text
        if is_function(text) or is_definite(text) or is_verb(text):
            return None
        for stem in reversed(self.numerals.stems(text)):
            noun = self.nouns.get(stem.text)
            if noun is not None:
                return Amount(
                    index, index + 2, stem.cut, noun.unit, "one", Decimal(1), noun=stem.text
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
            "person" if _looks_human(text) else ITEM,
            "one",
            Decimal(1),
            confidence=Decimal("0.7"),
        )

    # ---- what the surroundings tell

    @staticmethod
    def _share(found: list[Amount], tokens: Sequence[Token]) -> None:
        """Give "from 5" the unit of "to 7 per cent"."""
        first, second = found[-2], found[-1]
        if first.noun or first.unit != ITEM or second.start - first.end > 2:
            return
        between = {token.text for token in tokens[first.end : second.start]}
        if between & {"الي", "to", "مقابل", "and", "or", "او"} or tokens[
            second.start
        ].text.startswith("و"):
            found[-2] = replace(first, unit=second.unit, noun=second.noun)

    def _settle(
        self, found: Sequence[Amount], tokens: Sequence[Token], setting: Setting
    ) -> list[Amount]:
        settled: list[Amount] = []
        for amount in found:
            if (
                amount.unit == ITEM
                and not amount.noun
                and (amount.rule.startswith("bare number") or amount.rule == "vague amount alone")
            ):
                before = settled[-1] if settled else None
                unit = self._from_context(tokens, amount, before)
                rule = amount.rule.replace("bare number", "number, unit from context")
                amount = replace(amount, unit=unit or ITEM, rule=rule)
            settled.append(amount)
        return settled

    def _from_context(self, tokens: Sequence[Token], amount: Amount, before: Amount | None) -> str:
        """Return the unit of a bare number from the words of its clause."""
        after = tokens[amount.end].text if amount.end < len(tokens) else ""
        if after in self.marks["of them"]:
            return "person"
        if after in self.marks["of it"] and before is not None:
            return before.unit
        for position in range(amount.start - 1, max(-1, amount.start - 2 * _REACH), -1):
            token = tokens[position]
            if token.kind == "newline" or token.text in ".؛;!?؟":
                break
            for stem in self.numerals.stems(token.text):
                if stem.text in self.marks["of them"] or stem.text in self.marks["human verbs"]:
                    return "person"
                if stem.text in self.marks["number of"]:
                    offset = position + (2 if self.language == "en" else 1)
                    if offset < len(tokens):
                        return self._unit_of(tokens[offset].text)
                if stem.text in self.marks["rate of"]:
                    return "percent"
        return ""


def _looks_human(word: str) -> bool:
    """Guess from the form: sound masculine plurals and متفعّل mostly name people."""
    if word.endswith(("ين", "ون")) and len(word) > 4:
        return word[-4] != "ا"
    return len(word) > 4 and word.startswith("مت") and not word.endswith("ه")


def _plain(value: Decimal) -> Decimal:
    """Return a value without needless zeros, and a fraction to two decimals."""
    if value != value.to_integral_value() and len(value.as_tuple().digits) > 12:
        value = value.quantize(Decimal("0.01"))
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@lru_cache(maxsize=4)
def _counted(
    language: str,
) -> tuple[dict[str, _Noun], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Return the counted nouns by their forms, and those of several words by their first."""
    nouns: dict[str, _Noun] = {}
    long: dict[str, list[tuple[tuple[str, ...], str]]] = {}
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
                if form not in nouns or nouns[form].number == "dual":
                    nouns[form] = _Noun(unit, number, 1)
            for form in broken:
                nouns[form] = _Noun(unit, "plural", 1)
                nouns.setdefault(form + "ا", _Noun(unit, "plural", 1))
    for row in rows(language, "amount_words"):
        if row["name"] == "percent":
            for phrase_text in row["words"].split():
                phrase = tuple(folded(phrase_text).split("_"))
                long.setdefault(phrase[0], []).append((phrase, "percent"))
    for found in long.values():
        found.sort(key=lambda one: -len(one[0]))
    return nouns, long


@lru_cache(maxsize=4)
def amounts_of(language: str) -> Amounts:
    """Return the reader of a language's amounts."""
    return Amounts(language)
