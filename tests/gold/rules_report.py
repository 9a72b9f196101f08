"""The rules' draft of the first article against the curated reading.

``python tests/gold/rules_report.py`` prints the comparison; ``-o FILE`` writes it, ``--check FILE``
prints its figures and tells, with exit 1, whether a kept comparison is out of date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.compare.compare import compare
from kg.compare.findings import known_entities
from kg.compare.of_reading import find_all_of
from kg.compare.report import scores_text, text_report
from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.readers.rules.reader import read_article
from kg.reading.draft import as_file
from kg.reading.file import load_reading
from kg.text.article import load_article

SLUG = "iraq-war-2003-2011"


def main() -> None:
    """Compare, print, write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--check", type=Path)
    arguments = parser.parse_args()
    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(shipped.graph_dir() / "authority", ontology)
    folder = shipped.graph_dir() / "articles" / SLUG
    article = load_article(folder)
    known = known_entities(authority, ontology)
    curated = find_all_of(load_reading(folder / "readings" / "curated.yaml"), article, known)
    draft = as_file(read_article(article, authority).reading, "rules")
    found = compare(curated, find_all_of(draft, article, known))
    report = text_report(found).rstrip("\n") + "\n"
    if arguments.output:
        arguments.output.write_text(report, encoding="utf-8")
    elif arguments.check:
        sys.stdout.write(f"{SLUG}: the rules against the curated reading\n\n")
        sys.stdout.write(scores_text(found.scores))
        if arguments.check.read_text(encoding="utf-8") != report:
            sys.exit(f"\n{arguments.check} is out of date: python {__file__} -o {arguments.check}")
    else:
        sys.stdout.write(report)


if __name__ == "__main__":
    main()
