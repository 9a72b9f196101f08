"""Sentences: a newline always ends one, a full stop unless it is part of a number or a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.readers.rules.matching.tokens import Block

__all__ = ["Abbreviations", "Sentence", "sentences"]

_ENDS: Final = frozenset(".!?؟…")
_CLOSERS: Final = frozenset("\"'”»)’]")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Folded words whose full stop does not end a sentence before a word, or before a number."""

    before_names: frozenset[str]
    before_numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``start:end``; ``paragraph`` counts from 0 in its block."""

    start: int
    end: int
    paragraph: int


def sentences(block: Block, abbreviations: Abbreviations) -> tuple[Sentence, ...]:
    """Return the sentences of a block; closing quotation marks stay with their sentence."""
    tokens = block.tokens
    found: list[Sentence] = []
    start, paragraph, index = 0, 0, 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "newline":
            if index > start:
                found.append(Sentence(start, index, paragraph))
            start, paragraph = index + 1, paragraph + 1
        elif (
            token.kind == "mark" and token.text in _ENDS and not _inner(block, index, abbreviations)
        ):
            end = index + 1
            while (
                end < len(tokens)
                and tokens[end].text in _CLOSERS
                and (tokens[end].start == tokens[end - 1].end)
            ):
                end += 1
            found.append(Sentence(start, end, paragraph))
            start, index = end, end - 1
        index += 1
    if start < len(tokens):
        found.append(Sentence(start, len(tokens), paragraph))
    return tuple(found)


def _inner(block: Block, index: int, abbreviations: Abbreviations) -> bool:
    """Return whether a full stop is part of an abbreviation: ق.م, U.S., Mr. Smith, Sept. 4."""
    tokens = block.tokens
    if tokens[index].text != "." or not index:
        return False
    before = tokens[index - 1]
    touching = before.end == tokens[index].start
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    glued = after is not None and after.start == tokens[index].end and after.kind != "mark"
    if touching and glued and after is not None and after.kind == "word":
        return True
    short = (
        touching
        and before.kind == "word"
        and (len(before.text) == 1 or before.text in abbreviations.before_names)
    )
    if after is None:
        return False
    if after.kind == "number":
        return touching and before.text in abbreviations.before_numbers
    return short and after.kind == "word" and before.text not in ("م", "ه", "i")
