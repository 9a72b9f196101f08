"""The graph as networks: projections, their measures, and files for other programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"kg.networks.{_HOMES[name]}"), name)
