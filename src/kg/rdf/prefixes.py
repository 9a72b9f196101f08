"""The prefixes that a document declares: those that it uses, and one for each reading or article.

A local name with a slash needs a backslash in Turtle, which nobody likes to read. So what belongs
to one article or one reading has a prefix of its own, such as ``c:`` for the claims of the only
reading, or ``c1:`` and ``c2:`` where there are several, in the order of their IRIs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.rdf.iris import ID, NAMESPACE, PREFIXES, VOCAB, kind_of, namespace_of, term
from kg.rdf.turtle_terms import is_local_name, shows_datatype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["prefixes_for"]

#: What the prefixes of the things of one article or reading begin with, by kind.
_SHORT: Final = {
    "actor": "a", "claim": "c", "dataset": "d", "event": "e", "graph": "g", "mention": "m",
    "passage": "p", "place": "pl", "population": "pop", "reading": "rd", "relation": "r",
    "source": "s", "text": "t", "voice": "v",
}  # fmt: skip
# The ontology's own IRI and those of the vocabularies are names in a document, not in a query.
_KNOWN: Final = {
    NAMESPACE: "root", VOCAB: "vocab", **{namespace: name for name, namespace in PREFIXES.items()},
}  # fmt: skip
_TYPE: Final = term("rdf:type")


def _named(items: Iterable[Quad] | Iterable[Triple]) -> Iterator[str]:
    """Yield the IRIs that Turtle writes as names; ``a`` and what a bare number is are none."""
    for item in items:
        graph = item.graph_name if isinstance(item, Quad) else None
        predicate = None if item.predicate == _TYPE else item.predicate
        for node in (item.subject, predicate, item.object, graph):
            if isinstance(node, NamedNode):
                yield node.value
            elif isinstance(node, Literal):
                if shows_datatype(node):
                    yield node.datatype.value
            elif isinstance(node, Triple):
                yield from _named([node])


def prefixes_for(
    items: Iterable[Quad] | Iterable[Triple], more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the prefixes that quads or triples use, sorted by name, with their namespaces.

    :param more: prefixes beside ours, with their namespaces.
    """
    known = {**_KNOWN, **{namespace: prefix for prefix, namespace in (more or {}).items()}}
    used = set()
    for iri in set(_named(items)):
        namespace = namespace_of(iri)
        if is_local_name(iri.removeprefix(namespace)):
            used.add(namespace)
    found = {known[one]: one for one in used if one in known}
    by_kind: dict[str, list[str]] = {}
    for one in sorted(used - known.keys()):
        if (kind := kind_of(one)) and one != ID:
            by_kind.setdefault(kind, []).append(one)
    for kind, namespaces in by_kind.items():
        several = len(namespaces) > 1
        for number, namespace in enumerate(namespaces, 1):
            found[f"{_SHORT.get(kind, kind)}{number if several else ''}"] = namespace
    return dict(sorted(found.items()))
