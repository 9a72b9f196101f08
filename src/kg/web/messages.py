"""The protocol between the server and its worker processes: frames over a socket pair.

A frame is one byte for its kind, four bytes for its length, and its content. A request is one
frame. An answer is a head, any number of frames of data, and an end; a second head replaces the
first if the answer could not be completed.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["DATA", "END", "HEAD", "REQUEST", "End", "FrameReader", "Head", "encoded", "frame"]

REQUEST: Final = 1
HEAD: Final = 2
DATA: Final = 3
END: Final = 4

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]+")
_PREFIX: Final = struct.Struct("<BI")


def frame(kind: int, content: bytes) -> bytes:
    """Return a frame."""
    return _PREFIX.pack(kind, len(content)) + content


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of an answer, and whether the same graph always gives the same one."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    repeatable: bool

    @staticmethod
    def packed(status: int, headers: Mapping[str, str], repeatable: bool) -> bytes:
        """Return the message as a worker sends it."""
        return json.dumps([int(status), dict(headers), repeatable]).encode()

    @staticmethod
    @lru_cache(maxsize=256)
    def read(content: bytes) -> Head:
        """Read what a worker sent."""
        status, headers, repeatable = json.loads(content)
        return Head(status, encoded(headers), repeatable)


def encoded(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Return headers in ASGI form; control characters, which would end one, become blanks."""
    return tuple(
        (name.lower().encode("ascii"), _CONTROLS.sub(" ", value).encode("latin-1", "replace"))
        for name, value in headers.items()
    )


@dataclass(frozen=True, slots=True)
class End:
    """The end of an answer: what was truncated, and whether its content says so.

    :param last: whether the worker has grown too large and should be replaced.
    """

    cut: str | None = None
    told: bool = False
    last: bool = False

    def packed(self) -> bytes:
        """Return the message as a worker sends it; empty if there is nothing to report."""
        told = json.dumps([self.cut, self.told, self.last]).encode()
        return told if self.cut or self.last else b""

    @staticmethod
    def read(content: bytes) -> End:
        """Read what a worker sent."""
        return End(*json.loads(content)) if content else End()


class FrameReader:
    """Assembles complete frames from incoming bytes."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield kind and content of every frame that is now complete."""
        # Most answers come in one piece, which then needs no copy.
        buffer: bytes | bytearray = data
        if self._rest:
            self._rest += data
            buffer = self._rest
        start, size = 0, len(buffer)
        while size - start >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(buffer, start)
            end = start + _PREFIX.size + length
            if size < end:
                break
            yield kind, bytes(buffer[start + _PREFIX.size : end])
            start = end
        if buffer is self._rest:
            del self._rest[:start]
        elif start < size:
            self._rest += buffer[start:]
