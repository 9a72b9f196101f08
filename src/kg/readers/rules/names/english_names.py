"""Names in English texts: the gazetteer, and capitalised words that do not begin a sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.lexicon.tables import folded, rows
from kg.readers.rules.names.person_names import FoundName, NameRule

if TYPE_CHECKING:
    from kg.readers.rules.matching.tokens import Block
    from kg.readers.rules.names.gazetteer import Gazetteer, Name

__all__ = ["EnglishNames", "english_names", "gazetteer_entry"]

#: Longest name, in words.
_LONGEST: Final = 12


class EnglishNames:
    """Finds the names of English texts."""

    def __init__(self) -> None:
        self.words: dict[str, frozenset[str]] = {}
        for row in rows("en", "titles"):
            self.words[row["class"]] = frozenset(map(folded, row["words"].split()))
        self.peoples: dict[str, str] = {}
        self.adjectives: dict[str, str] = {}
        for row in rows("en", "nationalities"):
            for word in row["words"].split():
                self.adjectives[folded(word)] = row["country"]
            for word in row["people"].split():
                self.peoples[folded(word)] = row["country"]

    def find(self, block: Block, gazetteer: Gazetteer, taken: set[int]) -> tuple[FoundName, ...]:
        """Return the names of a block, left to right.

        :param taken: tokens of dates and amounts of money, in which no name begins.
        """
        found: list[FoundName] = []
        tokens, index = block.tokens, 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind != "word" or index in taken or not self._capital(block, index):
                index += 1
                continue
            one = self._at(block, index, gazetteer, taken)
            if one is not None:
                found.append(one)
            index = max(one.end if one else 0, index + 1)
        return tuple(found)

    def _capital(self, block: Block, index: int) -> bool:
        return block.raw_word(index)[:1].isupper()

    def _at(
        self, block: Block, index: int, gazetteer: Gazetteer, taken: set[int]
    ) -> FoundName | None:
        tokens, text = block.tokens, block.tokens[index].text
        if text in self.peoples:
            return FoundName(
                index,
                index + 1,
                0,
                "PopulationGroup",
                NameRule.NATIONALITY,
                gazetteer_entry(gazetteer, block, index),
                country=self.peoples[text],
            )
        end = self._run(block, index, taken)
        known = gazetteer.at(tokens, index)
        if known is not None and known.end >= end:
            value = known.value
            return FoundName(
                index,
                known.end,
                0,
                value.type,
                NameRule.GAZETTEER,
                value,
                country=value.country,
                confidence=0.95,
            )
        if end == index or (text in self.words["not-name"] and end == index + 1):
            return None
        if text in self.adjectives and end == index + 1:
            if not self.adjectives[text]:
                return None
            return FoundName(
                index, end, 0, "Place", NameRule.NATIONALITY, country=self.adjectives[text]
            )
        start = index
        while start < end and (
            tokens[start].text in self.words["title"]
            or tokens[start].text in self.words["not-name"]
        ):
            start += 1
            if start < end and tokens[start].text == ".":
                start += 1
        if start >= end:
            return None
        inner = gazetteer.at(tokens, start)
        if inner is not None and inner.end >= end:
            return FoundName(
                start,
                inner.end,
                0,
                inner.value.type,
                NameRule.GAZETTEER,
                inner.value,
                index,
                country=inner.value.country,
            )
        type_ = self._type(block, start, end, titled=start > index)
        if type_ is None:
            return None
        return FoundName(start, end, 0, type_, NameRule.CAPITALS, None, index, 0.7)

    def _run(self, block: Block, index: int, taken: set[int]) -> int:
        """Return the index after a run of capitalised words, with "of" and "the" between them."""
        tokens, end = block.tokens, index
        while end < len(tokens) and end not in taken and end - index < _LONGEST:
            token = tokens[end]
            if (
                token.kind == "word"
                and self._capital(block, end)
                and (end == index or token.text not in self.peoples)
            ):
                end += 1
                if (
                    token.text in self.words["title"]
                    and end < len(tokens)
                    and tokens[end].text == "."
                ):
                    end += 1
                continue
            joined = token.text in ("of", "for", "and", "al", "bin", "de", "von", "van") or (
                token.text == "-" and token.start == tokens[end - 1].end
            )  # not the dash of a dateline
            after = end + 1
            if after < len(tokens) and tokens[after].text == "the":
                after += 1
            if (
                token.text == "al"
                and end > index
                and after + 1 < len(tokens)
                and (tokens[end + 1].text == "-" and self._capital(block, end + 2))
            ):
                end += 3
                continue
            if (
                joined
                and end > index
                and after < len(tokens)
                and tokens[after].kind == "word"
                and self._capital(block, after)
                and after not in taken
                and (
                    token.text not in ("and", "for")
                    or tokens[end - 1].text in self.words["organisation"]
                )
            ):
                end = after
                continue
            break
        return end

    def _type(self, block: Block, start: int, end: int, *, titled: bool) -> str | None:
        texts = [token.text for token in block.tokens[start:end]]
        if len(texts) > 1 and any(text in self.words["organisation"] for text in texts):
            return "Organization"
        if texts[-1] in self.words["place"] or texts[0] in ("mount", "lake", "port"):
            return "Place"
        if texts[-1] in self.words["event"] or texts[0] == "operation":
            return "Event"
        if titled or (end - start in (2, 3) and texts[0] not in self.adjectives):
            return "Person"
        if end - start == 1 and (
            start == 0
            or block.tokens[start - 1].text in '."?!'
            or (block.tokens[start - 1].kind == "newline")
        ):
            return None
        before = block.tokens[start - 1].text if start else ""
        return (
            "Place"
            if before in ("in", "at", "from", "to", "near", "of", "around", "into")
            else ("Organization" if block.raw_word(start).isupper() else None)
        )


def gazetteer_entry(gazetteer: Gazetteer, block: Block, index: int) -> Name | None:
    """Return the gazetteer's entry of one word, or ``None``."""
    known = gazetteer.at(block.tokens, index)
    return known.value if known is not None else None


@lru_cache(maxsize=1)
def english_names() -> EnglishNames:
    """Return the finder of English names."""
    return EnglishNames()
