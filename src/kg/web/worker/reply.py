"""The worker's answer stream: the head first, then the content in pieces."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.web.pages.content import Content

__all__ = ["Reply"]


@dataclass(slots=True)
class Reply:
    """An answer being written.

    ``repeatable`` says whether the same graph always gives the same answer, ``cut`` what was left
    out, and ``cut_is_told`` whether the content itself says so.
    """

    send_head: Callable[[int, Mapping[str, str], bool], None]
    write: Callable[[bytes], None]
    repeatable: bool = True
    cut: str | None = None
    cut_is_told: bool = False

    def head(self, status: int, content_type: str, **headers: str) -> None:
        """Start the answer, or restart it."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_head(status, {"content-type": content_type, **named}, self.repeatable)

    def give(self, content: Content, status: int = HTTPStatus.OK) -> None:
        """Send a whole document."""
        self.head(status, content.content_type)
        self.write(content.data)

    def refuse(self, status: int, reason: str, **headers: str) -> None:
        """Send an error as one line of plain text."""
        self.head(status, "text/plain; charset=utf-8", **headers)
        self.write(f"{reason}\n".encode("utf-8", "replace"))
