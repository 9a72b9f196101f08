"""Truncating a serialised result at the end of a row while it is streamed.

Oxigraph serialises a result faster than Python can inspect its rows, so rows are counted in the
bytes, using operations that the interpreter implements in C, and never inside a string.
"""

from __future__ import annotations

import copy
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, final

from pyoxigraph import QueryResultsFormat

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["RowLimit", "RowLimitReached"]

# What begins a row is at most this long; as much is held back, so that a cut can be made before it.
_HELD_BACK: Final = 16
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class RowLimitReached(Exception):  # noqa: N818 - it ends a serialisation and is no error
    """The allowed number of rows or bytes has been written; the rest was not."""


class _RowCounter(ABC):
    """Counts the rows that begin in a serialised result, fed in pieces."""

    #: Bytes of what begins a row, which a cut leaves away.
    mark: bytes
    #: What closes a result that was cut.
    closing: bytes

    @abstractmethod
    def feed(self, piece: bytes) -> int:
        """Return how many rows, not counting the first, begin in a piece."""


@final
class _JsonRows(_RowCounter):
    mark = b",{"
    closing = b"]}}"
    _STRUCTURE: Final = b'"{},:'
    _OTHERS: Final = bytes(set(range(256)) - set(_STRUCTURE))

    def __init__(self) -> None:
        self._in_string = False
        self._outside = b""
        self._backslash = b""

    def feed(self, piece: bytes) -> int:
        piece = self._backslash + piece
        self._backslash = b""
        if b"\\" in piece:
            if (len(piece) - len(piece.rstrip(b"\\"))) % 2:
                self._backslash = b"\\"
                piece = piece[:-1]
            piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        # Two quotes side by side change nothing about what is inside a string and what is not.
        parts = piece.translate(None, self._OTHERS).replace(b'""', b"").split(b'"')
        outside = self._outside + b"".join(parts[self._in_string :: 2])
        self._in_string ^= (len(parts) - 1) % 2 == 1
        self._outside = outside[-2:]
        # Between two values of one row stands the name of the second.
        return outside.count(b"},{")


@final
class _XmlRows(_RowCounter):
    mark = b"<result>"
    closing = b"</results></sparql>"

    def __init__(self) -> None:
        self._before = b""
        self._any = False

    def feed(self, piece: bytes) -> int:
        if found := _NOT_XML.search(piece):
            raise QueryError(
                f"the answer has the character U+{found[0][0]:04X}, which XML cannot represent; "
                "request JSON, CSV or TSV"
            )
        piece = self._before + piece
        self._before = piece[-len(self.mark) + 1 :]
        rows = piece.count(self.mark)
        if rows and not self._any:
            self._any = True
            return rows - 1
        return rows


class _LineRows(_RowCounter):
    """Rows are lines after the first, which has the names; a row begins with its first byte."""

    closing = b""
    mark = b"\0"  # any one byte: it is counted, not looked for

    def __init__(self) -> None:
        self._lines = 0
        self._begun = 0

    @abstractmethod
    def line_ends(self, piece: bytes) -> tuple[int, bool]:
        """Return how many lines end in a piece, and whether the last ends with it."""

    def feed(self, piece: bytes) -> int:
        if not piece:
            return 0
        ends, at_the_end = self.line_ends(piece)
        self._lines += ends
        # The header is begun by the first byte, row 1 by the first byte after one line end, …
        begun = self._lines if not at_the_end else self._lines - 1
        new = max(begun - 1, 0) - self._begun
        self._begun += new
        return new


@final
class _TsvRows(_LineRows):
    def line_ends(self, piece: bytes) -> tuple[int, bool]:
        return piece.count(b"\n"), piece.endswith(b"\n")


@final
class _CsvRows(_LineRows):
    _OTHERS: Final = bytes(set(range(256)) - set(b'"\n'))

    def __init__(self) -> None:
        super().__init__()
        self._in_string = False

    def line_ends(self, piece: bytes) -> tuple[int, bool]:
        parts = piece.translate(None, self._OTHERS).replace(b'""', b"").split(b'"')
        ends = b"".join(parts[self._in_string :: 2]).count(b"\n")
        self._in_string ^= (len(parts) - 1) % 2 == 1
        return ends, piece.endswith(b"\n") and not self._in_string


_COUNTERS: Final[Mapping[QueryResultsFormat, Callable[[], _RowCounter]]] = {
    QueryResultsFormat.JSON: _JsonRows,
    QueryResultsFormat.XML: _XmlRows,
    QueryResultsFormat.CSV: _CsvRows,
    QueryResultsFormat.TSV: _TsvRows,
}


class RowLimit:
    """A file to serialise a SELECT result into, which passes it on up to a number of rows or bytes.

    :param syntax: the format that is written.
    :param write: takes what may pass.
    :param max_rows: rows that may pass.
    :param max_bytes: bytes after which the next row is the first that may not.
    """

    def __init__(
        self,
        syntax: QueryResultsFormat,
        write: Callable[[bytes], object],
        max_rows: int,
        max_bytes: int,
    ) -> None:
        self._counter: _RowCounter = _COUNTERS[syntax]()
        self._write = write
        #: Rows that were let through, as far as they are more than one.
        self.rows = 1
        self._left = max_rows - 1
        self._bytes_left = max_bytes
        self._held = b""
        self._reached = False

    def write(self, piece: bytes) -> int:
        """Take a piece.

        :raises RowLimitReached: the limit is reached; what was written is complete and closed.
        :raises QueryError: the format cannot represent the result.
        """
        if self._reached:  # the serialiser hands over its buffer when it is let go
            return len(piece)
        before = copy.copy(self._counter)
        rows = self._counter.feed(piece)
        allowed = self._left if self._bytes_left > 0 else 0
        if rows > allowed:
            data = self._held + piece
            end = len(self._held) + _beginning(before, piece, allowed + 1)
            self._write(data[: end - len(self._counter.mark)] + self._counter.closing)
            self.rows += allowed
            self._reached = True
            raise RowLimitReached
        self._left -= rows
        self.rows += rows
        self._bytes_left -= len(piece)
        data = self._held + piece
        self._write(data[:-_HELD_BACK])
        self._held = data[-_HELD_BACK:]
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is held back is written by :meth:`finish`."""

    def finish(self) -> None:
        """Pass on the rest of a result that was within the limits."""
        self._write(self._held)
        self._held = b""


def _beginning(counter: _RowCounter, piece: bytes, number: int) -> int:
    """Return the length of the shortest prefix of a piece that contains that many row starts."""
    low, high = 0, len(piece)
    while low < high:
        middle = (low + high) // 2
        if copy.copy(counter).feed(piece[:middle]) >= number:
            high = middle
        else:
            low = middle + 1
    return low
