"""Whether the rules draft what they drafted before, for changes that move code and do nothing else.

``python tests/gold/draft_snapshots.py --check`` reads every gold text, the first article and some
3,000 generated sentences, and compares a digest of the drafts with ``snapshots/drafts.tsv``: one
for each file of gold texts and for each table that sentences are generated from. It names those
that differ and exits with 1. ``--write`` brings the file up to date after a change that was meant.

To see what differs, write a digest for each text before the change and check it after, then print
the drafts of one text on both sides::

    python tests/gold/draft_snapshots.py --each --write /tmp/before.tsv
    python tests/gold/draft_snapshots.py --each --check /tmp/before.tsv
    python tests/gold/draft_snapshots.py --show generated/ar/speech_verbs/17

The held-out texts are digested and never printed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from gold_floors import FIRST_ARTICLE
from gold_sets import SPLITS, load_gold

from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.readers.rules.lexicon.tables import lexicon_dir, rows
from kg.readers.rules.names.gazetteer import load_gazetteer
from kg.readers.rules.reader import RulesReader
from kg.reading.draft import reading_yaml
from kg.text.article import Article, ArticleMetadata, load_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.reading.draft import Draft

__all__ = ["DRAFTS", "changed", "digests", "load_digests", "texts"]

HERE: Final = Path(__file__).parent / "snapshots"
DRAFTS: Final = HERE / "drafts.tsv"
HELD_OUT: Final = "gold/held_out/"
#: How many words of a table, or names of the gazetteer, sentences are made of.
MOST_WORDS: Final = 90
_DATE: Final = "2014-03-12"
#: The columns of a table that hold words, and those that hold one phrase.
_WORDS: Final = (
    "words", "forms", "people", "perfect", "imperfect", "participle", "noun", "letter", "year",
)  # fmt: skip
_PHRASES: Final = ("phrase",)


@dataclass(frozen=True, slots=True)
class SnapshotText:
    """A text whose draft is kept: its group, its name in the group, and the article."""

    group: str
    name: str
    article: Article

    @property
    def id(self) -> str:
        """The group and the name."""
        return f"{self.group}/{self.name}"


def texts() -> Iterator[SnapshotText]:
    """Yield all texts, group by group."""
    for split in SPLITS:
        for item in load_gold(split):
            yield SnapshotText(f"gold/{split}/{item.path.stem}", item.id, item.article())
    article = load_article(shipped.graph_dir() / "articles" / FIRST_ARTICLE)
    yield SnapshotText("article", FIRST_ARTICLE, article)
    yield from _generated()


def _generated() -> Iterator[SnapshotText]:
    frames = yaml.safe_load((HERE / "frames.yaml").read_text(encoding="utf-8"))
    for folder, own in frames.items():
        language = own.get("language", folder)
        tables = sorted(path.stem for path in lexicon_dir(folder).glob("*.tsv"))
        words = {table: _table_words(folder, table) for table in tables}
        if "gazetteer" in own["tables"]:
            words["gazetteer"] = _names(language)
        for table, found in words.items():
            templates = own["tables"].get(table, own["default"])
            for number, word in enumerate(_chosen(found)):
                text = " ".join(_filled(one, word, own["slots"]) for one in templates)
                name = f"{number:02}"
                yield SnapshotText(f"generated/{folder}/{table}", name, _article(text, language))


def _names(language: str) -> set[str]:
    names = load_gazetteer(language).phrases.entries
    return {" ".join((first, *rest)) for first, found in names.items() for rest, _ in found}


def _table_words(folder: str, table: str) -> set[str]:
    """Return the words of a table, without what the tables' notation adds to them."""
    found: set[str] = set()
    for row in rows(folder, table):
        for column in _WORDS:
            for field in row.get(column, "").split():
                found.update(field.replace("/", ",").replace("_", " ").split(","))
        found.update(row[column] for column in _PHRASES if column in row)
    return found - {""}


def _chosen(words: Iterable[str]) -> list[str]:
    """Return at most ``MOST_WORDS`` words; a word more or less changes little of the choice."""
    return sorted(sorted(words, key=_digest)[:MOST_WORDS])


def _filled(template: str, word: str, slots: Mapping[str, list[str]]) -> str:
    number = int(_digest(template + word), 16)
    chosen = {}
    for name, values in slots.items():
        number, place = divmod(number, len(values))
        chosen[name] = values[place]
    text = template.format(w=word, W=word.title(), **chosen)
    return text[0].upper() + text[1:]


def _article(text: str, language: str) -> Article:
    sha256 = _digest(text)
    label = {"en": "A text", "ar": "نص"}
    metadata = ArticleMetadata.model_validate(
        {
            "text": "text.txt", "sha256": sha256, "language": language, "label": label,
            "rights": label, "published": _DATE,
        }
    )  # fmt: skip
    return Article("a-text", text, sha256, metadata)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def draft_text(draft: Draft) -> str:
    """Return a draft as its YAML, without day and version, with its notes as comments."""
    reader = draft.reading.reader.model_copy(update={"version": None})
    reading = draft.reading.model_copy(update={"made": _DATE, "reader": reader})
    notes = [f"# {note}" for note in draft.explanations]
    dropped = [f"# left out: {note}" for note in draft.dropped]
    return "\n".join((reading_yaml(reading), *notes, *dropped))


def _reader() -> RulesReader:
    ontology = load_ontology(shipped.ontology_dir())
    return RulesReader(load_authority(shipped.graph_dir() / "authority", ontology))


def digests(*, each: bool = False) -> dict[str, str]:
    """Read all texts; return a digest of the drafts of each group, or of each text."""
    reader = _reader()
    drafts: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts():
        drafts[text.id if each else text.group].append(draft_text(reader.read(text.article)))
    return {name: _digest("\n".join(found)) for name, found in drafts.items()}


def load_digests(path: Path) -> dict[str, str]:
    """Return the digests of a file that ``--write`` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)  # type: ignore[arg-type]


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the names whose digests differ or stand on one side only."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _show(name: str) -> None:
    if name.startswith(HELD_OUT):
        sys.exit(f"{name}: the held-out texts are not shown")
    reader = _reader()
    for text in texts():
        if name in (text.id, text.group):
            print(f"=== {text.id}\n{text.article.text}\n")
            print(draft_text(reader.read(text.article)))


def main() -> None:
    """Write or check digests, or show drafts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", action="store_true", help="one digest for each text")
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--write", type=Path, nargs="?", const=DRAFTS, metavar="FILE")
    task.add_argument("--check", type=Path, nargs="?", const=DRAFTS, metavar="FILE")
    task.add_argument("--show", metavar="NAME", help="the drafts of a group or of one text")
    chosen = parser.parse_args()
    if chosen.show:
        _show(chosen.show)
        return
    found = digests(each=chosen.each)
    if chosen.write:
        lines = "".join(f"{name}\t{digest}\n" for name, digest in sorted(found.items()))
        chosen.write.write_text(lines, encoding="utf-8")
        return
    if differing := changed(load_digests(chosen.check), found):
        sys.exit("\n".join(("These drafts differ:", *differing)))
    print(f"{len(found)} digests, all as before")


if __name__ == "__main__":
    main()
