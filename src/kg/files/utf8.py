"""Reading UTF-8 text files exactly as they are stored."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import KgError

__all__ = ["encoding_by_mark", "read_utf8"]


def encoding_by_mark(raw: bytes) -> str | None:
    """Return the encoding that a byte order mark indicates; ``None`` if there is no mark."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return "UTF-8 with a byte order mark"
    return "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else None


def read_utf8(path: Path, error: type[KgError], *, largest: int) -> str:
    """Return a file's text, exactly as stored.

    :param error: the class of error to raise.
    :param largest: the maximum size in bytes.
    :raises KgError: an ``error`` if the file is missing, unreadable, too large, not UTF-8, starts
        with a byte order mark, or contains NUL.
    """
    try:
        found = path.stat()
        size = found.st_size
        if size > largest:
            raise error(f"{path}: is {size} bytes, over the limit of {largest}; split the file")
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise error(f"{path}: is a device or a pipe; pass a file")
        raw = path.read_bytes()
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror or cause}") from cause
    if encoding := encoding_by_mark(raw[:3]):
        raise error(f"{path}: is {encoding}; save it as UTF-8 without a byte order mark")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        line = raw.count(b"\n", 0, cause.start) + 1
        raise error(
            f"{path}:{line}: byte 0x{raw[cause.start]:02x} at offset {cause.start} is not UTF-8; "
            "convert the file to UTF-8"
        ) from cause
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise error(f"{path}:{line}: contains a NUL character; remove it")
    return text
