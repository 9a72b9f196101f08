"""Derivation: the rules of ``queries/rules`` compute what follows from the claims.

Every derived relation states its provenance (PROV-O): the claims, and one activity per rule, with
the rule as its plan and this software as its agent. There are no dates, so the same claims always
give the same graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.errors import QueryError
from kg.files.shipped import software_version
from kg.rdf.iris import (
    AGENTS_GRAPH,
    DERIVED_GRAPH,
    PREFIXES,
    QUESTIONS_GRAPH,
    concept,
    derived_graph,
    kind_of,
    part_of,
    resource,
    term,
)
from kg.rdf.quads import QuadSink, text
from kg.sparql.rq_file import RqFile, load_rq
from kg.store.views import KINDS, Readers, reading_kinds, visible_graphs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


__all__ = ["Derived", "derive", "derive_apart", "load_rules"]

_SOFTWARE: Final = resource("agent", "qawl")
_RELATED: Final = frozenset(map(term, ("qawl:relates", "qawl:wholeClaim", "qawl:partClaim")))


def load_rules(folder: Path) -> tuple[RqFile, ...]:
    """Load the rules, each after those that it depends on.

    :raises QueryError: a rule's header is malformed, or the rules depend on each other in a cycle.
    """
    rules = {path.stem: load_rq(path) for path in sorted(folder.glob("*.rq"))}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, rule in sorted(rules.items()):
        sorter.add(name, *rule.after)
    try:
        return tuple(rules[name] for name in sorter.static_order())
    except (CycleError, KeyError) as error:
        raise QueryError(
            f"{folder}: the rules' 'after' lines cannot be resolved: {error}"
        ) from error


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the claims of one kind of reader, and how many triples each rule added."""

    quads: tuple[Quad, ...]
    counts: tuple[tuple[str, int], ...]


def derive_apart(
    store: Store, rules: Iterable[RqFile], kept: dict[str, Derived] | None = None
) -> tuple[tuple[str, int], ...]:
    """Derive from the claims of each kind of reader alone, then from all claims together.

    So what is derived from people's claims does not depend on what the rules or a model propose.

    :param kept: what was derived before, by kind of reader. It is used for the kinds that it
        contains, whose readings must be unchanged, and the others are added to it.
    :returns: each rule's name with the number of triples that it added.
    """
    rules = tuple(rules)
    kept = {} if kept is None else kept
    if rules:
        store.extend(_software())
    kinds = set(reading_kinds(store).values())
    present = [kind for kind in KINDS if kind in kinds]
    if len(present) < 2:
        return derive(store, rules, derived_graph(present[0] if present else "person"))
    counts = dict.fromkeys((rule.name for rule in rules), 0)
    for kind in present:
        if kind not in kept:
            kept[kind] = _derived_of(store, rules, kind)
        for name, count in kept[kind].counts:
            counts[name] += count
        store.extend(_new_to(store, kept[kind].quads))
    known = {one.subject for name in _RELATED for one in store.quads_for_pattern(None, name, None)}
    into = derived_graph("all")
    for name, count in derive(store, rules, into):
        counts[name] += count
    # What was derived from each kind alone may set off a rule that had its turn before; it says
    # nothing new of a relation that is known already.
    for quad in list(store.quads_for_pattern(None, None, None, into)):
        if quad.subject in known:
            store.remove(quad)
    return tuple(counts.items())


def _derived_of(store: Store, rules: tuple[RqFile, ...], kind: Readers) -> Derived:
    """Return what follows from the claims of one kind of reader alone."""
    part = Store()
    part.extend(
        quad
        for graph in visible_graphs(store, kind) or ()
        for quad in store.quads_for_pattern(None, None, None, graph)
    )
    into = derived_graph(kind)
    counts = derive(part, rules, into)
    return Derived(tuple(part.quads_for_pattern(None, None, None, into)), counts)


def _new_to(store: Store, derived: Iterable[Quad]) -> list[Quad]:
    """Return what a store does not have yet, without what is about a question that has died."""
    asked = {quad.subject for quad in store.quads_for_pattern(None, None, None, QUESTIONS_GRAPH)}
    return [
        quad
        for quad in derived
        if not any(store.quads_for_pattern(quad.subject, quad.predicate, quad.object))
        and not any(
            isinstance(node, NamedNode) and kind_of(node.value) == "question" and node not in asked
            for node in (quad.subject, quad.object)
        )
    ]


def derive(
    store: Store, rules: Iterable[RqFile], into: NamedNode = DERIVED_GRAPH
) -> tuple[tuple[str, int], ...]:
    """Run the rules over a store and add what they derive to a graph.

    :returns: each rule's name with the number of triples that it added.
    """
    counts = []
    for rule in rules:
        # To plan a long query takes Oxigraph longer than most articles' answers.
        if rule.needs and not store.query(
            f"ASK {{ {rule.needs} }}", prefixes=PREFIXES, use_default_graph_as_union=True
        ):
            counts.append((rule.name, 0))
            continue
        results = store.query(rule.text, prefixes=PREFIXES, use_default_graph_as_union=True)
        if not isinstance(results, QueryTriples):
            raise QueryError(f"rule {rule.name}: is not a CONSTRUCT")
        added = {
            Quad(triple.subject, triple.predicate, triple.object, into)
            for triple in results
            if not any(store.quads_for_pattern(triple.subject, triple.predicate, triple.object))
        }
        counts.append((rule.name, len(added)))  # to count the store, Oxigraph reads all of it
        if added:
            store.extend(added | _provenance(rule.name, added, into))
    return tuple(counts)


def _provenance(rule: str, added: Iterable[Quad], into: NamedNode) -> set[Quad]:
    """Add to each derived relation its claims and its activity."""
    sink, activity = QuadSink(into), part_of(into, rule)
    for quad in added:
        if (
            quad.predicate in _RELATED
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ):
            sink.add(quad.subject, "prov:wasDerivedFrom", quad.object)
            sink.add(quad.subject, "prov:wasGeneratedBy", activity)
    if sink.quads:
        association = part_of(activity, "association")
        sink.add_types(activity, term("prov:Activity"))
        sink.add(activity, "prov:wasAssociatedWith", _SOFTWARE)
        sink.add(activity, "prov:qualifiedAssociation", association)
        sink.add_types(association, term("prov:Association"))
        sink.add(association, "prov:agent", _SOFTWARE)
        sink.add(association, "prov:hadPlan", concept("rule", rule))
    return sink.quads


def _software() -> set[Quad]:
    """Describe this software, whose version identifies the rules that were run."""
    sink = QuadSink(AGENTS_GRAPH)
    sink.add_types(_SOFTWARE, term("prov:Agent"), term("prov:SoftwareAgent"))
    sink.add(_SOFTWARE, "rdfs:label", text("Qawl"))
    if (version := software_version()) is not None:
        sink.add(_SOFTWARE, "schema:softwareVersion", text(version))
    return sink.quads
