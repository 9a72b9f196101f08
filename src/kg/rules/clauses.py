"""Clauses: where one claim ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.lexicon import folded
from kg.rules.noun_phrases import is_complement
from kg.rules.words import (
    function_class,
    is_adjective,
    is_definite,
    is_function,
    is_verb,
    is_verbal_noun,
)

if TYPE_CHECKING:
    from kg.rules.noun_phrases import Page

__all__ = ["BUT", "Clause", "clauses_of", "word_at"]

_COMMAS: Final = frozenset("،,;؛")
_THAT: Final = frozenset(
    map(folded, ("وأن", "وإن", "وأنه", "وأنها", "وأنهم", "وبأن", "وبأنه", "وعلى_أن"))
)
#: Words that begin a clause of their own behind a comma or without one.
_OPENERS: Final = frozenset(
    map(
        folded,
        (
            "فيما",
            "بينما",
            "لكن",
            "لكنه",
            "لكنها",
            "لكنهم",
            "ولكن",
            "بعدما",
            "غير أن",
            "كما",
            "وكما",
            "وفيما",
            "وبينما",
            "ثم",
            "إذ",
            "حيث",
            "حين",
            "عندما",
            "لأن",
            "لأنه",
            "لأنها",
            "ريثما",
            "رغم",
            "مما",
            "ما",
        ),
    )
)
#: Words that begin a part with an amount of its own: بينهم 5 أطفال, أي 10 في المئة.
_PARTS: Final = frozenset(
    map(
        folded,
        (
            "أي",
            "بينهم",
            "بينها",
            "منهم",
            "منها",
            "بينهن",
            "مقابل",
            "مقارنة",
            "بزيادة",
            "بانخفاض",
            "بارتفاع",
            "بتراجع",
            "بنسبة",
            "بكلفة",
            "بتكلفة",
            "بقيمة",
            "بمعدل",
            "بواقع",
            "بمساحة",
            "فضلا",
            "إضافة",
            "إلى جانب",
            "من بينهم",
            "من بينها",
            "وبنسبة",
            "وبقيمة",
            "وبكلفة",
            "أو",
        ),
    )
)
_COSTS: Final = frozenset(map(folded, ("بكلفة", "بتكلفة", "بقيمة", "بزيادة", "بانخفاض", "بتراجع")))
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
#: Conjunctions that belong to what comes behind them.
_JOINTS: Final = frozenset(map(folded, ("بينما", "فبينما", "فيما", "وفيما", "لكن", "ولكن", "وبينما")))
#: Words that with أن set a clause against the one before.
BUT: Final = frozenset(("الا", "غير", "بيد"))
_RELATIVES: Final = frozenset(map(folded, ("الذي", "التي", "الذين", "اللذان", "اللتان", "اللذين")))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the tokens ``start`` up to, without, ``end``; ``that`` is its وأن or وإن."""

    start: int
    end: int
    that: int = -1


def clauses_of(page: Page, start: int, stop: int) -> list[Clause]:
    """Return the clauses of a stretch of one voice, left to right."""
    bounds: list[tuple[int, int, int]] = []  # where one begins, where the words before it end, that
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


def word_at(page: Page, index: int, stop: int) -> str:
    """Return the word at a token, empty behind the end."""
    return page.tokens[index].text if index < stop else ""


def _cut(page: Page, index: int, begin: int, stop: int) -> tuple[int, int, int] | None:
    """Return where the clause before ends and the next begins, if one begins at a token."""
    token = page.tokens[index]
    text = token.text
    if index in page.dates:
        return None
    if token.kind == "mark":
        if text in ";؛":
            return index, index + 1, -1
        if text in _COMMAS and index + 1 < stop:
            return _after_comma(page, index, begin, stop)
        return None
    if token.kind != "word" or index == begin:
        return None
    if text in _THAT:
        return index, index + 1, index
    after = word_at(page, index + 1, stop)
    if text in ("و", "ف") and after in ("ان", "انه", "انها"):
        return index, index + 2, index
    pair = (text, after)
    if _is_but(text, after):
        return index, index + 2, -1
    if pair in (("بعد", "ان"), ("قبل", "ان")) or text == "بعدما":
        return index, index, -1
    if text in ("فيما", "بينما", "لكن", "لكنه", "لكنها", "ولكن", "ثم") and _has_verb(
        page, index, stop
    ):
        return index, index, -1
    if text[0] in "وف" and (len(text) > 3 or text in _DENIALS) and _verb_here(page, index, begin):
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
        and _has_amount(page, index, stop)
        and any(begin <= start < index for start in page.amounts)
    ):
        return index, index, -1
    if (
        text[0] == "ل"
        and len(text) > 4
        and text[1] in "يت"
        and is_verb(text[1:]) == "imperfect"
        and (_has_value(page, index, stop) and text[1:] not in _NOUNS)
    ):
        return index, index, -1
    return None


#: Small words with و or ف that stand before a verb and so begin a clause.
_DENIALS: Final = frozenset(("ولم", "ولن", "فلم", "فلن", "وقد", "فقد"))
_NOUNS: Final = frozenset(
    map(
        folded,
        ("تمويل", "ترميم", "تنفيذ", "تقديم", "تونس", "تركيا", "توفير", "تطوير", "تعزيز", "يوم"),
    )
)


def _verb_here(page: Page, index: int, begin: int) -> bool:
    """Tell whether و or ف with a verb begins a clause here, rather than a second noun."""
    text = page.tokens[index].text
    if text[0] == "ف" and _topic(page, begin):
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
    # A relative clause goes on with its own verbs.
    for position in range(index - 1, max(begin, index - 12) - 1, -1):
        if page.tokens[position].text in _RELATIVES:
            return False
    if tense == "perfect" and text[-1] not in "تاوه" and len(text) <= 4:
        # وعمل, ودعم: as often a noun; a verb where its subject follows
        after = page.tokens[index + 1].text if index + 1 < len(page.tokens) else ""
        before = page.tokens[index - 1].text
        if index + 1 in page.amounts and is_verb(page.tokens[begin].text) == "perfect":
            return True
        return (is_definite(after) and not is_definite(before)) or is_function(after)
    return True


def _is_but(text: str, after: str) -> bool:
    """Tell whether two words set a clause against the one before: غير أنها, إلا أن, في حين."""
    return (text in BUT and is_complement(after)) or (text in ("في", "وفي") and after == "حين")


def _topic(page: Page, begin: int) -> bool:
    """Tell whether a clause begins with أما, which its ف then goes on: أما المصابون، فقد بلغ."""
    return page.tokens[begin].text in ("اما", "واما")


def _after_comma(page: Page, index: int, begin: int, stop: int) -> tuple[int, int, int] | None:
    text, after = word_at(page, index + 1, stop), word_at(page, index + 2, stop)
    if text in _THAT:
        return index, index + 2, index + 1
    if text[:1] == "ف" and _topic(page, begin):
        return None
    if _is_but(text, after):
        return index, index + 3, -1
    if text in _PARTS or (text, after) in _TWO:
        if text in _PARTS and not _has_amount(page, index + 1, stop):
            return None
        if text in _PARTS and not any(
            is_verb(page.tokens[n].text)
            for n in range(begin, index)
            if page.tokens[n].kind == "word"
        ):
            return None  # ثلث العائلات، أي 900 ألف عائلة، تعيش: one clause
        return index, index + 1, -1
    if text in _OPENERS:
        return (index, index + 1, -1) if _has_verb(page, index + 1, stop) else None
    if text[:1] in "وف" and text[:1]:
        if (
            _has_verb(page, index + 1, stop)
            or _nominal(page, index + 1, stop)
            or _unlisted_verb(page, index + 1, stop)
        ):
            return index, index + 1, -1
        return None
    tense = is_verb(text) if text and page.tokens[index + 1].kind == "word" else ""
    if (
        tense
        and not page.block.raw_word(index + 1).endswith("ة")
        and _value_between(page, index + 1, stop)
    ):
        return index, index + 1, -1
    return None


def _part_end(page: Page, index: int, stop: int) -> int:
    position = index
    while position < stop and page.tokens[position].text not in _COMMAS:
        position += 1
    return position


def _has_verb(page: Page, index: int, stop: int) -> bool:
    """Tell whether a finite verb stands before the next comma, outside relative clauses."""
    relative = False
    for position in range(index, _part_end(page, index, stop)):
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


def _nominal(page: Page, index: int, stop: int) -> bool:
    """Tell whether a clause without verb begins here: وفيه سفارتا …, وقوله مسموع."""
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


def _unlisted_verb(page: Page, index: int, stop: int) -> bool:
    """Tell whether a short word behind a comma and و is likely a verb that no list has: وفسخ في."""
    text = page.tokens[index].text
    inner = text[1:]
    if not 3 <= len(inner) <= 5 or is_definite(inner) or is_function(text) or is_adjective(inner):
        return False
    if index in page.names or index in page.heads or index in page.amounts:
        return False
    if page.block.raw_word(index).endswith("ة") or is_verbal_noun(inner) or inner in _counted():
        return False
    after = word_at(page, index + 1, stop)
    return is_function(after) or is_definite(after) or _has_value(page, index, stop)


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    from kg.rules.amounts import amounts_of

    return frozenset(amounts_of("ar").nouns)


def _has_amount(page: Page, index: int, stop: int) -> bool:
    return any(
        index <= start < stop for start in page.amounts if start < _part_end(page, index, stop)
    )


def _has_value(page: Page, index: int, stop: int) -> bool:
    end = _part_end(page, index, stop)
    return any(index < start < end for start in (*page.amounts, *page.dates))


def _value_between(page: Page, index: int, stop: int) -> bool:
    return _has_value(page, index, stop)


def _stripped(page: Page, start: int, end: int) -> tuple[int, int]:
    """Leave marks, أن and opening words at the ends out."""
    while start < end and (
        page.tokens[start].kind in ("mark", "newline") and page.tokens[start].text not in "$€£%"
    ):
        start += 1
    while start < end - 1 and page.tokens[start].text in ("ان", "بان", "فان", "فقد_", "انه_"):
        start += 1
    while end > start and (
        page.tokens[end - 1].text in _JOINTS
        or (
            page.tokens[end - 1].kind in ("mark", "newline")
            and page.tokens[end - 1].text not in "%٪$€£"
        )
    ):
        end -= 1
    return start, end


def _merged(page: Page, clauses: list[Clause]) -> list[Clause]:
    """Join a clause of one small word to its neighbour, and a time to what it is the time of."""
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
    """Tell whether a stretch is no more than a time with its preposition: وفي 31 أغسطس، أي مع."""
    at = clause.start + (page.tokens[clause.start].text.removeprefix("و") in ("في", "مع", "خلال"))
    return at in page.dates and not any(
        is_verb(page.tokens[n].text) or n in page.amounts
        for n in range(page.dates[at], clause.end)
        if page.tokens[n].kind == "word" and n not in page.names
    )
