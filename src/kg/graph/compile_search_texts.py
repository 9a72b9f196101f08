"""The search texts of claims and entities: their words in normalised form."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.iris import term
from kg.rdf.quads import text
from kg.text.search_spelling import search_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["searched", "with_searched_labels"]

_LABELS: Final = frozenset(map(term, ("skos:prefLabel", "skos:altLabel")))
_SEARCH_TEXT: Final = term("qawl:searchText")


def searched(texts: Iterable[str]) -> Literal:
    """Return the value of ``qawl:searchText`` for some texts.

    Each word has a space on both sides, so that whole words can be found, and texts are separated
    by a bar, so that no match spans two of them.
    """
    return text("|".join(f" {words} " for one in texts if (words := search_text(one))))


def with_searched_labels(quads: Iterable[Quad]) -> set[Quad]:
    """Return quads with the search text of each entity that they label, in the label's graph."""
    found = set(quads)
    labels: defaultdict[tuple[NamedNode, NamedNode], set[str]] = defaultdict(set)
    for quad in found:
        if quad.predicate in _LABELS and isinstance(quad.object, Literal):
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.graph_name, NamedNode)
            labels[quad.subject, quad.graph_name].add(quad.object.value)
    return found | {
        Quad(node, _SEARCH_TEXT, searched(sorted(values)), graph)
        for (node, graph), values in labels.items()
    }
