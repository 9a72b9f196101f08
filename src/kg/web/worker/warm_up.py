"""Requests that touch every kind of answer, so that what they need is loaded before it counts."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

__all__ = ["REQUESTS"]

_EVERY_KIND: Final = (
    "SELECT ?s { ?s ?p ?o } LIMIT 1",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "DESCRIBE <https://w3id.org/qawl/id/dataset/qawl>",
    "ASK { ?s <https://w3id.org/service> 'FROM' }",
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * {",
)

_CLAIM: Final = "https://w3id.org/qawl/id/claim/iraq-war-2003-2011/curated/us-dead-2003-2011"

REQUESTS: Final[tuple[dict[str, Any], ...]] = (
    *(
        {
            "do": "protocol",
            "query_string": urlencode({"query": query, "format": name}).encode(),
            "accept": "",
        }
        for query in _EVERY_KIND
        for name in ("json", "rdf", "html")
    ),
    {
        "do": "question",
        "name": "who-said",
        "parameters": {"mode": "strict"},
        "format": "html",
        "accept": "",
    },
    {
        "do": "question",
        "name": "claims",
        "parameters": {"speaker": "nobody"},
        "format": "html",
        "accept": "",
    },
    {"do": "question", "name": "who-sayd", "parameters": {}, "format": "csv", "accept": ""},
    *(
        {"do": "page", "page": name, "accept": "text/html", "format": "html"}
        for name in ("home", "endpoint", "questions", "openapi", "void")
    ),
    *(
        {"do": "page", "page": "document", "path": path, "format": name}
        for path in ("ontology", "shapes", "vocab", "vocab/stance", "prefixes")
        for name in ("html", "rdf")
    ),
    *(
        {"do": "page", "page": "resource", "format": name, "iri": _CLAIM}
        for name in ("html", "rdf")
    ),
    *(
        {"do": "page", "page": "resource", "format": "ttl", "iri": iri}
        for iri in (f"{_CLAIM}/pubinfo", "https://w3id.org/qawl/flat")
    ),
)
