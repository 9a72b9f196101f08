"""How well the rules read, figure by figure, and the floors that no figure may fall below.

The figures are those of the table in ``docs/rules.md``, on the development half, on each file of
``articles/`` and on the first article against its curated reading. ``gold/floors.yaml`` has the
floors: when the rules learn, raise them; lower one only with a reason in the commit. ``python
tests/gold/gold_floors.py`` prints figures beside floors. The held-out half has no floors: it is
looked at by hand, with ``python tests/gold/gold_report.py held_out``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import yaml
from gold_sets import GOLD, GoldWorld, load_gold, score_reader

from kg.compare.compare import Comparison, compare, pooled
from kg.compare.findings_of_reading import find_all_of
from kg.files import shipped
from kg.reading.draft import as_file
from kg.reading.file import load_reading
from kg.text.article import load_article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.compare.compare import Score
    from kg.reading.model import Reading
    from kg.text.article import Article

    Read = Callable[[Article], Reading]

__all__ = ["FIRST_ARTICLE", "Figure", "below", "figures", "first_article", "load_floors"]

FIRST_ARTICLE: Final = "iraq-war-2003-2011"


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One figure: the texts that it is of (``dev``, ``articles/wire``), their language, its row."""

    texts: str
    language: str
    row: str

    def __str__(self) -> str:
        return f"{self.texts}, {self.language}: {self.row}"


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((GOLD / "floors.yaml").read_text(encoding="utf-8"))
    return found


def load_floors() -> dict[Figure, float]:
    """Return the floor of every figure that has one."""
    return {
        Figure(texts, language, row): floor
        for texts, languages in _data()["floors"].items()
        for language, floors in languages.items()
        for row, floor in floors.items()
    }


def first_article(read: Read, world: GoldWorld) -> Comparison:
    """Compare what a reader makes of the first article with the curated reading."""
    folder = shipped.graph_dir() / "articles" / FIRST_ARTICLE
    article = load_article(folder)
    curated = load_reading(folder / "readings" / "curated.yaml")
    draft = as_file(read(article), "rules")
    return compare(
        find_all_of(curated, article, world.known), find_all_of(draft, article, world.known)
    )


def figures(read: Read, world: GoldWorld) -> dict[Figure, float]:
    """Return every figure of a reader, those left out that have nothing to measure."""
    pools: dict[tuple[str, str], list[Comparison]] = {
        ("first-article", "ar"): [first_article(read, world)]
    }
    for split in ("dev", "articles"):
        items = load_gold(split)
        scored = score_reader(items, read, world)
        for item in items:
            texts = split if split == "dev" else f"{split}/{item.path.stem}"
            pools.setdefault((texts, item.language), []).append(scored[item.id])
    return {
        Figure(*texts, row): value
        for texts, scores in pools.items()
        for row, value in _rows(pooled(scores)).items()
    }


def below(found: Mapping[Figure, float], floors: Mapping[Figure, float]) -> list[str]:
    """Return a line for each floor that its figure does not reach, or that has no figure."""
    return [
        f"{figure}: {found.get(figure, 0):.4f}, floor {floor:.3f}"
        for figure, floor in sorted(floors.items())
        if found.get(figure, 0) < floor
    ]


def _rows(scores: tuple[Score, ...]) -> dict[str, float]:
    by_name = {(score.category, score.measure): score for score in scores}
    found = {}
    for row, told in _data()["rows"].items():
        score = by_name[told["category"], told["measure"]]
        if (value := getattr(score, told["statistic"])) is not None:
            found[row] = value
    return found


def main() -> None:
    """Print the rules' figures beside the floors."""
    from kg.readers.rules.reader import RulesReader

    world = GoldWorld.load()
    reader = RulesReader(world.authority)
    found, floors = figures(lambda one: reader.read(one).reading, world), load_floors()
    for figure, value in sorted(found.items()):
        print(f"{value:.4f}  {floors.get(figure, 0):.3f}  {figure}")
    if faults := below(found, floors):
        sys.exit("\n".join(("Below their floors:", *faults)))


if __name__ == "__main__":
    main()
