"""What a worker is asked to do."""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from typing import Any

__all__ = ["Work"]

# Later formats mark objects that are used twice, and so differ for equal values.
_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Work:
    """A request to a worker, as the bytes that it is sent as: equal for equal requests."""

    message: bytes

    @classmethod
    def of(cls, **request: Any) -> Work:
        """Return the work that these details name: ``do`` is the kind of answer.

        >>> Work.of(do="page", page="home").details()
        {'do': 'page', 'page': 'home'}
        """
        return cls(marshal.dumps(request, _FORMAT))

    def details(self) -> dict[str, Any]:
        """Return the details again."""
        found: dict[str, Any] = marshal.loads(self.message)  # noqa: S302 - our own server wrote it
        return found
