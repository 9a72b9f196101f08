"""What is served: the builds of a folder, an Oxigraph database, or RDF files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import StoreError
from kg.files import shipped
from kg.store.builds import POINTER, current_build, find_home

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DATABASE_FILE", "Source", "SourceKind"]

#: The file that every RocksDB database has, and that changes with it.
DATABASE_FILE: Final = "CURRENT"


class SourceKind(StrEnum):
    """How a graph is stored."""

    BUILDS = "builds"
    DATABASE = "database"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a graph is: absolute paths of RDF files, or of one folder."""

    kind: SourceKind
    paths: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """The folder of builds or of the database."""
        return Path(self.paths[0])

    @classmethod
    def find(cls, home: Path | None, paths: Sequence[Path]) -> Source:
        """Return the graph given by the arguments of ``kg serve``.

        :param home: a folder of builds; default the nearest one, else the graph shipped with Qawl.
        :param paths: RDF files, or one folder: of builds, or with an Oxigraph database in it.
        :raises StoreError: no such file, or a folder is neither.
        """
        folders = [path.absolute() for path in paths if path.is_dir()]
        if folders and len(paths) > 1:
            raise StoreError(f"{folders[0]}: is a folder; pass either one folder or only RDF files")
        for folder in folders:
            for kind, file in ((SourceKind.BUILDS, POINTER), (SourceKind.DATABASE, DATABASE_FILE)):
                if (folder / file).is_file():
                    return cls(kind, (str(folder),))
            raise StoreError(f"{folder}: is neither a folder of builds nor an Oxigraph database")
        for path in paths:
            if not path.is_file():
                raise StoreError(f"{path}: no such file")
        if not paths and (home := home or find_home()) is not None:
            current_build(home)
            return cls(SourceKind.BUILDS, (str(home.absolute()),))
        files = paths or (shipped.graph_dir() / "dumps" / "qawl.nq",)
        return cls(SourceKind.FILES, tuple(str(path.absolute()) for path in files))

    def version_now(self) -> str:
        """Return a value that changes with the content, cheaply; empty if unknown."""
        if self.kind is not SourceKind.BUILDS:
            return self.kind
        try:
            return (self.folder / POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
