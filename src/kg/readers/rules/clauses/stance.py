"""Stance: whether a clause affirms, denies, doubts or leaves open its content (FactBank)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.clauses.clause_signs import COMMAS, word_at
from kg.readers.rules.lexicon.tables import Phrases, rows, word_class, word_stems
from kg.readers.rules.lexicon.words import is_adjective, is_definite, is_verb

if TYPE_CHECKING:
    from kg.readers.rules.clauses.clauses import Clause
    from kg.readers.rules.names.noun_phrases import Page


__all__ = ["combined", "stance_of"]

_RELATIVES: Final = word_class("ar", "relatives")
_IFS: Final = word_class("ar", "ifs")
_COMPARATIVE: Final = re.compile(r"ا\w{2,3}")
_NOT: Final = frozenset(("لم", "لا"))


@lru_cache(maxsize=1)
def _markers() -> Phrases[str]:
    return Phrases.of(
        [(row["phrase"], row["class"]) for row in rows("ar", "stance")], word_stems("ar")
    )


@lru_cache(maxsize=1)
def _comparators() -> Phrases[str]:
    return Phrases.of(
        [
            (row["phrase"], row["comparator"])
            for row in rows("ar", "comparators")
            if row["place"] == "before"
        ],
        word_stems("ar"),
    )


def stance_of(page: Page, clause: Clause, cue_stance: str) -> str:
    """Return the FactBank stance of a clause, given the stance of its speech verb."""
    return combined(cue_stance, *_marks(page, clause))


def combined(cue_stance: str, negated: bool, modal: str) -> str:
    """Return the stance that results from a speech verb, a negation and a modal word."""
    if cue_stance in ("certainly-not", "probably-not"):
        return cue_stance
    if cue_stance == "unknown" or modal == "unknown":
        return "unknown"
    if modal == "probably-not":
        return "probably-not"
    strength = modal or cue_stance or "certain"
    if not negated:
        return strength
    return {"certain": "certainly-not", "probable": "probably-not", "possible": "possibly-not"}[
        strength
    ]


def _marks(page: Page, clause: Clause) -> tuple[bool, str]:
    tokens, markers, comparators = page.tokens, _markers(), _comparators()
    negated, modal, relative, conditional = False, "", False, False
    index = clause.start
    while index < clause.end:
        token = tokens[index]
        if index in page.amounts or index in page.dates:
            index = max(page.amounts.get(index, 0), page.dates.get(index, 0), index + 1)
            continue
        if token.kind == "word" and _is_plain(token.text):
            index += 1
            continue
        if token.kind != "word":
            conditional = conditional and token.text not in COMMAS
            index += 1
            continue
        text = token.text
        after = word_at(page, index + 1, clause.end)
        conditional = conditional or text in _IFS or (text in ("ما", "حتي", "كي") and after in _NOT)
        conditional = conditional or (text == "ان" and after == "لم" and index > clause.start)
        if text in _RELATIVES or (
            text in ("من", "ما")
            and index > clause.start
            and is_verb(word_at(page, index + 1, clause.end))
        ):
            relative = True
        if (
            text.removeprefix("و") == "قد"
            and is_verb(after) == "imperfect"
            and not after.endswith("وا")  # وقد أعدوا
        ):
            modal = modal or "possible"
            index += 1
            continue
        if text.removeprefix("و") == "قد" and after == "لا":
            modal = modal or "possible"
        comparator = comparators.at(tokens, index)
        if comparator is not None and comparator.end > index + 1:
            index = comparator.end
            continue
        found = markers.at(tokens, index)
        if found is None or (found.cut and found.clitics not in ("و", "ف")):
            index += 1
            continue
        name, end = found.value, found.end
        if text == "من" and index > clause.start and _COMPARATIVE.fullmatch(tokens[index - 1].text):
            index = end  # أقوى من المتوقع
            continue
        if name == "negation":
            # لا تعيش أكثر من عشر سنوات: the negation is part of the comparison
            compared = index + 2 in page.amounts and comparators.at(tokens, index + 2) is not None
            if (
                not relative
                and not conditional
                and not compared
                and _negates(page, clause, index, text.removeprefix("و").removeprefix("ف"))
            ):
                negated = True
        elif name == "only":
            if text in ("الا", "سوي") and negated:
                negated = False
        elif name in ("possible", "probable", "probably-not", "unknown") and not relative:
            modal = modal or name
        index = max(end, index + 1)
    return negated, modal


@lru_cache(maxsize=20_000)
def _is_plain(word: str) -> bool:
    """Return whether a word never affects the stance."""
    bare = word.removeprefix("و")
    return not (
        bare in _IFS
        or bare in ("قد", "ما", "من", "ان", "حتي", "كي")
        or word in _RELATIVES
        or _markers().begins(word)
        or _comparators().begins(word)
    )


def _negates(page: Page, clause: Clause, index: int, word: str) -> bool:
    after = word_at(page, index + 1, clause.end)
    if word == "ما":
        return (bool(is_verb(after)) or after.endswith("و")) and (
            index == clause.start or index == clause.start + 1
        )
    if word == "لا":
        return bool(after) and not is_definite(after)
    if word == "غير":
        before = page.tokens[index - 1].text if index > clause.start else ""
        return (
            (is_definite(before) or before.endswith(("ها", "هم")))
            and not is_definite(after)
            and (not is_adjective(before))
        )
    if word in ("عدم",):
        return index <= clause.start + 1
    return word not in ("دون", "من")
