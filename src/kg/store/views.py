"""Views by kind of reader: people's claims only, or also those that rules and models propose.

Each reading has a named graph of its own and states its kind of reader. A view is a list of graphs,
so the same filter applies to every question and query, and none can include proposals by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pyoxigraph import DefaultGraph, NamedNode

from kg.rdf.iris import ReadingName, article_of_graph, derived_graph, local_name, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

__all__ = ["KINDS", "READERS", "Readers", "reading_kinds", "visible_graphs"]

Readers = Literal["person", "rules", "model", "all"]
#: The kinds of reader, and ``all``.
READERS: Final[tuple[Readers, ...]] = ("person", "rules", "model", "all")
#: The kinds without ``all``, persons first.
KINDS: Final = READERS[:3]


def reading_kinds(store: Store) -> dict[str, str]:
    """Return the kind of reader of every reading, by the reading's IRI."""
    found = {}
    for quad in store.quads_for_pattern(None, term("qawl:readerKind"), None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.subject.value] = local_name(quad.object.value)
    return found


def visible_graphs(store: Store, readers: Readers) -> tuple[NamedNode | DefaultGraph, ...] | None:
    """Return the graphs made by one kind of reader, with the graphs that all readers share.

    ``None`` means all graphs: either all are wanted, or no reading is of another kind. A query over
    a list of graphs takes time proportional to its length; a query over all graphs does not.
    """
    kinds = reading_kinds(store)
    if readers == "all" or all(kind == readers for kind in kinds.values()):
        return None
    wanted = {reading for reading, kind in kinds.items() if kind == readers}
    slugs = {name.article for reading in wanted if (name := ReadingName.of(reading))}
    hidden = {derived_graph(one).value for one in READERS if one != readers}

    def visible() -> Iterator[NamedNode | DefaultGraph]:
        yield DefaultGraph()
        for graph in store.named_graphs():
            if not isinstance(graph, NamedNode):
                continue
            name = graph.value
            if name in kinds:
                seen = name in wanted
            elif slug := article_of_graph(name):
                seen = slug in slugs
            else:
                seen = name not in hidden
            if seen:
                yield graph

    return tuple(visible())
