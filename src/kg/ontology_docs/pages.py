"""The documentation as HTML pages.

Every page is one string, the same for the same arguments. It needs no script, loads nothing but
its stylesheet and has no inline style, so that a content security policy of
``default-src 'none'; style-src 'self'`` lets it work. Labels and definitions are marked up in RDFa;
the Turtle files themselves are linked as alternates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import AuthorityError
from kg.ontology_docs.diagram import draw
from kg.ontology_docs.vocabularies import NOTES
from kg.ontology_docs.wording import Wording
from kg.rdf.iris import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment

    from kg.ontology_docs.model import Language, OntologyDocs, Shape

__all__ = ["Alternate", "ontology_page", "shapes_page", "term_fragment", "vocabulary_page"]

_TYPES: Final = {
    "class": "owl:Class",
    "object-property": "owl:ObjectProperty",
    "datatype-property": "owl:DatatypeProperty",
    "annotation-property": "owl:AnnotationProperty",
    "datatype": "rdfs:Datatype",
    "individual": "owl:NamedIndividual",
    "concept": "skos:Concept",
}

# Code points that HTML does not allow, which text in Turtle may have.
_NO_HTML: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page elsewhere: in another format (``media_type``) or another language."""

    url: str
    name: str
    media_type: str | None = None
    language: Language | None = None


def ontology_page(
    docs: OntologyDocs,
    href: Callable[[str], str],
    *,
    stylesheet: str,
    language: Language = "en",
    alternates: Sequence[Alternate] = (),
) -> str:
    """Return the page of the ontology: every term with an id that is its local name.

    :param href: gives the URL to link to for an IRI under ``https://w3id.org/qawl/``; other IRIs
        are linked as they are.
    :param stylesheet: the URL of ``qawl.css``.
    :param language: of the headings; terms have both languages on every page.
    """
    context = _context(docs, href, language, stylesheet, alternates)
    return _render("ontology.html", diagram=draw(docs), **context)


def vocabulary_page(
    docs: OntologyDocs,
    scheme: str,
    href: Callable[[str], str],
    *,
    stylesheet: str,
    language: Language = "en",
    alternates: Sequence[Alternate] = (),
) -> str:
    """Return the page of a vocabulary: every concept with an id that is its code.

    :param scheme: the IRI of the vocabulary.
    :raises AuthorityError: there is no such vocabulary.
    """
    if scheme not in docs.vocabularies:
        known = ", ".join(sorted(one.name for one in docs.vocabularies.values()))
        raise AuthorityError(f"{scheme}: is no vocabulary of Qawl; the vocabularies are {known}")
    context = _context(docs, href, language, stylesheet, alternates)
    return _render("vocabulary.html", vocabulary=docs.vocabularies[scheme], **context)


def shapes_page(
    docs: OntologyDocs,
    href: Callable[[str], str],
    *,
    stylesheet: str,
    language: Language = "en",
    alternates: Sequence[Alternate] = (),
) -> str:
    """Return the page of the SHACL shapes: every shape with an id that is its local name."""
    context = _context(docs, href, language, stylesheet, alternates)
    return _render("shapes.html", groups=_groups(docs), homes=_homes(docs), **context)


def term_fragment(
    docs: OntologyDocs, iri: str, href: Callable[[str], str], *, language: Language = "en"
) -> str:
    """Return the section on one term or concept, to be put into another page.

    It begins with a heading of the second level.

    :raises AuthorityError: the IRI is no term of the ontology and no concept.
    """
    term = docs.terms.get(iri) or docs.concepts.get(iri)
    if term is None:
        raise AuthorityError(f"{iri}: is neither a term nor a concept of Qawl; see kg docs")
    return _render("term.html", term=term, **_context(docs, href, language, "", ()))


def _groups(docs: OntologyDocs) -> tuple[tuple[str, tuple[Shape, ...]], ...]:
    """Return the shapes that get a section of their own: with a target, and without."""
    homes = _homes(docs)
    sections = [shape for shape in docs.shapes.values() if homes[shape.iri] == shape.iri]
    return (
        ("targeted", tuple(shape for shape in sections if shape.targets.en)),
        ("auxiliary", tuple(shape for shape in sections if not shape.targets.en)),
    )


def _homes(docs: OntologyDocs) -> dict[str, str]:
    """Return the shape in whose section each shape is: the first node shape that it belongs to."""
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
        # Whatever else an ontology names, a script or a file is not linked to.
        return iri if iri.startswith(("http://", "https://")) else None

    languages = ("ar", "en") if language == "ar" else ("en", "ar")
    return {
        "docs": docs,
        "link": link,
        "same_words": _same_words,
        "label": lambda iri: docs.label(iri, language),
        "language": language,
        "languages": languages,
        "w": Wording(language),
        "stylesheet": stylesheet,
        "alternates": alternates,
        "types": _TYPES,
        "note_properties": {kind: name for name, kind in NOTES.items()},
    }


def _same_words(label: str, name: str) -> bool:
    return re.sub(r"[\W_]", "", label).casefold() == re.sub(r"[\W_]", "", name).casefold()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _render(template: str, **context: Any) -> str:
    page = _environment().get_template(template).render(context)
    return _NO_HTML.sub("\ufffd", page).lstrip()
