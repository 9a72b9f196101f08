"""The documentation as a folder of files that works without a server."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.files import shipped
from kg.files.atomic import replacing
from kg.ontology_docs.pages import Alternate, document_page
from kg.rdf.iris import NAMESPACE, VOCAB, ConceptName
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.ontology_docs.model import OntologyDocs
    from kg.wording import Language

__all__ = ["site_files", "write_site"]

_STYLESHEET: Final = "qawl.css"
# What precedes the extension in a page's file name.
_SUFFIXES: Final[Mapping[Language, str]] = {"en": "", "ar": ".ar"}


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    iri: str
    sources: tuple[str, ...]


def site_files(docs: OntologyDocs, ontology: Path | None = None) -> dict[str, bytes]:
    """Return the static pages and their Turtle sources, by file name.

    Each page exists in English and, with ``.ar`` before its extension, in Arabic.

    :param ontology: the folder that ``docs`` was read from; default: Qawl's own.
    """
    turtle = _turtle(ontology or shipped.ontology_dir())
    stylesheet = files("kg.html").joinpath("static", _STYLESHEET).read_bytes()
    found = {_STYLESHEET: stylesheet, **turtle}
    for page in _pages(docs, turtle):
        for language, suffix in _SUFFIXES.items():
            path = f"{page.name}{suffix}.html"
            html = document_page(
                docs,
                page.iri,
                href=partial(_href, path, suffix),
                stylesheet=_from(path, _STYLESHEET),
                language=language,
                alternates=tuple(_alternates(page, path, language)),
            )
            found[path] = html.encode()
    return found


def _turtle(folder: Path) -> dict[str, bytes]:
    found = {
        "ontology.ttl": (folder / "qawl.ttl").read_bytes(),
        "alignments.ttl": (folder / "alignments.ttl").read_bytes(),
    }
    for name in ("shapes", "vocab"):
        for path in sorted((folder / name).glob("*.ttl")):
            found[f"{name}/{path.name}"] = path.read_bytes()
    return found


def _pages(docs: OntologyDocs, turtle: Mapping[str, bytes]) -> Iterator[_Page]:
    yield _Page("ontology", docs.iri, ("ontology.ttl", "alignments.ttl"))
    sheets = tuple(name for name in turtle if name.startswith("shapes/"))
    yield _Page("shapes", docs.shapes_iri, sheets)
    for scheme, vocabulary in docs.vocabularies.items():
        name = f"vocab/{vocabulary.name}"
        sources = tuple(source for source in turtle if source == f"{name}.ttl")
        yield _Page(name, scheme, sources)


def _alternates(page: _Page, path: str, language: Language) -> Iterator[Alternate]:
    for other, suffix in _SUFFIXES.items():
        if other != language:
            name = wording("common", other)["language"]
            yield Alternate(_from(path, f"{page.name}{suffix}.html"), name, language=other)
    for source in page.sources:
        name = source.rpartition("/")[2]
        yield Alternate(_from(path, source), name, media_type="text/turtle")


def _from(page: str, target: str) -> str:
    return relpath(target, str(PurePosixPath(page).parent))


def _href(page: str, suffix: str, iri: str) -> str:
    """Return the link from a page to one of our IRIs; if it has no page, the IRI itself."""
    local = iri.removeprefix(NAMESPACE)
    path, _, anchor = local.partition("#")
    if concept := ConceptName.of(iri):
        path, anchor = f"vocab/{concept.scheme}", concept.code
    elif path not in {"ontology", "shapes"} and not iri.startswith(VOCAB):
        return _from(page, "alignments.ttl") if local == "alignments" else iri
    file = f"{path}{suffix}.html"
    fragment = f"#{anchor}" if anchor else ""
    return fragment if file == page and fragment else _from(page, file) + fragment


def write_site(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none.

    :raises OutputError: a folder cannot be created, or a file cannot be written.
    """
    made: list[Path] = []
    try:
        for parent in sorted({folder, *((folder / name).parent for name in content)}):
            if not parent.is_dir():
                parent.mkdir(parents=True)
                made.append(parent)
        with ExitStack() as stack:
            for name, data in content.items():
                stream = stack.enter_context(replacing(folder / name))
                stream.write(data)
                stream.flush()
    except BaseException as error:
        for parent in reversed(made):
            if not any(parent.iterdir()):
                parent.rmdir()
        if isinstance(error, OSError):
            raise OutputError(
                f"{folder}: cannot be created: {error.strerror or error}; choose another folder"
            ) from error
        raise
