"""The shapes: what is right conforms, and every constraint catches a mutation made for it."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from examples import ROOT
from mutated_graphs import (
    SHAPE_FILES,
    SHIPPED,
    Base,
    Key,
    aimed,
    base_graph,
    chosen_mutations,
    example_graph,
    mutated,
    parsed,
    results,
    rounds,
)  # fmt: skip
from mutations import TYPE, Index, Mutation, Shapes, sh
from pyoxigraph import BlankNode, NamedNode

from kg.rdf.iris import term
from kg.shacl.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes(Index(parsed(SHAPE_FILES)))


@pytest.fixture(scope="module")
def base() -> Base:
    return base_graph()


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
    ontology = Index(parsed([ROOT / "ontology" / "qawl.ttl"]))
    classes = ontology.subjects(TYPE, term("owl:Class"))
    ours = [one for one in classes if str(one).startswith("<https://w3id.org/qawl/")]
    assert len(ours) > 65
    without = [one for one in ours if not shapes.index.subjects(sh("targetClass"), one)]
    assert not without


def test_listed_concepts_are_those_of_the_vocabularies(shapes: Shapes) -> None:
    vocabularies = Index(parsed(sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))))
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
    ontology = Index(parsed([ROOT / "ontology" / "qawl.ttl"]))

    def below(cls: Any) -> set[Any]:
        found = {cls}
        for one in ontology.subjects(term("rdfs:subClassOf"), cls):
            if not isinstance(one, BlankNode):  # a condition that suffices has no name
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
    report = validate(example_graph())
    assert report.conforms, report.text()


@pytest.mark.skipif(not SHIPPED.exists(), reason="the graph has not been dumped")
def test_the_shipped_graph_conforms() -> None:
    report = validate(SHIPPED)
    assert report.conforms, report.text()


def _missed(shapes: Shapes, base: Base, members: list[Mutation]) -> list[Mutation]:
    """Return those mutations of one graph that their constraint does not catch."""
    triples, targets = mutated(base.index.triples, members)
    found = results(triples, aimed(shapes, targets))

    def caught(mutation: Mutation) -> bool:
        values = found.get(Key.expected(mutation.constraint, mutation.edit))
        value = mutation.edit.value
        return values is not None and (value is None or value in values)

    return [mutation for mutation in members if not caught(mutation)]


@pytest.mark.slow
def test_every_constraint_catches_a_mutation(
    shapes: Shapes, base: Base, record_property: Callable[[str, object], None]
) -> None:
    started = time.monotonic()
    mutations, untried = chosen_mutations(shapes, base)
    assert not untried, "no mutation violates:\n" + "\n".join(untried)

    graphs = rounds(mutations)
    missed = [one for members in graphs for one in _missed(shapes, base, members)]
    # Two mutations of one graph may hide each other: what was missed is tried alone.
    missed = [one for one in missed if _missed(shapes, base, [one])]
    shipped = {one.constraint for one in mutations if one.origin in base.shipped}
    record_property(
        "summary",
        f"{len(shapes.constraints)} constraints of {len(shapes.index.having(sh('name')))} shapes "
        f"({len(shipped)} tried on the shipped graph): {len(mutations)} mutations tried, "
        f"{len(mutations) - len(missed)} caught, in {len(graphs)} graphs of "
        f"{len(base.index.triples):,} triples, {time.monotonic() - started:.0f} s",
    )
    assert not missed, f"{len(missed)} mutations are not caught:\n" + "\n".join(
        f"{one.constraint} at {one.edit.focus} (value {one.edit.value})" for one in missed
    )
