"""The graph as networks: projections, their measures, and files for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.files.lazy import lazily

if TYPE_CHECKING:
    from kg.networks.named_projections import Projection, projection, projections
    from kg.networks.project import network
    from kg.networks.query import query_network
    from kg.networks.rdf_graph import quads
    from kg.networks.writers import FORMATS, write_network

__all__ = [
    "FORMATS",
    "Projection",
    "network",
    "projection",
    "projections",
    "quads",
    "query_network",
    "write_network",
]

_HOMES = {
    "FORMATS": "writers",
    "Projection": "named_projections",
    "network": "project",
    "projection": "named_projections",
    "projections": "named_projections",
    "quads": "rdf_graph",
    "query_network": "query",
    "write_network": "writers",
}

__getattr__ = lazily(__name__, _HOMES)
