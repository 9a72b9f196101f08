"""Projections: the named ways to turn the graph into a network.

Each is a file ``queries/networks/NAME.rq``. Its header says in English and Arabic what a node, an
edge and a weight mean; its query runs unchanged in any SPARQL 1.1 engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import NetworkError, QueryError, did_you_mean
from kg.files import shipped
from kg.sparql.rq_file import both_languages, read_rq

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Layout", "Projection", "projection", "projections"]

#: How a projection is best drawn: in layers, along time, or pulled apart by forces.
Layout = Literal["layered", "time", "force"]


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection: its SPARQL, and what its nodes, edges and weights mean (by language).

    ``multiple`` says that two nodes may have several edges of different types; ``types`` labels
    those edge types that are not terms of the ontology.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    node: Mapping[str, str]
    edge: Mapping[str, str]
    weight: Mapping[str, str]
    directed: bool
    multiple: bool
    layout: Layout
    types: Mapping[str, Mapping[str, str]]
    text: str


def _load(path: Path) -> Projection:
    text, header = read_rq(path)
    network: dict[str, Any] = header.get("network") or {}
    if not {"directed", "multiple", "layout"} <= set(network):
        raise QueryError(f"{path}: 'network' in the header needs directed, multiple and layout")
    return Projection(
        name=path.stem,
        title=both_languages(header.get("title"), "title", path),
        description=both_languages(header.get("description"), "description", path),
        node=both_languages(network.get("node"), "network.node", path),
        edge=both_languages(network.get("edge"), "network.edge", path),
        weight=both_languages(network.get("weight"), "network.weight", path),
        directed=bool(network["directed"]),
        multiple=bool(network["multiple"]),
        layout=network["layout"],
        types={
            name: both_languages(label, f"network.types.{name}", path)
            for name, label in (network.get("types") or {}).items()
        },
        text=text,
    )


@cache
def projections() -> tuple[Projection, ...]:
    """Return all projections, by name."""
    folder = shipped.queries_dir() / "networks"
    return tuple(map(_load, sorted(folder.glob("*.rq"))))


def projection(name: str) -> Projection:
    """Return a projection.

    :raises NetworkError: there is no such projection; the message suggests similar names.
    """
    found = {one.name: one for one in projections()}
    if name not in found:
        hint = did_you_mean(name, found, otherwise=f"there are {', '.join(found)}")
        raise NetworkError(f"there is no network named {name!r}{hint}")
    return found[name]
