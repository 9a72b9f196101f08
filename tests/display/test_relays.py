"""Who relays whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.relays import Relay, Speaker, relays, speakers, spoken_by

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook

BLAIR = "https://w3id.org/qawl/id/actor/tony-blair"
BBC = "https://w3id.org/qawl/id/actor/bbc"


def test_the_claims_of_an_edge_are_those_that_pass_through_it(iraq: dict[str, Claim]) -> None:
    found = relays(iraq.values())
    (one,) = [
        each
        for each in found
        if (each.outer.who[0].en, each.inner.who[0].en) == ("BBC", "US Department of Defense")
    ]
    assert isinstance(one, Relay)
    expected = {name for name, claim in iraq.items() if claim.chain[0].id.startswith("pentagon")}
    assert {claim.id for claim in one.claims} == expected
    assert one.inferred == len(expected)  # the BBC goes on only by inference
    assert one.depth == 1
    assert found[0].depth == 0


def test_what_blair_says_and_who_relays_it(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    groups, relayed = spoken_by(shipped.by_speaker(BLAIR), BLAIR)
    said = {claim.id for _, claims in groups for claim in claims}
    assert said == {name for name, one in iraq.items() if one.chain[0].id.startswith("blair")}
    # The apology he makes inside his own quotation.
    assert [[voice.key.rpartition("/")[2] for voice in chain[:-1]] for chain, _ in groups] == [
        ["tony-blair"], ["tony-blair", "tony-blair"],
    ]  # fmt: skip
    assert all(chain[-1].is_article for chain, _ in groups)
    assert relayed == []
    _, relayed = spoken_by(shipped.by_speaker(BBC), BBC)
    assert "us-dead-2003-2011" in {one.id for one in relayed}


def test_speakers_by_what_they_say(iraq: dict[str, Claim]) -> None:
    found = speakers(iraq.values(), "en")
    counts = {one.name.en: one for one in found}
    assert isinstance(found[0], Speaker)
    assert (counts["Tony Blair"].said, counts["Tony Blair"].relayed) == (9, 3)
    assert counts["iCasualties"].said == 1
    assert [one.said for one in found] == sorted((one.said for one in found), reverse=True)
