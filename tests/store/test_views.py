"""Whose claims are seen: a person's and what is proposed are never mixed up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from examples import READING, TEXT, Workspace, write_article

from kg.graph.build import compile_graph
from kg.rdf.iris import derived_graph
from kg.shacl.validate import validate
from kg.store.local import Graph
from kg.store.views import READERS, reading_kinds, visible_graphs

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from kg.store.views import Readers

    Kg = Callable[..., subprocess.CompletedProcess[str]]

# A period that the questions fix: undated counts of two articles could not be compared without one.
UNDATED, DATED = "event: flood}", "event: flood, during: 2001}"
BY_RULES = READING.replace(UNDATED, DATED).replace(
    "{name: A reader, kind: person}", "{name: The rules, kind: rules}"
)
# Another article, which only a model has read: its 14 drowned contradict the persons' 12 and 15.
BY_MODEL = (
    BY_RULES.replace("{name: The rules, kind: rules}", "{name: some-model, kind: model}")
    .replace("article: flood", "article: bulletin", 1)
    .replace("value: 12,", "value: 14,")
    .replace("value: 15,", "value: 14,")
)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    workspace.edit(UNDATED, DATED)
    return workspace


@pytest.fixture
def mixed(workspace: Workspace) -> Workspace:
    """Add a reading of the flood by the rules, and an article that only a model has read."""
    path = workspace.reading.with_name("rules.yaml")
    path.write_text(BY_RULES, encoding="utf-8")
    write_article(workspace.graph, "bulletin", TEXT, BY_MODEL)
    return workspace


def view(mixed: Workspace, readers: Readers) -> Graph:
    store = compile_graph(mixed.graph).store
    return Graph(store, graphs=visible_graphs(store, readers))


READING_OF = {"person": "flood/curated", "rules": "flood/rules", "model": "bulletin/curated"}


@pytest.mark.parametrize("readers", READERS)
def test_a_view_has_the_claims_of_its_readers_and_no_others(
    mixed: Workspace, readers: Readers
) -> None:
    graph = view(mixed, readers)
    claims = {str(row["claim"]) for row in graph.table("claims").dicts()}
    kinds = READING_OF if readers == "all" else {readers: READING_OF[readers]}
    assert claims == {
        f"https://w3id.org/qawl/id/claim/{place}/{name}"
        for place in kinds.values()
        for name in ("drowned", "drowned-by-agency")
    }
    assert graph.hidden_readings == (0 if readers == "all" else 2)
    for question in ("SELECT ?g WHERE { GRAPH ?g { ?c a qawl:Claim } }", "SELECT * { ?s ?p ?o }"):
        found = json.dumps(graph.sparql(question).dicts(), default=str)  # type: ignore[union-attr]
        for kind, place in READING_OF.items():
            assert (f"reading/{place}" in found) == (kind in kinds)


def test_what_persons_claims_yield_does_not_hang_on_proposals(
    workspace: Workspace, request: pytest.FixtureRequest
) -> None:
    alone = set(
        compile_graph(workspace.graph).store.quads_for_pattern(
            None, None, None, derived_graph("person")
        )
    )
    assert alone
    mixed = request.getfixturevalue("mixed")
    store = compile_graph(mixed.graph).store
    assert set(store.quads_for_pattern(None, None, None, derived_graph("person"))) == alone

    def contradictions(readers: Readers) -> int:
        return len(Graph(store, graphs=visible_graphs(store, readers)).table("contradictions"))

    # 12 against 15 in each reading of the flood; each of the model's two claims of 14 against both
    # of the person's and both of the rules'.
    assert (contradictions("person"), contradictions("rules"), contradictions("model")) == (1, 1, 0)
    assert contradictions("all") == 1 + 1 + 2 * 2 + 2 * 2


def test_no_triple_stands_in_two_graphs_and_the_shapes_hold(mixed: Workspace) -> None:
    store = compile_graph(mixed.graph).store
    assert len(store) == len({quad.triple for quad in store})
    report = validate(store)
    assert report.conforms, report.text()
    assert sorted(reading_kinds(store).values()) == ["model", "person", "rules"]
    attributed = Graph(store).sparql(
        "SELECT ?name WHERE { ?r a qawl:Reading ; prov:wasAttributedTo/rdfs:label ?name }"
    )
    assert sorted(str(row["name"]) for row in attributed.dicts()) == [  # type: ignore[union-attr]
        "A reader", "The rules", "some-model",
    ]  # fmt: skip


def test_where_nothing_is_hidden_there_is_no_view(workspace: Workspace) -> None:
    store = compile_graph(workspace.graph).store
    assert visible_graphs(store, "person") is None
    assert visible_graphs(store, "all") is None
    assert Graph(store, graphs=visible_graphs(store, "rules")).table("claims").rows == ()


def test_rdflib_gets_the_view_too(mixed: Workspace) -> None:
    seen = {str(graph.identifier) for graph in view(mixed, "person").rdflib().graphs()}
    assert "https://w3id.org/qawl/id/reading/flood/curated" in seen
    assert "https://w3id.org/qawl/id/reading/flood/rules" not in seen
    assert "https://w3id.org/qawl/id/graph/article/bulletin" not in seen


def test_every_command_that_asks_has_the_filter(mixed: Workspace, kg: Kg) -> None:
    built = kg("build")
    assert built.returncode == 0, built.stdout + built.stderr
    plain = kg("claims")
    assert "(2 rows)" in plain.stdout
    assert (
        "2 readings by other readers are hidden; use --readers all to include them" in plain.stderr
    )
    everything = kg("claims", "--readers", "all")
    assert "(6 rows)" in everything.stdout
    assert everything.stderr == ""
    count = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a qawl:Claim }"
    for readers, number in (("person", "2"), ("rules", "2"), ("all", "6")):
        done = kg("query", "-", "--readers", readers, "-f", "csv", stdin=count)
        assert done.stdout.split() == ["n", number]
    assert kg("query", "readings", "-f", "csv").stdout.count("flood") == 2
    # The id alone names one claim of a person, and several of all.
    assert kg("show", "drowned").returncode == 0
    assert "is ambiguous" in kg("show", "drowned", "--readers", "all").stderr
    assert kg("query", "who-said", "--claim", "drowned", "--readers", "rules").returncode == 0
    assert kg("claims", "--readers", "nobody").returncode == 2
