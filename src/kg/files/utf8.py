"""Text files in UTF-8, read exactly as they are stored."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import KgError

__all__ = ["encoding_by_mark", "read_utf8"]


def encoding_by_mark(raw: bytes) -> str | None:
    """Return what a byte order mark says that a file is; ``None`` where it begins with none."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return "UTF-8 with a byte order mark"
    return "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else None


def read_utf8(path: Path, error: type[KgError], *, largest: int) -> str:
    """Return a file's text, exactly as stored.

    :raises KgError: an ``error`` where the file is missing, unreadable, larger than ``largest``
        bytes, not UTF-8, begins with a byte order mark, or contains NUL.
    """
    try:
        found = path.stat()
        size = found.st_size
        if size > largest:
            raise error(f"{path}: {size} bytes is more than the {largest} that are read: split it")
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise error(f"{path}: is a device or a pipe; name a file")
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
