"""Buffers for answers that a client has not yet read: in memory, then in a temporary file.

A worker that had to wait for a slow reader could not serve anybody else.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["Spool"]

#: Bytes that wait in memory; from there on they wait in a file.
IN_MEMORY: Final = 1 << 20
_PIECE: Final = 1 << 16
_LIMIT: Final = 2_000_000_000


class SpoolSpace:
    """The space shared by the files of all spools.

    When it is used up, the largest is aborted: its reader is the slowest, or requested the most.

    :param limit: bytes.
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        self._taken: dict[Spool, int] = {}

    @property
    def taken(self) -> int:
        """Bytes in use."""
        return sum(self._taken.values())

    def take(self, spool: Spool, size: int) -> None:
        """Reserve space for bytes in a spool's file; this may abort any spool, even that one."""
        self._taken[spool] = self._taken.get(spool, 0) + size
        while self.taken > self._limit:
            largest = max(self._taken, key=self._taken.__getitem__)
            largest.close(failed=True)
            largest.clear()

    def free(self, spool: Spool) -> None:
        """Release the space that a spool has taken."""
        self._taken.pop(spool, None)


class Spool:
    """A pipe: bytes are accepted immediately and read on demand."""

    __slots__ = (
        "_changed", "_closed", "_failed", "_file", "_pieces", "_read", "_size", "_space",
        "_written",
    )  # fmt: skip

    def __init__(self, space: SpoolSpace | None = None) -> None:
        self._space = space or SpoolSpace()
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._file: IO[bytes] | None = None
        self._written = 0
        self._read = 0
        self._closed = False
        self._failed = False
        self._changed: asyncio.Event | None = None

    @property
    def size(self) -> int:
        """Bytes in memory that nobody has read."""
        return self._size

    @property
    def closed(self) -> bool:
        """Whether everything has arrived."""
        return self._closed

    def put(self, data: bytes) -> None:
        """Take bytes; if there is no space, they are dropped and the reader is notified.

        :raises OSError: the disk is full.
        """
        if self._closed:
            return
        if self._file is not None or self._size > IN_MEMORY:
            self._space.take(self, len(data))
            if self._closed:
                return
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="qawl-")  # noqa: SIM115 - see discard
            self._file.seek(self._written)
            self._file.write(data)
            self._written += len(data)
        else:
            self._pieces.append(data)
            self._size += len(data)
        self._wake()

    def clear(self) -> None:
        """Drop the content, because other content replaces it."""
        self._pieces.clear()
        self._size = 0
        self.discard()

    def close(self, *, failed: bool = False) -> None:
        """Tell the reader that nothing follows, or that the rest was lost."""
        self._closed = True
        self._failed = failed
        self._wake()

    def _wake(self) -> None:
        if self._changed is not None:
            self._changed.set()

    def whole(self) -> bytes:
        """Return the whole content; the spool must be closed and in memory."""
        return b"".join(self._pieces)

    @property
    def in_memory(self) -> bool:
        """Whether the whole content is in memory."""
        return self._file is None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come.

        :raises EOFError: the rest was lost.
        """
        self._changed = asyncio.Event()
        while True:
            if self._pieces:
                piece = self._pieces.popleft()
                self._size -= len(piece)
                yield piece
            elif self._file is not None and self._read < self._written:
                self._file.seek(self._read)
                piece = self._file.read(_PIECE)
                self._read += len(piece)
                yield piece
            elif self._closed:
                if self._failed:
                    raise EOFError
                return
            else:
                self._changed.clear()
                await self._changed.wait()

    def discard(self) -> None:
        """Release the file."""
        self._space.free(self)
        if self._file is not None:
            self._file.close()
            self._file = None
            self._written = self._read = 0
