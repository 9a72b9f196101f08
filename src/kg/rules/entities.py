"""Names in a text: the gazetteer, titles before persons, heads of organisations, places, events."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.amounts import amounts_of
from kg.rules.lexicon import folded, rows, words
from kg.rules.tokens import stems
from kg.rules.words import (
    function_class,
    is_adjective,
    is_definite,
    is_function,
    is_listed_verb,
    is_verb,
    is_verbal_noun,
    nationality,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rules.gazetteer import Gazetteer, Name
    from kg.rules.lexicon import Match
    from kg.rules.tokens import Block, Token

__all__ = ["Entities", "FoundName", "entities_of"]

#: How many words a name has at most.
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in the tokens ``start`` up to, without, ``end``; ``cut`` letters are clitics.

    ``known`` is its entry of the gazetteer or ``None``; ``head`` tells where the phrase that
    introduces it begins, such as a person's title.
    """

    start: int
    end: int
    cut: int
    type: str
    rule: str
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
    participles: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()


class Entities:
    """Finds the names of Arabic texts."""

    def __init__(self) -> None:
        language = "ar"
        self.words = _Words(given=words(language, "given_names"), events=words(language, "events"))
        names = ("title", "role", "strong", "inside", "outside", "common")
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
        self.words.strong = frozenset(classes["strong"])
        self.words.titles |= self.words.strong
        self.words.participles = frozenset(
            folded(row["participle"]) + "ا" for row in rows(language, "speech_verbs")
        )
        for row in rows(language, "organisations"):
            for word in row["words"].split():
                self.words.heads[folded(word)] = row["type"]
        self.amounts = amounts_of(language)
        self._hopes: dict[str, bool] = {}

    # ---- the scan

    def find(
        self, block: Block, gazetteer: Gazetteer, taken: set[int], counted: set[int]
    ) -> tuple[FoundName, ...]:
        """Return the names of a block, left to right, none within another.

        :param taken: tokens of dates and of money, in which no name begins.
        :param counted: tokens that are counted nouns of amounts.
        """
        found: list[FoundName] = []
        self._scan(block, 0, len(block.tokens), gazetteer, taken, counted, found)
        return tuple(self._again(block.tokens, found, taken))

    def _scan(
        self,
        block: Block,
        index: int,
        stop: int,
        gazetteer: Gazetteer,
        taken: set[int],
        counted: set[int],
        found: list[FoundName],
    ) -> None:
        tokens = block.tokens
        while index < stop:
            if tokens[index].kind != "word" or index in taken:
                index += 1
                continue
            one = None
            if self._hopeful(tokens[index].text) or gazetteer.at(tokens, index) is not None:
                one = self._at(block, index, gazetteer, taken, counted, found)
            if one is None:
                index += 1
                continue
            if one.start > index + 1:  # the office before a name may have names: محافظ دهوك
                self._scan(block, index + 1, one.start, gazetteer, taken, counted, found)
            found.append(one)
            if one.type in _NESTING and one.end > one.start + 1:
                self._scan(block, one.start + 1, one.end, gazetteer, taken, counted, found)
            index = max(one.end, index + 1)

    def _hopeful(self, word: str) -> bool:
        """Tell whether a name that the gazetteer does not have may begin with a word."""
        known = self._hopes.get(word)
        if known is None:
            if len(self._hopes) > 50_000:
                self._hopes.clear()
            sets = (
                self.words.heads,
                self.words.events,
                self.words.inside,
                self.words.outside,
                self.words.titles,
                self.words.roles,
                self.words.given,
                _JOINED,
            )
            known = any(
                any(stem.text in one or stem.text.removeprefix("ال") in one for one in sets)
                or nationality(stem.text) is not None
                for stem in stems(word)
            )
            self._hopes[word] = known
        return known

    def _at(
        self,
        block: Block,
        index: int,
        gazetteer: Gazetteer,
        taken: set[int],
        counted: set[int],
        found: list[FoundName],
    ) -> FoundName | None:
        tokens = block.tokens
        if index in counted and (people := self._nationality(tokens, index, counted)) is not None:
            return people
        known = gazetteer.at(tokens, index)
        if known is not None and self._is_meant(block, index, known, found):
            name, start = known.value, index
            longer = self._organisation(block, index, gazetteer, taken)
            if longer is not None and longer.end > known.end:
                return longer
            cut = known.cut
            if (
                name.type == "Place"
                and known.end > index + 1
                and tokens[index].text[cut:] in (self.words.outside)
            ):
                start, cut = index + 1, 0
            return FoundName(
                start,
                known.end,
                cut,
                name.type,
                "gazetteer",
                name,
                confidence=0.95,
                country=name.country,
            )
        return (
            self._organisation(block, index, gazetteer, taken)
            or self._event(tokens, index)
            or self._place(block, index, gazetteer)
            or self._titled(block, index, gazetteer, taken)
            or self._person(block, index, taken, found)
            or self._nationality(tokens, index, counted)
        )

    def _is_meant(
        self, block: Block, index: int, known: Match[Name], found: Sequence[FoundName]
    ) -> bool:
        """Tell whether a known name of one word is not a common word that is spelt alike."""
        tokens = block.tokens
        if known.end > index + 1:
            return True
        text = tokens[index].text
        form = text[known.cut :]
        if known.cut and (text in self.words.given or text in self.amounts.nouns):
            return False
        if len(form) <= 3 and known.value.origin != "authority":
            raw = block.raw_word(index)
            if ("إ" in known.value.label("ar")) != ("إ" in raw):
                return False
        if known.value.type in ("War", "Event", "Source") and is_definite(form):
            # الحرب is the war of which the text has spoken by its name.
            return any(one.known is not None and one.known.id == known.value.id for one in found)
        if form in self.words.common:
            before = tokens[index - 1].text if index else ""
            opened = known.clitics.endswith("ب") or (
                not known.cut
                and (before in _PLACE_OPENERS or before.lstrip("وفبل") in self.words.outside)
            )
            return opened and known.value.type == "Place"
        return True

    # ---- persons

    def _nameish(self, block: Block, index: int, taken: set[int]) -> bool:
        """Tell whether a word may be part of a person's name: it has no other likely use."""
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
        if text in self.amounts.nouns and text not in _NAME_WORDS:
            return False
        if text in self.words.participles or self.amounts.numerals.is_numeral(text):
            return False
        if any(
            s.cut and (s.text.removeprefix("ال") in self.words.heads or s.text in self.words.roles)
            for s in stems(text)
        ):
            return False
        raw = block.raw_word(index)
        marked = raw.endswith("ة")  # no verb ends in ta marbuta
        if is_verbal_noun(text, raw) and not marked:
            return False
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
        return block.tokens[index].text == "علي" and block.raw_word(index).endswith("ي")

    def _starts_name(self, text: str) -> bool:
        return text in self.words.given or text in ("بن", "ابن", "بنت")

    def _name_end(self, block: Block, index: int, taken: set[int]) -> int:
        """Return the index behind a person's name that begins with a token, or the same index."""
        tokens = block.tokens
        end, plain = index, 0
        while end < len(tokens) and plain < 4:
            text = tokens[end].text
            if text == "باسم" and end + 1 < len(tokens) and is_definite(tokens[end + 1].text):
                break
            if text in _JOINED:
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
            if not self._nameish(block, end, taken):
                break
            if definite and (plain == 0 or (plain > 1 and not text.endswith("ي"))):
                break
            if (
                plain
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
        """Read a name behind a title (المهندس مايو فرحات) or a role (وزير الزراعة فراس العوضي)."""
        tokens = block.tokens
        stem = next(
            (
                s
                for s in stems(tokens[index].text)
                if s.text in self.words.titles or s.text in self.words.roles
            ),
            None,
        )
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
                at, known.end, 0, "Person", "title and gazetteer", known.value, index, 0.95
            )
        if known is not None and tokens[at].text not in self.words.given:
            return None
        end = self._name_end(block, at, taken)
        name = tokens[at].text
        # One word is enough for a given name, or right behind a title such as الرئيس.
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
        return FoundName(at, end, 0, "Person", "title", None, index, 0.85)

    def _role_end(
        self, tokens: Sequence[Token], index: int, gazetteer: Gazetteer, taken: set[int]
    ) -> int:
        """Return the index behind a role with its genitives and adjectives."""
        at = index + 1
        definite = is_definite(tokens[index].text)
        while at < len(tokens) and tokens[at].kind == "word" and at - index < _LONGEST:
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
            if is_definite(text) or text.startswith("لل") or text.startswith("وال"):
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
        if text not in self.words.given and text not in ("ابو", "عبد"):
            joined = bool(found) and found[-1].end == index and found[-1].type == "Person"
            stem = next((s for s in stems(text) if s.cut and s.text in self.words.given), None)
            if stem is None or (len(stem.text) < 4 and not joined):
                return None
            cut = stem.cut
        if text in ("علي", "باسم", "اميره", "امل") and not (
            index + 1 < len(tokens) and tokens[index + 1].text in self.words.given
        ):
            return None
        end = self._name_end(block, index + 1 if cut else index, taken)
        if cut and end > index + 1:
            end = min(end, index + 3)
        least = 3 if text in ("ابو", "عبد") else 2
        if end - index < least:
            return None
        after = tokens[index + 1].text
        if is_definite(after) and is_adjective(after) and text in self.amounts.nouns:
            return None
        return FoundName(index, end, cut, "Person", "given name", None, index, 0.7)

    # ---- organisations, places, events

    def _organisation(
        self, block: Block, index: int, gazetteer: Gazetteer, taken: set[int]
    ) -> FoundName | None:
        tokens = block.tokens
        text = tokens[index].text
        stem = next((s for s in stems(text) if s.text.removeprefix("ال") in self.words.heads), None)
        if stem is None:
            return None
        head = stem.text
        type_ = self.words.heads[head.removeprefix("ال")]
        at = index + 1
        if is_definite(head):
            return self._definite_organisation(tokens, index, stem.cut, type_)
        end, definite = at, False
        while end < len(tokens) and end - index < _LONGEST and tokens[end].kind == "word":
            word = tokens[end].text
            dated = end in taken
            if dated and definite:
                break
            if is_function(word) and word not in ("بلا",):
                break
            known = gazetteer.at(tokens, end) if not definite else None
            if known is not None and not known.cut and end == at:
                end, definite = known.end, True
                continue
            if not definite:
                nisba = block.raw_word(end).endswith(("ي", "ية")) and not is_definite(word)
                of_what = end + 1 < len(tokens) and is_definite(tokens[end + 1].text)
                if len(word) > 4 and end == at and nisba and not of_what:
                    break
                if is_verb(word) or (
                    not is_definite(word) and is_adjective(word) and word not in self.words.given
                ):
                    break
                if word in self.words.titles:
                    break
                if (
                    word.startswith("ل")
                    and not word.startswith("لل")
                    and end == at
                    and len(word) > 4
                    and (word[1:] in self.words.heads)
                ):
                    break
                definite = word.startswith(("ال", "لل"))
                if not definite and (word[0] in "وف" and is_verb(word)):
                    break
                end += 1
                if not definite and end - at >= 3:
                    break
                continue
            if is_definite(word) and is_adjective(word):
                end += 1
                continue
            if word.startswith("لل") and len(word) > 4:
                end += 1
                continue
            if word.startswith("وال") and self._pairs(tokens, index, end):
                end += 1
                continue
            break
        if (
            end == at
            and at < len(tokens)
            and tokens[at].kind == "number"
            and self._dated_name(tokens, at)
        ):
            return FoundName(
                index, at + 2, stem.cut, type_, "head of a name with a date", head=index
            )
        if end == at:
            return self._latin(tokens, index, stem.cut, type_)
        name = tokens[at].text
        if not definite and (end - at > 2 or name in _GENERIC or name in self.words.roles):
            return None
        if definite and end == at + 1 and name.removeprefix("ال") in _GENERIC:
            return None
        if type_ in ("ArmedForce",) and end == at + 1 and not nationality(name):
            return None
        return FoundName(index, end, stem.cut, type_, "head of an organisation", head=index)

    def _pairs(self, tokens: Sequence[Token], start: int, at: int) -> bool:
        """Tell whether "and the …" belongs to a name: وزارة التربية والتعليم."""
        head = tokens[start].text.lstrip("وفبلك")
        if head not in _PAIRING or (at + 1 < len(tokens) and is_verb(tokens[at + 1].text)):
            return False
        return tokens[at].text.removeprefix("وال") not in self.words.heads

    def _dated_name(self, tokens: Sequence[Token], at: int) -> bool:
        from kg.rules.calendar_words import calendar_words

        return (
            at + 1 < len(tokens) and calendar_words("ar").match("month", tokens, at + 1) is not None
        )

    def _latin(self, tokens: Sequence[Token], index: int, cut: int, type_: str) -> FoundName | None:
        """Read a name in Latin letters behind its head: شركة NOVA Gas للطاقة."""
        end = index + 1
        while end < len(tokens) and tokens[end].kind == "word" and tokens[end].text.isascii():
            end += 1
        if end == index + 1:
            return None
        while end < len(tokens) and tokens[end].text.startswith("لل"):
            end += 1
        return FoundName(index, end, cut, type_, "head of an organisation", head=index)

    def _definite_organisation(
        self, tokens: Sequence[Token], index: int, cut: int, type_: str
    ) -> FoundName | None:
        """Read اللجنة الوطنية للإحصاء: adjectives, then ل and what it is for; or الحكومة المصرية."""
        end, national = index + 1, False
        while (
            end < len(tokens) and is_definite(tokens[end].text) and is_adjective(tokens[end].text)
        ):
            national = national or nationality(tokens[end].text) is not None
            end += 1
        adjectives = end - index - 1
        purpose = False
        while end < len(tokens) and tokens[end].text.startswith("لل") and len(tokens[end].text) > 4:
            end, purpose = end + 1, True
            while (
                end < len(tokens)
                and is_definite(tokens[end].text)
                and is_adjective(tokens[end].text)
            ):
                end += 1
        if adjectives and (purpose or national or type_ == "ResearchBody"):
            return FoundName(
                index, end, cut, type_, "head of an organisation", head=index, confidence=0.75
            )
        return None

    def _place(self, block: Block, index: int, gazetteer: Gazetteer) -> FoundName | None:
        tokens = block.tokens
        stem = next(
            (
                s
                for s in stems(tokens[index].text)
                if s.text in self.words.inside or s.text in self.words.outside
            ),
            None,
        )
        at = index + 1
        if stem is None or at >= len(tokens):
            return None
        inside = stem.text in self.words.inside
        if tokens[at].kind == "number":
            if inside and self._dated_name(tokens, at):
                return FoundName(index, at + 2, stem.cut, "Place", "head of a place", head=index)
            return None
        if tokens[at].kind != "word":
            return None
        known = gazetteer.at(tokens, at)
        if known is not None and known.cut:
            return None
        if known is not None and known.value.type in ("Place", "State"):
            if not inside:
                return None  # the gazetteer takes the name itself
            return FoundName(index, known.end, stem.cut, "Place", "head of a place", head=index)
        name = tokens[at].text
        if is_function(name) or is_verb(name) or name in self.words.roles or name in _GENERIC:
            return None
        if name.removeprefix("ال") in self.amounts.nouns or (is_adjective(name) and not inside):
            return None
        if not inside and is_definite(name) and (is_verbal_noun(name) or is_adjective(name)):
            return None
        end = at + 1
        if name in (
            "ابو",
            "ام",
            "بني",
            "عين",
            "سيدي",
            "دير",
            "تل",
            "راس",
            "بيت",
            "كفر",
            "خان",
            "مرج",
            "ابن",
            "سان",
        ) and (end < len(tokens) and tokens[end].kind == "word"):
            end += 1
        if inside:
            if (
                not is_definite(name)
                and name not in self.words.given
                and end == at + 1
                and (
                    end < len(tokens)
                    and is_definite(tokens[end].text)
                    and not is_adjective(tokens[end].text)
                )
            ):
                end += 1
            return FoundName(
                index, end, stem.cut, "Place", "head of a place", head=index, confidence=0.75
            )
        return FoundName(at, end, 0, "Place", "head before a place", head=index, confidence=0.7)

    def _event(self, tokens: Sequence[Token], index: int) -> FoundName | None:
        stem = next((s for s in stems(tokens[index].text) if s.text in self.words.events), None)
        at = index + 1
        if stem is None or at >= len(tokens):
            return None
        if tokens[at].kind == "number" and self._dated_name(tokens, at):
            return FoundName(index, at + 2, stem.cut, "Event", "head of an event", head=index)
        if tokens[at].text in '"' and stem.text in ("عمليه", "معركه", "مؤتمر", "موتمر", "حمله"):
            end = at + 1
            while end < len(tokens) and end - at < _LONGEST and tokens[end].kind == "word":
                end += 1
            if end < len(tokens) and tokens[end].text == '"' and end > at + 1:
                return FoundName(at + 1, end, 0, "Event", "quoted name of an event", head=index)
        if stem.text not in ("حرب", "ثوره", "انتفاضه", "معركه", "مجزره", "مذبحه", "مهرجان"):
            return None
        word = tokens[at].text
        if tokens[at].kind != "word" or is_function(word) or is_verb(word) or is_adjective(word):
            return None
        if is_definite(word) and word.removeprefix("ال") in self.amounts.nouns:
            return None
        return FoundName(
            index, at + 1, stem.cut, "Event", "head of an event", head=index, confidence=0.7
        )

    def _nationality(
        self, tokens: Sequence[Token], index: int, counted: set[int]
    ) -> FoundName | None:
        """Read an adjective of nationality: of people where it is counted or plural, else a country."""
        text = tokens[index].text
        for stem in stems(text):
            found = nationality(stem.text)
            if found is None:
                continue
            country, plural = found
            if stem.cut and not is_definite(stem.text):
                return None
            if not country and not plural:
                return None
            people = index in counted or plural
            if not people and not country:
                return None
            if not people and index and not self._modifies(tokens, index):
                return None
            kind = "PopulationGroup" if people else "Place"
            return FoundName(
                index, index + 1, stem.cut, kind, "nationality", country=country, confidence=0.85
            )
        return None

    @staticmethod
    def _modifies(tokens: Sequence[Token], index: int) -> bool:
        before = tokens[index - 1]
        return before.kind == "word" and function_class(before.text) not in (
            "preposition",
            "conjunction",
            "particle",
        )

    # ---- later mentions

    def _again(
        self, tokens: Sequence[Token], found: list[FoundName], within: set[int]
    ) -> list[FoundName]:
        """Add later places where a person is called by the family name alone."""
        families: dict[str, int] = {}
        for one in found:
            if one.type == "Person" and one.known is None and one.end - one.start >= 2:
                last = tokens[one.end - 1].text
                if last not in self.words.titles and len(last) > 3:
                    families.setdefault(last, one.end)
        if not families:
            return found
        covered = {n for one in found for n in range(one.start, one.end)}
        extra = []
        for index, token in enumerate(tokens):
            if index in covered or token.kind != "word" or index in within:
                continue
            for stem in stems(token.text):
                if stem.text in families and index >= families[stem.text]:
                    extra.append(
                        FoundName(
                            index, index + 1, stem.cut, "Person", "family name", confidence=0.7
                        )
                    )
                    break
        return sorted([*found, *extra], key=lambda one: one.start)


#: Names that may have other names in them: the figures of a ministry, the war of a country.
_NESTING = frozenset({"Source", "Event", "War", "NewsReport"})
_PLACE_OPENERS = frozenset(map(folded, ("في", "من", "إلى", "نحو", "قرب", "داخل", "خارج", "بين")))
_JOINED = frozenset(
    map(
        folded,
        ("أبو", "أم", "بن", "ابن", "بنت", "آل", "عبد", "ولد", "دي", "فان", "فون", "بو", "ال"),
    )
)
_TAILS = frozenset(map(folded, ("الدين", "الله", "الرحمن")))
_NAME_WORDS = frozenset(
    map(folded, ("نجم", "بدر", "حكم", "شاعر", "نجار", "حداد", "خباز", "صياد", "شيخ", "أمير", "جبل"))
)
_GENERIC = frozenset(
    map(
        folded,
        (
            "محلية",
            "محلي",
            "دولية",
            "خاصة",
            "عامة",
            "جديدة",
            "كبيرة",
            "أجنبية",
            "عسكرية",
            "إلكتروني",
            "المدينة",
            "البلدة",
            "القرية",
            "المنطقة",
            "البلاد",
            "الدولة",
            "العاصمة",
            "الشركة",
            "المحافظة",
            "مدينة",
            "بلدة",
            "قرية",
            "منطقة",
            "دولة",
            "بلد",
            "شركة",
            "السكان",
            "الناس",
            "الجنود",
            "مشتركة",
        ),
    )
)
_PAIRING = frozenset(
    map(
        folded,
        (
            "وزارة",
            "هيئة",
            "نقابة",
            "اتحاد",
            "جمعية",
            "دائرة",
            "مديرية",
            "لجنة",
            "منظمة",
            "غرفة",
            "معهد",
            "كلية",
            "مركز",
        ),
    )
)


@lru_cache(maxsize=1)
def entities_of() -> Entities:
    """Return the finder of Arabic names."""
    return Entities()
