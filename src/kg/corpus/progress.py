"""How far a build is: its steps, and how many of what are done."""

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
    """Is told the progress of a build; this one keeps it to itself."""

    def begin(self, step: Step, total: int | None) -> None:
        """Begin a step of so many articles or parts, as far as that is known."""

    def advance(self, done: int, refused: int = 0) -> None:
        """Say how many more are done, and how many of these are refused."""

    def end(self) -> None:
        """End the last step."""
