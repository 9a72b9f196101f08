"""A process that decides without end, as a desk does, and says which decision is confirmed.

    python stream_of_decisions.py GRAPH NUMBER

Each decision gives the claim ``drowned`` of the small article another gloss, with its number.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from desk_world import sitting_of
from examples import Workspace

from kg.desk.decision_requests import Edit

if __name__ == "__main__":
    sitting = sitting_of(Workspace(Path(sys.argv[1]).parent))
    seen = sitting.look()
    for number in count(int(sys.argv[2])):
        edit = Edit(claim="drowned", changes={"gloss": f"Version {number} of what was said"})
        seen = sitting.decide(edit, seen.sha256)
        print(number, flush=True)
