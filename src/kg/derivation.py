"""Derivation: the rules of ``queries/rules`` compute what follows from the claims."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from pyoxigraph import Quad, QueryTriples

from kg.errors import QueryError
from kg.iris import DERIVED_GRAPH, PREFIXES
from kg.rq_file import RqFile, load_rq

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Store

__all__ = ["derive", "load_rules"]


def load_rules(folder: Path) -> tuple[RqFile, ...]:
    """Load the rules, each after those that it builds on.

    :raises QueryError: a rule's header is malformed, or the rules wait for each other.
    """
    rules = {path.stem: load_rq(path) for path in sorted(folder.glob("*.rq"))}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, rule in sorted(rules.items()):
        sorter.add(name, *rule.after)
    try:
        return tuple(rules[name] for name in sorter.static_order())
    except (CycleError, KeyError) as error:
        raise QueryError(f"{folder}: the rules' 'after' lines do not resolve: {error}") from error


def derive(store: Store, rules: Iterable[RqFile]) -> tuple[tuple[str, int], ...]:
    """Run the rules over a store and add what they derive to the derived graph.

    :returns: each rule's name with the number of triples that it added.
    """
    counts = []
    for rule in rules:
        before = len(store)
        results = store.query(rule.text, prefixes=PREFIXES, use_default_graph_as_union=True)
        if not isinstance(results, QueryTriples):
            raise QueryError(f"rule {rule.name}: is not a CONSTRUCT")
        derived = list(results)
        store.extend(
            Quad(triple.subject, triple.predicate, triple.object, DERIVED_GRAPH)
            for triple in derived
            if not any(store.quads_for_pattern(triple.subject, triple.predicate, triple.object))
        )
        counts.append((rule.name, len(store) - before))
    return tuple(counts)
