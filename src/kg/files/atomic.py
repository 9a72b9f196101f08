"""Writing files and folders completely or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HALF_WRITTEN", "new_folder", "replacing", "synced"]

#: How the names of files begin that are not yet whole.
HALF_WRITTEN: Final = ".qawl-"


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def synced(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a power failure.

    :raises OSError: the disk cannot do it.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that replaces ``path`` only once all of it is written.

    A device or a pipe, such as ``/dev/stdout``, is written directly; a symbolic link is kept and
    its target replaced.

    :raises OutputError: the folder is missing or not writable, the file is read-only, or the disk
        is full.
    """
    try:
        mode = _mode(path)
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as device:
                yield device
            return
        path = Path(os.path.realpath(path))
        if mode is not None and not mode & _WRITABLE:
            raise OutputError(f"{path}: is read-only; make it writable, or name another file")
        descriptor, name = tempfile.mkstemp(prefix=HALF_WRITTEN, dir=path.parent)
        os.close(descriptor)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}; choose another file"
        ) from error
    temporary = Path(name)
    try:
        with temporary.open("wb") as stream:
            yield cast("BinaryIO", stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644 if mode is None else stat.S_IMODE(mode))
        temporary.replace(path)
        synced(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}; the old file is unchanged"
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(folder: Path, prefix: str, last: str) -> Iterator[Path]:
    """Yield a folder to fill, which is renamed to ``folder`` only once it is complete and on disk.

    :param prefix: how its name begins until then.
    :param last: the file that makes it complete. If another process doing the same work was faster,
        its folder stays.
    :raises OSError: it cannot be written; nothing is left behind.
    """
    unfinished = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        yield unfinished
        for path in (*unfinished.iterdir(), unfinished):
            synced(path)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(folder)
        except OSError:
            if not (folder / last).is_file():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
