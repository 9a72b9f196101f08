"""Two versions of a graph, from any location, prepared for comparison quad by quad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Quad, Store

from kg.diff.blank_nodes import with_common_names
from kg.errors import StoreError
from kg.rdf.read import COMPRESSIONS, read_rdf
from kg.sparql.update import has_blank_nodes
from kg.store.builds import POINTER, open_store
from kg.wording import by_language

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

__all__ = ["GraphVersions", "load_versions"]

#: What a folder of dumps, or a release, holds the whole graph in.
_DUMP: Final = "qawl.nq"


@dataclass(frozen=True, slots=True)
class GraphVersions:
    """The quads of two versions, and notes on how they were processed, by language."""

    before: Set[Quad]
    after: Set[Quad]
    notes: tuple[dict[str, str], ...]


def _is_build(path: Path) -> bool:
    return (path / POINTER).is_file()


def _quads(path: Path) -> set[Quad]:
    if not path.is_dir():
        return set(read_rdf(path, StoreError).quads)
    if _is_build(path):
        return set(open_store(path))
    for name in (_DUMP, *(_DUMP + ending for ending in COMPRESSIONS)):
        if (path / name).is_file():
            return set(read_rdf(path / name, StoreError).quads)
    raise StoreError(
        f"{path}: is neither a folder of builds (.qawl) nor one that contains {_DUMP}; give one of "
        "these, or an RDF file"
    )


def _stored(quads: set[Quad]) -> set[Quad]:
    """Return quads as a store returns them: it keeps the values of numbers, not their spelling."""
    store = Store()
    store.extend(quads)
    return set(store)


def _triples(quads: Set[Quad]) -> set[Quad]:
    return {Quad(one.subject, one.predicate, one.object) for one in quads}


def _plain(quads: Set[Quad]) -> bool:
    return all(isinstance(quad.graph_name, DefaultGraph) for quad in quads)


def load_versions(before: Path, after: Path) -> GraphVersions:
    """Load two versions: RDF files, also compressed, folders of builds, or folders of dumps.

    If one of them has no named graphs, the names of the other's are ignored, and blank nodes are
    compared by their triples; ``notes`` says so.

    :raises StoreError: one of them is missing, has an unknown extension, or malformed, or has too
        many blank nodes that look alike.
    """
    paths = (before, after)
    sides = [_quads(path) for path in paths]
    if any(map(_is_build, paths)):
        sides = [_stored(quads) for quads in sides]
    notes = []
    if all(sides) and _plain(sides[0]) != _plain(sides[1]):
        sides = [_triples(quads) for quads in sides]
        notes.append(by_language("diff", "alone"))
    if any(has_blank_nodes(quad) for quads in sides for quad in quads):
        sides = list(with_common_names(*sides))
        notes.append(by_language("diff", "blank-nodes"))
    return GraphVersions(sides[0], sides[1], tuple(notes))
