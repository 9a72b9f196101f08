"""Killed at any moment, a desk has lost nothing that it has confirmed, and no file is torn."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from desk_process import running_desk
from desk_world import READINGS, draft_of, sitting_of

from kg.desk.log import DecisionLog, log_path
from kg.errors import DecisionError
from kg.reading.file import load_reading

if TYPE_CHECKING:
    from desk_process import RunningDesk
    from examples import Workspace

MOMENTS = 30


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


@pytest.mark.slow
def test_killed_at_thirty_moments(workspace: Workspace, record_property: object) -> None:
    draft_of(workspace)
    path = workspace.graph / READINGS / "lina-haddad.yaml"
    begun = sitting_of(workspace).look().text
    number = 1
    for moment in range(MOMENTS):
        with running_desk(workspace.graph, "flood") as desk:
            stream = Stream(desk, number)
            stream.running.wait()
            time.sleep(moment * 0.007)  # another place in what it does each time
            desk.process.kill()
            stream.join()
        gloss = load_reading(path).reading.claims[0].gloss
        version = int(gloss.split()[1])
        # What was under way when it died may be there, or not; what was confirmed is.
        assert stream.confirmed <= version <= stream.confirmed + 1
        number = version + 1
    assert number > MOMENTS
    sitting = sitting_of(workspace)
    undone = 0
    while True:
        try:
            sitting.undo(sitting.look().sha256)
        except DecisionError:
            break
        undone += 1
    assert sitting.look().text == begun
    assert undone == number - 1
    assert DecisionLog.read(log_path(path))[0].text == begun
