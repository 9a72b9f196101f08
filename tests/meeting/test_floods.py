"""The second world: what a person expected of the twelve articles before anything was computed."""

from __future__ import annotations

import shutil
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from examples import ROOT

from kg.files import shipped
from kg.graph.build import compile_graph
from kg.knowledge.authority import load_authority
from kg.knowledge.decisions import EntityDecisions
from kg.knowledge.ontology import load_ontology
from kg.meeting.entities import Entity, entities_in
from kg.meeting.entity_candidates import candidates
from kg.readers.rules.reader import RulesReader
from kg.reading.draft import write_draft
from kg.shacl.validate import validate
from kg.sparql.results import Table
from kg.store.local import Graph
from kg.text.article import load_article
from kg.text.names import name_key

if TYPE_CHECKING:
    from pathlib import Path

FLOODS = ROOT / "examples" / "floods"
EXPECTED: dict[str, Any] = yaml.safe_load((FLOODS / "expected.yaml").read_text(encoding="utf-8"))
CLAIM = "https://w3id.org/qawl/id/claim/"
LINKS = {"contradictions": "contradicts", "echoes": "echoes",
         "independent": "agreesIndependentlyWith"}  # fmt: skip
Pairs = set[frozenset[str]]


def _pairs(graph: Graph, link: str) -> Pairs:
    answer = graph.sparql(f"SELECT ?a ?b WHERE {{ ?a qawl:{link} ?b }}")
    assert isinstance(answer, Table)
    return {frozenset(map(_short, row)) for row in answer.rows}


def _short(node: Any) -> str:
    article, _, claim = node.value.removeprefix(CLAIM).split("/")
    return f"{article}/{claim}"


@pytest.fixture(scope="module")
def corrected() -> Graph:
    return Graph(compile_graph(FLOODS).store)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with drafts alone: nobody decided anything, and no entity is known."""
    folder = tmp_path_factory.mktemp("floods")
    _drafts(folder, decided=False)
    return folder


def _drafts(folder: Path, *, decided: bool) -> None:
    shutil.copytree(FLOODS, folder, dirs_exist_ok=True)
    if not decided:
        (folder / "authority" / "entities.yaml").unlink()
        (folder / "authority" / "entities.ttl").write_text("# none\n", encoding="utf-8")
    reader = RulesReader(
        load_authority(folder / "authority", load_ontology(shipped.ontology_dir()))
    )
    for article in sorted((folder / "articles").iterdir()):
        (article / "readings" / "curated.yaml").unlink()
        described = article / "article.yaml"
        lines = described.read_text(encoding="utf-8").splitlines(keepends=True)
        if not decided:
            lines = [one for one in lines if not one.startswith(("author:", "publisher:"))]
        described.write_text("".join(lines), encoding="utf-8")
        write_draft(reader.read(load_article(article)), article / "readings" / "rules.yaml")


def test_the_corrected_articles_conform(corrected: Graph) -> None:
    report = validate(corrected.store)
    assert report.conforms, report.text()


@pytest.mark.parametrize("kind", LINKS)
def test_relations_between_corrected_readings_are_those_expected(
    corrected: Graph, kind: str
) -> None:
    """None is missing and none is invented."""
    assert _pairs(corrected, LINKS[kind]) == {frozenset(pair) for pair in EXPECTED[kind]}


def test_enough_was_expected() -> None:
    assert len(EXPECTED["contradictions"]) >= 6
    assert len(EXPECTED["echoes"]) >= 4
    assert len(EXPECTED["independent"]) >= 3


def test_who_corrects_a_figure_supersedes_it(corrected: Graph) -> None:
    answer = corrected.sparql("SELECT ?a ?b WHERE { ?a qawl:supersedes ?b }")
    assert isinstance(answer, Table)
    assert {(_short(a), _short(b)) for a, b in answer.rows} == set(
        map(tuple, EXPECTED["supersedes"])
    )


def test_what_looks_alike_is_neither_against_nor_for_each_other(corrected: Graph) -> None:
    found = set().union(*(_pairs(corrected, link) for link in (*LINKS.values(), "agreesWith")))
    assert not found & {frozenset(pair) for pair in EXPECTED["nothing"]}


def test_drafts_alone_relate_nothing(drafted: Path) -> None:
    """Drafts cannot tell the event that a figure is of, and questions are not guessed."""
    graph = Graph(compile_graph(drafted).store)
    found = set().union(*(_pairs(graph, link) for link in LINKS.values()))
    assert found == set()


# Entities


def _truth(entity: Entity) -> str | None:
    meant = {name_key(name): one for one, names in EXPECTED["same"].items() for name in names}
    found = {meant[key] for name in entity.names() if (key := name_key(name)) in meant}
    assert len(found) < 2, entity
    return next(iter(found), None)


def test_candidates_name_nine_of_ten_true_pairs_and_few_false_ones(drafted: Path) -> None:
    entities = entities_in(Graph(compile_graph(drafted).store))
    truth = {ref: _truth(one) for ref, one in entities.items() if one.proposed}
    true = {
        frozenset(pair)
        for pair in combinations(truth, 2)
        if truth[pair[0]] is not None and truth[pair[0]] == truth[pair[1]]
    }
    proposed = [entities[ref] for ref in truth]
    listed = {
        frozenset(pair) for one in candidates(proposed, EntityDecisions()) for pair in one.pairs()
    }
    assert len(true) > 50
    assert len(listed & true) >= 0.9 * len(true)
    assert len(listed - true) <= len(listed) / 3


@pytest.mark.parametrize(
    "entity", ["nahr-news-agency", "world-relief-union", "nadim-qasrani", "tal-hamra"]
)
def test_after_the_decisions_each_is_one(entity: str, tmp_path: Path) -> None:
    """Drafts that are read anew name the entity decided on, and nobody proposes another."""
    _drafts(tmp_path, decided=True)
    entities = entities_in(Graph(compile_graph(tmp_path).store))
    own = {ref for ref, one in entities.items() if _truth(one) == entity}
    assert own == {entity}
    surfaces = {name_key(name) for name in entities[entity].surfaces}
    assert len(surfaces) >= 2
    assert len(entities[entity].articles) >= 3
