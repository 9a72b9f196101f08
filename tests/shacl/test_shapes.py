"""The shapes: what is right conforms, and every constraint catches a mutation made for it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
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
CANDIDATES = 60
#: Components whose mutations are written by hand, several for each constraint.
BY_HAND = ("sparql", "xone", "or", "not")


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
    *map(term, ("qawl:answerQuantity", "qawl:answerTime", "qawl:claimedTime", "qawl:saidDuring")),
    *map(term, ("qawl:asOf", "qawl:during", "qawl:changeFrom")),
    *map(term, ("qawl:possibleVoice", "oa:hasSelector")),
]
#: Links to others of the same kind, which are dropped where the other is not kept.
LINKS = [
    *map(term, ("qawl:contradicts", "qawl:contrastsWith", "qawl:agreesWith", "qawl:echoes")),
    *map(
        term,
        ("qawl:agreesIndependentlyWith", "qawl:countedWithin", "qawl:refines", "qawl:supersedes"),
    ),
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


@dataclass(frozen=True)
class Base:
    """The graph that is mutated, and the nodes of it that are in the shipped graph."""

    index: Index
    shipped: frozenset[Any]


@pytest.fixture(scope="module")
def base() -> Base:
    """Return a sample of the shipped graph, and a made-up article that uses everything."""
    ours = ("https://w3id.org/qawl/id/", "https://w3id.org/qawl/vocab/")
    shipped = _shipped()
    found = (one for one in shipped | _example() if isinstance(one.subject, NamedNode))
    index = Index(_sample({one for one in found if one.subject.value.startswith(ours)}))
    return Base(index, frozenset(one.subject for one in shipped))


def test_shapes_are_named_and_explain_themselves_in_both_languages(shapes: Shapes) -> None:
    index = shapes.index
    kinds = [sh("NodeShape"), sh("PropertyShape"), sh("SPARQLConstraint")]
    nodes = {kind: index.subjects(TYPE, kind) for kind in kinds}
    for node in (one for members in nodes.values() for one in members):
        assert isinstance(node, NamedNode), "a shape has no IRI"
    assert not [
        one
        for one in index.having(sh("path"))
        if sh("PropertyShape") not in index.objects(one, TYPE)
    ]

    def languages(node: Any, name: str) -> list[str]:
        return sorted(one.language for one in index.objects(node, sh(name)))

    for node in (*nodes[kinds[0]], *nodes[kinds[1]]):
        assert languages(node, "name") == ["ar", "en"], node
    judged = {one.shape for one in shapes.constraints if one.component != "sparql"}
    for node in (*judged, *nodes[kinds[2]]):
        assert languages(node, "message") == ["ar", "en"], node
    for node in judged:
        assert len(index.objects(node, sh("severity"))) == 1, node


def test_shapes_are_shacl() -> None:
    import pyshacl
    import rdflib

    graph = rdflib.Graph()
    for path in (*SHAPE_FILES, ROOT / "ontology" / "prefixes.ttl"):
        graph.parse(path)
    # Raises where the shapes break the shapes of SHACL itself.
    assert pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)[0]


def test_every_class_has_a_shape(shapes: Shapes) -> None:
    ontology = Index(_parsed([ROOT / "ontology" / "qawl.ttl"]))
    classes = ontology.subjects(TYPE, term("owl:Class"))
    ours = [one for one in classes if str(one).startswith("<https://w3id.org/qawl/")]
    assert len(ours) > 65
    without = [one for one in ours if not shapes.index.subjects(sh("targetClass"), one)]
    assert not without


def test_listed_concepts_are_those_of_the_vocabularies(shapes: Shapes) -> None:
    vocabularies = Index(_parsed(sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))))
    scheme = term("skos:inScheme")
    listed: dict[Any, set[Any]] = defaultdict(set)
    for node in shapes.index.having(sh("in")):
        for one in shapes.index.items(shapes.index.value(node, sh("in"))):
            if (home := vocabularies.value(one, scheme)) is not None:
                listed[home].add(one)
    assert len(listed) > 12
    for home, concepts in listed.items():
        assert concepts == set(vocabularies.subjects(scheme, home)), home


def test_listed_classes_are_those_of_the_ontology(shapes: Shapes) -> None:
    ontology = Index(_parsed([ROOT / "ontology" / "qawl.ttl"]))

    def below(cls: Any) -> set[Any]:
        found = {cls}
        for one in ontology.subjects(term("rdfs:subClassOf"), cls):
            found |= below(one)
        return found

    tops = "Claim Voice Question Actor Place Event Source PopulationGroup ClaimRelation"
    for name in tops.split():
        top = term(f"qawl:{name}")
        lists = [
            set(shapes.index.items(shapes.index.value(node, sh("in"))))
            for node in shapes.index.subjects(sh("path"), TYPE)
            if shapes.index.value(node, sh("in")) is not None
        ]
        assert below(top) in lists, f"no shape lists exactly the kinds of qawl:{name}"


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


Results = dict[Key, set[Any]]


def _results(triples: set[Triple], shapes: set[Triple]) -> Results:
    found: Results = defaultdict(set)
    for one in validate(triples, shapes).violations:
        found[Key(one.focus, one.shape, one.component, one.constraint)].add(one.value)
    return found


def _aimed(shapes: Shapes, targets: set[tuple[Any, Any]]) -> set[Triple]:
    """Return the shapes with further focus nodes for those that have no target of their own."""
    return shapes.index.triples | {Triple(node, sh("targetNode"), focus) for node, focus in targets}


def _edits(maker: Maker, constraint: Constraint, order: Callable[[Any], Any]) -> Iterator[Mutation]:
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


def _choose(
    maker: Maker, constraint: Constraint, baseline: Results, order: Callable[[Any], Any]
) -> list[Mutation]:
    """Return an edit of each sort that the constraint's component has, at nodes that were right."""
    wanted = (
        8 if constraint.component in BY_HAND else 2 if constraint.component == "datatype" else 1
    )
    right = (
        one
        for one in _edits(maker, constraint, order)
        if Key.expected(constraint, one.edit) not in baseline
    )
    return list(islice(right, wanted))


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


def _missed(shapes: Shapes, base: Base, members: list[Mutation]) -> list[Mutation]:
    """Return those mutations of one graph that their constraint does not catch."""
    removed = {one for mutation in members for one in mutation.edit.remove}
    added = {one for mutation in members for one in mutation.edit.add}
    targets = {one for mutation in members for one in mutation.edit.targets}
    results = _results((base.index.triples - removed) | added, _aimed(shapes, targets))

    def caught(mutation: Mutation) -> bool:
        values = results.get(Key.expected(mutation.constraint, mutation.edit))
        value = mutation.edit.value
        return values is not None and (value is None or value in values)

    return [mutation for mutation in members if not caught(mutation)]


@pytest.mark.slow
def test_every_constraint_catches_a_mutation(
    shapes: Shapes, base: Base, record_property: Callable[[str, object], None]
) -> None:
    started = time.monotonic()
    maker = Maker(shapes, base.index)
    nested = {
        (node, focus)
        for node in {one for c in shapes.constraints for one in shapes.reporters(c)}
        if not shapes.targeted(node)
        for focus in shapes.candidates(node, base.index)[:CANDIDATES]
    }
    baseline = _results(base.index.triples, _aimed(shapes, nested))
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
    assert not untried, "no mutation violates:\n" + "\n".join(untried)

    rounds = _rounds(mutations)
    missed = [one for members in rounds for one in _missed(shapes, base, members)]
    # Two mutations of one graph may hide each other: what was missed is tried alone.
    missed = [one for one in missed if _missed(shapes, base, [one])]
    shipped = {one.constraint for one in mutations if one.origin in base.shipped}
    record_property(
        "summary",
        f"{len(shapes.constraints)} constraints of {len(shapes.index.having(sh('name')))} shapes "
        f"({len(shipped)} tried on the shipped graph): {len(mutations)} mutations tried, "
        f"{len(mutations) - len(missed)} caught, in {len(rounds)} graphs of "
        f"{len(base.index.triples):,} triples, {time.monotonic() - started:.0f} s",
    )
    assert not missed, f"{len(missed)} mutations are not caught:\n" + "\n".join(
        f"{one.constraint} at {one.edit.focus} (value {one.edit.value})" for one in missed
    )
