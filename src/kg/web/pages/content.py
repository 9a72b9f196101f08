"""Whole documents, ready to be sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import html
from kg.rdf.quads import serialized
from kg.sparql.results import shorten
from kg.web.formats import HTML

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from kg.web.formats import RdfForm
    from kg.web.site import Site

__all__ = ["Content", "json_document", "page", "rdf_document"]


@dataclass(frozen=True, slots=True)
class Content:
    """A document with its media type."""

    content_type: str
    data: bytes


def page(template: str, site: Site, **values: Any) -> Content:
    """Return an HTML page.

    :param template: the name of a file in ``web/templates``, without its ending.
    """
    text = html.render(f"web/{template}.html", site=site, short=shorten, **values)
    return Content(HTML.content_type, text.encode("utf-8", "replace"))


def rdf_document(triples: Iterable[Triple], form: RdfForm) -> Content:
    """Return triples in an RDF format, sorted, each once."""
    return Content(form.content_type, serialized(sorted(set(triples), key=str), form.syntax))


def json_document(value: Any, content_type: str) -> Content:
    """Return a value as JSON."""
    return Content(content_type, json.dumps(value, ensure_ascii=False, indent=1).encode())
