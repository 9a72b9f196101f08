"""Graphs with mutations: samples of what we ship and of a made-up article, edited."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from examples import ROOT
from mutations import TYPE, Constraint, Edit, Index, Maker, Mutation, Shapes, sh
from mutations_by_hand import HAND
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.graph.build import compile_graph
from kg.rdf.iris import term
from kg.shacl.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHAPE_FILES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
SHIPPED = ROOT / "graph" / "dumps" / "qawl.nq"
EXAMPLE = ROOT / "tests" / "support" / "shapes_example"

#: How many nodes of the same classes are kept of the shipped graph: each costs time.
ALIKE = 3
#: How many focus nodes are tried for a constraint of a shape that has no target of its own.
CANDIDATES = 240
#: Components whose mutations are written by hand, several for each constraint.
BY_HAND = ("sparql", "xone", "or", "not")


def parsed(paths: list[Any]) -> set[Triple]:
    return {one.triple for path in paths for one in parse(path=path)}


def example_graph() -> set[Triple]:
    return {quad.triple for quad in compile_graph(EXAMPLE).store}


def _shipped() -> set[Triple]:
    if not SHIPPED.exists():
        return set()
    return {quad.triple for quad in parse(path=SHIPPED, format=RdfFormat.N_QUADS)}


#: What a part is linked by to what it is a part of: the one is not kept without the other.
PARTS = [
    *map(term, ("qawl:answerQuantity", "qawl:answerTime", "qawl:claimedTime", "qawl:saidDuring")),
    *map(term, ("qawl:asOf", "qawl:during", "qawl:changeFrom")),
    *map(term, ("qawl:possibleVoice", "oa:hasSelector")),
]
#: Links to others of the same kind, which are dropped where the other is not kept.
LINKS = [
    *map(term, ("qawl:contradicts", "qawl:contrastsWith", "qawl:agreesWith", "qawl:echoes")),
    *map(term, ("qawl:agreesIndependentlyWith", "qawl:countedWithin")),
    *map(term, ("qawl:refines", "qawl:updates", "qawl:supersedes", "qawl:retracts")),
    *map(term, ("qawl:denies", "qawl:supports", "qawl:alternativeTo", "qawl:under")),
    *map(term, ("qawl:subEventOf", "qawl:subgroupOf")),
    *map(term, ("qawl:broaderQuestion", "skos:hasTopConcept")),
]


def _sample(triples: set[Triple]) -> set[Triple]:
    """Return a few nodes of every sort, with all that they point to or are a part of."""
    index = Index(triples)
    seen: Counter[frozenset[Any]] = Counter()
    waiting = []
    for node in index.having(TYPE):
        # Claims that leave a question open are shaped otherwise than those that answer.
        sort = frozenset((*index.objects(node, TYPE), *index.objects(node, term("qawl:stance"))))
        seen[sort] += 1
        if seen[sort] <= ALIKE:
            waiting.append(node)
    kept = set(waiting)
    while waiting:
        node = waiting.pop()
        near = {one.object for one in index.about(node) if one.predicate not in LINKS}
        near.update(owner for predicate in PARTS for owner in index.subjects(predicate, node))
        waiting += near - kept
        kept |= near
    return {
        one
        for one in triples
        if one.subject in kept and (one.predicate not in LINKS or one.object in kept)
    }


@dataclass(frozen=True)
class Base:
    """The graph that is mutated, and the nodes of it that are in the shipped graph."""

    index: Index
    shipped: frozenset[Any]


def base_graph() -> Base:
    """Return a sample of the shipped graph, and a made-up article that uses everything."""
    ours = ("https://w3id.org/qawl/id/", "https://w3id.org/qawl/vocab/")
    shipped = _shipped()
    found = (one for one in shipped | example_graph() if isinstance(one.subject, NamedNode))
    index = Index(_sample({one for one in found if one.subject.value.startswith(ours)}))
    return Base(index, frozenset(one.subject for one in shipped))


def aimed(shapes: Shapes, targets: set[tuple[Any, Any]]) -> set[Triple]:
    """Return the shapes with further focus nodes for those that have no target of their own."""
    return shapes.index.triples | {Triple(node, sh("targetNode"), focus) for node, focus in targets}


def edits(maker: Maker, constraint: Constraint, order: Callable[[Any], Any]) -> Iterator[Mutation]:
    name = constraint.parameter if constraint.component == "sparql" else constraint.shape
    if constraint.component in (*BY_HAND, "qualifiedMaxCount") and name in HAND:
        for edit in HAND[name](maker):
            yield Mutation(constraint, edit, edit.focus)
        return
    candidates = maker.foci(constraint)
    if not any(map(maker.shapes.targeted, candidates.values())):
        candidates = dict(list(candidates.items())[:CANDIDATES])
    for node in sorted(candidates, key=order):
        for edit in maker.edits(constraint, node, candidates[node]):
            yield Mutation(constraint, edit, node)


def rounds(mutations: list[Mutation]) -> list[list[Mutation]]:
    """Spread mutations over graphs so that no two of one graph touch the same node."""
    rounds: list[tuple[set[Any], list[Mutation]]] = []
    for mutation in mutations:
        touched = mutation.edit.touched
        for taken, members in rounds:
            if not taken & touched:
                taken |= touched
                members.append(mutation)
                break
        else:
            rounds.append((set(touched), [mutation]))
    return [members for _, members in rounds]


@dataclass(frozen=True)
class Key:
    """What a result is recognised by."""

    focus: Any
    shape: Any
    component: Any
    constraint: Any

    @classmethod
    def expected(cls, constraint: Constraint, edit: Edit) -> Key:
        source = constraint.parameter if constraint.component == "sparql" else None
        return cls(edit.focus, constraint.shape, NamedNode(constraint.iri), source)


Results = dict[Key, set[Any]]


def results(triples: set[Triple], shapes: set[Triple]) -> Results:
    found: Results = defaultdict(set)
    for one in validate(triples, shapes).results:
        found[Key(one.focus, one.shape, one.component, one.constraint)].add(one.value)
    return found


def _choose(
    maker: Maker, constraint: Constraint, baseline: Results, order: Callable[[Any], Any]
) -> list[Mutation]:
    """Return an edit of each sort that the constraint's component has, at nodes that were right."""
    wanted = (
        8 if constraint.component in BY_HAND else 2 if constraint.component == "datatype" else 1
    )
    right = (
        one
        for one in edits(maker, constraint, order)
        if Key.expected(constraint, one.edit) not in baseline
    )
    return list(islice(right, wanted))


def chosen_mutations(shapes: Shapes, base: Base) -> tuple[list[Mutation], list[str]]:
    """Return mutations for every constraint, and the constraints that have none."""
    maker = Maker(shapes, base.index)
    nested = {
        (node, focus)
        for node in {one for c in shapes.constraints for one in shapes.reporters(c)}
        if not shapes.targeted(node)
        for focus in shapes.candidates(node, base.index)[:CANDIDATES]
    }
    baseline = results(base.index.triples, aimed(shapes, nested))
    used: Counter[Any] = Counter()
    mutations: list[Mutation] = []
    untried = []
    for constraint in shapes.constraints:
        # Nodes of the shipped graph first, unless many mutations change them already.
        found = _choose(
            maker, constraint, baseline, lambda one: used[one] + 6 * (one not in base.shipped)
        )
        used.update(one.origin for one in found)
        mutations += found
        if not found:
            untried.append(str(constraint))
    return mutations, untried


def mutated(
    triples: set[Triple], members: list[Mutation]
) -> tuple[set[Triple], set[tuple[Any, Any]]]:
    """Return a graph with all of some mutations, and the focus nodes that they need."""
    removed = {one for mutation in members for one in mutation.edit.remove}
    added = {one for mutation in members for one in mutation.edit.add}
    targets = {one for mutation in members for one in mutation.edit.targets}
    return (triples - removed) | added, targets
