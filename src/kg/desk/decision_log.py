"""The log of decisions: one line for each, beside the reading it changed.

``readings/NAME.decisions.jsonl`` is written before the reading, so that every change in the reading
can be undone. A line says who decided what and when, the SHA-256 of the file before and after, and
which characters changed. If a line exists without its change, the decision was never confirmed; the
line is removed when the log is next opened.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import OutputError, ReadingError
from kg.files.yaml_edit import Splice, spliced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import FileIO
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["BEGIN", "ELSEWHERE", "UNDO", "DecisionLog", "Entry", "log_path", "sha256_of"]

#: What an entry does that is no decision: it begins the log, records a change that was made
#: elsewhere, or takes a decision back.
BEGIN: Final = "begin"
ELSEWHERE: Final = "elsewhere"
UNDO: Final = "undo"


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def log_path(reading: Path) -> Path:
    """Return where the decisions about a reading are logged."""
    return reading.with_name(f"{reading.stem}.decisions.jsonl")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; ``text`` is the whole file at the start of the log."""

    number: int
    at: str
    by: str
    does: str
    was: str
    now: str
    what: dict[str, Any] = field(default_factory=dict)
    change: tuple[Splice, ...] = ()
    text: str | None = None

    def packed(self) -> bytes:
        """Return the entry as a line."""
        data: dict[str, Any] = {
            "n": self.number, "at": self.at, "by": self.by, "does": self.does, "what": self.what,
            "was": self.was, "now": self.now,
            "change": [[one.start, one.old, one.new] for one in self.change],
        }  # fmt: skip
        if self.text is not None:
            data["text"] = self.text
        return json.dumps(data, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Entry:
        """Return what :meth:`packed` wrote.

        :raises ValueError: it is not a line of a log.
        """
        data = json.loads(line)
        try:
            return cls(
                data["n"], data["at"], data["by"], data["does"], data["was"], data["now"],
                data["what"], tuple(Splice(*one) for one in data["change"]), data.get("text"),
            )  # fmt: skip
        except (KeyError, TypeError) as error:
            raise ValueError(f"{error} is missing or malformed") from error

    @property
    def inverse(self) -> tuple[Splice, ...]:
        """The inverse change, on the resulting text."""
        moved = 0
        found = []
        for one in sorted(self.change):
            found.append(Splice(one.start + moved, one.new, one.old))
            moved += len(one.new) - len(one.old)
        return tuple(found)


class DecisionLog:
    """An open log, locked against other desks."""

    def __init__(self, path: Path, stream: FileIO, entries: list[Entry]) -> None:
        self._path = path
        self._stream = stream
        self.entries = entries

    @classmethod
    @contextmanager
    def opened(cls, path: Path, now: Callable[[], str]) -> Iterator[DecisionLog]:
        """Open a log for writing, waiting for other writers.

        :param now: returns the SHA-256 of the current reading; called under the lock.
        :raises OutputError: the log cannot be written.
        :raises ReadingError: the file is not a log of decisions.
        """
        try:
            # Without a buffer, which would try once more, when closed, what a full disk refused.
            stream = path.open("a+b", buffering=0)
        except OSError as error:
            raise _unwritable(path, error) from error
        with stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            entries, ends = _read(path, stream)
            present = now()
            if entries and entries[-1].now != present and entries[-1].was == present:
                entries.pop()  # it was never confirmed
            try:
                stream.truncate(ends[len(entries)])
            except OSError as error:
                raise _unwritable(path, error) from error
            yield cls(path, stream, entries)

    @classmethod
    def read(cls, path: Path) -> tuple[Entry, ...]:
        """Return the entries of a log that may not be there.

        :raises ReadingError: the file is not a log of decisions, or cannot be read.
        """
        try:
            with path.open("rb") as stream:
                return tuple(_read(path, stream)[0])
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise ReadingError(f"{path}: cannot be read: {error.strerror or error}") from error

    @contextmanager
    def adding(self, entries: Sequence[Entry]) -> Iterator[None]:
        """Add entries durably; they are removed again if the next step fails.

        :raises OutputError: they cannot be written; the log is as it was.
        """
        end = os.fstat(self._stream.fileno()).st_size
        try:
            try:
                left = memoryview(b"".join(one.packed() for one in entries))
                while left:
                    left = left[self._stream.write(left) :]
                os.fsync(self._stream.fileno())
            except OSError as error:
                raise _unwritable(self._path, error) from error
            yield
        except BaseException:
            os.ftruncate(self._stream.fileno(), end)
            raise
        self.entries += entries

    def text_at(self, sha256: str) -> str | None:
        """Return the version of the reading with a SHA-256; ``None`` if there was none."""
        return text_at(self.entries, sha256)


def text_at(entries: Sequence[Entry], sha256: str) -> str | None:
    """Return an earlier text of the file, replayed from the beginning."""
    text = ""
    for entry in entries:
        text = entry.text if entry.text is not None else spliced(text, entry.change)
        if entry.now == sha256:
            return text
    return None


def _read(path: Path, stream: BinaryIO) -> tuple[list[Entry], list[int]]:
    """Return the entries of all complete lines, and where the first begins and each ends."""
    stream.seek(0)
    entries, ends = [], [0]
    for number, line in enumerate(stream.read().splitlines(keepends=True), 1):
        if not line.endswith(b"\n"):
            break
        try:
            entries.append(Entry.read(line))
        except ValueError as error:
            raise ReadingError(
                f"{path}:{number}: is not a valid line of a decision log ({error}); correct it, or "
                "move the file away: the reading is complete without it, but earlier decisions "
                "can no longer be undone"
            ) from error
        ends.append(ends[-1] + len(line))
    return entries, ends


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written: {error.strerror or error}; nothing was changed. Free some "
        "space, or check the folder's permissions"
    )
