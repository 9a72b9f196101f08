"""The form of a text in which words are searched: one spelling for every way to write a word.

Beyond folding (:mod:`kg.text.folding`), a search text has no punctuation and no Arabic article,
whatever stands before the article (العراق, والعراق and بالعراق are found alike), and one spelling
of the hamza that writers seat differently (مسؤول, مسئول).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.text.folding import fold
from kg.text.spans import Span, find_all

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SearchedText", "search_text", "searched_words", "stems"]

_WORD: Final = re.compile(r"[^\W_]+")
# A word as it is written, with the marks and format characters in it.
_WRITTEN: Final = re.compile(
    r"[^\W_](?:[^\W_]|[\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060-\u2069])*"
)
# Compatibility normalization spells an isolated mark as a space with the mark.
_SPACED_MARK: Final = re.compile(r" (?=[\u064b-\u0652])")
_SEATED_HAMZA: Final = re.compile("[ؤئء](?=و)|ء")
# Names and nouns whose own first letters are those of the article.
_NO_ARTICLE: Final = (
    "(?!ال(?:ماني|باني|كترون|يات|غام|عاب|ويه|وان|واح|زام|هام|حان|قاب))"  # ألمانيا, ألغام …
)
_ARTICLE: Final = re.compile(rf"^(?:[وف]?[بك]?{_NO_ARTICLE}ال|[وف]?ل(?=ل))(?=\w{{3}})")
_PROCLITICS: Final = re.compile(r"([وف]?)([بلك]?)(\w{3,})")


def _folded_words(text: str) -> list[str]:
    compatible = _SPACED_MARK.sub("", unicodedata.normalize("NFKC", text))
    # Marks and format characters would divide a word.
    plain = "".join(
        one
        for one in compatible
        if one != "\u0640" and unicodedata.category(one) not in {"Mn", "Cf"}
    )
    return _WORD.findall(fold(_SEATED_HAMZA.sub("", plain)).folded)


# A claim's quote is often its gloss as well, and the same names return in every article.
@lru_cache(maxsize=4096)
def search_text(text: str) -> str:
    """Return the searchable form of a text: folded words without articles, one space between them.

    It is matched by containment, so suffixes, and letters that Arabic joins to the following word,
    do not prevent a match.

    :returns: the words, or an empty string if the text has no letters or digits.

    >>> search_text("بالعِـراق، ٢٠٠٣")
    'عراق 2003'
    >>> search_text("الأمريكيون") == search_text("الامريكيون")
    True
    """
    return " ".join(_ARTICLE.sub("", word, count=1) for word in _folded_words(text))


def stems(text: str) -> tuple[str, ...]:
    """Return what may be left of a text's search text without the proclitics of its first word.

    The longest proclitics come first. Only a word list can tell whether و, ف, ب, ل or ك is a
    proclitic or part of the word: وزير has none. Before an article there is no doubt, and
    :func:`search_text` has dropped it.

    >>> stems("ولبوش الابن")
    ('بوش ابن', 'لبوش ابن')
    >>> stems("وزير")
    ('زير',)
    >>> stems("البنوك")
    ()
    """
    words = _folded_words(text)
    if not words or ((article := _ARTICLE.match(words[0])) and article[0].endswith("ال")):
        return ()
    word, _, rest = search_text(text).partition(" ")
    found = _PROCLITICS.fullmatch(word)
    if found is None or not (found[1] or found[2]):
        return ()
    shorter = (found[3], found[2] + found[3]) if found[1] and found[2] else (found[3],)
    return tuple(f"{one} {rest}".rstrip() for one in shorter)


def searched_words(text: str, known: Callable[[str], bool]) -> str:
    """Return the search text of a user's input, without proclitics on its first word.

    :param known: whether a word occurs on its own in the searched texts.

    >>> searched_words("لبغداد", {"بغداد"}.__contains__)
    'بغداد'
    """
    shorter = (one for one in stems(text) if known(one.partition(" ")[0]))
    return next(shorter, search_text(text))


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A text with its search text, and a mapping back to the original words."""

    searched: str
    #: Where each character of the search text stands: the span of its word in the text.
    words: tuple[Span, ...]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> SearchedText:
        """Return a text's search text with the spans of its words."""
        pieces: list[str] = []
        words: list[Span] = []
        for match in _WRITTEN.finditer(text):
            if piece := search_text(match[0]):
                pieces.append(piece)
                words.extend([Span(*match.span())] * (len(piece) + 1))
        return cls(" ".join(pieces), tuple(words))

    def find(self, searched: str) -> tuple[Span, ...]:
        """Return the spans, in the text itself, of the words in which a search text is found."""
        hits = find_all(self.searched, searched) if searched else ()
        spans = (Span(self.words[one.start].start, self.words[one.end - 1].end) for one in hits)
        return tuple(dict.fromkeys(spans))
