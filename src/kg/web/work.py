"""What a worker is asked to do, and what tells one such request from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.query_text import is_repeatable

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

__all__ = ["Work"]


def _frozen(value: Any) -> Hashable:
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Work:
    """A request to a worker.

    :param request: ``do`` names the kind of answer; the rest is what that kind needs.
    :param key: equal for equal requests.
    :param repeatable: whether the same graph always gives the same answer.
    """

    request: Mapping[str, Any]
    key: Hashable
    repeatable: bool

    @classmethod
    def of(cls, **request: Any) -> Work:
        """Return the work that these details name."""
        key = tuple([(name, _frozen(value)) for name, value in request.items()])
        return cls(request, key, is_repeatable(request.get("query", "")))
