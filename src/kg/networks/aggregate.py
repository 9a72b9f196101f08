"""Aggregates rows into a plain networkx graph: one edge for all its claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.networks.days import hull
from kg.rdf.iris import local_name
from kg.sparql.results import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx

    from kg.networks.days import Days
    from kg.networks.node_attributes import Entities, Value
    from kg.sparql.results import Term

__all__ = ["Builder", "EdgeSum", "fact", "joined"]


def fact(value: Term) -> Value:
    """Return a value of a query as an attribute; a concept's IRI as its code."""
    if isinstance(value, NamedNode):
        return local_name(value.value)
    clean = plain(value)
    assert clean is not None
    return clean


#: What several values of one attribute are joined with.
_AND: Final = "; "


def joined(values: Collection[Value]) -> Value:
    """Return a single value unchanged, several as one text, sorted."""
    return next(iter(values)) if len(values) == 1 else _AND.join(sorted(map(str, values)))


@dataclass(slots=True)
class EdgeSum:
    """An edge being built: its claims, its weight if rows give one, and its facts."""

    claims: dict[str, None] = field(default_factory=dict)
    rows: int = 0
    weight: int | float | None = None
    spans: list[Days] = field(default_factory=list)
    facts: dict[str, dict[Value, None]] = field(default_factory=dict)


class Builder:
    """Collects nodes and edges, and builds the graph."""

    def __init__(
        self,
        entities: Entities,
        *,
        directed: bool,
        multiple: bool,
        types: Mapping[str, str] | None = None,
    ) -> None:
        self.entities = entities
        self._directed = directed
        self._multiple = multiple
        self._types = dict(types or {})
        self._nodes: dict[str, Term] = {}
        self._claims_of: dict[str, dict[str, None]] = {}
        self._edges: dict[tuple[str, str, str], EdgeSum] = {}
        self._facts: dict[str, dict[str, Value]] = {}
        self._days: dict[str, Days | None] = {}

    def node(
        self, node: Term, claim: str | None = None, facts: Mapping[str, Value] | None = None
    ) -> str:
        """Add a node, one more claim about it, and facts that are not in its own quads."""
        key = self.entities.key(node)
        if key not in self._nodes:
            self._nodes[key] = node
        if claim is not None:
            self._claims_of.setdefault(key, {})[claim] = None
        if facts:
            self._facts.setdefault(key, {}).update(facts)
        return key

    def edge(
        self,
        source: Term,
        target: Term,
        claim: Term | None = None,
        kind: str = "",
        *,
        told: bool = True,
        span: Days | None = None,
    ) -> EdgeSum:
        """Add a row to the edge between two nodes, with its claim and type.

        :param told: whether the edge's time comes from its claims; otherwise it is only ``span``.
        """
        one, other = self.node(source), self.node(target)
        if not self._directed and other < one:
            one, other = other, one
        found = self._edges.get((one, other, kind))
        if found is None:
            found = self._edges[one, other, kind] = EdgeSum()
        found.rows += 1
        if isinstance(claim, NamedNode):
            key = self.entities.key(claim)
            if key not in found.claims:
                found.claims[key] = None
                if told:
                    span = self._days_of(key, claim)
        if span is not None:
            found.spans.append(span)
        return found

    def graph(self, about: Mapping[str, Value]) -> nx.Graph:
        """Return the network.

        :param about: attributes of the graph itself.
        """
        import networkx as nx

        kinds = {
            (False, False): nx.Graph,
            (True, False): nx.DiGraph,
            (False, True): nx.MultiGraph,
            (True, True): nx.MultiDiGraph,
        }
        graph = kinds[self._directed, self._multiple](**about)
        # Sorted, so that the same graph gives the same file on every machine.
        for key, node in sorted(self._nodes.items(), key=itemgetter(0)):
            attributes = self.entities.attributes(node)
            if key in self._claims_of:
                attributes["claims"] = len(self._claims_of[key])
            facts = self._facts.get(key, {})
            if "type" in facts:
                attributes.pop("type_label", None)
            graph.add_nodes_from([(key, {**attributes, **facts})])
        labels: dict[str, dict[str, Value]] = {}
        for (source, target, kind), one in sorted(self._edges.items(), key=itemgetter(0)):
            if kind not in labels:
                labels[kind] = self._kind(kind)
            attributes = {**labels[kind], **_attributes(one)}
            ends = (
                (source, target, attributes.get("type", "")) if self._multiple else (source, target)
            )
            graph.add_edges_from([(*ends, attributes)])
        return graph

    def _kind(self, kind: str) -> dict[str, Value]:
        if not kind:
            return {}
        if kind in self._types:
            return {"type": kind, "type_label": self._types[kind]}
        key = self.entities.key(NamedNode(kind)) if ":" in kind else kind
        label = self.entities.label(kind) if ":" in kind else kind
        return {"type": key.removeprefix("qawl:"), "type_label": label}

    def _days_of(self, key: str, claim: NamedNode) -> Days | None:
        if key not in self._days:
            self._days[key] = self.entities.days(claim)
        return self._days[key]


def _attributes(one: EdgeSum) -> dict[str, Any]:
    weight = one.weight if one.weight is not None else len(one.claims) or one.rows
    found: dict[str, Any] = {"weight": weight}
    if one.claims:
        found["claims"] = len(one.claims)
        found["claim_ids"] = " ".join(sorted(one.claims))
    for name, values in one.facts.items():
        found[name] = joined(values)
    if days := hull(one.spans):
        found.update(days.attributes())
    return found
