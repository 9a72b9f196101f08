"""What is served: the current build, or RDF files; in memory where it fits, else from the disk."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.files import shipped
from kg.store.builds import POINTER, STORE_FOLDER, current_build, find_home, load_files, open_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Source", "describe_source", "version_now"]

# The file that every RocksDB database has, and that changes with it.
_DATABASE = "CURRENT"


def describe_source(home: Path | None, paths: Sequence[Path]) -> dict[str, Any]:
    """Return what a template process is told to load.

    :param home: a folder of builds; default the nearest one, else the graph that Qawl ships.
    :param paths: RDF files, or one folder: of builds, or with an Oxigraph database in it.
    :raises StoreError: there is no such file, or a folder is neither.
    """
    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise StoreError(f"{folders[0]}: is a folder; name one folder, or RDF files only")
    if folders:
        folder = folders[0].absolute()
        if (folder / POINTER).is_file():
            return {"home": str(folder)}
        if (folder / _DATABASE).is_file():
            return {"folder": str(folder)}
        raise StoreError(f"{folder}: is neither a folder of builds nor an Oxigraph database")
    for path in paths:
        if not path.is_file():
            raise StoreError(f"{path}: there is no such file")
    if not paths and (home := home or find_home()) is not None:
        current_build(home)
        return {"home": str(home.absolute())}
    files = paths or (shipped.graph_dir() / "dumps" / "qawl.nq",)
    return {"data": [str(path.absolute()) for path in files]}


def version_now(what: Mapping[str, Any]) -> str:
    """Return what tells the present state of a source from an earlier one, cheaply."""
    if "home" in what:
        try:
            return (Path(what["home"]) / POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
    return "files"


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
class Source:
    """A graph that workers answer from.

    :param version: changes with the content; answers and ETags hold for one version.
    :param quads: how many there are, where that is known without counting.
    """

    version: str
    quads: int | None
    memory: Store | None
    folder: Path | None

    @property
    def in_memory(self) -> bool:
        """Whether the graph is in this process's memory."""
        return self.memory is not None

    def store(self) -> Store:
        """Return the store; one on disk is opened, which starts threads.

        :raises StoreError: it cannot be opened.
        """
        if self.memory is not None:
            return self.memory
        assert self.folder is not None
        return open_folder(self.folder)

    @classmethod
    def load(cls, what: Mapping[str, Any], in_memory_quads: int) -> Source:
        """Load what :func:`describe_source` named.

        :raises StoreError: there is no complete store there, or a file cannot be read.
        """
        if "folder" in what:
            folder = Path(what["folder"])
            _open_elsewhere(folder)
            return cls(_digest((folder / _DATABASE,)), None, None, folder)
        if "data" in what:
            paths = tuple(map(Path, what["data"]))
            version = _digest(paths)
            memory = load_files(paths)
            return cls(version, len(memory), memory, None)
        build = current_build(Path(what["home"]))
        folder = build.folder / STORE_FOLDER
        if build.quads <= in_memory_quads:
            return cls(build.sha256, build.quads, _copied_to_memory(folder), None)
        return cls(build.sha256, build.quads, None, folder)
