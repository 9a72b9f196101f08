"""A text divided for a page: paragraphs, nested voices within them, and runs with the same marks.

Joined together, the runs are the text, code point by code point.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from kg.text.graphemes import widened
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.display.claims import Claim
    from kg.display.voices import Voice

__all__ = ["Block", "Paragraph", "Run", "Stretch", "cut", "stretches_of"]

# A word with the blanks around it.
_WORD: Final = re.compile(r"\s*(\S+)\s*")
_PARAGRAPH: Final = re.compile(r"[^\n]*\n?")

#: The voices that relay each other, outermost first, without the article's own.
Path = tuple["Voice", ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the text that the same claims cover: their fragments, the smallest mark first.

    ``covered`` says whether any claim has these words, marked or not; ``cue`` whether they say who
    speaks.
    """

    text: str
    start: int
    claims: tuple[str, ...]
    covered: bool
    cue: bool

    @property
    def end(self) -> int:
        """Where it ends, in code points."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one voice: the last of its path, or the article itself."""

    path: Path
    runs: tuple[Run, ...]

    @property
    def start(self) -> int:
        """Where it begins, in code points."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where it ends, in code points."""
        return self.runs[-1].end


@dataclass(slots=True)
class Block:
    """A voice with what it says and what it relays; ``None`` is the article's own."""

    voice: Voice | None
    parts: list[Block | Stretch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered from 1, with its voices."""

    number: int
    block: Block

    @property
    def start(self) -> int:
        """Where it begins, in code points."""
        return next(stretches_of(self.block)).start


def stretches_of(block: Block) -> Iterator[Stretch]:
    """Yield the stretches of a block in the order of the text."""
    for one in block.parts:
        if isinstance(one, Stretch):
            yield one
        else:
            yield from stretches_of(one)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words of a claim; ``shown`` says whether they are marked or only assigned to a voice."""

    start: int
    end: int
    claim: str
    path: Path
    shown: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text between two places where a mark or a cue begins or ends."""

    start: int
    end: int
    marks: tuple[_Mark, ...]
    cue: Path | None

    @property
    def path(self) -> Path | None:
        """The voice of these words: a claim's innermost one; for a cue, the relaying one."""
        if self.cue is not None or not self.marks:
            return self.cue
        return max(self.marks, key=lambda one: (len(one.path), one.start - one.end)).path

    def within(self, start: int, end: int) -> int:
        """Return how many code points of it lie between two offsets."""
        return max(0, min(self.end, end) - max(self.start, start))


def cut(
    text: str, claims: Iterable[Claim], unmarked: Iterable[Claim] = ()
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text.

    :param claims: those to mark.
    :param unmarked: further claims whose voices the text is divided by.
    """
    told = [*((one, True) for one in claims), *((one, False) for one in unmarked)]
    marks = [
        _Mark(*widened(text, *_inside(span, text)), one.fragment, _path(one.chain), shown)
        for one, shown in told
        for span in one.passages
    ]
    relayed = {one.chain[at].iri: one.chain[at:] for one, _ in told for at in range(len(one.chain))}
    cues = [
        (*widened(text, *_inside(span, text)), _path(chain[1:]))
        for chain in relayed.values()
        for span in chain[0].cues
    ]
    pieces = tuple(_pieces(text, marks, cues))
    starts = [one.start for one in pieces]
    found: list[Paragraph] = []
    for match in _PARAGRAPH.finditer(text):
        if match[0]:
            first, last = (bisect_left(starts, offset) for offset in match.span())
            inside = pieces[first:last]
            stretches = _stretches(text, inside, Span(*match.span()))
            found.append(Paragraph(len(found) + 1, _nested(stretches)))
    return tuple(found)


def _inside(span: Span, text: str) -> tuple[int, int]:
    return min(span.start, len(text)), min(span.end, len(text))


def _path(chain: Sequence[Voice]) -> Path:
    return tuple(one for one in reversed(chain) if not one.is_article)


def _pieces(
    text: str, marks: Sequence[_Mark], cues: Sequence[tuple[int, int, Path]]
) -> Iterator[_Piece]:
    edges = {0, len(text), *(match.end() for match in re.finditer("\n", text))}
    edges.update(edge for one in marks for edge in (one.start, one.end))
    edges.update(edge for one in cues for edge in one[:2])
    opening: dict[int, list[_Mark]] = {}
    for one in marks:
        opening.setdefault(one.start, []).append(one)
    present: list[_Mark] = []
    for start, end in pairwise(sorted(edges)):
        present = [one for one in (*present, *opening.get(start, ())) if one.end > start]
        ranked = sorted(present, key=lambda one: (one.end - one.start, one.start, one.claim))
        over = [path for first, last, path in cues if first <= start and end <= last]
        yield _Piece(start, end, tuple(ranked), max(over, key=len) if over else None)


def _stretches(text: str, pieces: Sequence[_Piece], span: Span) -> list[Stretch]:
    """Return the stretches of a paragraph; no word is torn between two."""
    found: list[tuple[int, int, Path]] = []
    for start, end, path in _filled(text, _words(text, pieces, span)):
        if found and found[-1][2] == path:
            found[-1] = (found[-1][0], end, path)
        else:
            found.append((start, end, path))
    return [
        Stretch(path, _runs(text, pieces, start, end))
        for start, end, path in found or [(span.start, span.end, ())]
    ]


def _words(text: str, pieces: Sequence[_Piece], span: Span) -> list[tuple[int, int, Path | None]]:
    """Return the words of a paragraph, each with the voice that has most of its letters.

    Words without letters or digits belong to nobody.
    """
    found: list[tuple[int, int, Path | None]] = []
    first = 0
    for match in _WORD.finditer(text, span.start, span.end):
        letters: Counter[Path] = Counter()
        while pieces[first].end <= match.start(1):
            first += 1
        for one in islice(pieces, first, None):
            if one.start >= match.end(1):
                break
            if one.path is not None:
                letters[one.path] += one.within(*match.span(1))
        if not any(map(str.isalnum, match[1])):
            letters.clear()
        found.append((*match.span(), max(letters, key=lambda one: letters[one], default=None)))
    return found


def _filled(
    text: str, words: Sequence[tuple[int, int, Path | None]]
) -> list[tuple[int, int, Path]]:
    """Assign words that no claim covers to the voice that the surrounding words share.

    Punctuation, and what ends a paragraph, belongs to the voice before it.
    """
    found: list[tuple[int, int, Path]] = []
    following: list[Path | None] = [None]
    for *_, path in reversed(words):
        following.append(following[-1] if path is None else path)
    for (start, end, path), after in zip(words, reversed(following[:-1]), strict=True):
        if path is None:
            before = found[-1][2] if found else after or ()
            signs = not any(letter.isalnum() for letter in text[start:end])
            path = before if signs or after is None else _shared(before, after)
        found.append((start, end, path))
    return found


def _shared(one: Path, other: Path) -> Path:
    depth = 0
    while depth < min(len(one), len(other)) and one[depth] == other[depth]:
        depth += 1
    return one[:depth]


def _runs(text: str, pieces: Sequence[_Piece], start: int, end: int) -> tuple[Run, ...]:
    found: list[Run] = []
    for one in pieces:
        first, last = max(one.start, start), min(one.end, end)
        if first >= last:
            continue
        names = tuple(dict.fromkeys(mark.claim for mark in one.marks if mark.shown))
        run = Run(text[first:last], first, names, bool(one.marks), one.cue is not None)
        if found and replace(found[-1], text=run.text, start=first) == run:
            found[-1] = replace(found[-1], text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _nested(stretches: Iterable[Stretch]) -> Block:
    """Return stretches grouped into blocks by voice; one that continues joins its block."""
    opened = [Block(None)]
    for one in stretches:
        depth = len(_shared(one.path, tuple(block.voice for block in opened[1:] if block.voice)))
        del opened[depth + 1 :]
        for voice in one.path[depth:]:
            inner = Block(voice)
            opened[-1].parts.append(inner)
            opened.append(inner)
        opened[-1].parts.append(one)
    return opened[0]
