"""Claims as the reading has them, read from the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_world import World, first_article, listed

from kg.display.claims import ClaimBook, fragment_of
from kg.store.local import Graph

if TYPE_CHECKING:
    from kg.display.claims import Claim


@pytest.fixture(scope="module")
def world() -> World:
    return first_article()


def test_every_claim_has_what_the_reading_says(world: World, iraq: dict[str, Claim]) -> None:
    assert sorted(iraq) == sorted(one["id"] for one in world.reading["claims"])
    for told in world.reading["claims"]:
        claim = iraq[told["id"]]
        assert claim.gloss.en == told["gloss"]
        assert claim.gloss.ar == told.get("gloss-ar", "")
        assert [one.id for one in claim.chain] == world.chain(told["voice"])
        assert len(claim.passages) == len(listed(told["quote"]))
        assert claim.confidence == (float(told["confidence"]) if "confidence" in told else None)
        assert len(claim.possible) == len(listed(told.get("possible-voices")))
        assert (told.get("why") is None) <= (told.get("why") not in claim.notes)


def test_claims_come_in_the_order_of_the_text(iraq: dict[str, Claim]) -> None:
    starts = [one.start for one in iraq.values()]
    assert starts == sorted(starts)


def test_the_days_of_a_contradiction(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    (relation,) = [
        one
        for one in shipped.relations(iraq["invasion-start"].iri)
        if one.kind.code == "Contradiction"
    ]
    assert relation.other == iraq["invasion-start-20-march"].iri
    assert relation.gap_days == 1
    assert relation.rule is not None
    assert relation.rule.code == "time-contradiction"


def test_the_sides_of_a_sum(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    found = shipped.relations(iraq["us-dead-2003-2011"].iri)
    (first, second) = [one for one in found if one.kind.code == "SumRelation"]
    assert {first.other, second.other} == {
        iraq["us-dead-to-2010"].iri, iraq["us-dead-since-2010"].iri,
    }  # fmt: skip
    assert (first.role, first.holds) == ("whole", True)


def test_a_relation_of_a_claim_to_itself_alone(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    found = shipped.relations(iraq["stiglitz-cost"].iri)
    assert [one.other for one in found if one.kind.code == "ScaleAnomaly"] == [""]


def test_kinds_are_the_narrowest(iraq: dict[str, Claim]) -> None:
    assert [one.code for one in iraq["us-dead-2003-2011"].kinds] == ["CasualtyClaim"]
    assert [one.code for one in iraq["occupation-start"].kinds] == ["OccurrenceClaim"]


def test_what_a_person_has_not_read_is_proposed(flood: ClaimBook) -> None:
    claim = flood.all()[0]
    assert (claim.proposed, claim.inferred) == (False, False)


def test_a_fragment_names_the_reading_unless_it_is_the_curated_one() -> None:
    base = "https://w3id.org/qawl/id/claim/flood"
    assert fragment_of(f"{base}/curated/toll") == "toll"
    assert fragment_of(f"{base}/model-2/toll") == "model-2/toll"


def test_the_facts_of_a_view_alone() -> None:
    from pyoxigraph import Store

    assert ClaimBook(Graph(Store())).all() == []
