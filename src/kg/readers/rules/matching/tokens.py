"""Tokens of a folded text: words, numbers and marks, and the proclitics of words.

The rules match folded words; a token has its offsets in the folded text, and :class:`Block` maps
them to the raw text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kg.text.folding import fold
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.folding import FoldedText

__all__ = ["LONGEST_BLOCK", "Block", "Stem", "Token", "TokenKind", "blocks", "stems", "tokenise"]

TokenKind = Literal["word", "number", "mark", "newline"]

# 26،013; 1 250 000 and 5 000, but not the two numbers of "May 5 100".
_THOUSANDS: Final = r"[1-9]\d{0,2}(?:(?:،\d{3})+|(?: \d{3}){2,}| 000)(?!\d|[.,،٫٬]\d)"
# Each alternative begins with a different kind of character, so that the pattern never backtracks:
# numbers with inner separators, words (letters of any script, inner apostrophe), single marks.
_TOKEN = re.compile(
    rf"(?P<number>{_THOUSANDS}|\d+(?:[.,٫٬]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<newline>\n)|(?P<mark>\S)"
)
#: Longest stretch of text to read at once, in characters; longer lines are split after a sentence.
LONGEST_BLOCK = 20_000
_PROCLITICS = frozenset("وفبلكس")


class Token(NamedTuple):
    """A word, number or mark of a folded text, with its offsets there."""

    text: str
    start: int
    end: int
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class Stem:
    """A word without some of its proclitics.

    ``cut`` is the number of letters removed; ``clitics`` are those letters.
    """

    text: str
    cut: int
    clitics: str


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[Stem, ...]:
    """Return the possible stems of a folded Arabic word without proclitics, the word itself first.

    >>> [(stem.clitics, stem.text) for stem in stems("وللعراق")]
    [('', 'وللعراق'), ('و', 'للعراق'), ('ول', 'العراق')]
    """
    found = [Stem(word, 0, "")]
    cut = 0
    while cut < 3 and len(word) - cut > 2 and word[cut] in _PROCLITICS:
        letter = word[cut]
        if cut and letter in "وف":
            break
        if letter == "ل" and word.startswith("لل", cut):
            # لل is ل + ال without its alef, so the span begins at the second lam.
            found.append(Stem("ا" + word[cut + 1 :], cut + 1, word[: cut + 1]))
            break
        cut += 1
        found.append(Stem(word[cut:], cut, word[:cut]))
        if letter not in "وف":
            break
    return tuple(found)


def tokenise(folded: str) -> tuple[Token, ...]:
    """Return the tokens of a folded text.

    >>> [token.text for token in tokenise("عام2011، 100و150")]
    ['عام', '2011', '،', '100', 'و', '150']
    """
    return tuple(
        # The groups of the expression are the kinds of token.
        Token(match[0], match.start(), match.end(), match.lastgroup)  # type: ignore[arg-type]
        for match in _TOKEN.finditer(folded)
    )


#: Function words that end in ى and are never spelt correctly with ي.
_MISDOTTED: Final = re.compile(r"\b(?:إلي|الي|حتي)\b")


@dataclass(frozen=True)
class Block:
    """A stretch of the article read at once: whole lines, or a piece of a very long line."""

    folded: FoldedText
    offset: int
    tokens: tuple[Token, ...]

    @property
    def raw(self) -> str:
        """The block's raw text."""
        return self.folded.raw

    def span(self, start: int, end: int, cut: int = 0) -> Span:
        """Return the article's span of tokens ``start:end``.

        ``cut`` letters of the first token are left out. Trailing format characters, such as
        direction marks, are excluded; harakat belong to their word.
        """
        offsets, raw = self.folded.offsets, self.folded.raw
        begin = offsets[self.tokens[start].start + cut]
        last = self.tokens[end - 1].end
        finish = offsets[last] if last < len(offsets) else len(raw)
        while (
            finish > begin
            and not raw[finish - 1].isalnum()
            and (raw[finish - 1].isspace() or unicodedata.category(raw[finish - 1]) == "Cf")
        ):
            finish -= 1
        return Span(begin + self.offset, finish + self.offset)

    @cached_property
    def misdotted(self) -> bool:
        """Whether the block writes ي for ى, as in إلي and حتي: then علي may be على."""
        return _MISDOTTED.search(self.raw) is not None

    def raw_word(self, index: int) -> str:
        """Return a token as the article writes it."""
        token = self.tokens[index]
        return self.folded.raw_span(Span(token.start, token.end)).of(self.folded.raw)


def _pieces(text: str) -> Iterator[Span]:
    """Yield spans that cover the text: lines grouped, long lines split after a sentence."""
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST_BLOCK)
        if end < len(text):
            for mark in ("\n", ". ", "، ", " "):
                found = text.rfind(mark, start + 1, end)
                if found > start:
                    end = found + len(mark)
                    break
        yield Span(start, end)
        start = end


def blocks(text: str) -> Iterator[Block]:
    """Yield a text block by block, folded and tokenised."""
    for piece in _pieces(text):
        folded = fold(piece.of(text))
        yield Block(folded, piece.start, tokenise(folded.folded))
