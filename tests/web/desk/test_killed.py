"""Killed at any moment, a desk has lost nothing that it has confirmed, and no file is torn."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import httpx
from desk_process import running_desk
from desk_world import READINGS, draft_of

from kg.reading.file import load_reading

if TYPE_CHECKING:
    from desk_process import RunningDesk
    from examples import Workspace

MOMENTS = 3


class Stream:
    """Decisions until the desk is gone; ``confirmed`` is the number of the last confirmed one."""

    def __init__(self, desk: RunningDesk, first: int) -> None:
        self._desk = desk
        self._first = first
        self.confirmed = first - 1
        self.running = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def _send(self) -> None:
        number = self._first
        try:
            saw = self._desk.state()["sha256"]
            while True:
                changes = {"gloss": f"Version {number} of what was said"}
                decision = {"does": "edit", "claim": "drowned", "changes": changes}
                answer = self._desk.decide(decision, saw=saw)
                assert answer.status_code == 200, answer.text
                saw = answer.json()["sha256"]
                self.confirmed = number
                number += 1
                self.running.set()
        except httpx.HTTPError:
            self.running.set()

    def join(self) -> None:
        self._thread.join()


def test_a_desk_that_is_killed_has_lost_nothing(workspace: Workspace) -> None:
    draft_of(workspace)
    path = workspace.graph / READINGS / "lina-haddad.yaml"
    number = 1
    for moment in range(MOMENTS):
        with running_desk(workspace.graph, "flood") as desk:
            stream = Stream(desk, number)
            stream.running.wait()
            time.sleep(moment * 0.05)  # another place in what it does each time
            desk.process.kill()
            stream.join()
        version = int(load_reading(path).reading.claims[0].gloss.split()[1])
        # What was under way when it died may be there, or not; what was confirmed is.
        assert stream.confirmed <= version <= stream.confirmed + 1
        number = version + 1
    assert number > MOMENTS
