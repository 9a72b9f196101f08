"""The documents of the ontology: as pages, and as RDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from kg.ontology_docs.load import load_ontology_docs
from kg.ontology_docs.pages import Alternate, document_page
from kg.rdf.iris import NAMESPACE
from kg.rdf.quads import serialized
from kg.web.formats import HTML, RDF_FORMATS, by_word
from kg.web.ontology_files import DocumentKind, document
from kg.web.pages.content import Content, page
from kg.web.refusal import RequestRefused
from kg.wording import LANGUAGES, wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology_docs.model import Vocabulary
    from kg.web.ontology_files import Document
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["ontology_document"]


def ontology_document(site: Site, path: str, ending: str, language: Language) -> Content:
    """Return a document in the format that an ending names.

    :param language: of the headings of a page.
    :raises RequestRefused: no such document.
    """
    found = document(path)
    if found is None:
        raise RequestRefused(HTTPStatus.NOT_FOUND, f"/{path}: no such document")
    form = by_word(ending, RDF_FORMATS)
    if form is None:
        return _page(site, found, language)
    if form.syntax == RdfFormat.TURTLE and len(found.sources) == 1:
        return Content(form.content_type, found.sources[0])  # with its comments
    return Content(form.content_type, serialized(found.triples(), form.syntax))


def _page(site: Site, one: Document, language: Language) -> Content:
    docs = load_ontology_docs()
    if one.kind is DocumentKind.VOCABULARIES:
        return _plain_page(site, one, language, docs.vocabularies.values())
    if one.kind is DocumentKind.OTHER:
        return _plain_page(site, one, language)
    text = document_page(
        docs,
        NAMESPACE + one.path,
        site.href,
        stylesheet=site.here("/static/qawl.css"),
        language=language,
        alternates=_alternates(site.here(f"/{one.path}")),
    )
    return Content(HTML.content_type, text.encode("utf-8", "replace"))


def _plain_page(
    site: Site, one: Document, language: Language, vocabularies: Iterable[Vocabulary] = ()
) -> Content:
    return page(
        "document",
        site,
        language,
        path=one.path,
        formats=RDF_FORMATS,
        address=lambda ending: site.here(f"/{one.path}.{ending}"),
        vocabularies=vocabularies,
    )


def _alternates(here: str) -> tuple[Alternate, ...]:
    return (
        *(
            Alternate(f"{here}.html?lang={one}", wording("common", one)["language"], None, one)
            for one in LANGUAGES
        ),
        *(Alternate(f"{here}.{form.ending}", form.label, form.media_type) for form in RDF_FORMATS),
    )
