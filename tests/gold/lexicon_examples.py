"""Examples of the lexicon's entries: ``tests/gold/lexicon_examples/*.yaml``, made into short texts.

Each table has frames: a text of ours with ``{w}`` for a word of the table, and what the rules must
find in it, with ``{v}`` for the value that the word stands under in ``words``. Words are parted by
blanks, ``_`` stands for a blank inside one. What is found is told in short lines (:func:`facts`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.text.article import Article, ArticleMetadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.readers.rules.reader import RulesReader
    from kg.reading.model import Reading
    from kg.reading.parts import Answer, Time

__all__ = ["DATE", "Example", "facts", "faults", "load_examples", "text_article"]

HERE: Final = Path(__file__).parent / "lexicon_examples"
#: The date of the articles that the texts are read as, a Wednesday.
DATE: Final = "2014-03-12"


@dataclass(frozen=True, slots=True)
class Example:
    """A text for one word of a table: what must be found in it, and what must not."""

    table: str
    language: str
    text: str
    finds: tuple[str, ...]
    finds_not: tuple[str, ...] = ()


@cache
def load_examples() -> tuple[Example, ...]:
    """Return the examples of all tables, in the order of the files."""
    return tuple(
        example
        for path in sorted(HERE.glob("*.yaml"))
        for table, frames in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for frame in frames
        for example in _of_frame(table, frame)
    )


def _of_frame(table: str, frame: Mapping[str, Any]) -> Iterator[Example]:
    folder = table.partition("/")[0]
    language = frame.get("language", "ar" if folder == "common" else folder)
    for value, words in frame["words"].items():
        for word in str(words).replace("_", "\N{NO-BREAK SPACE}").split(" "):
            slots = {"w": word.replace("\N{NO-BREAK SPACE}", " "), "v": value}
            text, finds, finds_not = (
                tuple(line.format(**slots) for line in lines)
                for lines in ([frame["text"]], frame.get("finds", ()), frame.get("finds-not", ()))
            )
            yield Example(table, language, *text, finds, finds_not)


def text_article(text: str, language: str) -> Article:
    """Return a text as an article of ``DATE``."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    label = {"en": "A text", "ar": "نص"}
    metadata = ArticleMetadata.model_validate(
        {
            "text": "text.txt", "sha256": sha256, "language": language, "label": label,
            "rights": label, "published": DATE,
        }
    )  # fmt: skip
    return Article("a-text", text, sha256, metadata)


def faults(example: Example, reader: RulesReader) -> list[str]:
    """Return what a reader does not find in an example, or finds and must not."""
    found = facts(reader.read(text_article(example.text, example.language)).reading)
    missing = [f"missing: {line}" for line in example.finds if line not in found]
    return missing + [f"unwanted: {line}" for line in example.finds_not if line in found]


def facts(reading: Reading) -> frozenset[str]:
    """Tell what a reading says, a line for each thing.

    ``cue: …``, ``act: …``, ``speaker: …`` of voices; ``claim: …``, ``stance: …``, ``measure: …``,
    ``amount: VALUE UNIT COMPARATOR about``, ``date: EDTF MODIFIER`` of claims (a date also of
    voices); ``mention: CLASS QUOTE`` and ``label: …``, the English label, of what is named.
    """
    return frozenset(_facts(reading))


def _facts(reading: Reading) -> Iterator[str]:
    labels = {name: entity.label for name, entity in reading.entities.items()}
    for voice in reading.voices.values():
        yield f"act: {voice.act}"
        yield from (f"cue: {quote.exact}" for quote in voice.cue)
        yield from (f"speaker: {labels[name]['ar']}" for name in voice.speaker if name in labels)
        if voice.said:
            yield _time(voice.said)
    for claim in reading.claims:
        yield f"stance: {claim.stance}"
        yield from (f"claim: {quote.exact}" for quote in claim.quote)
        yield from map(_time, claim.time)
        if claim.question.how_many:
            yield f"measure: {claim.question.how_many}"
            yield _amount(claim.answer)
    for name, mentions in reading.mentions.items():
        kind = reading.entities[name].type
        yield f"label: {labels[name]['en']}"
        yield from (f"mention: {kind} {quote.exact}" for quote in mentions)


def _time(time: Time) -> str:
    return " ".join(filter(None, ("date:", time.edtf or "?", time.modifier)))


def _amount(answer: Answer) -> str:
    numbers = (answer.value, answer.lower, answer.upper)
    value = "-".join(f"{number.normalize():f}" for number in numbers if number is not None)
    about = "about" if answer.approximate else ""
    return " ".join(filter(None, ("amount:", value, answer.unit, answer.comparator, about)))
