"""Numbers in digits and words, with either set of digits, scales, duals and fractions.

Scales multiply from left to right, as read aloud: مئتي ألف مليون is 2e11. If a larger scale
directly precedes a smaller one (ثلاثة تريليونات مليار), the value is the literal product, and the
number is marked as garbled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import folded, rows, word_stems
from kg.readers.rules.lexicon.words import is_function

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["LONGEST_NUMBER", "Number", "Numerals", "digits_value", "numerals"]

#: Numbers with more digits than this are codes, not amounts.
LONGEST_NUMBER: Final = 24
#: Most words of one number, and its largest value.
_MOST_WORDS: Final = 24
_LARGEST: Final = Decimal("1e27")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,.]\d{3})+")


def digits_value(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Return the value of digits with separators, or ``None`` if they are a code.

    :param decimal_comma: whether the writer uses 12.500 for thousands and 3,5 for fractions, as
        in the Maghreb.

    >>> digits_value("1,250"), digits_value("12.500"), digits_value("12.500", decimal_comma=True)
    (Decimal('1250'), Decimal('12.500'), Decimal('12500'))
    """
    if len(text) > LONGEST_NUMBER or (text[0] == "0" and len(text) > 1 and text.isdecimal()):
        return None
    text = re.sub(r"[٬،\s]", "", text)
    if "٫" in text:
        whole, _, part = text.partition("٫")
        return Decimal(f"{re.sub('[,.]', '', whole)}.{re.sub('[,.٫]', '', part)}")
    marks = {mark for mark in text if mark in ",."}
    if not marks:
        return Decimal(text)
    if len(marks) == 2:
        last = max(text.rfind(","), text.rfind("."))
        return Decimal(f"{re.sub('[,.]', '', text[:last])}.{text[last + 1 :]}")
    (mark,) = marks
    grouped = _GROUPED.fullmatch(text) is not None
    if text.count(mark) > 1:
        return Decimal(text.replace(mark, "")) if grouped else None
    if grouped and mark == ("." if decimal_comma else ","):
        return Decimal(text.replace(mark, ""))
    return Decimal(text.replace(mark, "."))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens ``start:end``.

    ``cut`` letters of its first word are clitics (``clitics``). ``scaled`` means that it contains a
    scale, ``worded`` a word; ``fraction`` that it is a part of a whole; ``garbled`` that the order
    of its scales is impossible.
    """

    start: int
    end: int
    cut: int
    clitics: str
    value: Decimal
    worded: bool = False
    scaled: bool = False
    fraction: bool = False
    garbled: bool = False
    definite: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    end: int
    cut: int
    clitics: str
    name: str
    value: Decimal
    joined: bool
    definite: bool = False


@dataclass(slots=True)
class _Sum:
    """A number being read: the completed part, and the current group of up to three digits."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    last: str = ""
    last_scale: Decimal = Decimal(0)
    scaled: bool = False
    garbled: bool = False

    @property
    def value(self) -> Decimal:
        return self.total + (self.group or 0)


class Numerals:
    """Reads the numbers of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stems = word_stems(language)
        self.words: dict[str, tuple[str, Decimal]] = {}
        self.vague: set[str] = set()
        self.over: set[str] = set()
        # Signs of scales, such as M, which need digits before them.
        self.signs: set[str] = set()
        for row in rows(language, "numbers"):
            for form in row["forms"].split():
                if row["class"] == "vague":
                    self.vague.add(folded(form))
                elif row["class"] == "over":
                    self.over.add(folded(form))
                else:
                    name = row["class"].removesuffix("-sign")
                    if name != row["class"]:
                        self.signs.add(folded(form))
                    self.words[folded(form)] = (name, Decimal(row["value"]))
        self._readings = lru_cache(maxsize=50_000)(self._read)

    def is_numeral(self, word: str) -> bool:
        """Return whether a folded word without proclitics is a numeral."""
        return bool(self._readings(word))

    def _read(self, word: str) -> tuple[tuple[int, str, str, Decimal, bool], ...]:
        readings = []
        for stem in self.stems(word):
            text, definite = stem.text, False
            if text not in self.words and text.startswith("ال") and text[2:] in self.words:
                text, definite = text[2:], True
            if text in self.words and stem.clitics[-1:] not in ("ك", "س"):
                name, value = self.words[text]
                readings.append((stem.cut, stem.clitics, name, value, definite))
        return tuple(readings)

    def _element(
        self, tokens: Sequence[Token], index: int, first: bool, decimal_comma: bool
    ) -> _Element | None:
        joined = False
        if not first and index + 1 < len(tokens):
            mark = tokens[index].text
            if mark in ("و", "and") or (mark == "-" and self.language == "en"):
                joined, index = mark != "-", index + 1
        if index >= len(tokens):
            return None
        token = tokens[index]
        if token.kind == "number":
            value = digits_value(token.text, decimal_comma=decimal_comma)
            return value if value is None else _Element(index + 1, 0, "", "digits", value, joined)
        if token.kind != "word":
            return None
        for cut, clitics, name, value, definite in self._readings(token.text):
            if first or clitics in ("", "و"):
                joined = joined or clitics.startswith("و")
                return _Element(index + 1, cut, clitics, name, value, joined, definite)
        return None

    def at(
        self,
        tokens: Sequence[Token],
        index: int,
        *,
        decimal_comma: bool = False,
        ascending: bool = False,
    ) -> Number | None:
        """Return the longest number that begins with a token, or ``None``.

        :param ascending: whether units may come before hundreds, as in the old style of reading
            years (ستة وخمسين وتسعمئة وألف).
        """
        first = self._element(tokens, index, True, decimal_comma)
        if first is None or first.name == "fractions" or tokens[index].text in self.signs:
            return None
        if first.name == "fraction":
            return self._fraction(tokens, index, first)
        state = _Sum()
        if first.name == "article":
            return self._after_article(tokens, index, first)
        if not self._add(state, first, first=True, ascending=ascending):
            return None
        end = first.end
        over = False
        whole = (replace(state), end)  # the number up to its last scale
        while (
            end - index < _MOST_WORDS
            and (one := self._element(tokens, end, False, decimal_comma)) is not None
        ):
            before = state.scaled and state.group is None
            if before:
                whole = (replace(state), end)
            if not self._add(state, one, first=False, ascending=ascending):
                if one.name == "scale" and not one.joined and whole[0].scaled and not before:
                    state, end = whole  # ألفين وثلاثة آلاف: the rest is a separate number
                break
            end = one.end
        if end == first.end and self._is_construct(tokens, index, first):
            state.total *= 2
        fraction = False
        if end < len(tokens) and not state.scaled:
            if (
                tokens[end].text == "-"
                and end + 1 < len(tokens)
                and (self.words.get(tokens[end + 1].text, ("",))[0] == "fractions")
            ):
                end += 1  # two-thirds
            parts = self.words.get(tokens[end].text, ("", Decimal(0)))
            if parts[0] == "fractions" or (self.language == "en" and parts[0] == "fraction"):
                state.total, state.group = state.value * parts[1], None
                fraction, end = True, end + 1
        if end < len(tokens) and tokens[end].text.removeprefix("و") in self.over_words:
            over, end = True, end + 1
        return Number(
            index,
            end,
            first.cut,
            first.clitics,
            state.value,
            worded=first.name != "digits",
            scaled=state.scaled,
            fraction=fraction,
            garbled=state.garbled,
            definite=first.definite,
            over=over,
        )

    @staticmethod
    def _is_construct(tokens: Sequence[Token], index: int, first: _Element) -> bool:
        """Return whether a lone scale ending in ا is a dual without its ن: ألفا جندي is 2000."""
        if first.name != "scale" or not tokens[index].text.endswith("ا") or first.definite:
            return False
        after = tokens[first.end] if first.end < len(tokens) else None
        return (
            after is not None
            and after.kind == "word"
            and after.text[0] != "و"
            and not is_function(after.text)
        )

    @property
    def over_words(self) -> set[str]:
        """Words that mean "and a little more", without their و."""
        return {word.removeprefix("و") for word in self.over}

    def _fraction(self, tokens: Sequence[Token], index: int, first: _Element) -> Number | None:
        """Read half a million, or a bare fraction."""
        end, value = first.end, first.value
        if end < len(tokens) and tokens[end].text == "a":
            end += 1
        scale = self._element(tokens, end, True, False) if end < len(tokens) else None
        if scale is not None and scale.name == "scale" and scale.cut == 0:
            return Number(
                index, scale.end, first.cut, first.clitics, value * scale.value, True, True
            )
        if first.definite:
            return None
        return Number(index, first.end, first.cut, first.clitics, value, worded=True, fraction=True)

    def _after_article(self, tokens: Sequence[Token], index: int, first: _Element) -> Number | None:
        """Read "a hundred", "a million", "a third"."""
        if first.end >= len(tokens):
            return None
        after = self.words.get(tokens[first.end].text, ("", Decimal(0)))[0]
        if after not in ("hundred", "scale", "fraction"):
            return None
        number = self.at(tokens, first.end)
        if number is None:
            return None
        return Number(index, number.end, 0, "", number.value, True, number.scaled, number.fraction)

    def _add(self, state: _Sum, one: _Element, *, first: bool, ascending: bool) -> bool:
        """Add one more word or group of digits to a number; return whether it belongs there."""
        if one.name in ("scale", "scale-dual"):
            return self._scale(state, one, first=first)
        if one.name == "fraction":
            # مليون ونصف (المليون): a fraction of the scale before it; the scale may be repeated.
            if not (one.joined and state.scaled and state.group is None):
                return False
            state.total += one.value * state.last_scale
            state.last = "fraction"
            return True
        if one.name == "fractions" or one.name == "article" or one.definite:
            return first and one.definite and one.name != "fractions" and self._first(state, one)
        if first:
            return self._first(state, one)
        return self._more(state, one, ascending=ascending)

    @staticmethod
    def _first(state: _Sum, one: _Element) -> bool:
        state.group, state.last = one.value, one.name
        return True

    def _more(self, state: _Sum, one: _Element, *, ascending: bool) -> bool:
        loose = self.language == "en"
        if one.name == "digits":
            # مليون و300 ألف, but not 100 و150 ألف: only after a scale, and below it.
            if not (one.joined and state.group is None and one.value < state.last_scale):
                return False
            return self._first(state, one)
        if state.group is None:
            if not (one.joined or loose) or state.last == "fraction":
                return False
            return self._first(state, one)
        if state.last == "digits":
            return False
        if one.name == "hundred" and one.value == _HUNDRED and not one.joined:
            if state.last != "unit":
                return False
            state.group, state.last = state.group * 100, "hundred"
            return True
        if one.name == "ten" and not one.joined and state.last == "unit":
            state.group, state.last = state.group + 10, "teen"
            return True
        if not (one.joined or loose):
            return False
        # Units come before tens in Arabic and after them in English.
        below = state.last == "unit" and one.name == "tens" and not loose
        english = loose and state.last == "tens" and one.name == "unit"
        hundreds = state.last == "hundred" and one.name in ("unit", "ten", "teen", "tens")
        old_style = (
            ascending
            and one.name == "hundred"
            and state.last in ("unit", "teen", "tens", "ten")
            and state.group < _HUNDRED
        )
        if not (below or english or hundreds or old_style):
            return False
        state.group, state.last = state.group + one.value, one.name
        if old_style:
            state.last = "old-hundred"
        return True

    @staticmethod
    def _scale(state: _Sum, one: _Element, *, first: bool) -> bool:
        value = one.value
        if one.name == "scale-dual":
            if state.group is not None or (not first and not one.joined):
                return False
            if not first and value * 2 >= state.last_scale:
                return False
            state.total += value * 2
        elif first:
            state.total = value
        elif one.joined:
            # مليون وألف: a scale of its own, below the last; ثمانمئة ألف ومليون are two numbers.
            if state.last == "old-hundred" and state.group is not None:
                state.total, state.group = state.total + state.group + value, None
            elif state.group is None and value < state.last_scale:
                state.total += value
            else:
                return False
        elif state.last == "fraction":
            return value == state.last_scale
        elif one.definite:
            return False
        elif state.group is not None:
            if (state.total + state.group) * value > _LARGEST:
                return False
            if state.total and value == state.last_scale:
                return False
            if state.total and value > state.last_scale:
                # ألف وخمسمئة مليون: the larger scale applies to everything before it.
                state.total, state.group = (state.total + state.group) * value, None
            else:
                state.total, state.group = state.total + state.group * value, None
        else:
            if state.total * value > _LARGEST:
                return False
            state.garbled = state.garbled or value < state.last_scale
            state.total *= value
        state.scaled, state.last, state.last_scale = True, one.name, value
        return True


_HUNDRED = Decimal(100)


@lru_cache(maxsize=4)
def numerals(language: str) -> Numerals:
    """Return the number reader for a language."""
    return Numerals(language)
