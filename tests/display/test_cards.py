"""Cards: what a claim meets, and whose words it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.cards import ClaimCard, Meeting, card, is_contradicted, shared_words

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def test_the_card_of_the_figure(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    found = card(shipped, iraq["us-dead-2003-2011"])
    assert isinstance(found, ClaimCard)
    assert (len(found.origins), found.independent, found.contradicted) == (1, 1, False)
    told = {(one.relation.kind.code, one.other.id) for one in found.meetings if one.other}
    assert told >= {
        ("SumRelation", "us-dead-to-2010"), ("SumRelation", "us-dead-since-2010"),
    }  # fmt: skip
    assert all(isinstance(one, Meeting) for one in found.meetings)


def test_claims_that_share_words_the_smallest_first(
    shipped: ClaimBook, iraq: dict[str, Claim]
) -> None:
    sharing = shared_words(iraq.values())
    claim = iraq["occupation-by-americans"]
    found = card(shipped, claim, sharing[claim.iri])
    assert [one.id for one in found.overlapping][:2] == [
        "invasion-start-20-march", "occupation-start",
    ]  # fmt: skip


def test_who_shares_words_is_told_on_both_sides(iraq: dict[str, Claim]) -> None:
    sharing = shared_words(iraq.values())
    for one in iraq.values():
        assert [other.id for other in sharing.get(one.iri, ())] == sorted(
            (
                name
                for name, other in iraq.items()
                if other is not one
                and any(
                    a.start < b.end and b.start < a.end
                    for a in one.passages
                    for b in other.passages
                )
            ),
            key=lambda name: (
                sum(span.end - span.start for span in iraq[name].passages), iraq[name].iri,
            ),
        )  # fmt: skip


def test_both_sides_of_a_contradiction_are_contradicted(
    shipped: ClaimBook, iraq: dict[str, Claim], flood: ClaimBook
) -> None:
    assert is_contradicted(shipped, iraq["invasion-start"])
    assert not is_contradicted(shipped, iraq["crs-cost"])
    assert [is_contradicted(flood, one) for one in flood.all()] == [True, True]
