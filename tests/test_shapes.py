"""The shapes: what is right conforms, and every constraint catches a mutation made for it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from examples import ROOT
from mutations import TYPE, Constraint, Edit, Index, Maker, Mutation, Shapes, sh
from mutations_by_hand import HAND
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.build import compile_graph
from kg.iris import term
from kg.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPE_FILES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
SHIPPED = ROOT / "graph" / "dumps" / "qawl.nq"
EXAMPLE = ROOT / "tests" / "shapes_example"

#: How many nodes of the same classes are kept of the shipped graph: each costs time.
ALIKE = 4
#: How many focus nodes are tried for a constraint of a shape that has no target of its own.
CANDIDATES = 60


def _parsed(paths: list[Any]) -> set[Triple]:
    return {one.triple for path in paths for one in parse(path=path)}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes(Index(_parsed(SHAPE_FILES)))


def _example() -> set[Triple]:
    return {quad.triple for quad in compile_graph(EXAMPLE).store}


def _shipped() -> set[Triple]:
    if not SHIPPED.exists():
        return set()
    return {quad.triple for quad in parse(path=SHIPPED, format=RdfFormat.N_QUADS)}


#: What a part is linked by to what it is a part of: the one is not kept without the other.
PARTS = [
    *map(term, ("qawl:quantity", "qawl:timeSpan", "qawl:circumstance", "qawl:saidDuring")),
    *map(term, ("qawl:asOf", "qawl:during", "qawl:possibleAttribution", "oa:hasSelector")),
]
#: Links to others of the same kind, which are dropped where the other is not kept.
LINKS = [
    *map(term, ("qawl:contradicts", "qawl:contrastsWith", "qawl:agreesWith", "qawl:echoes")),
    *map(term, ("qawl:independentOf", "qawl:partOf", "qawl:refines", "qawl:supersedes")),
    *map(term, ("qawl:broaderQuestion", "skos:hasTopConcept")),
]


def _sample(triples: set[Triple]) -> set[Triple]:
    """Return a few nodes of every sort, with all that they point to or are a part of."""
    index = Index(triples)
    seen: Counter[frozenset[Any]] = Counter()
    waiting = []
    for node in index.having(TYPE):
        classes = frozenset(index.objects(node, TYPE))
        seen[classes] += 1
        if seen[classes] <= ALIKE:
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


@pytest.fixture(scope="module")
def data() -> Index:
    """Return a sample of the shipped graph, and a made-up article that uses everything."""
    ours = ("https://w3id.org/qawl/id/", "https://w3id.org/qawl/vocab/")
    found = (one for one in _shipped() | _example() if isinstance(one.subject, NamedNode))
    return Index(_sample({one for one in found if one.subject.value.startswith(ours)}))


def test_the_example_conforms() -> None:
    report = validate(_example())
    assert report.conforms, report.text()
    assert not report.violations, report.text()


@pytest.mark.skipif(not SHIPPED.exists(), reason="the graph has not been dumped")
def test_the_shipped_graph_conforms() -> None:
    report = validate(SHIPPED)
    assert report.conforms, report.text()


@dataclass(frozen=True)
class Key:
    """What a result is recognised by."""

    focus: Any
    shape: str
    component: str
    constraint: str | None

    @classmethod
    def expected(cls, constraint: Constraint, edit: Edit) -> Key:
        source = constraint.parameter.value if constraint.component == "sparql" else None
        return cls(edit.focus, constraint.shape.value, constraint.iri, source)


def _results(triples: set[Triple], shapes: set[Triple]) -> dict[Key, set[Any]]:
    found: dict[Key, set[Any]] = defaultdict(set)
    for one in validate(triples, shapes).violations:
        found[Key(one.focus, one.shape, one.component, one.constraint)].add(one.value)
    return found


def _aimed(shapes: Shapes, targets: set[tuple[Any, Any]]) -> set[Triple]:
    """Return the shapes with further focus nodes for those that have no target of their own."""
    return shapes.index.triples | {Triple(node, sh("targetNode"), focus) for node, focus in targets}


def _edits(maker: Maker, constraint: Constraint, used: Counter[Any]) -> Iterator[Edit]:
    name = constraint.parameter if constraint.component == "sparql" else constraint.shape
    if (
        constraint.component in {"sparql", "xone", "or", "not", "qualifiedMaxCount"}
        and name in HAND
    ):
        yield from HAND[name](maker)
        return
    candidates = maker.foci(constraint)
    if not any(map(maker.shapes.targeted, candidates.values())):
        candidates = dict(list(candidates.items())[:CANDIDATES])
    for node in sorted(candidates, key=lambda one: used[one]):
        yield from maker.edits(constraint, node, candidates[node])


def _choose(
    maker: Maker, constraint: Constraint, baseline: dict[Key, set[Any]], used: Counter[Any]
) -> list[Mutation]:
    """Return an edit of each sort that the constraint's component has, at nodes that were right."""
    by_hand = constraint.component in {"sparql", "xone", "or", "not"}
    wanted = 8 if by_hand else 2 if constraint.component == "datatype" else 1
    chosen = []
    for edit in _edits(maker, constraint, used):
        if Key.expected(constraint, edit) not in baseline:
            chosen.append(Mutation(constraint, edit))
            used[edit.focus] += 1
            if len(chosen) == wanted:
                break
    return chosen


def _rounds(mutations: list[Mutation]) -> list[list[Mutation]]:
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


def _missed(shapes: Shapes, data: Index, members: list[Mutation]) -> list[Mutation]:
    """Return those mutations of one graph that their constraint does not catch."""
    removed = {one for mutation in members for one in mutation.edit.remove}
    added = {one for mutation in members for one in mutation.edit.add}
    targets = {one for mutation in members for one in mutation.edit.targets}
    results = _results((data.triples - removed) | added, _aimed(shapes, targets))

    def caught(mutation: Mutation) -> bool:
        values = results.get(Key.expected(mutation.constraint, mutation.edit))
        value = mutation.edit.value
        return values is not None and (value is None or value in values)

    return [mutation for mutation in members if not caught(mutation)]


@pytest.mark.slow
def test_every_constraint_catches_a_mutation(
    shapes: Shapes, data: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    maker = Maker(shapes, data)
    nested = {
        (node, focus)
        for node in {one for c in shapes.constraints for one in shapes.reporters(c)}
        if not shapes.targeted(node)
        for focus in shapes.candidates(node, data)[:CANDIDATES]
    }
    baseline = _results(data.triples, _aimed(shapes, nested))
    used: Counter[Any] = Counter()
    mutations = {
        constraint: _choose(maker, constraint, baseline, used) for constraint in shapes.constraints
    }
    untried = [str(constraint) for constraint, found in mutations.items() if not found]
    assert not untried, "no mutation violates:\n" + "\n".join(untried)

    rounds = _rounds([one for found in mutations.values() for one in found])
    missed = [one for members in rounds for one in _missed(shapes, data, members)]
    # Two mutations of one graph may hide each other: what was missed is tried alone.
    missed = [one for one in missed if _missed(shapes, data, [one])]
    tried = sum(map(len, mutations.values()))
    with capsys.disabled():
        print(
            f"\n{len(mutations)} constraints of {len(shapes.index.having(sh('severity')))} shapes: "
            f"{tried} mutations tried, {tried - len(missed)} caught, in {len(rounds)} graphs of "
            f"{len(data.triples):,} triples, {time.monotonic() - started:.0f} s"
        )
    assert not missed, f"{len(missed)} mutations are not caught:\n" + "\n".join(
        f"{one.constraint} at {one.edit.focus} (value {one.edit.value})" for one in missed
    )
