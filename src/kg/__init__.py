"""Qawl: who said what, as a graph.

The names below are the surface that is kept stable; each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.article import Article, load_article
    from kg.builder import BuildReport, build
    from kg.claim_view import ClaimView, show
    from kg.errors import KgError
    from kg.graph import Graph, named_questions, open_graph
    from kg.networks.build import network
    from kg.profiles import export
    from kg.queryable import Queryable
    from kg.reading import Reading, json_schema
    from kg.reading_file import load_reading
    from kg.remote import RemoteGraph, connect
    from kg.results import Table, Triples
    from kg.text_coverage import CoverageReport, coverage
    from kg.validation import ValidationReport, validate

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
    "show",
    "validate",
]

_HOMES = {
    "Article": "article",
    "BuildReport": "builder",
    "ClaimView": "claim_view",
    "CoverageReport": "text_coverage",
    "Graph": "graph",
    "KgError": "errors",
    "Queryable": "queryable",
    "Reading": "reading",
    "RemoteGraph": "remote",
    "Table": "results",
    "Triples": "results",
    "ValidationReport": "validation",
    "build": "builder",
    "connect": "remote",
    "coverage": "text_coverage",
    "export": "profiles",
    "json_schema": "reading",
    "load_article": "article",
    "load_reading": "reading_file",
    "named_questions": "graph",
    "network": "networks.build",
    "open_graph": "graph",
    "show": "claim_view",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"kg.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
