"""What changed between two versions of a graph: quads, and the resources that they describe.

Nodes that belong to another one, such as the quantity of a claim at ``CLAIM/quantity``, are
reported as parts of it, so that a corrected figure is a change of the claim.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode

from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import (
    ONTOLOGY_GRAPH,
    QAWL,
    VOCAB,
    VOCAB_GRAPH,
    kind_of,
    owners,
    part_path,
    term,
)
from kg.rdf.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from pyoxigraph import Quad

    from kg.sparql.results import Term

__all__ = ["KINDS", "Change", "GraphCount", "GraphDiff", "ResourceDiff", "graph_diff"]

Status: TypeAlias = Literal["new", "gone", "changed"]

#: The kinds of resources, in the order in which they are told.
KINDS: Final = (
    "claims", "voices", "relations", "questions", "entities", "text", "readings", "vocabulary",
    "other",
)  # fmt: skip

_KIND_OF: Final = {
    "claim": "claims",
    "voice": "voices",
    "relation": "relations",
    "question": "questions",
    **dict.fromkeys(ENTITY_KINDS, "entities"),
    **dict.fromkeys(("article", "passage", "mention"), "text"),
    **dict.fromkeys(("reading", "agent", "graph", "dataset"), "readings"),
}
_ORDER: Final[tuple[Status, ...]] = ("new", "gone", "changed")
# What a resource is called by, best first.
_LABELS: Final = tuple(
    term(name)
    for name in ("qawl:gloss", "skos:prefLabel", "rdfs:label", "dcterms:title", "schema:name")
)
# From a claim to its passages, and from a passage to the node that holds the words.
_TO_QUOTE: Final = (term("qawl:evidence"), term("oa:hasSelector"))
_EXACT: Final = term("oa:exact")


@dataclass(frozen=True, slots=True)
class Change:
    """The values that a property gained and lost, separately for each language.

    ``path`` leads from the resource to the values: one predicate's IRI, or several if the values
    belong to a part. ``moved`` are values that only moved from one graph to another.
    """

    path: tuple[str, ...]
    language: str | None
    before: tuple[Term, ...]
    after: tuple[Term, ...]
    moved: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class ResourceDiff:
    """A resource that is new, gone or changed, with quads that it and its parts gained or lost.

    ``labels`` has its names by language; the empty language is for text without one, which for a
    claim is its quote.
    """

    iri: str
    kind: str
    status: Status
    labels: dict[str, str]
    added: int
    removed: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class GraphCount:
    """How many quads one graph gained and lost; an empty name is the default graph."""

    graph: str | None
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """The difference of two graphs; quads are in the order of :func:`~kg.rdf.order.in_order`."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    graphs: tuple[GraphCount, ...]
    resources: tuple[ResourceDiff, ...]

    def __bool__(self) -> bool:
        """Return whether there is any difference."""
        return bool(self.removed or self.added)


def _name(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _kind(iri: str) -> str:
    if kind := kind_of(iri):
        return _KIND_OF.get(kind, "other")
    ours = iri in (ONTOLOGY_GRAPH.value, VOCAB_GRAPH.value) or iri.startswith((QAWL, VOCAB))
    return "vocabulary" if ours else "other"


@dataclass(frozen=True, slots=True)
class _Context:
    """What both versions say about the changed resources and those that they are parts of."""

    links: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    quoting: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    exact: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, tuple[int, str]]] = field(default_factory=lambda: defaultdict(dict))
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)

    def read(self, quads: Iterable[Quad], wanted: Set[str], seen: set[str]) -> None:
        """Collect labels, and the links from resources to the parts whose names continue theirs."""
        for quad in quads:
            subject = _name(quad.subject)
            if quad.predicate in _TO_QUOTE:
                self.quoting[subject].add(_name(quad.object))
            elif quad.predicate == _EXACT and isinstance(quad.object, pyoxigraph.Literal):
                self.exact[subject] = quad.object.value
            if subject not in wanted:
                continue
            seen.add(subject)
            value = quad.object
            if isinstance(value, NamedNode):
                if value.value in wanted and part_path(subject, value.value):
                    self.links[value.value].add((subject, quad.predicate.value))
            elif quad.predicate in _LABELS and isinstance(value, pyoxigraph.Literal):
                known = self.labels[subject]
                ranked = (_LABELS.index(quad.predicate), value.value)
                language = value.language or ""
                known[language] = min(known.get(language, ranked), ranked)

    def names(self, iri: str) -> dict[str, str]:
        """Return the names of a resource; for a claim also the longest of its quotes."""
        names = {language: text for language, (_, text) in sorted(self.labels[iri].items())}
        passages = self.quoting.get(iri, ())
        nodes = {node for passage in passages for node in self.quoting.get(passage, ())}
        quotes = [self.exact[node] for node in nodes & self.exact.keys()]
        return {"": max(quotes, key=lambda text: (len(text), text)), **names} if quotes else names

    def place(self, subject: str) -> tuple[str, tuple[str, ...]]:
        """Return the resource that a subject is part of, or itself, and the path down to it."""
        links = dict(sorted(self.links.get(subject, ())))
        for owner in owners(subject):
            if owner in links:
                root, path = self.place(owner)
                return root, (*path, links[owner])
        return subject, ()

    def status(self, iri: str) -> Status:
        if iri not in self.before:
            return "new"
        return "changed" if iri in self.after else "gone"


_Slot: TypeAlias = tuple[tuple[str, ...], str | None]


def _slot(path: tuple[str, ...], quad: Quad) -> _Slot:
    value = quad.object
    language = value.language if isinstance(value, pyoxigraph.Literal) else None
    return ((*path, quad.predicate.value), language)


def _changes(removed: dict[_Slot, set[Term]], added: dict[_Slot, set[Term]]) -> tuple[Change, ...]:
    def ordered(terms: set[Term]) -> tuple[Term, ...]:
        return tuple(sorted(terms, key=str))

    changes = []
    for slot in sorted(removed.keys() | added.keys(), key=lambda one: (one[0], one[1] or "")):
        old, new = removed.get(slot, set()), added.get(slot, set())
        changes.append(Change(*slot, ordered(old - new), ordered(new - old), ordered(old & new)))
    return tuple(changes)


def _counts(removed: Iterable[Quad], added: Iterable[Quad]) -> tuple[GraphCount, ...]:
    def by_graph(quads: Iterable[Quad]) -> Counter[str | None]:
        return Counter(
            None if isinstance(quad.graph_name, DefaultGraph) else _name(quad.graph_name)
            for quad in quads
        )

    gone, come = by_graph(removed), by_graph(added)
    names = sorted(gone.keys() | come.keys(), key=lambda name: name or "")
    return tuple(GraphCount(name, come[name], gone[name]) for name in names)


def graph_diff(before: Set[Quad], after: Set[Quad]) -> GraphDiff:
    """Compare two sets of quads; blank nodes of the same name count as the same."""
    removed = tuple(in_order(before - after))
    added = tuple(in_order(after - before))
    subjects = {_name(quad.subject) for quad in (*removed, *added)}
    wanted = subjects.union(*map(owners, subjects))
    context = _Context()
    # The newer label is the better one, so what it replaces is read only where there is no other.
    context.read(after, wanted, context.after)
    older = _Context()
    older.read(before, wanted, context.before)
    for part, links in older.links.items():
        context.links[part] |= links
    for node, targets in older.quoting.items():
        context.quoting[node] |= targets
    context.exact.update({**older.exact, **context.exact})
    for iri, labels in older.labels.items():
        context.labels[iri] = {**labels, **context.labels[iri]}

    sides: tuple[dict[str, dict[_Slot, set[Term]]], ...]
    sides = (defaultdict(lambda: defaultdict(set)), defaultdict(lambda: defaultdict(set)))
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for quads, slots, total in zip((removed, added), sides, totals, strict=True):
        for quad in quads:
            root, path = context.place(_name(quad.subject))
            slots[root][_slot(path, quad)].add(quad.object)
            total[root] += 1
    resources = [
        ResourceDiff(
            iri,
            _kind(iri),
            context.status(iri),
            context.names(iri),
            totals[1][iri],
            totals[0][iri],
            _changes(sides[0][iri], sides[1][iri]),
        )
        for iri in sides[0].keys() | sides[1].keys()
    ]
    resources.sort(key=lambda one: (KINDS.index(one.kind), _ORDER.index(one.status), one.iri))
    return GraphDiff(removed, added, _counts(removed, added), tuple(resources))
