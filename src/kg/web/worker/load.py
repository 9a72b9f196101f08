"""Loading what is served: into memory where it fits, else it is read from the disk."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.store.builds import STORE_FOLDER, current_build, load_files, open_folder
from kg.web.source import DATABASE_FILE, SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.web.source import Source

__all__ = ["LoadedGraph"]


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()[:16]


# Reading a database starts threads, which a process that forks must not have.
_OPEN = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store.read_only(sys.argv[1])
if len(sys.argv) > 2:
    store.dump(sys.argv[2], format=RdfFormat.N_QUADS)
"""


def _open_elsewhere(folder: Path, *dump: Path) -> None:
    command = [sys.executable, "-c", _OPEN, str(folder), *map(str, dump)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own code
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise StoreError(f"{folder}: is damaged ({reason}); make it again with: kg build")


def _copied_to_memory(folder: Path) -> Store:
    with tempfile.TemporaryDirectory(prefix="qawl-") as scratch:
        dump = Path(scratch) / "graph.nq"
        _open_elsewhere(folder, dump)
        store = Store()
        store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
        return store


@dataclass(frozen=True, slots=True)
class LoadedGraph:
    """A graph that workers answer from.

    :param version: changes with the content; answers and ETags hold for one version.
    :param quads: how many there are, where that is known without counting.
    """

    version: str
    quads: int | None
    memory: Store | None
    folder: Path | None

    def store(self) -> Store:
        """Return the store; one on disk is opened, which starts threads.

        :raises StoreError: it cannot be opened.
        """
        if self.memory is not None:
            return self.memory
        assert self.folder is not None
        return open_folder(self.folder)

    @classmethod
    def load(cls, source: Source, in_memory_quads: int) -> LoadedGraph:
        """Load a graph, or make sure that it can be opened.

        :param in_memory_quads: a build of up to this many is held in memory.
        :raises StoreError: there is no complete store there, or a file cannot be read.
        """
        match source.kind:
            case SourceKind.DATABASE:
                _open_elsewhere(source.folder)
                version = _digest((source.folder / DATABASE_FILE,))
                return cls(version, None, None, source.folder)
            case SourceKind.FILES:
                paths = tuple(map(Path, source.paths))
                version = _digest(paths)
                memory = load_files(paths)
                return cls(version, len(memory), memory, None)
            case SourceKind.BUILDS:
                build = current_build(source.folder)
                folder = build.folder / STORE_FOLDER
                if build.quads <= in_memory_quads:
                    return cls(build.sha256, build.quads, _copied_to_memory(folder), None)
                return cls(build.sha256, build.quads, None, folder)
