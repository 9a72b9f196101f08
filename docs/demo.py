"""What ``make demo`` shows: a handful of questions, asked as a user would ask them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KG = str(Path(sys.executable).with_name("kg"))
STEPS = (
    (
        "Who stands behind the figure 4487? Every voice, generously read:",
        ["query", "who-said", "--claim", "us-dead-2003-2011"],
    ),
    (
        "The same, strictly: without the voices that the reader only infers:",
        ["query", "who-said", "--claim", "us-dead-2003-2011", "--mode", "strict"],
    ),
    (
        "When did the invasion begin? Two dates, each with who gives it:",
        ["query", "dates-of-the-invasion"],
    ),
    ("Which claims contradict each other, and by how much?", ["query", "contradictions"]),
    ("Which sums of the article hold?", ["query", "sums"]),
    ("Who accuses whom?", ["query", "allegations"]),
)


def main() -> None:
    """Ask each question and print the command with its answer."""
    for title, arguments in STEPS:
        print(f"\n\n=== {title}\n$ kg {' '.join(arguments)}\n", flush=True)
        subprocess.run([KG, *arguments], check=True)


if __name__ == "__main__":
    main()
