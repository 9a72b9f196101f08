"""Loading the served graph: into memory if it fits, else it is read from disk."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.store.builds import current_build, load_files, open_folder
from kg.web.source import DATABASE_FILE, SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.builds import Build
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
    store.dump(sys.stdout.buffer, format=RdfFormat.N_QUADS)
"""


def _opened_elsewhere(folder: Path, *, dump: bool) -> Store:
    """Open a database in another process, and return what that process dumps of it."""
    command = [sys.executable, "-c", _OPEN, str(folder), *(["dump"] if dump else ())]
    store = Store()
    broken: Exception | None = None
    with subprocess.Popen(  # noqa: S603 - our own code
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            store.bulk_load(input=process.stdout, format=RdfFormat.N_QUADS)
        except (OSError, ValueError, SyntaxError) as error:  # what breaks off in a line
            broken = error
            process.stdout.close()
        complaint = process.stderr.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    if process.returncode or broken is not None:
        raise StoreError(f"{folder}: is damaged ({complaint or broken}); rebuild it")
    return store


def _built(build: Build, in_memory_quads: int) -> LoadedGraph:
    build.check_files()
    if build.quads > in_memory_quads:
        return LoadedGraph(build.sha256, build.quads, None, build.store)
    memory = _opened_elsewhere(build.store, dump=True)
    if len(memory) != build.quads:
        raise StoreError(
            f"{build.store}: {len(memory)} of {build.quads} quads could be read; rebuild it with: "
            "kg build"
        )
    return LoadedGraph(build.sha256, build.quads, memory, None)


@dataclass(frozen=True, slots=True)
class LoadedGraph:
    """A graph that workers answer from.

    :param version: changes with the content; answers and ETags hold for one version.
    :param quads: their number, if known without counting.
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
                _opened_elsewhere(source.folder, dump=False)
                version = _digest((source.folder / DATABASE_FILE,))
                return cls(version, None, None, source.folder)
            case SourceKind.FILES:
                paths = tuple(map(Path, source.paths))
                version = _digest(paths)
                memory = load_files(paths)
                return cls(version, len(memory), memory, None)
            case SourceKind.BUILDS:
                return _built(current_build(source.folder), in_memory_quads)
