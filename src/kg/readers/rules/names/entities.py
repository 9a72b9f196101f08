"""Names in Arabic texts: the gazetteer, titles before persons, heads of other names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import (
    function_class,
    is_definite,
    is_listed_adjective,
    nationality,
)
from kg.readers.rules.matching.tokens import stems
from kg.readers.rules.names.organisation_names import OrganisationNames
from kg.readers.rules.names.person_names import JOINED, FoundName, NameRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.lexicon.tables import Match
    from kg.readers.rules.matching.tokens import Block, Token
    from kg.readers.rules.names.gazetteer import Gazetteer, Name

__all__ = ["Entities", "entities_of"]

#: Names that may contain other names: the figures of a ministry, the war of a country.
_NESTING = frozenset({"Source", "Event", "War", "NewsReport"})
_PLACE_OPENERS: Final = word_class("ar", "place-openers")


class Entities(OrganisationNames):
    """Finds the names of Arabic texts."""

    def __init__(self) -> None:
        super().__init__()
        self._hopeful = lru_cache(maxsize=50_000)(self._may_begin)

    def find(
        self, block: Block, gazetteer: Gazetteer, taken: set[int], counted: set[int]
    ) -> tuple[FoundName, ...]:
        """Return the names of a block, left to right, without overlaps.

        :param taken: tokens of dates and amounts of money, in which no name begins.
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

    def _may_begin(self, word: str) -> bool:
        """Return whether a name missing from the gazetteer may begin with a word."""
        names = self.words
        sets = (
            names.heads, names.events, names.inside, names.outside, names.titles, names.roles,
            names.given, names.country, JOINED,
        )  # fmt: skip
        return any(
            any(stem.text in one or stem.text.removeprefix("ال") in one for one in sets)
            or nationality(stem.text) is not None
            or function_class(stem.text) == "demonstrative"
            for stem in stems(word)
        )

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
                NameRule.GAZETTEER,
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
            or self._the_country(tokens, index)
        )

    def _the_country(self, tokens: Sequence[Token], index: int) -> FoundName | None:
        """Read البلاد, تلك البلاد: the country that the text is about."""
        start = index + (function_class(tokens[index].text) == "demonstrative")
        if start >= len(tokens):
            return None
        stem = next((s for s in stems(tokens[start].text) if s.text in self.words.country), None)
        if stem is None or (stem.cut and start > index):
            return None
        return FoundName(
            index, start + 1, stem.cut, "Place", NameRule.COUNTRY_OF_TEXT, confidence=0.5
        )

    def _is_meant(
        self, block: Block, index: int, known: Match[Name], found: Sequence[FoundName]
    ) -> bool:
        """Return whether a known one-word name is meant, rather than a common word spelt alike."""
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
            # الحرب is the war that the text has named before.
            return any(one.known is not None and one.known.id == known.value.id for one in found)
        if form in self.words.common:
            before = tokens[index - 1].text if index else ""
            opened = known.clitics.endswith("ب") or (
                not known.cut
                and (before in _PLACE_OPENERS or before.lstrip("وفبل") in self.words.outside)
            )
            return opened and known.value.type == "Place"
        return True

    def _nationality(
        self, tokens: Sequence[Token], index: int, counted: set[int]
    ) -> FoundName | None:
        """Read an adjective of nationality: of people if counted or plural, else of a country."""
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
            if not people and (not country or is_listed_adjective(stem.text)):
                return None
            if not people and index and not self._modifies(tokens, index):
                return None
            kind = "PopulationGroup" if people else "Place"
            return FoundName(
                index,
                index + 1,
                stem.cut,
                kind,
                NameRule.NATIONALITY,
                country=country,
                confidence=0.85,
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

    def _again(
        self, tokens: Sequence[Token], found: list[FoundName], within: set[int]
    ) -> list[FoundName]:
        """Add later mentions of a person by family name only."""
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
                            index,
                            index + 1,
                            stem.cut,
                            "Person",
                            NameRule.FAMILY,
                            confidence=0.7,
                        )
                    )
                    break
        return sorted([*found, *extra], key=lambda one: one.start)


@lru_cache(maxsize=1)
def entities_of() -> Entities:
    """Return the finder of Arabic names."""
    return Entities()
