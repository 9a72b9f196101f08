"""Clauses: where one claim ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.currencies import currency_symbols
from kg.readers.rules.clauses.clause_signs import (
    BUT,
    COMMAS,
    has_amount,
    has_value,
    has_verb,
    is_but,
    is_topic,
    nominal,
    unlisted_verb,
    verb_here,
    word_at,
)
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import is_verb

if TYPE_CHECKING:
    from kg.readers.rules.names.noun_phrases import Page

__all__ = ["Clause", "clauses_of"]

_THAT: Final = word_class("ar", "and-that")
_OPENERS: Final = word_class("ar", "clause-openers")
_PARTS: Final = word_class("ar", "amount-openers")
_COSTS: Final = word_class("ar", "at-a-cost")
_TWO: Final = {
    ("في", "وقت"),
    ("بعد", "ان"),
    ("قبل", "ان"),
    ("علي", "الرغم"),
    ("في", "ما"),
    ("من", "بينهم"),
    ("من", "بينها"),
    ("الي", "جانب"),
}
_JOINTS: Final = word_class("ar", "joints")
_KEPT: Final = frozenset(("%", "٪", *currency_symbols()))
_DENIALS: Final = word_class("ar", "verb-openers")
_NOUNS: Final = word_class("ar", "nouns-like-verbs")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in tokens ``start:end``; ``that`` is its وأن or وإن."""

    start: int
    end: int
    that: int = -1


#: Words without و, ف or ل that may begin a clause: a quick first check.
_CUTTING: Final = _THAT | _COSTS | BUT | {"في", "بعد", "قبل", "بعدما", "بينما", "ثم"}


def clauses_of(page: Page, start: int, stop: int) -> list[Clause]:
    """Return the clauses of a stretch with one voice, left to right."""
    bounds: list[tuple[int, int, int]] = []  # beginning, end of the words before, وأن
    index = start
    begin, that = start, -1
    while index < stop:
        cut = _cut(page, index, begin, stop)
        if cut is None:
            index = max(page.dates.get(index, 0), page.amounts.get(index, 0), index + 1)
            continue
        end, following, new_that = cut
        if end > begin:
            bounds.append((begin, end, that))
        begin, that = following, new_that
        index = max(following, index + 1)
    if stop > begin:
        bounds.append((begin, stop, that))
    found = [Clause(*_stripped(page, one, end), that) for one, end, that in bounds]
    return _merged(page, [one for one in found if one.end > one.start])


def _cut(page: Page, index: int, begin: int, stop: int) -> tuple[int, int, int] | None:
    """If a clause begins at a token, return where it begins and where the one before it ends."""
    token = page.tokens[index]
    text = token.text
    if index in page.dates:
        return None
    if token.kind == "mark":
        if text in ";؛":
            return index, index + 1, -1
        if text in COMMAS and index + 1 < stop:
            return _after_comma(page, index, begin, stop)
        return None
    if token.kind != "word" or index == begin:
        return None
    if text[0] not in "وفل" and text not in _CUTTING:
        return None
    if text in _THAT:
        return index, index + 1, index
    after = word_at(page, index + 1, stop)
    if text in ("و", "ف") and after in ("ان", "انه", "انها"):
        return index, index + 2, index
    pair = (text, after)
    if is_but(text, after):
        return index, index + 2, -1
    if pair in (("بعد", "ان"), ("قبل", "ان")) or text == "بعدما":
        return index, index, -1
    if text in ("فيما", "بينما", "لكن", "لكنه", "لكنها", "ولكن", "ثم") and has_verb(
        page, index, stop
    ):
        return index, index, -1
    if text[0] in "وف" and (len(text) > 3 or text in _DENIALS) and verb_here(page, index, begin):
        return index, index, -1
    if (
        text.startswith("وال")
        and len(text) > 5
        and is_verb(after) in ("imperfect", "future")
        and (index not in page.names)
    ):
        return index, index, -1
    if (
        text in _COSTS
        and has_amount(page, index, stop)
        and any(begin <= start < index for start in page.amounts)
    ):
        return index, index, -1
    if (
        text[0] == "ل"
        and len(text) > 4
        and text[1] in "يت"
        and is_verb(text[1:]) == "imperfect"
        and (has_value(page, index, stop) and text[1:] not in _NOUNS)
    ):
        return index, index, -1
    return None


def _after_comma(page: Page, index: int, begin: int, stop: int) -> tuple[int, int, int] | None:
    text, after = word_at(page, index + 1, stop), word_at(page, index + 2, stop)
    if text in _THAT:
        return index, index + 2, index + 1
    if text[:1] == "ف" and is_topic(page, begin):
        return None
    if is_but(text, after):
        return index, index + 3, -1
    if text in _PARTS or (text, after) in _TWO:
        if text in _PARTS and not has_amount(page, index + 1, stop):
            return None
        if text in _PARTS and not any(
            is_verb(page.tokens[n].text)
            for n in range(begin, index)
            if page.tokens[n].kind == "word"
        ):
            return None  # ثلث العائلات، أي 900 ألف عائلة، تعيش: one clause
        return index, index + 1, -1
    if text in _OPENERS:
        return (index, index + 1, -1) if has_verb(page, index + 1, stop) else None
    if text[:1] in "وف" and text[:1]:
        if (
            has_verb(page, index + 1, stop)
            or nominal(page, index + 1, stop)
            or unlisted_verb(page, index + 1, stop)
        ):
            return index, index + 1, -1
        return None
    tense = is_verb(text) if text and page.tokens[index + 1].kind == "word" else ""
    if (
        tense
        and not page.block.raw_word(index + 1).endswith("ة")
        and has_value(page, index + 1, stop)
    ):
        return index, index + 1, -1
    return None


def _stripped(page: Page, start: int, end: int) -> tuple[int, int]:
    """Strip marks, أن and opening words from both ends."""
    while start < end and (
        page.tokens[start].kind in ("mark", "newline") and page.tokens[start].text not in _KEPT
    ):
        start += 1
    while start < end - 1 and page.tokens[start].text in ("ان", "بان", "فان"):
        start += 1
    while end > start and (
        page.tokens[end - 1].text in _JOINTS
        or (
            page.tokens[end - 1].kind in ("mark", "newline")
            and page.tokens[end - 1].text not in _KEPT
        )
    ):
        end -= 1
    return start, end


def _merged(page: Page, clauses: list[Clause]) -> list[Clause]:
    """Join a clause of one small word to its neighbour, and a time to the clause it dates."""
    found: list[Clause] = []
    for clause in clauses:
        if found and clause.that < 0 and _is_time(page, found[-1]):
            clause = Clause(found.pop().start, clause.end)
        words = [
            page.tokens[n] for n in range(clause.start, clause.end) if page.tokens[n].kind != "mark"
        ]
        if (
            found
            and len(words) == 1
            and clause.start not in page.amounts
            and not is_verb(words[0].text)
        ):
            found[-1] = Clause(found[-1].start, clause.end, found[-1].that)
        else:
            found.append(clause)
    return found


def _is_time(page: Page, clause: Clause) -> bool:
    """Return whether a stretch is only a time with its preposition: وفي 31 أغسطس، أي مع."""
    at = clause.start + (page.tokens[clause.start].text.removeprefix("و") in ("في", "مع", "خلال"))
    return at in page.dates and not any(
        is_verb(page.tokens[n].text) or n in page.amounts
        for n in range(page.dates[at], clause.end)
        if page.tokens[n].kind == "word" and n not in page.names
    )
