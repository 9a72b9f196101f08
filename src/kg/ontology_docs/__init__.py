"""Documentation of the ontology, vocabularies and shapes, generated from their Turtle files.

``load_ontology_docs`` reads them into frozen dataclasses; ``document_page`` and ``term_fragment``
render them as HTML for the web server; ``site_files`` makes a folder of pages that works without a
server.
"""

from __future__ import annotations

from kg.ontology_docs.load import load_ontology_docs
from kg.ontology_docs.model import OntologyDocs
from kg.ontology_docs.pages import Alternate, document_page, term_fragment

__all__ = [
    "Alternate",
    "OntologyDocs",
    "document_page",
    "load_ontology_docs",
    "term_fragment",
]
