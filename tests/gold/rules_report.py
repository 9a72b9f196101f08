"""The rules' draft of the first article against the curated reading.

``python tests/gold/rules_report.py`` prints the comparison; ``-o FILE`` writes it, ``--check FILE``
prints its figures and tells, with exit 1, whether a kept comparison is out of date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gold_floors import FIRST_ARTICLE, first_article
from gold_sets import GoldWorld

from kg.compare.report import scores_text, text_report
from kg.readers.rules.reader import read_article


def main() -> None:
    """Compare, print, write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--check", type=Path)
    arguments = parser.parse_args()
    world = GoldWorld.load()
    found = first_article(lambda article: read_article(article, world.authority).reading, world)
    report = text_report(found).rstrip("\n") + "\n"
    if arguments.output:
        arguments.output.write_text(report, encoding="utf-8")
    elif arguments.check:
        sys.stdout.write(f"{FIRST_ARTICLE}: the rules against the curated reading\n\n")
        sys.stdout.write(scores_text(found.scores))
        if arguments.check.read_text(encoding="utf-8") != report:
            sys.exit(f"\n{arguments.check} is out of date: python {__file__} -o {arguments.check}")
    else:
        sys.stdout.write(report)


if __name__ == "__main__":
    main()
