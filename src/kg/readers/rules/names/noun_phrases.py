"""Noun phrases: where the subject of a speech verb, or the source after "according to", ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import word_class, words
from kg.readers.rules.lexicon.words import (
    function_class,
    is_adjective,
    is_definite,
    is_function,
    is_verb,
    is_verbal_noun,
)
from kg.readers.rules.matching.tokens import stems
from kg.readers.rules.names.entities import entities_of
from kg.readers.rules.names.person_names import NameRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.readers.rules.matching.tokens import Block, Token
    from kg.readers.rules.names.person_names import FoundName

__all__ = ["Page", "is_complement", "is_seen_by", "is_unnamed_source", "occasions", "phrase_end"]

#: Longest subject, in words.
_LONGEST: Final = 16
_OPENERS: Final = word_class("ar", "phrase-openers")
_SIDES: Final = word_class("ar", "sides")
_ISSUED: Final = word_class("ar", "sources-of")
_FOR: Final = word_class("ar", "held-for")
_BODIES: Final = word_class("ar", "bodies")
_MEASURED: Final = word_class("ar", "measured")
_WITH_NUN: Final = word_class("ar", "with-nun")
_SAME: Final = word_class("ar", "same")
_IN: Final = word_class("ar", "inside-phrases")
_PLURAL: Final = ("ون", "ين")
_SUFFIXES: Final = ("ه", "ها", "هم", "نا", "هما")


_HEARING: Final = word_class("ar", "heard-by")
_MADE_SO: Final = word_class("ar", "made-passives")
_MADE: Final = word_class("ar", "made-by")
_STAYING: Final = word_class("ar", "staying-unnamed")
_NAMELESS: Final = word_class("ar", "unnamed-how")


@dataclass(frozen=True, slots=True)
class Page:
    """A block with what was found in it before the voices: names by token, and dates."""

    block: Block
    names: Mapping[int, FoundName]
    heads: Mapping[int, FoundName]
    dates: Mapping[int, int]
    amounts: Mapping[int, int]

    @property
    def tokens(self) -> Sequence[Token]:
        """The block's tokens."""
        return self.block.tokens


@lru_cache(maxsize=1)
def occasions() -> frozenset[str]:
    """Return the nouns for occasions of speaking: بيان, مقابلة."""
    return words("ar", "occasions")


def is_complement(text: str) -> bool:
    """Return whether a word is أن or إن, with or without a pronoun or ب."""
    return text in _THAT


_PRONOUNS: Final = ("", "ه", "ها", "هم", "هما", "ني", "نا", "ي", "كم", "هن")
_THAT: Final = frozenset(f"{lead}ان{end}" for lead in ("", "ب") for end in _PRONOUNS)


def phrase_end(page: Page, start: int, stop: int, *, loose: bool = False) -> int:
    """Return the index after the noun phrase that begins at a token, or ``start`` without one.

    :param loose: whether it may run on to a comma, as after "according to".
    """
    tokens = page.tokens
    index, definite, indefinite_head = start, False, False
    finder = entities_of().words
    head_word = ""
    while index < stop and index - start < _LONGEST:
        token = tokens[index]
        text = token.text
        if token.kind == "mark":
            closing = _bracket(tokens, index, stop)
            if closing and index > start:
                index = closing
                continue
            break
        if token.kind != "word" or index in page.dates:
            if token.kind == "number" and index > start and not definite:
                index += 1
                continue
            break
        if is_complement(text) or text in ("قوله", "قولها", "قولهم"):
            break
        name = page.heads.get(index) or page.names.get(index)
        if name is not None and name.end > index and (index == start or name.cut == 0):
            if (
                definite
                and name.type not in ("Person", "Place")
                and name.rule != NameRule.NATIONALITY
            ):
                break
            if (
                definite
                and name.type == "Place"
                and name.rule != NameRule.NATIONALITY
                and index > start
                and (not is_definite(tokens[index - 1].text) or is_definite(tokens[index].text))
                and not loose
            ):
                break
            index, definite = name.end, True
            continue
        if index == start:
            known = text in finder.roles or text in finder.heads or text in _OPENERS
            marked = page.block.raw_word(index).endswith("ة")
            if page.block.raw_word(index) == "أمام":
                return start  # the word means "before", not "imam"
            if not known and (
                is_function(text)
                or (is_verb(text) and not is_definite(text) and not loose and not marked)
            ):
                return start
            if (
                text[0] in "بل"
                and name is None
                and is_verbal_noun(text[1:], page.block.raw_word(index)[1:])
            ):
                return start
            if (
                index + 1 < stop
                and text.lstrip("وفبلك") in _OPENERS | {"كل"}
                and tokens[index + 1].text == "من"
            ):
                index += 2
                continue
            definite = is_definite(text) or _possessed(text) or text.startswith("لل")
            indefinite_head = not definite
            head_word = text
            index += 1
            continue
        if index > start and text in ("باسمه", "باسمها", "باسمهم"):
            index, definite = index + 1, True
            continue
        if text in _IN or (text.startswith("ب") and text[1:] in ("اسم",)):
            after = tokens[index + 1] if index + 1 < stop else None
            if after is None or after.kind != "word" or index + 1 in page.dates:
                break
            inner = after.text
            if text == "من" and inner in _SIDES:
                break
            if inner in occasions() or inner.removeprefix("ال") in occasions():
                break
            if is_complement(inner):
                break
            last = tokens[index - 1].text.removeprefix("ال")
            behalf = text == "عن" and last in _FOR
            issued = last in _ISSUED or behalf
            if text in ("عن", "علي", "الي") and not (
                behalf or issued or (loose and indefinite_head)
            ):
                break
            if text == "من" and not (indefinite_head or tokens[index - 1].text in _OPENERS):
                break
            place = page.names.get(index + 1)
            attached = (
                indefinite_head
                or text == "باسم"
                or (text == "في" and (place is not None or is_definite(inner)))
                or issued
                or head_word.removeprefix("ال") in finder.roles
            )
            if not attached:
                break
            end = phrase_end(page, index + 1, stop)
            if end == index + 1:
                break
            index, definite = end, True
            continue
        if text in _HEARING and index > start:
            break  # قال الوزير للصحيفة
        if text.startswith("لل") and len(text) > 4:
            index, definite = index + 1, text[1:] not in finder.heads  # للجنة: of a committee
            continue
        if indefinite_head and not definite and _is_made(text):
            maker = phrase_end(page, index + 1, stop)  # دراسة أعدتها جامعة الساحل
            if maker > index + 1:
                index, definite = maker, True
                continue
        if loose and index > start and is_seen_by(page, index):
            break  # معطيات حصلت عليها الجريدة
        if loose and index + 1 < stop and is_unnamed_source(text, tokens[index + 1].text):
            break
        if (
            text.startswith("ل")
            and len(text) > 3
            and index > start
            and (
                text[1:] in finder.heads
                or text[1:] in finder.roles
                or text.startswith("لشوون")
                or (page.names.get(index) is not None and page.names[index].cut == 1)
            )
        ):
            named = page.names.get(index)
            if named is not None and named.type == "MediaOutlet" and index > start + 1:
                break  # who hears it: قال مصدر في الشرطة لوكالة الأنباء
            index, definite = (named.end if named else index + 1), named is not None
            continue
        office = text in finder.roles or text in finder.titles or text in finder.heads
        if text[0] in "و" and len(text) > 3 and not office:  # the و of وزير is not "and"
            joined = _joined(page, index, stop)
            if joined:
                index, definite = joined, True
                continue
            break
        if text in _SAME:
            index, definite = index + 1, True
            continue
        if text in _MEASURED and indefinite_head and index > start and not loose:
            break  # يقدر خبراء عدد الضحايا
        if is_function(text):
            break
        if index == start + 1 and head_word[-2:] in _PLURAL and text[-2:] == head_word[-2:]:
            index, definite = index + 1, True  # مسؤولون سابقون
            continue
        marked = page.block.raw_word(index).endswith("ة")
        if is_verb(text) and not marked and not is_definite(text):
            if loose and indefinite_head and not definite:
                index += 1
                continue
            if not (loose and indefinite_head):
                break
            index += 1
            continue
        if is_definite(text):
            if head_word.endswith("ون") and head_word[1:] not in _WITH_NUN and not definite:
                break  # متعاملون الارتفاع: with its nun a plural has no genitive
            issued = text.removeprefix("ال") in _ISSUED  # الأرقام الصادرة عن الديوان
            if definite and not (is_adjective(text) or issued or text in finder.titles or loose):
                break
            if definite and is_verbal_noun(text) and not is_adjective(text) and not loose:
                break
            office = head_word in finder.titles or head_word.removeprefix("ال") in finder.roles
            if (
                index == start + 1
                and definite
                and office
                and not head_word.endswith("ه")
                and text.endswith(("ه", "ين", "ون"))
                and not loose
            ):
                break  # اتهم الرئيس المعارضة: no adjective of one man
            index, definite = index + 1, True
            continue
        if definite:
            if loose and not is_verbal_noun(text):
                index += 1
                continue
            break
        if is_verbal_noun(text, page.block.raw_word(index)) and not (
            loose
            or head_word in _BODIES
            or head_word[1:] in _BODIES
            or head_word.lstrip("وفبل") in finder.heads
            or tokens[index - 1].text in finder.heads
            or head_word in finder.roles
        ):
            break
        definite = _possessed(text)
        index += 1
    return index


def _is_made(text: str) -> bool:
    """Return whether a verb names the maker of the noun before it: أعدتها, نشره."""
    return any(text.endswith(end) and text.removesuffix(end) in _MADE for end in ("ها", "ه"))


def is_seen_by(page: Page, index: int) -> bool:
    """Return whether a clause describes a source: اطلعت عليها الوكالة, أجريت على 1200 طالب."""
    after = page.tokens[index + 1].text if index + 1 < len(page.tokens) else ""
    word = page.tokens[index].text
    if word in _MADE_SO:
        return function_class(after) == "preposition" or index + 1 in page.dates
    return after in ("عليها", "عليه", "عليهم") and bool(is_verb(word))


def is_unnamed_source(first: str, second: str) -> bool:
    """Return whether two words say that a source is unnamed: تحدث شريطة, طلب عدم."""
    return first in _STAYING and second in _NAMELESS


def _possessed(text: str) -> bool:
    """Return whether a noun has a possessive pronoun: مراسلها, موكله."""
    return (len(text) > 4 and text.endswith(_SUFFIXES[1:3])) or (
        len(text) > 3 and text.endswith("ه") and text in _OWNED
    )


_OWNED: Final = word_class("ar", "owned")


def _bracket(tokens: Sequence[Token], index: int, stop: int) -> int:
    """Return the index after a short bracket or quotation that begins at a mark, else 0."""
    closing = {"(": ")", '"': '"', "[": "]"}.get(tokens[index].text)
    if closing is None:
        return 0
    for position in range(index + 1, min(stop, index + 7)):
        if tokens[position].text == closing:
            return position + 1 if position > index + 1 else 0
        if tokens[position].kind == "mark":
            return 0
    return 0


def _joined(page: Page, index: int, stop: int) -> int:
    """Return the index after "and another speaker", or 0."""
    text = page.tokens[index].text
    name = page.names.get(index)
    inner = text[1:]
    if is_verb(inner) or function_class(inner) or is_complement(inner):
        return 0
    if name is not None and name.cut:
        return name.end
    finder = entities_of().words
    known = any(stem.text in finder.heads or stem.text in finder.roles for stem in stems(text)[1:2])
    people = entities_of().amounts.nouns.get(inner)
    known = known or (people is not None and people.unit == "person")  # مسعفون وسكان
    if not known and not is_definite(inner):
        return 0
    # The rest is read as a separate phrase, without its و.
    end = index + 1
    while end < stop and page.tokens[end].kind == "word" and end - index < 5:
        after = page.tokens[end].text
        hearer = page.names.get(end)
        if is_function(after) or is_complement(after) or end in page.dates:
            break
        if hearer is not None and hearer.cut:
            break  # مسعفون وسكان لوكالة فرانس برس
        if is_verb(after) and not is_definite(after):
            break
        if end - 1 > index and is_definite(page.tokens[end - 1].text) and not is_adjective(after):
            break
        if is_definite(inner) and not is_adjective(after):
            break
        end += 1
    return end
