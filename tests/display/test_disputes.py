"""Contradictions by their question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.disputes import Dispute, disputes

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def test_the_days_of_the_invasion(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    (found,) = disputes(shipped, iraq.values())
    assert isinstance(found, Dispute)
    assert found.question == iraq["invasion-start"].question
    ((one, other, relation),) = found.pairs
    assert [one.id, other.id] == ["invasion-start-20-march", "invasion-start"]
    assert relation.gap_days == 1
    assert [[claim.id for claim in origin.claims] for origin in found.origins] == [
        ["invasion-start-20-march"], ["invasion-start"],
    ]  # fmt: skip
    assert [origin.inferred for origin in found.origins] == [False, True]


def test_the_example_differs_by_three(flood: ClaimBook) -> None:
    (found,) = disputes(flood, flood.all())
    ((_, _, relation),) = found.pairs
    assert relation.difference == 3
    assert found.independent == 1
    assert disputes(flood, ()) == []
