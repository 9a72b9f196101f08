"""The queries that ``make demo`` runs, as commands that a user could type."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KG = str(Path(sys.executable).with_name("kg"))
STEPS = (
    (
        "Who says 4487? The generous chain, with every voice:",
        ["query", "who-said", "--claim", "us-dead-2003-2011"],
    ),
    (
        "The strict chain, without the voices that the reader infers:",
        ["query", "who-said", "--claim", "us-dead-2003-2011", "--mode", "strict"],
    ),
    (
        "When did the invasion begin? Two dates, each with its source:",
        ["query", "dates-of-the-invasion"],
    ),
    ("Which claims contradict each other, and by how much?", ["query", "contradictions"]),
    ("Which sums in the article add up?", ["query", "sums"]),
    ("Who accuses whom?", ["query", "allegations"]),
)


def main() -> None:
    """Run each command and print it with its output."""
    for title, arguments in STEPS:
        print(f"\n\n=== {title}\n$ kg {' '.join(arguments)}\n", flush=True)
        subprocess.run([KG, *arguments], check=True)


if __name__ == "__main__":
    main()
