"""Names of organisations, places and events in Arabic, by their head words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import (
    is_adjective,
    is_definite,
    is_function,
    is_verb,
    is_verbal_noun,
    nationality,
)
from kg.readers.rules.matching.tokens import stems
from kg.readers.rules.names.person_names import LONGEST, FoundName, NameRule, PersonNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Block, Token
    from kg.readers.rules.names.gazetteer import Gazetteer

__all__ = ["OrganisationNames"]

_GENERIC: Final = word_class("ar", "generic-names")
_PLACE_HEADS: Final = word_class("ar", "place-name-heads")
#: Opening quotation marks of names, and the mark that closes each.
_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“", "‹": "›", "(": ")"}
_PASSIVE_PARTICIPLE = re.compile(r"م\w\wو\wه?")
_PAIRING: Final = word_class("ar", "pairing-heads")

_HEARING: Final = word_class("ar", "heard-by")
_AIMS: Final = word_class("ar", "aims")
_AGENCIES: Final = word_class("ar", "agency-heads")
_NEWS: Final = word_class("ar", "news-words")


def _is_purpose(word: str) -> bool:
    """Return whether a word states the purpose of an organisation: للطاقة."""
    return word.startswith("لل") and len(word) > 4 and word not in _HEARING


def _is_outlet(tokens: Sequence[Token], index: int) -> bool:
    """Return whether an agency is a news agency: not الوكالة الدولية للطاقة, وكالة الفضاء."""
    if tokens[index].text.lstrip("وفبلك") not in _AGENCIES:
        return True
    words = [token.text for token in tokens[index + 1 : index + 4]]
    return not words or not is_definite(words[0]) or any(word in _NEWS for word in words)


class OrganisationNames(PersonNames):
    """Finds the names of organisations, places and events by their head words."""

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
        close = 0 if is_definite(head) else self._quoted_name(block, at)
        if close and at < len(tokens):
            return FoundName(index, close, stem.cut, type_, NameRule.QUOTED_NAME, head=index)
        if type_ == "MediaOutlet" and not _is_outlet(tokens, index):
            type_ = "Organization"
        if is_definite(head):
            return self._definite_organisation(tokens, index, stem.cut, type_)
        end, definite = at, False
        while end < len(tokens) and end - index < LONGEST and tokens[end].kind == "word":
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
            if _is_purpose(word):
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
            return FoundName(index, at + 2, stem.cut, type_, NameRule.DATED_NAME, head=index)
        if end == at:
            return self._latin(tokens, index, stem.cut, type_)
        name = tokens[at].text
        if not definite and (end - at > 2 or name in _GENERIC or name in self.words.roles):
            return None
        if definite and end == at + 1 and name.removeprefix("ال") in _GENERIC:
            return None
        known = gazetteer.at(tokens, at)
        held = known is None or known.value.type == "Event"
        if head == "تنظيم" and held and not is_definite(name):
            return None  # تنظيم كأس العالم: not a group
        if type_ in ("ArmedForce",) and end == at + 1 and not nationality(name):
            return None
        return FoundName(index, end, stem.cut, type_, NameRule.ORGANISATION, head=index)

    @staticmethod
    def _quoted_name(block: Block, at: int) -> int:
        """Return the index after a short name in quotation marks: صحيفة «البوصلة», else 0."""
        tokens = block.tokens
        if at >= len(tokens) or tokens[at].kind != "mark" or block.raw_word(at) not in _QUOTES:
            return 0
        for end in range(at + 1, min(at + 5, len(tokens))):
            if tokens[end].kind == "mark":
                closing = _QUOTES[block.raw_word(at)] == block.raw_word(end)
                return end + 1 if closing and end > at + 1 else 0
        return 0

    def _pairs(self, tokens: Sequence[Token], start: int, at: int) -> bool:
        """Return whether "and the …" belongs to a name: وزارة التربية والتعليم."""
        head = tokens[start].text.lstrip("وفبلك")
        if head not in _PAIRING or (at + 1 < len(tokens) and is_verb(tokens[at + 1].text)):
            return False
        return tokens[at].text.removeprefix("وال") not in self.words.heads

    def _dated_name(self, tokens: Sequence[Token], at: int) -> bool:
        from kg.readers.rules.dates.calendar_words import calendar_words

        return (
            at + 1 < len(tokens) and calendar_words("ar").match("month", tokens, at + 1) is not None
        )

    def _latin(self, tokens: Sequence[Token], index: int, cut: int, type_: str) -> FoundName | None:
        """Read a name in Latin letters after its head: شركة NOVA Gas للطاقة."""
        end = index + 1
        while end < len(tokens) and tokens[end].kind == "word" and tokens[end].text.isascii():
            end += 1
        if end == index + 1:
            return None
        while end < len(tokens) and tokens[end].text.startswith("لل"):
            end += 1
        return FoundName(index, end, cut, type_, NameRule.ORGANISATION, head=index)

    def _definite_organisation(
        self, tokens: Sequence[Token], index: int, cut: int, type_: str
    ) -> FoundName | None:
        """Read اللجنة الوطنية للإحصاء (adjectives, ل and the purpose) or الحكومة المصرية."""
        end, national = index + 1, False
        while (
            end < len(tokens) and is_definite(tokens[end].text) and is_adjective(tokens[end].text)
        ):
            national = national or nationality(tokens[end].text) is not None
            end += 1
        adjectives = end - index - 1
        purpose = False
        aim = tokens[end].text if end < len(tokens) else ""
        whole = tokens[end + 1].text if end + 1 < len(tokens) else ""
        if adjectives and aim[:1] == "ل" and aim[1:] in _AIMS and is_definite(whole):
            end, purpose = end + 2, True  # الاتحاد العراقي لكرة القدم
        while end < len(tokens) and _is_purpose(tokens[end].text):
            end, purpose = end + 1, True
            while (
                end < len(tokens)
                and is_definite(tokens[end].text)
                and is_adjective(tokens[end].text)
            ):
                end += 1
            # الجهاز المركزي للتعبئة العامة والإحصاء
            paired = tokens[end].text if end < len(tokens) else ""
            if paired.startswith("وال") and is_verbal_noun(paired[1:]):
                end += 1
        if adjectives and (purpose or national or type_ == "ResearchBody"):
            return FoundName(
                index,
                end,
                cut,
                type_,
                NameRule.ORGANISATION,
                head=index,
                confidence=0.75,
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
                return FoundName(index, at + 2, stem.cut, "Place", NameRule.PLACE, head=index)
            return None
        if tokens[at].kind != "word":
            return None
        known = gazetteer.at(tokens, at)
        if known is not None and known.cut:
            return None
        if known is not None and known.value.type in ("Place", "State"):
            if not inside:
                return None  # the gazetteer matches the name itself
            return FoundName(index, known.end, stem.cut, "Place", NameRule.PLACE, head=index)
        name = tokens[at].text
        if is_function(name) or is_verb(name) or name in self.words.roles or name in _GENERIC:
            return None
        if name.removeprefix("ال") in self.amounts.nouns or (is_adjective(name) and not inside):
            return None
        if not inside and is_definite(name) and (is_verbal_noun(name) or is_adjective(name)):
            return None
        if not inside and _PASSIVE_PARTICIPLE.fullmatch(name):
            return None  # مدينة مدفونة
        end = at + 1
        if name in _PLACE_HEADS and (end < len(tokens) and tokens[end].kind == "word"):
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
                index, end, stem.cut, "Place", NameRule.PLACE, head=index, confidence=0.75
            )
        return FoundName(at, end, 0, "Place", NameRule.BEFORE_PLACE, head=index, confidence=0.7)

    def _event(self, tokens: Sequence[Token], index: int) -> FoundName | None:
        stem = next((s for s in stems(tokens[index].text) if s.text in self.words.events), None)
        at = index + 1
        if stem is None or at >= len(tokens):
            return None
        if tokens[at].kind == "number" and self._dated_name(tokens, at):
            return FoundName(index, at + 2, stem.cut, "Event", NameRule.EVENT, head=index)
        if tokens[at].text in '"' and stem.text in ("عمليه", "معركه", "مؤتمر", "موتمر", "حمله"):
            end = at + 1
            while end < len(tokens) and end - at < LONGEST and tokens[end].kind == "word":
                end += 1
            if end < len(tokens) and tokens[end].text == '"' and end > at + 1:
                return FoundName(at + 1, end, 0, "Event", NameRule.QUOTED_EVENT, head=index)
        if stem.text not in ("حرب", "ثوره", "انتفاضه", "معركه", "مجزره", "مذبحه", "مهرجان"):
            return None
        word = tokens[at].text
        if tokens[at].kind != "word" or is_function(word) or is_verb(word) or is_adjective(word):
            return None
        if is_definite(word) and word.removeprefix("ال") in self.amounts.nouns:
            return None
        return FoundName(
            index, at + 1, stem.cut, "Event", NameRule.EVENT, head=index, confidence=0.7
        )
