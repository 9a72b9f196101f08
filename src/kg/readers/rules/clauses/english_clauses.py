"""Clauses of English texts, and whether they are denied or doubted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.clauses.clauses import Clause
from kg.readers.rules.clauses.stance import combined
from kg.readers.rules.lexicon.tables import Phrases, rows, word_class, word_stems

if TYPE_CHECKING:
    from kg.readers.rules.names.noun_phrases import Page

__all__ = ["english_clauses", "english_stance"]

_JOINTS: Final = word_class("en", "joints")
_SUBJECTS: Final = word_class("en", "subjects")
_KEPT: Final = frozenset({"and", "but"})


def english_clauses(page: Page, start: int, stop: int) -> list[Clause]:
    """Return the clauses of a stretch with one voice, left to right."""
    found: list[Clause] = []
    begin, index = start, start
    while index < stop:
        token = page.tokens[index]
        if index in page.amounts or index in page.dates:
            index = max(page.amounts.get(index, 0), page.dates.get(index, 0), index + 1)
            continue
        text = token.text
        if text == ";" or (text == "," and _begins(page, index + 1, stop)):
            found.append(Clause(begin, index))
            begin = index + 1
        elif (
            text in _JOINTS
            and index > begin
            and _begins(page, index, stop)
            and (page.tokens[index - 1].text != ",")
        ):
            found.append(Clause(begin, index))
            begin = index
        index += 1
    found.append(Clause(begin, stop))
    result = []
    held = _held(page)
    for clause in found:
        first, last = clause.start, clause.end
        while first < last and page.tokens[first].kind in ("mark", "newline") and first not in held:
            first += 1
        pair = [token.text for token in page.tokens[first : first + 2]]
        if pair == ["and", "that"]:
            first += 2
        elif first < last and page.tokens[first].text in _JOINTS - _KEPT:
            first += 1
        while (
            last > first
            and last - 1 not in held
            and (
                page.tokens[last - 1].kind in ("mark", "newline")
                or page.tokens[last - 1].text in _JOINTS
            )
        ):
            last -= 1
        if last > first:
            result.append(Clause(first, last))
    return result


def _held(page: Page) -> frozenset[int]:
    """Return the tokens of dates and amounts, of which nothing is cut off: 500¥, the day after."""
    ends = (*page.dates.items(), *page.amounts.items())
    return frozenset(index for start, end in ends for index in range(start, end))


def _begins(page: Page, index: int, stop: int) -> bool:
    """Return whether a clause with its own subject begins at a conjunction or comma."""
    if index + 2 >= stop:
        return False
    text = page.tokens[index].text
    if text not in _JOINTS:
        return False
    after = page.tokens[index + 1].text
    if text == "and" and after == "that":
        return True
    return after in _SUBJECTS or index + 1 in page.names or index + 1 in page.amounts


@lru_cache(maxsize=1)
def _markers() -> Phrases[str]:
    return Phrases.of(
        [(row["phrase"], row["class"]) for row in rows("en", "stance")], word_stems("en")
    )


def english_stance(page: Page, clause: Clause, cue_stance: str) -> str:
    """Return the FactBank stance of a clause, given the stance of its speech verb."""
    negated, modal, index = False, "", clause.start
    while index < clause.end:
        if index in page.amounts or index in page.dates:
            index = max(page.amounts.get(index, 0), page.dates.get(index, 0), index + 1)
            continue
        found = _markers().at(page.tokens, index)
        if found is None:
            index += 1
            continue
        if (
            found.value == "negation"
            and page.tokens[index].text == "not"
            and index > clause.start
            and page.tokens[index - 1].text == ","
        ):
            index = found.end  # a battle, not a massacre
            continue
        if found.value == "negation":
            negated = True
        elif found.value != "not-negation":
            modal = modal or found.value
        index = found.end
    return combined(cue_stance, negated, modal)
