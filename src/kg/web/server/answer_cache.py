"""A cache of answers, valid while the graph is unchanged."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.web.server.job import Answer

__all__ = ["AnswerCache"]

_SHARE: Final = 16
_OVERHEAD: Final = 1000


def _size(message: bytes, answer: Answer) -> int:
    """Return the bytes that an entry takes: its request, its content and its headers."""
    headers = sum(len(name) + len(value) for name, value in answer.head.headers)
    return len(message) + len(answer.content or b"") + headers + _OVERHEAD


class AnswerCache:
    """Caches the most recently used answers by packed request, for one version at a time.

    :param max_bytes: of requests and answers together; one of them may take up to a sixteenth of
        it.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._size = 0
        self._version = ""

    def get(self, message: bytes, version: str) -> Answer | None:
        """Return the cached answer to a request, if it is from this version."""
        answer = self._answers.get(message)
        if answer is None or answer.version != version:
            return None
        self._answers.move_to_end(message)
        return answer

    def put(self, message: bytes, answer: Answer) -> None:
        """Keep a complete answer, unless it is large."""
        size = _size(message, answer)
        if answer.content is None or size > self._max_bytes // _SHARE:
            return
        if answer.version != self._version:
            self._answers.clear()
            self._size = 0
            self._version = answer.version
        if message in self._answers:
            return
        self._answers[message] = answer
        self._size += size
        while self._size > self._max_bytes:
            self._size -= _size(*self._answers.popitem(last=False))
