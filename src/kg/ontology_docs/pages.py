"""The documentation as HTML pages.

Every page is one string, the same for the same arguments. It needs no script, loads nothing but
its stylesheet and has no inline style, so it works under the content security policy
``default-src 'none'; style-src 'self'``. Labels and definitions are marked up in RDFa; the Turtle
files are linked as alternates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import AuthorityError
from kg.html import render
from kg.ontology_docs.diagram import draw
from kg.ontology_docs.vocabularies import NOTES
from kg.rdf.iris import NAMESPACE
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.ontology_docs.model import OntologyDocs, Shape
    from kg.wording import Language

__all__ = ["Alternate", "document_page", "term_fragment"]

_TYPES: Final = {
    "class": "owl:Class",
    "object-property": "owl:ObjectProperty",
    "datatype-property": "owl:DatatypeProperty",
    "annotation-property": "owl:AnnotationProperty",
    "datatype": "rdfs:Datatype",
    "individual": "owl:NamedIndividual",
    "concept": "skos:Concept",
}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page in another format (``media_type``) or another language."""

    url: str
    name: str
    media_type: str | None = None
    language: Language | None = None


def document_page(
    docs: OntologyDocs,
    iri: str,
    href: Callable[[str], str],
    *,
    stylesheet: str,
    language: Language = "en",
    alternates: Sequence[Alternate] = (),
) -> str:
    """Return the page of the ontology, of the shapes, or of a vocabulary.

    Every term, shape and concept has its local name as the id of its section.

    :param iri: IRI of the document.
    :param href: returns the URL to link to for an IRI under ``https://w3id.org/qawl/``; other IRIs
        are linked as they are.
    :param stylesheet: the URL of ``qawl.css``.
    :param language: language of the headings; terms have both languages on every page.
    :raises AuthorityError: no document has this IRI.
    """
    context = _context(docs, href, language, stylesheet, alternates)
    if iri == docs.iri:
        return render("ontology_docs/ontology.html", diagram=draw(docs), **context)
    if iri == docs.shapes_iri:
        groups, homes = _groups(docs), _homes(docs)
        return render("ontology_docs/shapes.html", groups=groups, homes=homes, **context)
    if vocabulary := docs.vocabularies.get(iri):
        return render("ontology_docs/vocabulary.html", vocabulary=vocabulary, **context)
    known = ", ".join(sorted(one.name for one in docs.vocabularies.values()))
    raise AuthorityError(
        f"{iri}: is neither the ontology, nor its shapes, nor a vocabulary of Qawl; the "
        f"vocabularies are {known}"
    )


def term_fragment(
    docs: OntologyDocs, iri: str, href: Callable[[str], str], *, language: Language = "en"
) -> str:
    """Return the section on one term or concept, for embedding in another page.

    It begins with a second-level heading.

    :raises AuthorityError: the IRI is neither a term of the ontology nor a concept.
    """
    term = docs.terms.get(iri) or docs.concepts.get(iri)
    if term is None:
        raise AuthorityError(f"{iri}: is neither a term nor a concept of Qawl; see: kg docs")
    return render("ontology_docs/term.html", term=term, **_context(docs, href, language, "", ()))


def _groups(docs: OntologyDocs) -> tuple[tuple[str, tuple[Shape, ...]], ...]:
    """Return the shapes that have a section of their own: first with targets, then without."""
    homes = _homes(docs)
    sections = [shape for shape in docs.shapes.values() if homes[shape.iri] == shape.iri]
    return (
        ("targeted", tuple(shape for shape in sections if shape.targets.en)),
        ("auxiliary", tuple(shape for shape in sections if not shape.targets.en)),
    )


def _homes(docs: OntologyDocs) -> dict[str, str]:
    """Map each shape to the shape in whose section it appears: the first node shape above it."""
    homes: dict[str, str] = {}
    for shape in docs.shapes.values():
        if shape.kind == "node":
            homes[shape.iri] = shape.iri
            for part in shape.properties:
                homes.setdefault(part, shape.iri)
    return {iri: homes.get(iri, iri) for iri in docs.shapes}


def _context(
    docs: OntologyDocs,
    href: Callable[[str], str],
    language: Language,
    stylesheet: str,
    alternates: Sequence[Alternate],
) -> dict[str, Any]:
    def link(iri: str) -> str | None:
        if iri.startswith(NAMESPACE):
            return href(iri)
        # An ontology may name any IRI; scripts and files are not linked.
        return iri if iri.startswith(("http://", "https://")) else None

    languages = ("ar", "en") if language == "ar" else ("en", "ar")
    return {
        "docs": docs,
        "link": link,
        "same_words": _same_words,
        "label": lambda iri: docs.label(iri, language),
        "language": language,
        "languages": languages,
        "w": wording("ontology-docs", language),
        "severities": wording("severities", language),
        "stylesheet": stylesheet,
        "alternates": alternates,
        "types": _TYPES,
        "note_properties": {kind: name for name, kind in NOTES.items()},
    }


def _same_words(label: str, name: str) -> bool:
    return re.sub(r"[\W_]", "", label).casefold() == re.sub(r"[\W_]", "", name).casefold()
