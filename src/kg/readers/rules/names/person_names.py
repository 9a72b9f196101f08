"""Names of persons in Arabic: after titles and offices, or with a known given name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.amounts import amounts_of
from kg.readers.rules.lexicon.tables import folded, rows, word_class, words
from kg.readers.rules.lexicon.words import (
    is_adjective,
    is_definite,
    is_function,
    is_listed_verb,
    is_listed_verbal_noun,
    is_verb,
    is_verbal_noun,
    nationality,
)
from kg.readers.rules.matching.tokens import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Block, Stem, Token
    from kg.readers.rules.names.gazetteer import Gazetteer, Name

__all__ = ["JOINED", "LONGEST", "FoundName", "PersonNames"]

#: Longest name, in words.
LONGEST: Final = 8
JOINED: Final = word_class("ar", "name-joints")
_SAME: Final = word_class("ar", "same")
_TAILS: Final = word_class("ar", "name-tails")
_NAME_WORDS: Final = word_class("ar", "name-words")

_OF_OFFICES: Final = word_class("ar", "of-offices")


class NameRule(StrEnum):
    """How a name was recognised; the value is its name in the explanations of a draft."""

    GAZETTEER = "gazetteer"
    TITLE = "title"
    KNOWN_TITLE = "title and gazetteer"
    GIVEN = "given name"
    FAMILY = "family name"
    NATIONALITY = "nationality"
    COUNTRY_OF_TEXT = "the country of the text"
    CAPITALS = "capitals"
    ORGANISATION = "head of an organisation"
    QUOTED_NAME = "head of a quoted name"
    DATED_NAME = "head of a name with a date"
    PLACE = "head of a place"
    BEFORE_PLACE = "head before a place"
    EVENT = "head of an event"
    QUOTED_EVENT = "quoted name of an event"


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in tokens ``start:end``; ``cut`` letters are clitics.

    ``known`` is its gazetteer entry or ``None``; ``head`` is where the phrase that introduces it,
    such as a person's title, begins.
    """

    start: int
    end: int
    cut: int
    type: str
    rule: NameRule
    known: Name | None = None
    head: int = -1
    confidence: float = 0.8
    country: str = ""


@dataclass(slots=True)
class _Words:
    titles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    heads: dict[str, str] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    country: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()


class PersonNames:
    """Finds the names of persons."""

    def __init__(self) -> None:
        language = "ar"
        self.words = _Words(given=words(language, "given_names"), events=words(language, "events"))
        names = ("title", "role", "strong", "inside", "outside", "common", "country")
        classes: dict[str, set[str]] = {name: set() for name in names}
        for row in (*rows(language, "titles"), *rows(language, "places")):
            classes[row["class"]].update(folded(word) for word in row["words"].split())
        self.words.titles, self.words.roles = (
            frozenset(classes["title"]),
            frozenset(classes["role"]),
        )
        self.words.inside, self.words.outside = (
            frozenset(classes["inside"]),
            frozenset(classes["outside"]),
        )
        self.words.common = frozenset(classes["common"])
        self.words.country = frozenset(classes["country"])
        self.words.strong = frozenset(classes["strong"])
        self.words.titles |= self.words.strong
        self.words.participles = frozenset(
            folded(row["participle"]) + "ا" for row in rows(language, "speech_verbs")
        )
        for row in rows(language, "organisations"):
            for word in row["words"].split():
                self.words.heads[folded(word)] = row["type"]
        self.amounts = amounts_of(language)

    def _nameish(self, block: Block, index: int, taken: set[int]) -> bool:
        """Return whether a word may be part of a person's name: it has no other likely use."""
        tokens = block.tokens
        if index >= len(tokens) or tokens[index].kind != "word" or index in taken:
            return False
        text = tokens[index].text
        if text in self.words.given and text != "علي":
            return True
        if len(text) < 2 or (is_function(text) and not self._is_ali(block, index)):
            return False
        if text in self.words.titles or text in self.words.roles or text in self.words.heads:
            return False
        if text.startswith("وال") and is_definite(text[1:]) and text not in self.words.given:
            return False  # and another one: مارغريت تشان والمدير التنفيذي
        if text in _SAME or text.startswith("لشوون"):
            return False
        if text in ("باسمه", "باسمها", "باسمهم") or text.endswith(("ته", "تها", "تهم")):
            return False
        if text.startswith(("بال", "لل", "كال", "فال")) and len(text) > 5:
            return False  # a preposition and the article
        if text in self.amounts.nouns and text not in _NAME_WORDS:
            return False
        if text in self.words.participles or self.amounts.numerals.is_numeral(text):
            return False
        if text[0] == "ل" and text[1:] in self.amounts.nouns:
            return False  # رئيس نقابة عامة لعمال المناجم
        if text[0] in "بل" and len(text) > 3 and is_verbal_noun(text[1:]):
            return False  # وعد الرئيس بإطلاق السجناء
        if any(
            s.cut and (s.text.removeprefix("ال") in self.words.heads or s.text in self.words.roles)
            for s in stems(text)
        ):
            return False
        raw = block.raw_word(index)
        marked = raw.endswith("ة")  # no verb ends in ta marbuta
        if is_listed_verbal_noun(text) or (is_verbal_noun(text, raw) and not marked):
            return False  # أعلن القائد نهاية الحرب
        if (
            is_listed_verb(text)
            and not marked
            and not (index + 1 < len(tokens) and self._starts_name(tokens[index + 1].text))
        ):
            return False
        if is_verb(text) and not marked and text[:1] in "يت":
            return False
        return not (text.endswith(("ا", "ه")) and is_adjective(text)) and not (
            nationality(text) is not None and not is_definite(text)
        )

    @staticmethod
    def _is_ali(block: Block, index: int) -> bool:
        return (
            block.tokens[index].text == "علي"
            and block.raw_word(index).endswith("ي")
            and not block.misdotted
        )

    def _starts_name(self, text: str) -> bool:
        return text in self.words.given or text in ("بن", "ابن", "بنت")

    def _name_end(self, block: Block, index: int, taken: set[int]) -> int:
        """Return the index after a person's name that begins with a token, or the same index."""
        tokens = block.tokens
        end, plain = index, 0
        while end < len(tokens) and plain < 4:
            text = tokens[end].text
            if text == "باسم" and end + 1 < len(tokens) and is_definite(tokens[end + 1].text):
                break
            if text in JOINED:
                follows = end + 1 < len(tokens) and tokens[end + 1].kind == "word"
                if not follows or (
                    text not in ("عبد", "ابو", "بن") and not self._nameish(block, end + 1, taken)
                ):
                    break
                end, plain = end + 2, plain + 1
                continue
            if text in _TAILS and plain:
                end += 1  # صلاح الدين, عبد الله
                continue
            definite = is_definite(text) and len(text) > 4
            if definite and text in self.words.titles and plain == 1:
                # سمعان الحاج, where nothing follows that the title could belong to
                after = tokens[end + 1].text if end + 1 < len(tokens) else ""
                if not after.isalpha() or is_function(after) or is_verb(after):
                    end += 1
                break
            last = end + 1 == len(tokens) or tokens[end + 1].kind == "mark"
            before = tokens[index - 1].text if index else ""
            # المبعوث، سعيد جنيت، and مديرها العام حميد عدو،
            apart = before in ("،", ",", "العام") or before in self.words.roles
            surname = (
                plain == 1
                and last
                and (text in self.words.roles or (apart and not is_function(text)))
                and tokens[end - 1].text in self.words.given
            )  # غادة والي
            if not surname and not self._nameish(block, end, taken):
                break
            if definite and (plain == 0 or (plain > 1 and not text.endswith("ي"))):
                break
            after = tokens[end + 1].text if end + 1 < len(tokens) else ""
            if plain and text in self.words.roles and after in _OF_OFFICES:
                break  # محمد باركيندو أمين عام المنظمة
            if plain > 1 and text[0] == "ب" and is_definite(after):
                break  # دفع عادل رمزي ببطلان التحقيقات
            if (
                plain
                and not surname
                and text[0] in "وف"
                and text not in self.words.given
                and (text[1:] in self.words.given or is_function(text[1:]))
            ):
                break
            end, plain = end + 1, plain + 1
            if definite:
                break
        return end

    def _titled(
        self, block: Block, index: int, gazetteer: Gazetteer, taken: set[int]
    ) -> FoundName | None:
        """Read a name after a title (المهندس مايو فرحات) or a role (وزير الزراعة فراس العوضي)."""
        tokens = block.tokens
        word = tokens[index].text
        stem = next(
            (s for s in stems(word) if s.text in self.words.titles or s.text in self.words.roles),
            None,
        )
        if stem is None and (role := self._possessed_role(word)) is not None:
            stem = role  # محاميها جان مارتان
        if stem is None:
            return None
        at = index + 1
        if stem.text in self.words.roles:
            at = self._role_end(tokens, index, gazetteer, taken)
        else:
            while at < len(tokens) and (
                tokens[at].text in self.words.titles
                or (is_definite(tokens[at].text) and is_adjective(tokens[at].text))
                or tokens[at].text in ("الركن", "الطيار", "الاول", "العام")
            ):
                at += 1
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
        known = gazetteer.at(tokens, at)
        if known is not None and known.value.type == "Person" and not known.cut:
            return FoundName(
                at, known.end, 0, "Person", NameRule.KNOWN_TITLE, known.value, index, 0.95
            )
        if known is not None and tokens[at].text not in self.words.given:
            return None
        end = self._name_end(block, at, taken)
        heard = (n for n in range(at, end) if (known := gazetteer.at(tokens, n)) and known.cut)
        end = next(heard, end)  # مسؤول إغاثي لفرانس برس
        name = tokens[at].text
        # One word is enough for a given name, or directly after a title such as الرئيس.
        least = 2
        if stem.text in self.words.titles and (
            name in self.words.given
            or (
                stem.text in self.words.strong
                and len(name) > 3
                and not name.startswith(("ال", "و", "ل", "ب"))
                and not name.endswith(("ه", "ا"))
                and not is_adjective(name)
            )
        ):
            least = 1
        if end - at < least:
            return None
        return FoundName(at, end, 0, "Person", NameRule.TITLE, None, index, 0.85)

    def _possessed_role(self, word: str) -> Stem | None:
        """Return the role in محاميها, ومديره."""
        for stem in stems(word):
            for suffix in ("ها", "هم", "ه"):
                role = stem.text.removesuffix(suffix)
                if role != stem.text and len(role) > len("ابن") and role in self.words.roles:
                    return replace(stem, text=role)
        return None

    def _role_end(
        self, tokens: Sequence[Token], index: int, gazetteer: Gazetteer, taken: set[int]
    ) -> int:
        """Return the index after a role with its genitives and adjectives."""
        at = index + 1
        definite = is_definite(tokens[index].text)
        while at < len(tokens) and tokens[at].kind == "word" and at - index < LONGEST:
            text = tokens[at].text
            if at in taken:
                break
            if text in self.words.titles and definite:
                at += 1
                continue
            known = gazetteer.at(tokens, at)
            if known is not None and known.value.type != "Person":
                at, definite = known.end, True
                continue
            if is_definite(text) or text.startswith(("لل", "وال")):
                if is_verb(text):
                    break
                at, definite = at + 1, True
                continue
            if not definite and (
                text in self.words.heads
                or text in self.words.roles
                or text in self.words.outside
                or text in self.amounts.nouns
                or text in ("باسم", "شؤون", "شوون", "عام", "هيه", "قسم", "اركان", "بلديه")
            ):
                at += 1
                continue
            behind = gazetteer.at(tokens, at + 1) if at + 1 < len(tokens) else None
            if not definite and behind is not None and behind.value.type == "Place":
                at += 1  # مدير صحة واسط
                continue
            possessed = not definite and len(text) > 4 and text.endswith(("ته", "تها", "تهم"))
            if possessed or text in ("باسمه", "باسمها", "باسمهم"):
                at, definite = at + 1, True  # رئيس بعثته, المتحدث باسمها
                continue
            if definite and text in ("باسم", "في", "لدي", "ب") and at + 1 < len(tokens):
                after = tokens[at + 1].text
                if is_definite(after) or after in self.words.heads or gazetteer.at(tokens, at + 1):
                    at += 1
                    if after in self.words.heads:
                        definite = False
                        at += 1
                    continue
            break
        return at

    def _person(
        self, block: Block, index: int, taken: set[int], found: list[FoundName]
    ) -> FoundName | None:
        """Read a name that begins with a known given name."""
        tokens = block.tokens
        text, cut = tokens[index].text, 0
        if block.raw_word(index) == "الآن":
            return None
        if text not in self.words.given and text not in ("ابو", "عبد", "ام"):
            joined = bool(found) and found[-1].end == index and found[-1].type == "Person"
            stem = next((s for s in stems(text) if s.cut and s.text in self.words.given), None)
            if stem is None or (len(stem.text) < 4 and not joined):
                return None
            cut = stem.cut
        if text in ("علي", "باسم", "اميره", "امل") and not (
            index + 1 < len(tokens) and tokens[index + 1].text in self.words.given
        ):
            return None
        if text == "علي" and block.misdotted:
            return None
        end = self._name_end(block, index + 1 if cut else index, taken)
        if cut and end > index + 1:
            end = min(end, index + 3)
        surname = index + 1 < len(tokens) and tokens[index + 1].text in self.words.given
        if text == "ام" and not surname:
            return None
        least = 3 if text in ("ابو", "عبد") and not surname else 2
        if end - index < least:
            return None
        after = tokens[index + 1].text
        if is_definite(after) and is_adjective(after) and text in self.amounts.nouns:
            return None
        return FoundName(index, end, cut, "Person", NameRule.GIVEN, None, index, 0.7)
