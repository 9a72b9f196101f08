"""Builds on disk: finding the current one and opening it for reading."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.errors import StoreError
from kg.files import shipped
from kg.rdf.read import load_rdf

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MANIFEST",
    "POINTER",
    "STORE_FOLDER",
    "TABLES_FOLDER",
    "Build",
    "current_build",
    "file_hashes",
    "find_home",
    "load_files",
    "open_folder",
    "open_store",
]

#: The folder that holds the builds, searched for from the current folder upwards.
HOME_NAME: Final = ".qawl"
#: The file in it that names the current build.
POINTER: Final = "current"
#: The last file written into a build; a build without it is incomplete.
MANIFEST: Final = "build.json"
#: The folder of a build that holds the Oxigraph database.
STORE_FOLDER: Final = "store"
#: The folder of a build of many articles that holds their tables.
TABLES_FOLDER: Final = "tables"


def find_home() -> Path | None:
    """Return the nearest folder of builds: ``$QAWL_STORE``, else ``.qawl`` here or in a parent."""
    if named := os.environ.get("QAWL_STORE"):
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / HOME_NAME / POINTER).is_file():
            return folder / HOME_NAME
    return None


def _current(home: Path) -> str:
    try:
        return (home / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise StoreError(f"{home}: contains no store; create one with: kg build") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{home}: cannot be read ({error}); rebuild it with: kg build") from error


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a database, by the file's name.

    :raises OSError: a file cannot be read.
    """
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            found[path.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: its folder, the hash of its content, and its number of quads.

    :param sha256: of its quads as sorted N-Quads; of a corpus, of the names of its parts.
    :param files: the SHA-256 of each file of its database.
    """

    folder: Path
    sha256: str
    quads: int
    files: Mapping[str, str] = field(default_factory=dict)
    of_corpus: bool = False

    @property
    def store(self) -> Path:
        """The folder of its database."""
        return self.folder / STORE_FOLDER

    def check_files(self) -> None:
        """Check that the database is still what was built, byte by byte.

        :raises StoreError: a file of it is missing, was added, or has changed.
        """
        try:
            present = file_hashes(self.store)
        except OSError as error:
            raise StoreError(
                f"{self.store}: cannot be read: {error.strerror or error}; rebuild it with: "
                "kg build"
            ) from error
        names = sorted(present.keys() | self.files.keys())
        wrong = [name for name in names if present.get(name) != self.files.get(name)]
        if wrong:
            raise StoreError(
                f"{self.store}: differs from what was built ({', '.join(wrong[:5])}); rebuild it "
                "with: kg build"
            )


def current_build(home: Path) -> Build:
    """Return the current build in a folder of builds.

    :raises StoreError: there is no build, or it is incomplete.
    """
    folder = home / _current(home)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if folder.parent != home:
            raise KeyError(folder.name)
        files = dict(manifest.get("files", {}))
        of_corpus = "corpus" in manifest
        return Build(folder, str(manifest["sha256"]), int(manifest["quads"]), files, of_corpus)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(f"{folder}: is not a complete store; rebuild it with: kg build") from error


def open_folder(folder: Path) -> Store:
    """Open an Oxigraph database for reading.

    :raises StoreError: it cannot be opened.
    """
    try:
        return Store.read_only(str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        raise StoreError(f"{folder}: is damaged ({reason}); rebuild it with: kg build") from error


def _open_build(home: Path) -> Store:
    name = _current(home)
    while True:
        try:
            return open_folder(current_build(home).store)
        except StoreError:
            # A build that finished in the meantime may have removed it.
            if (newer := _current(home)) == name:
                raise
            name = newer


def load_files(paths: tuple[Path, ...]) -> Store:
    """Load RDF files into a store in memory, keeping named graphs.

    Statements that cannot be used are reported as :class:`~kg.errors.LeftOutWarning`.

    :raises StoreError: a file is missing, has an unknown extension, or is malformed.
    """
    store = Store()
    for path in paths:
        load_rdf(store, path, StoreError)
    return store


def open_store(home: Path | None = None, data: tuple[Path, ...] = ()) -> Store:
    """Open a graph for reading.

    :param home: a folder of builds; default the nearest one, else the graph shipped with Qawl,
        loaded into memory.
    :param data: RDF files to read instead of a build.
    :raises StoreError: there is no complete store, or a file cannot be loaded.
    """
    if data:
        return load_files(data)
    home = home or find_home()
    if home is not None:
        return _open_build(home)
    return load_files((shipped.graph_dir() / "dumps" / "qawl.nq",))
