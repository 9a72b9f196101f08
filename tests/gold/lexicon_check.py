"""Whether the loss of a third of a lexicon table is noticed.

``python tests/gold/lexicon_check.py [TABLE …]``

For every table of the rules' lexicon (or those named, as ``ar/verbs``) a copy of the lexicon loses
a third of the table's entries: the first third, the middle one, the last, every third, and, where
lines are lists of words, every third word of them. A process of its own then reads the table's
examples with that copy (``lexicon_examples``) and, where none of them fails, the texts that have
floors (``gold_floors``). The table printed says how many examples and floors fail; a loss that
nothing notices is an error, with exit 1. ``--all`` reads the texts with floors in any case.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import gold_floors
import lexicon_examples
from gold_sets import GoldWorld

from kg.readers.rules.lexicon import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

__all__ = ["Loss", "Noticed", "losses", "notice"]

LEXICON: Final = tables.lexicon_dir("ar").parent
#: What is kept of a list of entries, by the name of what is lost.
_WAYS: Final[dict[str, Callable[[int, int], bool]]] = {
    "first third": lambda n, count: n >= -(-count // 3),
    "middle third": lambda n, count: not count // 3 <= n < max(2 * count // 3, count // 3 + 1),
    "last third": lambda n, count: n < count - -(-count // 3),
    "every third": lambda n, _count: n % 3 != 0,
}
_WORDS: Final = "every third word"
#: The columns that hold several words each.
_WORD_COLUMNS: Final = frozenset({"words", "forms", "people"})


@dataclass(frozen=True, slots=True)
class Loss:
    """A table that loses a third: its path below the lexicon, how, how much, and what is left."""

    path: str
    way: str
    entries: int
    lost: int
    text: str

    @property
    def table(self) -> str:
        """The name that examples use: ``ar/verbs``."""
        return self.path.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Noticed:
    """What noticed a loss: examples that fail, figures below their floors, an error."""

    examples: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()
    error: str = ""

    def __bool__(self) -> bool:
        return bool(self.examples or self.floors or self.error)


def losses(tables: Sequence[str] = (), ways: Sequence[str] = (*_WAYS, _WORDS)) -> Iterator[Loss]:
    """Yield the losses to try, of all tables or of some."""
    for path in sorted((*LEXICON.glob("*/*.tsv"), *LEXICON.glob("*/*.ttl"))):
        name = str(path.relative_to(LEXICON))
        if tables and name.rpartition(".")[0] not in tables:
            continue
        head, entries = _parts(path)
        joint = "\n\n" if path.suffix == ".ttl" else "\n"
        for way in ways:
            left = (
                _without_words(head[-1], entries)
                if way == _WORDS
                else _without(entries, _WAYS[way])
            )
            if _size(entries) - _size(left) >= (len(entries) if way == _WORDS else 1):
                text = joint.join((*head, *left)) + "\n"
                lost = len(entries) - len(left)
                yield Loss(name, way, len(entries), lost, text)


def _parts(path: Path) -> tuple[list[str], list[str]]:
    """Part a table into what stays, the comments and the head, and its entries."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    if path.suffix == ".ttl":
        head, *entries = text.split("\n\n")
        return [head], entries
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return lines[:1], lines[1:]


def _size(entries: Sequence[str]) -> int:
    return sum(len(entry.split()) for entry in entries)


def _without(entries: Sequence[str], kept: Callable[[int, int], bool]) -> list[str]:
    return [entry for n, entry in enumerate(entries) if kept(n, len(entries))]


def _without_words(head: str, entries: Sequence[str]) -> list[str]:
    """Take every third word out of the fields of words that have three or more."""
    columns = head.split("\t")
    left = []
    for entry in entries:
        fields = entry.split("\t")
        for n, (column, field) in enumerate(zip(columns, fields, strict=False)):
            words = field.split()
            if column in _WORD_COLUMNS and len(words) > 2:
                fields[n] = " ".join(word for m, word in enumerate(words) if m % 3)
        left.append("\t".join(fields))
    return left


def notice(loss: Loss, *, always_gold: bool = False) -> Noticed:
    """Read with a lexicon that has lost a third of a table, in a process of its own.

    :param always_gold: read the texts with floors even where an example fails already.

    :raises RuntimeError: this process has read the lexicon already.
    """
    if "kg.readers.rules.names.gazetteer" in sys.modules:
        raise RuntimeError("the rules are loaded here already; a child would read their lexicon")
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(loss, always_gold, there))
    child.start()
    found: Noticed = here.recv()
    child.join()
    return found


def _read(loss: Loss, always_gold: bool, answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "lexicon"
        shutil.copytree(LEXICON, folder)
        (folder / loss.path).write_text(loss.text, encoding="utf-8")
        tables.lexicon_dir = lambda language: folder / language  # type: ignore[assignment]
        try:
            answer.send(_noticed(loss.table, always_gold))
        except Exception as error:
            answer.send(Noticed(error=f"{type(error).__name__}: {error}"))


def _noticed(table: str, always_gold: bool) -> Noticed:
    from kg.readers.rules.reader import RulesReader

    reader = RulesReader()
    examples = [one for one in lexicon_examples.load_examples() if one.table == table]
    failing = tuple(one.text for one in examples if lexicon_examples.faults(one, reader))
    if failing and not always_gold:
        return Noticed(failing)
    world = GoldWorld.load()
    reader = RulesReader(world.authority)
    found = gold_floors.figures(lambda article: reader.read(article).reading, world)
    return Noticed(failing, tuple(gold_floors.below(found, gold_floors.load_floors())))


def main() -> None:
    """Try the losses and print what notices them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE")
    parser.add_argument("--all", action="store_true", help="read the texts with floors always")
    chosen = parser.parse_args()
    print(f"{'table':24} {'entries':>7} {'lost':>5} {'how':16} {'examples':>8} {'floors':>6}")
    unnoticed = []
    tried = tuple(losses(chosen.tables))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = pool.map(partial(notice, always_gold=chosen.all), tried)
    for loss, found in zip(tried, results, strict=True):
        print(
            f"{loss.table:24} {loss.entries:7} {loss.lost or 'words':>5} {loss.way:16} "
            f"{len(found.examples):8} {len(found.floors):6} {found.error[:60]}"
        )
        if not found:
            unnoticed.append(f"{loss.table}, {loss.way}")
    if unnoticed:
        sys.exit("\n".join(("Nothing notices the loss of:", *unnoticed)))


if __name__ == "__main__":
    main()
