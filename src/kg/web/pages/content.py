"""Complete documents, ready to send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat

from kg.rdf.curies import shorten
from kg.rdf.order import in_order
from kg.rdf.quads import serialized
from kg.sparql.results import refuse_what_xml_cannot_hold
from kg.web.formats import HTML
from kg.web.page import page_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from kg.web.formats import RdfForm
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["Content", "json_document", "page", "rdf_document"]


@dataclass(frozen=True, slots=True)
class Content:
    """A document with its media type."""

    content_type: str
    data: bytes


def page(template: str, site: Site, language: Language, **values: Any) -> Content:
    """Return an HTML page; see :func:`kg.web.page.page_text`."""
    text = page_text(template, site, language, short=shorten, **values)
    return Content(HTML.content_type, text.encode("utf-8", "replace"))


def rdf_document(triples: Iterable[Triple], form: RdfForm) -> Content:
    """Return triples in an RDF format, sorted, each once.

    :raises OutputError: RDF/XML is requested and cannot represent a triple.
    """
    statements = in_order(triples)
    if form.syntax is RdfFormat.RDF_XML:
        for triple in statements:
            refuse_what_xml_cannot_hold(triple)
    return Content(form.content_type, serialized(statements, form.syntax))


def json_document(value: Any, content_type: str) -> Content:
    """Return a value as JSON."""
    return Content(content_type, json.dumps(value, ensure_ascii=False, indent=1).encode())
