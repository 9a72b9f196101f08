"""The shapes: what is right conforms, and every constraint catches a mutation made for it."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from examples import ROOT
from kg.build import compile_graph
from kg.iris import term
from kg.validation import validate
from mutations import SH, TYPE, Constraint, Edit, Index, Maker, Mutation, Shapes, sh
from mutations_by_hand import HAND
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPE_FILES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
SHIPPED = ROOT / "graph" / "dumps" / "qawl.nq"
EXAMPLE = ROOT / "tests" / "shapes_example"

#: How many mentions of the shipped graph are kept: one is like another, and each costs time.
MENTIONS = 12
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
    """Return the shipped graph with a few of its mentions, and the passages that are left in use."""
    if not SHIPPED.exists():
        return set()
    index = Index(one.triple for one in parse(path=SHIPPED, format=RdfFormat.N_QUADS))
    dropped = set(index.subjects(TYPE, term("qawl:Mention"))[MENTIONS:])
    for passage in index.subjects(TYPE, term("qawl:Passage")):
        users = {
            user
            for name in ("oa:hasTarget", "qawl:evidence", "qawl:cue")
            for user in index.subjects(term(name), passage)
        }
        if users <= dropped:
            dropped |= {passage, *index.objects(passage, term("oa:hasSelector"))}
    ours = ("https://w3id.org/qawl/id/", "https://w3id.org/qawl/vocab/")
    return {
        one
        for one in index.triples
        if one.subject not in dropped and str(one.subject).strip("<>").startswith(ours)
    }


@pytest.fixture(scope="module")
def data() -> Index:
    """The shipped graph where it has been built, and a made-up article that uses everything."""
    vocabularies = _parsed(sorted((ROOT / "ontology" / "vocab").glob("*.ttl")))
    ontology = {str(one) for one in _parsed([ROOT / "ontology" / "qawl.ttl"])}
    example = {one for one in _example() if str(one) not in ontology}
    return Index(vocabularies | _shipped() | example)


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


def _edits(maker: Maker, constraint: Constraint, focus: Counter[Any]) -> Iterator[Edit]:
    name = constraint.parameter if constraint.component == "sparql" else constraint.shape
    if (
        constraint.component in {"sparql", "xone", "or", "not", "qualifiedMaxCount"}
        and name in HAND
    ):
        yield from HAND[name](maker)
        return
    candidates = maker.foci(constraint)
    if not any(maker.shapes.targeted(one) for one in maker.shapes.reporters(constraint)):
        candidates = candidates[:CANDIDATES]
    for node in sorted(candidates, key=lambda one: focus[one]):
        yield from maker.edits(constraint, node)


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
    missed = []
    for members in rounds:
        removed = {one for mutation in members for one in mutation.edit.remove}
        added = {one for mutation in members for one in mutation.edit.add}
        targets = {one for mutation in members for one in mutation.edit.targets}
        results = _results((data.triples - removed) | added, _aimed(shapes, targets))
        for mutation in members:
            edit = mutation.edit
            values = results.get(Key.expected(mutation.constraint, edit))
            if values is None or (edit.value is not None and edit.value not in values):
                missed.append(f"{mutation.constraint} at {edit.focus} (value {edit.value})")
    tried = sum(map(len, mutations.values()))
    with capsys.disabled():
        print(
            f"\n{len(mutations)} constraints of {len(shapes.index.having(sh('severity')))} shapes: "
            f"{tried} mutations tried, {tried - len(missed)} caught, in {len(rounds)} graphs of "
            f"{len(data.triples):,} triples, {time.monotonic() - started:.0f} s"
        )
    assert not missed, f"{len(missed)} mutations are not caught:\n" + "\n".join(missed)
