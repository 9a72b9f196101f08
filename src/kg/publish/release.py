"""Releases: a versioned folder with the graph, whole and in parts, in every format, described.

A version's name is the day of its latest reading and the start of its hash, so the same graph makes
the same release, byte for byte. ``latest`` points to the newest release.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat

from kg.errors import OutputError, StoreError
from kg.files.atomic import new_folder
from kg.publish.catalog import describe_release, latest_day, union_of
from kg.publish.checksums import SUMS, checksums
from kg.publish.dumps import serializations
from kg.publish.release_parts import Part, parts_of
from kg.rdf.order import in_order
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad, Store

__all__ = ["Release", "write_release"]

#: The symbolic link to the newest version.
LATEST: Final = "latest"


@dataclass(frozen=True, slots=True)
class Release:
    """A release; ``new`` is false if it already existed."""

    version: str
    folder: Path
    files: int
    new: bool


def _nothing(_: str) -> None:
    pass


def write_release(
    store: Store,
    folder: Path,
    *,
    base: str,
    endpoint: str = "",
    progress: Callable[[str], None] = _nothing,
) -> Release:
    """Write a release of a graph, and point ``latest`` to it.

    :param base: the URL at which ``folder`` is published, with a trailing slash.
    :param endpoint: the SPARQL endpoint that serves the same graph.
    :raises StoreError: the graph has blank nodes, or triples outside named graphs.
    :raises OutputError: an address is not a URL, or the folder cannot be written; older versions
        are unchanged.
    """
    for address in filter(None, (base, endpoint)):
        _refuse_no_url(address)
    quads = in_order(store)
    _refuse_foreign(quads)
    whole = serialized(quads, RdfFormat.N_QUADS)
    version = f"{latest_day(quads) or 'undated'}-{hashlib.sha256(whole).hexdigest()[:8]}"
    target = folder / version
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (target / SUMS).is_file():
            _point(folder, version)
            return Release(version, target, len(_sums(target)), new=False)
        with new_folder(target, ".release-", SUMS) as unfinished:
            count = _fill(unfinished, quads, version, base, endpoint, progress)
        _point(folder, version)
    except OSError as error:
        raise OutputError(
            f"{folder}: the release could not be written: {error.strerror or error}; existing "
            "files are unchanged. Free some space, or choose another folder"
        ) from error
    return Release(version, target, count, new=True)


def _refuse_no_url(address: str) -> None:
    try:
        NamedNode(address)
    except ValueError as error:
        raise OutputError(
            f"{address!r}: is not an absolute URL; write it like https://example.org/dumps/"
        ) from error


def _refuse_foreign(quads: Sequence[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph | BlankNode) or any(
            isinstance(one, BlankNode) for one in (quad.subject, quad.object)
        ):
            raise StoreError(
                f"{quad}: a release needs all triples in named graphs, without blank nodes; "
                "release a store made by kg build"
            )


def _fill(
    folder: Path,
    quads: Sequence[Quad],
    version: str,
    base: str,
    endpoint: str,
    progress: Callable[[str], None],
) -> int:
    files: dict[str, tuple[Part, bytes]] = {}
    for part in parts_of(quads):
        progress(part.path)
        for ending, content in part.content(serializations).items():
            files[f"{part.path}.{ending}"] = (part, content)
    compressed = {
        name: (part, packed)
        for stem, (part, content) in files.items()
        for name, packed in _compressed(stem, content).items()
    }
    everything = {**files, **compressed}
    progress("description")
    described = describe_release(
        quads, union_of(quads), everything, version=version, base=base, endpoint=endpoint
    )
    written = {name: content for name, (_, content) in everything.items()} | dict(described)
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / SUMS).write_bytes(checksums(written))
    return len(written) + 1


_GZIP_LEVEL: Final = 9
_ZSTD_LEVEL: Final = 12


def _compressed(name: str, content: bytes) -> dict[str, bytes]:
    import zstandard

    # No name or time is stored, so that the bytes depend only on the content.
    return {
        f"{name}.gz": gzip.compress(content, _GZIP_LEVEL, mtime=0),
        f"{name}.zst": zstandard.ZstdCompressor(level=_ZSTD_LEVEL, threads=0).compress(content),
    }


def _sums(folder: Path) -> list[str]:
    return (folder / SUMS).read_text(encoding="utf-8").splitlines()


def _point(folder: Path, version: str) -> None:
    """Point ``latest`` to a version atomically."""
    link = folder / LATEST
    if link.is_symlink() and os.readlink(link) == version:  # noqa: PTH115 - as it is written
        return
    if link.exists() and not link.is_symlink():
        raise OutputError(f"{link}: is not a symbolic link to a version; move it elsewhere")
    temporary = folder / f".{LATEST}-{os.getpid()}"
    with suppress(FileNotFoundError):
        temporary.unlink()
    temporary.symlink_to(version, target_is_directory=True)
    temporary.replace(link)
