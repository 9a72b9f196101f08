"""Signs that a clause begins at a word: verbs after و, topics, contrasts, values."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import (
    function_class,
    is_adjective,
    is_definite,
    is_function,
    is_verb,
    is_verbal_noun,
)
from kg.readers.rules.names.noun_phrases import is_complement

if TYPE_CHECKING:
    from kg.readers.rules.names.noun_phrases import Page

__all__ = [
    "BUT",
    "COMMAS",
    "has_amount",
    "has_value",
    "has_verb",
    "is_but",
    "is_topic",
    "nominal",
    "part_end",
    "unlisted_verb",
    "verb_here",
    "word_at",
]

COMMAS: Final = frozenset("،,;؛")
_RELATIVES: Final = word_class("ar", "relatives")
BUT: Final = word_class("ar", "but")


def word_at(page: Page, index: int, stop: int) -> str:
    """Return the word at a token, empty after the end."""
    return page.tokens[index].text if index < stop else ""


def verb_here(page: Page, index: int, begin: int) -> bool:
    """Return whether و or ف with a verb begins a clause here, rather than a second noun."""
    text = page.tokens[index].text
    if text[0] == "ف" and is_topic(page, begin):
        return False
    tense = is_verb(text[1:]) if not is_function(text) else ""
    if function_class(text[1:]) == "negation" or text[1:] in ("قد", "لم", "لن", "لا", "سوف"):
        return text[1:] not in ("غير", "عدم", "دون", "ما")
    if not tense or index in page.names or index in page.heads or is_adjective(text):
        return False
    raw = page.block.raw_word(index)
    if raw.endswith("ة"):
        return False
    if index and page.tokens[index - 1].kind == "mark":
        return True
    # Verbs after a connective also continue a relative clause.
    for position in range(index - 1, max(begin, index - 12) - 1, -1):
        if page.tokens[position].text in _RELATIVES:
            return False
    if tense == "perfect" and text[-1] not in "تاوه" and len(text) <= 4:
        # وعمل, ودعم: as often nouns; verbs if a subject follows
        after = page.tokens[index + 1].text if index + 1 < len(page.tokens) else ""
        before = page.tokens[index - 1].text
        if index + 1 in page.amounts and is_verb(page.tokens[begin].text) == "perfect":
            return True
        return (is_definite(after) and not is_definite(before)) or is_function(after)
    return True


def is_but(text: str, after: str) -> bool:
    """Return whether two words contrast a clause with the one before: غير أنها, إلا أن, في حين."""
    return (text in BUT and is_complement(after)) or (text in ("في", "وفي") and after == "حين")


def is_topic(page: Page, begin: int) -> bool:
    """Return whether a clause begins with أما, continued by ف: أما المصابون، فقد بلغ."""
    return page.tokens[begin].text in ("اما", "واما")


def part_end(page: Page, index: int, stop: int) -> int:
    """Return the index of the next comma, or the end."""
    position = index
    while position < stop and page.tokens[position].text not in COMMAS:
        position += 1
    return position


def has_verb(page: Page, index: int, stop: int) -> bool:
    """Return whether a finite verb occurs before the next comma, outside relative clauses."""
    relative = False
    for position in range(index, part_end(page, index, stop)):
        text = page.tokens[position].text
        if text in _RELATIVES:
            relative = True
        if page.tokens[position].kind != "word" or position in page.names:
            continue
        if is_verb(text) and not page.block.raw_word(position).endswith("ة") and not relative:
            return True
        if text in ("ليس", "ليست", "وليس"):
            return True
    return False


def nominal(page: Page, index: int, stop: int) -> bool:
    """Return whether a verbless clause begins here: وفيه سفارتا …, ورأيه معروف."""
    text = page.tokens[index].text
    inner = text[1:]
    if function_class(inner) == "preposition" and inner.endswith(("ه", "ها", "هم")):
        return True
    after = word_at(page, index + 1, stop)
    return (
        text.endswith(("ه", "ها", "هم"))
        and bool(after)
        and is_adjective(after)
        and not is_definite(after)
    )


def unlisted_verb(page: Page, index: int, stop: int) -> bool:
    """Return whether a short word after a comma and و is likely an unlisted verb: وفسخ في."""
    text = page.tokens[index].text
    inner = text[1:]
    if not 3 <= len(inner) <= 5 or is_definite(inner) or is_function(text) or is_adjective(inner):
        return False
    if index in page.names or index in page.heads or index in page.amounts:
        return False
    if page.block.raw_word(index).endswith("ة") or is_verbal_noun(inner) or inner in _counted():
        return False
    after = word_at(page, index + 1, stop)
    return is_function(after) or is_definite(after) or has_value(page, index, stop)


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    from kg.readers.rules.amounts.amounts import amounts_of

    return frozenset(amounts_of("ar").nouns)


def has_amount(page: Page, index: int, stop: int) -> bool:
    """Return whether an amount begins at or after a word, before the next comma."""
    return any(
        index <= start < stop for start in page.amounts if start < part_end(page, index, stop)
    )


def has_value(page: Page, index: int, stop: int) -> bool:
    """Return whether an amount or a date begins after a word, before the next comma."""
    end = part_end(page, index, stop)
    return any(index < start < end for start in (*page.amounts, *page.dates))
