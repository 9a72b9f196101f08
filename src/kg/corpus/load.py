"""Loading a corpus into the embedded store, with its tables beside it."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard
from pyoxigraph import RdfFormat, Store

from kg.corpus.part import DERIVED, QUADS
from kg.corpus.relations import RELATIONS
from kg.corpus.tables.schemas import tables
from kg.store.builds import STORE_FOLDER, TABLES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import Quad

__all__ = ["Chained", "content_digest", "fill", "quad_files"]


def quad_files(parts: Iterable[Path], relations: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that hold the quads of a corpus, in their order."""
    for folder in parts:
        yield folder / QUADS
        yield folder / DERIVED
    for folder in relations:
        yield folder / RELATIONS


class Chained(io.RawIOBase):
    """The N-Quads of several compressed files as one stream.

    :param opened: called with each file when it is opened.
    """

    def __init__(
        self, paths: Iterable[Path], opened: Callable[[Path], None] = lambda _: None
    ) -> None:
        self._paths = iter(paths)
        self._opened = opened
        self._stream: io.RawIOBase | zstandard.ZstdDecompressionReader | None = None
        self._file: io.BufferedReader | None = None

    def readable(self) -> bool:
        """Return true."""
        return True

    # Zstandard's reader takes no other buffers.
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read the next bytes."""
        while True:
            if self._stream is None and not self._next():
                return 0
            assert self._stream is not None
            if (count := self._stream.readinto(buffer) or 0) > 0:
                return count
            self._stream = None

    def _next(self) -> bool:
        if self._file is not None:
            self._file.close()
            self._file = None
        path = next(self._paths, None)
        if path is None:
            return False
        self._opened(path)
        self._file = path.open("rb")
        reader = zstandard.ZstdDecompressor()
        self._stream = reader.stream_reader(self._file, read_across_frames=True)
        return True

    def close(self) -> None:
        """Close the file that is open."""
        if self._file is not None:
            self._file.close()
        super().close()


def fill(
    folder: Path,
    shared: Iterable[Quad],
    parts: Sequence[Path],
    relations: Sequence[Path],
    opened: Callable[[Path], None],
) -> int:
    """Write the store and the tables of a build, and return the number of quads.

    :param shared: the ontology, the vocabularies and the authority files.
    :param opened: called with each file of quads when it is opened.
    :raises OSError: the disk is full, or a part cannot be read.
    """
    store = Store(folder / STORE_FOLDER)
    store.bulk_extend(shared)
    with io.BufferedReader(Chained(quad_files(parts, relations), opened), 1 << 20) as stream:
        store.bulk_load(stream, format=RdfFormat.N_QUADS)
    store.flush()
    number = len(store)
    del store  # closes the database
    for name in tables():
        (folder / TABLES_FOLDER / name).mkdir(parents=True)
        for part in parts:
            _link(part / f"{name}.parquet", folder / TABLES_FOLDER / name / f"{part.name}.parquet")
    return number


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def content_digest(names: Iterable[str]) -> str:
    """Return the SHA-256 of the names of parts, which identify their content."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def point_tables(home: Path, build: Path) -> None:
    """Point ``tables`` in a corpus's folder to those of a build.

    :raises OSError: it cannot be written.
    """
    link = home / TABLES_FOLDER
    new = home / f"{TABLES_FOLDER}.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path(build.name) / TABLES_FOLDER)
    new.replace(link)
