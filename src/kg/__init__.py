"""Qawl: who said what, as a graph.

The names below are the stable public interface; each is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.files.lazy import lazily

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.graph.build import BuildReport, build
    from kg.networks.project import network
    from kg.publish.profiles import export
    from kg.reading.coverage import CoverageReport, coverage
    from kg.reading.file import load_reading
    from kg.reading.model import Reading, json_schema
    from kg.remote.connect import RemoteGraph, connect
    from kg.shacl.validate import ValidationReport, validate
    from kg.sparql.results import Table, Triples
    from kg.store.claim_view import ClaimView, show
    from kg.store.local import Graph, named_questions, open_graph
    from kg.store.queryable import Queryable
    from kg.text.article import Article, load_article
    from kg.text.search_spelling import search_text

__all__ = [
    "Article",
    "BuildReport",
    "ClaimView",
    "CoverageReport",
    "Graph",
    "KgError",
    "Queryable",
    "Reading",
    "RemoteGraph",
    "Table",
    "Triples",
    "ValidationReport",
    "build",
    "connect",
    "coverage",
    "export",
    "json_schema",
    "load_article",
    "load_reading",
    "named_questions",
    "network",
    "open_graph",
    "search_text",
    "show",
    "validate",
]

_HOMES = {
    "Article": "text.article",
    "BuildReport": "graph.build",
    "ClaimView": "store.claim_view",
    "CoverageReport": "reading.coverage",
    "Graph": "store.local",
    "KgError": "errors",
    "Queryable": "store.queryable",
    "Reading": "reading.model",
    "RemoteGraph": "remote.connect",
    "Table": "sparql.results",
    "Triples": "sparql.results",
    "ValidationReport": "shacl.validate",
    "build": "graph.build",
    "connect": "remote.connect",
    "coverage": "reading.coverage",
    "export": "publish.profiles",
    "json_schema": "reading.model",
    "load_article": "text.article",
    "load_reading": "reading.file",
    "named_questions": "store.local",
    "network": "networks.project",
    "open_graph": "store.local",
    "search_text": "text.search_spelling",
    "show": "store.claim_view",
    "validate": "shacl.validate",
}

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
