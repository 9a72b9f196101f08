"""The prefixes that a document declares: those that it uses, and one for each reading or article.

A local name with a slash needs a backslash in Turtle, which nobody likes to read. So what belongs
to one article or one reading has a prefix of its own, such as ``c:`` for the claims of the only
reading, or ``c1:`` and ``c2:`` where there are several, in the order of their IRIs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.rdf.iris import ID, PREFIXES, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["prefixes_for"]

#: What the prefixes of the things of one article or reading begin with, by kind.
_SHORT: Final = {
    "actor": "a", "claim": "c", "event": "e", "graph": "g", "mention": "m", "passage": "p",
    "place": "pl", "population": "pop", "reading": "rd", "relation": "r", "source": "s",
    "text": "t", "voice": "v",
}  # fmt: skip
_SCHEMES: Final = tuple(sorted(PREFIXES.items(), key=lambda one: -len(one[1])))


def _iris(items: Iterable[Quad] | Iterable[Triple]) -> Iterator[str]:
    for item in items:
        graph = item.graph_name if isinstance(item, Quad) else None
        for node in (item.subject, item.predicate, item.object, graph):
            if isinstance(node, NamedNode):
                yield node.value
            elif isinstance(node, Literal):
                yield node.datatype.value
            elif isinstance(node, Triple):
                yield from _iris([node])


def _namespace(iri: str) -> str | None:
    """Return the part of an IRI that a prefix stands for; ``None`` where we have none."""
    if iri.startswith(ID) and kind_of(iri) in _SHORT:
        end = iri.rfind("/") + 1
        return iri[:end] if end > len(ID) else None
    return next((namespace for _, namespace in _SCHEMES if iri.startswith(namespace)), None)


def prefixes_for(items: Iterable[Quad] | Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes that quads or triples use, sorted by name, with their namespaces."""
    used = {namespace for iri in set(_iris(items)) if (namespace := _namespace(iri)) is not None}
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    found = {known[one]: one for one in used if one in known}
    by_kind: dict[str, list[str]] = {}
    for one in sorted(used - known.keys()):
        by_kind.setdefault(kind_of(one), []).append(one)
    for kind, namespaces in by_kind.items():
        several = len(namespaces) > 1
        for number, namespace in enumerate(namespaces, 1):
            found[f"{_SHORT[kind]}{number if several else ''}"] = namespace
    return dict(sorted(found.items()))
