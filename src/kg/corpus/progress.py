"""The progress of a build: its steps, and the number of completed items."""

from __future__ import annotations

from enum import Enum

__all__ = ["Progress", "Step"]


class Step(Enum):
    """The steps of a build, in order."""

    SURVEY = "survey"
    ARTICLES = "articles"
    RELATIONS = "relations"
    STORE = "store"


class Progress:
    """Receives the progress of a build; this class ignores it."""

    def begin(self, step: Step, total: int | None) -> None:
        """Begin a step, with the number of articles or parts if known."""

    def advance(self, done: int, refused: int = 0) -> None:
        """Report how many more are done, and how many of these were refused."""

    def end(self) -> None:
        """End the last step."""
