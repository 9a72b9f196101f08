"""Quotations: text between quotation marks of any kind, including those never closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.readers.rules.matching.tokens import Block

__all__ = ["Quotation", "quotations"]

_OPENING: Final = frozenset("«“„‹‘‚〈「")
_CLOSING: Final = frozenset("»”›〉」")
_EITHER: Final = frozenset("\"'’＂")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: the token indexes of its opening and closing mark.

    If no mark closes it, ``close`` is the end of its line and ``open_ended`` is true.
    """

    open: int
    close: int
    open_ended: bool = False


def quotations(block: Block) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a block, left to right.

    A mark within a word (l'eau) does not count. Nested marks are counted, so that inner ones of the
    same kind do not close the quotation; the time is linear at any depth.
    """
    tokens, raw = block.tokens, block.raw
    found: list[Quotation] = []
    start, depth, straight = -1, 0, ""
    for index, token in enumerate(tokens):
        if token.kind == "newline":
            if start >= 0:
                found.append(Quotation(start, index, open_ended=True))
            start, depth = -1, 0
            continue
        if token.kind != "mark":
            continue
        mark = raw[block.folded.offsets[token.start]]
        if mark in _EITHER:
            if start < 0:
                if mark in "'’" and not _opens(block, index):
                    continue
                start, depth, straight = index, 1, mark
            elif mark == straight and depth == 1:
                if mark in "'’" and not _closes(block, index):
                    continue
                found.append(Quotation(start, index))
                start, depth = -1, 0
        elif mark in _OPENING:
            if start < 0:
                start, straight = index, ""
            depth += 1
        elif mark in _CLOSING:
            if start < 0:
                continue
            depth -= 1
            if depth <= 0 or straight:
                if not straight:
                    found.append(Quotation(start, index))
                    start = -1
                depth = max(depth, 1 if straight else 0)
    if start >= 0:
        found.append(Quotation(start, len(tokens), open_ended=True))
    return tuple(found)


def _opens(block: Block, index: int) -> bool:
    tokens = block.tokens
    after = index + 1 < len(tokens) and tokens[index + 1].start == tokens[index].end
    before = (
        index and tokens[index - 1].end == tokens[index].start and tokens[index - 1].kind == "word"
    )
    return bool(after and not before)


def _closes(block: Block, index: int) -> bool:
    tokens = block.tokens
    return not (
        index + 1 < len(tokens)
        and tokens[index + 1].start == tokens[index].end
        and tokens[index + 1].kind == "word"
    )
