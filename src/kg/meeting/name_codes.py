"""Common features of names in two scripts and languages: translated words, and consonants.

A name becomes a set of word codes. A word of :file:`name_words.tsv` has the code that its
translation has too; any other is reduced to its consonants in Latin letters, so that ``Qasrani``,
``al-Qasrani`` and ``القصراني`` are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kg.errors import AuthorityError
from kg.files.tsv import tsv_rows
from kg.text.folding import fold
from kg.text.names import is_arabic

__all__ = ["Likeness", "WordClass", "acronym", "likeness", "office_before"]

_WORD: Final = re.compile(r"\w+")
_DROPPED: Final = frozenset({"the", "of", "for", "and", "al", "el", "a", "an", "in", "bin", "s"})
#: Arabic letters by their consonant in Latin letters; weak letters and the glottal stop have none.
_ARABIC: Final = str.maketrans({
    "ب": "b", "ت": "t", "ث": "t", "ج": "g", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r",
    "ز": "z", "س": "s", "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f",
    "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ڤ": "f", "پ": "b", "چ": "c",
    "ا": "", "و": "", "ي": "", "ء": "", "ع": "",
})  # fmt: skip
_DIGRAPHS: Final = (("sh", "c"), ("ch", "c"), ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "d"),
                    ("ph", "f"))  # fmt: skip
_LATIN: Final = str.maketrans({
    "q": "k", "j": "g", "v": "f", "p": "b", **dict.fromkeys("aeiouyw'", ""),
})  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")
#: Fewer consonants tell too little to compare a word by them alone.
_FEWEST: Final = 3


class WordClass(Enum):
    """The role of a word of the table in a name."""

    ROLE = "role"
    OUTLET = "outlet"
    BODY = "body"
    OF = "of"


@cache
def _table() -> dict[str, tuple[str, WordClass]]:
    """Return the words of the table, folded, with their codes."""
    found: dict[str, tuple[str, WordClass]] = {}
    for row in tsv_rows(Path(__file__).with_name("name_words.tsv"), AuthorityError):
        for word in f"{row['en']} {row['ar']}".split():
            found.setdefault(fold(word).folded, (row["code"], WordClass(row["class"])))
    return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """The key for comparing a name: the codes of its words, and their classes in the table."""

    codes: frozenset[str]
    classes: frozenset[WordClass]
    listed: int

    @property
    def tells(self) -> bool:
        """Whether it is distinctive: not just a generic word, nor too few consonants."""
        own = len(self.codes) - self.listed
        if own == 0:
            return len(self.codes) > 1 and WordClass.ROLE not in self.classes
        return self.listed > 0 or own > 1 or len(next(iter(self.codes))) >= _FEWEST


@lru_cache(maxsize=100_000)
def _code(word: str) -> tuple[str, WordClass | None]:
    """Return the code of a folded word, without its article; an empty one says nothing."""
    known = _table()
    if is_arabic(word):
        for form in (word, re.sub(r"^(?:و|ب|ك)?ال|^لل", "", word), re.sub(r"^[وبل]", "", word)):
            if len(form) > 1 and form in known:
                return known[form]
        bare = re.sub(r"^ال|^لل", "", word) if len(word) > 4 else word
        bare = re.sub(r"ه$", "", bare)
        return _DOUBLED.sub(r"\1", bare.translate(_ARABIC)), None
    if word in known:
        return known[word]
    if word in _DROPPED:
        return "", None
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    word = re.sub(r"(?<=[aeiou])h$", "", word)
    return _DOUBLED.sub(r"\1", word.translate(_LATIN)), None


def _latin(word: str) -> str:
    """Return a word whose plain c is a k, as c stands for sh and ch."""
    return re.sub(r"c(?!h)", "k", word) if word.isascii() and word not in _table() else word


@lru_cache(maxsize=100_000)
def likeness(name: str) -> Likeness:
    """Return the key for comparing a name.

    >>> likeness("World Relief Union") == likeness("الاتحاد العالمي للإغاثة")
    True
    """
    codes: set[str] = set()
    classes: set[WordClass] = set()
    listed = 0
    for word in _WORD.findall(fold(name).folded):
        code, kind = _code(_latin(word))
        if not code or kind is WordClass.OUTLET:
            continue
        if code not in codes and kind is not None:
            listed += 1
            classes.add(kind)
        codes.add(code)
    return Likeness(frozenset(codes), frozenset(classes), listed)


def acronym(name: str) -> str:
    """Return the initials of a Latin name of several words; of an acronym, itself; else nothing.

    >>> acronym("World Relief Union"), acronym("WRU"), acronym("Reuters")
    ('wru', 'wru', '')
    """
    if is_arabic(name):
        return ""
    words = [word for word in _WORD.findall(name) if word.lower() not in _DROPPED]
    if len(words) == 1:
        word = words[0]
        return word.lower() if 2 < len(word) < 8 and word.isupper() else ""
    return "".join(word[0] for word in words).lower() if len(words) > 2 else ""


def office_before(words: str) -> frozenset[str]:
    """Return the office at the end of the words before a name, as codes; empty if there is none.

    >>> sorted(office_before("قال وزير الري "))
    ['irrigation', 'minister']
    """
    found = _WORD.findall(fold(words).folded)[-4:]
    arabic = is_arabic(words)
    codes = [_code(_latin(word)) for word in found]
    for index in range(len(codes) - 1, -1, -1):
        if codes[index][1] is WordClass.ROLE:
            # Arabic has what the office is of after it, English before it.
            parts = codes[index:] if arabic else codes[max(0, index - 1) : index + 1]
            if not arabic and index < len(codes) - 1:
                return frozenset()
            named = frozenset(code for code, kind in parts if code and kind is not None)
            return named if len(named) > 1 and len(named) == len(parts) else frozenset()
    return frozenset()
