"""Replacing the previous build with a new one, by replacing one small file."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.files.atomic import synced
from kg.store.builds import MANIFEST, POINTER, STORE_FOLDER, TABLES_FOLDER, file_hashes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["BUILD_NAME", "current_name", "swap_in", "sweep"]

#: The name of a build's folder: what tempfile makes of the prefix.
BUILD_NAME: Final = re.compile(r"build-[a-z0-9_]{8}")


def current_name(home: Path) -> str:
    """Return the name of the current build, or whatever is there instead."""
    try:
        return (home / POINTER).read_bytes().decode(errors="replace").strip()
    except OSError:
        return ""


def swap_in(home: Path, manifest: Mapping[str, object], fill: Callable[[Path], None]) -> Path:
    """Make a build, replace the current one with it, and return its folder.

    :param manifest: its metadata; the hashes of its database files are added.
    :param fill: writes the build into the new folder, and closes its database, so that the folder
        is complete before it is announced.
    :raises OSError: it cannot be written; nothing is left behind.
    """
    folder = Path(tempfile.mkdtemp(prefix="build-", dir=home))
    pointer = home / f"{POINTER}.new"

    def discard() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        pointer.unlink(missing_ok=True)

    try:
        folder.chmod(0o755)
        fill(folder)
        complete = {**manifest, "files": file_hashes(folder / STORE_FOLDER)}
        (folder / MANIFEST).write_text(json.dumps(complete, indent=1), encoding="utf-8")
        pointer.write_text(folder.name, encoding="utf-8")
        for path in (folder / MANIFEST, folder, pointer):
            synced(path)
    except BaseException:
        discard()
        raise
    try:
        pointer.replace(home / POINTER)
    except OSError:  # nothing else: an interrupt may come when it is done
        discard()
        raise
    synced(home)
    return folder


def sweep(home: Path, keep: set[str]) -> None:
    """Remove all builds that are not in use, except those named."""
    for folder in home.glob("build-*"):
        if folder.name in keep or not BUILD_NAME.fullmatch(folder.name) or not folder.is_dir():
            continue
        # People may keep other things in the folder that they named.
        if {path.name for path in folder.iterdir()} <= {STORE_FOLDER, TABLES_FOLDER, MANIFEST}:
            shutil.rmtree(folder, ignore_errors=True)
