"""A separately compiled part of the graph: one article, or one reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.files import shipped
from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_reading
from kg.graph.derive import derive_apart, load_rules
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.order import in_order
from kg.reading.file import load_reading, path_of_reading
from kg.text.article import load_article, unknown_article

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad

__all__ = ["CompiledPart", "compile_part"]


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """The quads of an article or a reading, and those that they build on.

    ``base`` has the ontology and the authority files, and, if the part is a reading, the article.
    Neither contains what rules derive.
    """

    base: tuple[Quad, ...]
    part: tuple[Quad, ...]

    def derived(self) -> tuple[Quad, ...]:
        """Return what the rules derive from the part, sorted.

        :raises QueryError: a rule's header is malformed.
        """
        store = Store()
        store.bulk_extend((*self.base, *self.part))
        before = set(store)
        derive_apart(store, load_rules(shipped.queries_dir() / "rules"))
        return tuple(in_order(set(store) - before))


def compile_part(graph: Path, name: str) -> CompiledPart:
    """Compile an article with its readings, or one reading.

    :param graph: a folder with ``articles/`` and ``authority/``.
    :param name: ``SLUG`` or ``SLUG/READING``.
    :raises KgError: no such article or reading, or a file of it cannot be used.
    """
    slug, _, reading = name.partition("/")
    folder = graph / "articles" / slug
    if not slug or not folder.is_dir():
        raise unknown_article(graph / "articles", slug)
    readings = sorted((folder / "readings").glob("*.yaml"))
    if reading:
        readings = [path_of_reading(folder, reading)]
    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(graph / "authority", ontology)
    article = load_article(folder)
    own = [
        quad
        for path in readings
        for quad in compile_reading(load_reading(path), article, ontology, authority)
    ]
    whole = list(compile_article(article, ontology, authority))
    base = [*ontology.quads(), *authority.quads()]
    if reading:
        return CompiledPart((*base, *whole), tuple(own))
    return CompiledPart(tuple(base), (*whole, *own))
