"""The documents of the ontology by their paths: OWL, vocabularies, shapes, alignments, prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse

from kg.errors import AuthorityError
from kg.files import shipped
from kg.rdf.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Triple

__all__ = ["Document", "DocumentKind", "document"]


class DocumentKind(Enum):
    """How the page of a document is rendered: as documentation, as a list, or with links only."""

    DOCUMENTED = auto()
    VOCABULARIES = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its path below our namespace; ``sources`` are its files in Turtle."""

    path: str
    kind: DocumentKind
    sources: tuple[bytes, ...]

    def triples(self) -> Iterator[Triple]:
        """Yield all triples of the files."""
        for source in self.sources:
            for quad in parse(source, format=RdfFormat.TURTLE):
                yield quad.triple


@cache
def _documents() -> dict[str, Document]:
    folder = shipped.ontology_dir()
    kinds = {
        "vocab": DocumentKind.VOCABULARIES,
        "alignments": DocumentKind.OTHER,
        "prefixes": DocumentKind.OTHER,
    }

    def made(path: str, kind: DocumentKind, files: list[Path]) -> Document:
        return Document(path, kind, tuple(file.read_bytes() for file in files))

    found = [
        made(path, kinds.get(path, DocumentKind.DOCUMENTED), files)
        for path, files in _files(folder).items()
    ]
    for earlier in (folder / "versions").iterdir():
        found += [
            made(f"{path}/{earlier.name}", DocumentKind.OTHER, files)
            for path, files in _files(earlier).items()
        ]
    return {one.path: one for one in found}


def _files(folder: Path) -> dict[str, list[Path]]:
    """Return the files of one version by the paths of its documents."""
    vocabularies = sorted((folder / "vocab").glob("*.ttl"))
    named = {
        "ontology": [folder / "qawl.ttl"],
        "shapes": sorted((folder / "shapes").glob("*.ttl")),
        "vocab": vocabularies,
        "alignments": [folder / "alignments.ttl"],
        "prefixes": [folder / "prefixes.ttl"],
    }
    return named | {f"vocab/{file.stem}": [file] for file in vocabularies}


@cache
def _version() -> str:
    for triple in _documents()["ontology"].triples():
        if triple.predicate == term("owl:versionInfo") and isinstance(triple.object, Literal):
            return triple.object.value
    raise AuthorityError("ontology/qawl.ttl: has no owl:versionInfo; the installation is damaged")


def document(path: str) -> Document | None:
    """Return the document at a path below our namespace, with or without a version.

    Every earlier version is kept in ``ontology/versions``; versions that do not exist are not
    found.
    """
    return _documents().get(path.removesuffix(f"/{_version()}"))
