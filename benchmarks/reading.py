"""The rules on one core: articles per second, growth with length, memory for a long text.

The peer is dateparser's search, which finds only dates; Qawl's time is for the whole draft. Both
read the first article in this process, alternately, and processor time is measured. The long text
is the article repeated, read in a separate process.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import subprocess
import sys
import time

from run import ROOT, timed

sys.path.insert(0, str(ROOT / "src"))

SLUG = "iraq-war-2003-2011"
TEXT = (ROOT / "graph" / "articles" / SLUG / "iraq-war-2003-2011.ar.txt").read_text(
    encoding="utf-8"
)
LONG = 5_000_000


def article(text: str):
    """Return a text as an article of 2016."""
    from kg.text.article import Article, ArticleMetadata

    both = {"en": "measured", "ar": "مقيس"}
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    metadata = ArticleMetadata.model_validate(
        {
            "text": "text.txt",
            "sha256": sha256,
            "language": "ar",
            "label": both,
            "rights": both,
            "published": "2016-07-10",
        }
    )
    return Article("measured", text, sha256, metadata)


def reader():
    """Return the rules' reader with the authority files loaded."""
    from kg.files import shipped
    from kg.knowledge.authority import load_authority
    from kg.knowledge.ontology import load_ontology
    from kg.readers.rules.reader import RulesReader

    ontology = load_ontology(shipped.ontology_dir())
    found = RulesReader(load_authority(shipped.graph_dir() / "authority", ontology))
    found.read(article(TEXT))
    return found


def seconds(work) -> float:
    """Return the processor time of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--long", action="store_true", help="only read the long text (a part)")
    arguments = parser.parse_args()
    rules = reader()
    if arguments.long:
        text = (TEXT.rstrip("\n") + "\n") * (LONG // len(TEXT.encode()) + 1)
        took = seconds(lambda: rules.read(article(text)))
        print(f"{len(text.encode()) / 1e6:.1f} MB in {took:.1f} s")
        return

    from dateparser.search import search_dates

    search_dates(TEXT, languages=["ar"])
    one = article(TEXT)
    pairs = [
        (
            seconds(lambda: rules.read(one)),
            seconds(lambda: search_dates(TEXT, languages=["ar"])),
        )
        for _ in range(arguments.runs)
    ]
    mine, other = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    print(
        f"an article of {len(TEXT):,} letters, whole draft\n"
        f"  qawl             {mine * 1000:7.1f} ms {1 / mine:6.1f} articles per second\n"
        f"  dateparser       {other * 1000:7.1f} ms (dates only)\n"
        f"  dateparser / qawl, pairwise: {ratio:.2f} (median of {arguments.runs})"
    )
    for times in (1, 10, 100):
        longer = article((TEXT.rstrip("\n") + "\n") * times)
        took = seconds(lambda text=longer: rules.read(text))
        print(f"  {times:>4} times the article: {took * 1000 / times:6.1f} ms an article")
    command = [sys.executable, __file__, "--long"]
    print("a text of 5 MB:", subprocess.run(command, capture_output=True, text=True).stdout.strip())
    _, peak = timed(command, ROOT)
    print(f"  peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
