"""Checking that a build still contains what was built."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from kg.errors import StoreError
from kg.rdf.order import in_order
from kg.rdf.quads import serialized
from kg.store.builds import current_build, open_folder

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.builds import Build

__all__ = ["verify"]


def verify(home: Path) -> Build:
    """Compare the current build with its manifest: its files, then its quads and their hash.

    The quads of a corpus may be too many to sort, so they are only counted.

    :param home: a folder of builds.
    :returns: the build, which is intact.
    :raises StoreError: there is none, or it differs; the message says how.
    """
    build = current_build(home)
    build.check_files()
    store = open_folder(build.store)
    try:
        number = len(store)
        quads = [] if build.of_corpus else in_order(store)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{build.store}: cannot be read: {error}") from error
    if number != build.quads:
        raise StoreError(
            f"{build.store}: has {number} quads, but {build.quads} were built; rebuild it with: kg "
            "build"
        )
    if build.of_corpus:
        return build
    sha256 = hashlib.sha256(serialized(quads, RdfFormat.N_QUADS)).hexdigest()
    if sha256 != build.sha256:
        raise StoreError(
            f"{build.store}: its quads have the SHA-256 {sha256}, but {build.sha256} was built; "
            "rebuild it with: kg build"
        )
    return build
