"""The documents of the ontology: OWL, vocabularies, shapes, alignments, prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Triple, parse

from kg.files import shipped
from kg.rdf.iris import NAMESPACE
from kg.rdf.quads import serialized
from kg.web.formats import RDF_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.ontology_docs.model import Language
    from kg.web.site import Site

__all__ = ["Document", "document", "documentation"]

_VERSION: Final = "/0.1.0"


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its path.

    :param page: which page shows it: ontology, vocabulary, shapes, or none.
    :param sources: its files in Turtle.
    """

    path: str
    page: str
    sources: tuple[bytes, ...]

    def triples(self) -> list[Triple]:
        """Return all triples of the files."""
        return [
            quad.triple
            for source in self.sources
            for quad in parse(source, format=RdfFormat.TURTLE)
        ]

    def rdf(self, syntax: RdfFormat) -> bytes:
        """Return the document in an RDF format; one file in Turtle is given as it stands."""
        if syntax == RdfFormat.TURTLE and len(self.sources) == 1:
            return self.sources[0]
        return serialized(self.triples(), syntax)


@cache
def _documents() -> dict[str, Document]:
    folder = shipped.ontology_dir()
    vocabularies = sorted((folder / "vocab").glob("*.ttl"))
    shapes = sorted((folder / "shapes").glob("*.ttl"))

    def made(path: str, page: str, *files: Path) -> Document:
        return Document(path, page, tuple(file.read_bytes() for file in files))

    found = [
        made("ontology", "ontology", folder / "qawl.ttl"),
        made("shapes", "shapes", *shapes),
        made("vocab", "vocabularies", *vocabularies),
        made("alignments", "", folder / "alignments.ttl"),
        made("prefixes", "", folder / "prefixes.ttl"),
        *(made(f"vocab/{file.stem}", "vocabulary", file) for file in vocabularies),
    ]
    return {one.path: one for one in found}


def document(path: str) -> Document | None:
    """Return the document at a path below our namespace, with or without its version."""
    return _documents().get(path.removesuffix(_VERSION))


def documentation(site: Site, one: Document, language: Language) -> str:
    """Return the HTML page of a document that has one."""
    from kg.ontology_docs.load import load_ontology_docs
    from kg.ontology_docs.pages import Alternate, ontology_page, shapes_page, vocabulary_page

    docs = load_ontology_docs()
    here = site.here(f"/{one.path}")
    renderers: Mapping[str, Callable[..., str]] = {
        "ontology": ontology_page,
        "shapes": shapes_page,
        "vocabulary": partial(vocabulary_page, scheme=NAMESPACE + one.path),
    }
    return renderers[one.page](
        docs,
        href=site.href,
        stylesheet=site.here("/static/qawl.css"),
        language=language,
        alternates=(
            Alternate(f"{here}.html?lang=en", "English", None, "en"),
            Alternate(f"{here}.html?lang=ar", "العربية", None, "ar"),
            *(
                Alternate(f"{here}.{form.ending}", form.label, form.media_type)
                for form in RDF_FORMATS
            ),
        ),
    )
