"""What the server and its worker processes say to each other: frames over a socket pair.

A frame is one byte for its kind, four bytes for its length, and its content. A request is one frame
of JSON. An answer is a head (JSON: status and headers), any number of frames of data, and an end
(JSON); a second head takes the place of the first, where what was begun could not be finished.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DATA", "END", "HEAD", "REQUEST", "FrameReader", "frame", "json_frame"]

REQUEST: Final = 1
HEAD: Final = 2
DATA: Final = 3
END: Final = 4

_PREFIX: Final = struct.Struct("<BI")


def frame(kind: int, content: bytes) -> bytes:
    """Return a frame."""
    return _PREFIX.pack(kind, len(content)) + content


def json_frame(kind: int, content: Any) -> bytes:
    """Return a frame whose content is JSON."""
    return frame(kind, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))


class FrameReader:
    """Takes bytes as they come and gives whole frames."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield kind and content of every frame that is now complete."""
        buffer = self._buffer
        buffer += data
        start = 0
        while len(buffer) - start >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(buffer, start)
            end = start + _PREFIX.size + length
            if len(buffer) < end:
                break
            yield kind, bytes(buffer[start + _PREFIX.size : end])
            start = end
        if start:
            del buffer[:start]
