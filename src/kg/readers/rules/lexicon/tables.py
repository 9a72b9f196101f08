"""The rules' data: tables of words and phrases that a linguist edits, folded like the text.

Each language has a folder of tab-separated files (:mod:`kg.files.tsv`). Words in a field are
separated by blanks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.errors import KgError
from kg.files.tsv import tsv_rows
from kg.readers.rules.matching.tokens import Stem, stems, tokenise
from kg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = [
    "LexiconError",
    "Match",
    "Phrases",
    "WordSets",
    "folded",
    "lexicon_dir",
    "rows",
    "word_class",
    "word_sets",
    "word_stems",
    "words",
]

_Value = TypeVar("_Value")
#: Most words that a table caches.
_MOST_SEEN = 50_000


class LexiconError(KgError):
    """A file of the rules' data is missing or invalid."""


def lexicon_dir(language: str) -> Path:
    """Return the folder of a language's data files."""
    return Path(__file__).parent / language


def folded(text: str) -> str:
    """Return a text folded for matching."""
    return fold(text).folded


@lru_cache(maxsize=128)
def rows(language: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table, each a mapping from column name to field, not folded.

    :raises LexiconError: the file cannot be read, or a line has more fields than the header.
    """
    return tsv_rows(lexicon_dir(language) / f"{name}.tsv", LexiconError)


@lru_cache(maxsize=128)
def words(language: str, name: str, column: str = "words") -> frozenset[str]:
    """Return all words of a column, folded."""
    return frozenset(folded(word) for row in rows(language, name) for word in row[column].split())


class WordSets(dict[str, frozenset[str]]):
    """The folded words of each row of a table with the columns ``name`` and ``words``, by name."""

    def __init__(self, language: str, table: str) -> None:
        super().__init__(
            (row["name"], frozenset(map(folded, row["words"].split())))
            for row in rows(language, table)
        )
        self._path = lexicon_dir(language) / f"{table}.tsv"

    def __missing__(self, name: str) -> frozenset[str]:
        """Raise an error for a row that the rules need and the table lacks.

        :raises LexiconError: always.
        """
        raise LexiconError(f"{self._path}: has no row {name!r}; restore it")


@lru_cache(maxsize=16)
def word_sets(language: str, table: str) -> WordSets:
    """Return the rows of a table as sets of words; a missing row raises :class:`LexiconError`."""
    return WordSets(language, table)


def word_class(language: str, name: str) -> frozenset[str]:
    """Return the words of a class of ``word_classes.tsv``, folded.

    :raises LexiconError: the table has no such class.
    """
    return word_sets(language, "word_classes")[name]


@dataclass(frozen=True, slots=True)
class Match(Generic[_Value]):
    """A match: the index after its last token, the letters cut off its first, its value."""

    end: int
    cut: int
    clitics: str
    value: _Value


@dataclass(frozen=True, slots=True)
class Phrases(Generic[_Value]):
    """Phrases by first word, the longest first; the first word may carry proclitics."""

    stems: Callable[[str], Sequence[Stem]]
    entries: dict[str, list[tuple[tuple[str, ...], _Value]]] = field(default_factory=dict)
    #: Cache: the stems of a word that begin a phrase, for most words none.
    seen: dict[str, tuple[Stem, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, pairs: Iterable[tuple[str, _Value]], stems: Callable[[str], Sequence[Stem]]
    ) -> Phrases[_Value]:
        """Make a table of phrases, which are given unfolded."""
        table: Phrases[_Value] = cls(stems)
        for phrase, value in pairs:
            first, *rest = [token.text for token in tokenise(folded(phrase))]
            table.entries.setdefault(first, []).append((tuple(rest), value))
        for found in table.entries.values():
            found.sort(key=lambda entry: -len(entry[0]))
        return table

    def _look(self, word: str) -> tuple[Stem, ...]:
        if len(self.seen) > _MOST_SEEN:
            self.seen.clear()
        found = tuple(stem for stem in self.stems(word) if stem.text in self.entries)
        self.seen[word] = found
        return found

    def begins(self, word: str) -> bool:
        """Return whether a phrase may begin with a word."""
        found = self.seen.get(word)
        return bool(self._look(word) if found is None else found)

    def at(self, tokens: Sequence[Token], index: int) -> Match[_Value] | None:
        """Return the longest phrase that begins with a token, with or without a proclitic."""
        word = tokens[index].text
        hopeful = self.seen.get(word)
        if hopeful is None:
            hopeful = self._look(word)
        if not hopeful:
            return None
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        for stem in hopeful:
            for rest, value in self.entries[stem.text]:
                if rest and (rest[0] != after or not _follow(tokens, index + 1, rest)):
                    continue
                return Match(index + 1 + len(rest), stem.cut, stem.clitics, value)
        return None


def _follow(tokens: Sequence[Token], start: int, words: tuple[str, ...]) -> bool:
    return tuple(token.text for token in tokens[start : start + len(words)]) == words


def word_stems(language: str) -> Callable[[str], Sequence[Stem]]:
    """Return the function that removes proclitics from the words of a language, if it has any."""
    return stems if language == "ar" else _bare


@lru_cache(maxsize=20_000)
def _bare(word: str) -> tuple[Stem, ...]:
    return (Stem(word, 0, ""),)
