"""Refused requests: their status and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http import HTTPStatus

__all__ = ["RequestRefused"]


class RequestRefused(Exception):  # noqa: N818 - an answer, not a fault
    """A refused request; ``status`` and the message tell the client why."""

    def __init__(self, status: HTTPStatus, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = headers
