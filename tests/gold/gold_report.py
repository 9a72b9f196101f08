"""How well the rules read the gold set.

Run as ``python tests/gold/gold_report.py [dev|held_out|articles]``.
Prints the pooled scores of Arabic and English; with item ids after the split, the cases of those
items in which the rules differ. Exits 0 whatever the figures are: ``gold_floors.py`` and its test
hold the lines. Look at the held-out half seldom, and never at its cases.
"""

from __future__ import annotations

import sys

from gold_sets import SPLITS, GoldWorld, load_gold, score_reader

from kg.compare.compare import pooled
from kg.compare.report import scores_text, text_report


def main(arguments: list[str]) -> None:
    from kg.readers.rules.reader import read_article

    split = arguments[0] if arguments else "dev"
    if split not in SPLITS:
        sys.exit(f"{split!r} is not one of {', '.join(SPLITS)}")
    world = GoldWorld.load()
    items = load_gold(split)
    if chosen := set(arguments[1:]):
        items = tuple(item for item in items if item.id in chosen or chosen & {*item.tags})
    found = score_reader(
        items, lambda article: read_article(article, world.authority).reading, world
    )
    if chosen:
        for item in items:
            if found[item.id].cases:
                print(f"\n=== {item.id}\n{text_report(found[item.id])}")
    for language in ("ar", "en"):
        own = [found[item.id] for item in items if item.language == language]
        if own:
            print(f"\n##### {split}, {language}: {len(own)} items\n\n{scores_text(pooled(own))}")


if __name__ == "__main__":
    main(sys.argv[1:])
