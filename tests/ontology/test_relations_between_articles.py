"""The three articles in one graph: the relations that were expected before anything was computed.

``examples/expected-relations.yaml`` was written from the texts: what it expects is found, and
nothing that must not be found.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from three_articles import three_articles

from kg.shacl.validate import validate
from kg.sparql.results import Table

if TYPE_CHECKING:
    from kg.store.local import Graph

ROOT = Path(__file__).parents[2]
EXPECTED = yaml.safe_load((ROOT / "examples/expected-relations.yaml").read_text(encoding="utf-8"))
CLAIM = "https://w3id.org/qawl/id/claim/"

#: The property by which each kind of relation is found.
LINKS = {
    "contradicts": "contradicts",
    "updates": "updates",
    "supersedes": "supersedes",
    "echoes": "echoes",
    "agrees": "agreesWith",
    "counted-within": "countedWithin",
    "contrasts": "contrastsWith",
    "refines": "refines",
    "independent": "agreesIndependentlyWith",
}
SYMMETRIC = {"contradicts", "echoes", "agreesWith", "agreesIndependentlyWith", "contrastsWith"}

Pairs = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return three_articles()


@pytest.fixture(scope="module")
def links(graph: Graph) -> Pairs:
    found: Pairs = {}
    for name in LINKS.values():
        answer = graph.sparql(f"SELECT ?a ?b WHERE {{ ?a qawl:{name} ?b }}")
        assert isinstance(answer, Table)
        found[name] = {(_short(a), _short(b)) for a, b in answer.rows}
    return found


def _short(node: Any) -> str:
    article, _, claim = node.value.removeprefix(CLAIM).split("/")
    return f"{article}/{claim}"


def _found(links: Pairs, name: str, one: str, other: str) -> bool:
    pair = (one, other) in links[name]
    return pair or (name in SYMMETRIC and (other, one) in links[name])


def _link(relation: dict[str, Any]) -> str:
    independent = relation["kind"] == "agrees" and relation.get("independent") is True
    return "agreesIndependentlyWith" if independent else LINKS[relation["kind"]]


def test_the_three_articles_conform(graph: Graph) -> None:
    report = validate(graph.store)
    assert report.conforms, report.text()


@pytest.mark.parametrize(
    "relation",
    [one for one in EXPECTED["related"] if one["kind"] in LINKS],
    ids=lambda one: "-".join((one["kind"], *one["claims"])).replace("/", "."),
)
def test_an_expected_relation_is_found(links: Pairs, relation: dict[str, Any]) -> None:
    one, other = relation["claims"]
    assert _found(links, _link(relation), one, other)


@pytest.mark.parametrize("relation", EXPECTED["unrelated"], ids=lambda one: "-".join(one["claims"]))
def test_what_looks_alike_is_not_related(links: Pairs, relation: dict[str, Any]) -> None:
    one, other = relation["claims"]
    wrong = set(relation["wrong"])
    names = links.keys() if "any" in wrong else {LINKS[kind] for kind in wrong if kind in LINKS}
    found = {name for name in names if {(one, other), (other, one)} & links[name]}
    assert found == set(), relation["why"]


def test_no_contradiction_and_no_update_that_was_not_expected(links: Pairs) -> None:
    known = {frozenset(one["claims"]) for group in ("related", "may") for one in EXPECTED[group]}
    for chain in EXPECTED["chains"].values():
        counts = [one["claim"] for one in chain["claims"]]
        known |= {frozenset(pair) for pair in combinations(counts, 2)}
    # The first article against itself: its own test holds that.
    first = "iraq-war-2003-2011/"
    found = {
        frozenset(pair)
        for name in ("contradicts", "updates", "supersedes")
        for pair in links[name]
        if not all(one.startswith(first) for one in pair)
    }
    assert found - known == set()


def test_a_pair_of_claims_agrees_in_one_node(graph: Graph) -> None:
    answer = graph.sparql(
        """SELECT ?a ?b (COUNT(?r) AS ?n) WHERE {
             ?r a qawl:Agreement ; qawl:relates ?a, ?b . FILTER (STR(?a) < STR(?b))
           } GROUP BY ?a ?b HAVING (COUNT(?r) > 1)"""
    )
    assert isinstance(answer, Table)
    assert answer.rows == ()


def _chain_pairs(chain: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the later and the earlier of every two counts of a chain."""
    names = [one["claim"] for one in chain["claims"]]
    pairs = {(later, earlier) for earlier, later in combinations(names, 2)}
    return pairs - {(one, other) for one, other in chain.get("except", ())}


@pytest.mark.parametrize("name", EXPECTED["chains"])
def test_every_later_count_of_a_chain_updates_every_earlier_one(links: Pairs, name: str) -> None:
    assert _chain_pairs(EXPECTED["chains"][name]) - links["updates"] == set()
