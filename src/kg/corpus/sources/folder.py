"""Folders of articles: texts, HTML pages, PDFs, and articles' folders with ``article.yaml``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.corpus.record import Record, Refused
from kg.corpus.sources.tables import is_table
from kg.corpus.sources.web_archive import is_archive
from kg.errors import ReadingError
from kg.files.yaml_input import load_yaml
from kg.text.article import LARGEST_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.text.input import Form

__all__ = ["folder_records"]

_DESCRIBED: Final = "article.yaml"
#: The forms of files by their endings; others are not articles.
_FORMS: Final[Mapping[str, Form]] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf",
}  # fmt: skip


def folder_records(folder: Path) -> Iterator[Record | Refused | tuple[Path, str]]:
    """Yield the articles below a folder, in the order of their paths.

    A file's id is its path in the folder without the extension. A table or an archive is yielded as
    its path and its name for messages. Hidden files and folders, and files with other extensions,
    are left out.
    """
    for where, folders, files in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        if _DESCRIBED in files:
            folders.clear()
            yield _article(here, here.relative_to(folder).as_posix())
            continue
        for file in sorted(files):
            path = here / file
            name = path.relative_to(folder).as_posix()
            if file.startswith("."):
                continue
            if is_table(path) or is_archive(path):
                yield path, name
            elif path.suffix.lower() in _FORMS:
                yield _file(path, name)


def _file(path: Path, name: str) -> Record | Refused:
    form = _FORMS[path.suffix.lower()]
    plain = name[: -len(path.suffix)]
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_ARTICLE + 1)
    except OSError as error:
        return Refused(plain, name, f"cannot be read: {error.strerror or error}")
    return Record(plain, name, content, form)


def _article(folder: Path, name: str) -> Record | Refused:
    """Return an article's folder, as ``kg new`` makes it, with people's readings."""
    try:
        described = load_yaml(folder / _DESCRIBED).data
        if not isinstance(described, dict) or not isinstance(described.get("text"), str):
            raise ReadingError(f"{folder / _DESCRIBED}: has no text; add the key 'text'")
        if described.get("earlier"):
            raise ReadingError(
                f"{folder / _DESCRIBED}: lists earlier texts, which a corpus cannot store; remove "
                "the key 'earlier', or build it with kg build"
            )
        content = (folder / described["text"]).read_bytes()
        readings = {
            path.stem: path.read_bytes() for path in sorted((folder / "readings").glob("*.yaml"))
        }
    except (OSError, ReadingError) as error:
        return Refused(folder.name, name, getattr(error, "strerror", None) or str(error))
    return Record(folder.name, name, content, "text", {}, described, readings)
