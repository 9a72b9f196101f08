"""How many origins answers have: who is heard twice is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.display.claims import PossibleVoice
from kg.display.origins import Origin, independent, origins

if TYPE_CHECKING:
    from kg.display.claims import Claim


def names(found: tuple[Origin, ...]) -> list[list[str]]:
    return [[name.en for name in one.names] for one in found]


def test_figures_of_one_source_are_one_origin(iraq: dict[str, Claim]) -> None:
    claims = [iraq[one] for one in ("us-dead-2003-2011", "us-dead-to-2010", "us-dead-since-2010")]
    found = origins(claims)
    assert names(found) == [["US Department of Defense"]]
    assert [one.id for one in found[0].claims] == [one.id for one in claims]
    assert independent(claims) == 1
    assert not found[0].inferred  # the first is explicit


def test_two_sources_through_one_relay_are_two_origins_but_not_independent(
    iraq: dict[str, Claim],
) -> None:
    claims = [iraq["crs-cost"], iraq["stiglitz-cost"]]
    assert names(origins(claims)) == [
        ["Congressional Research Service"], ["Joseph Stiglitz", "Linda Bilmes"],
    ]  # fmt: skip
    assert independent(claims) == 1


def test_voices_that_only_the_article_relays_are_independent(iraq: dict[str, Claim]) -> None:
    claims = [iraq["us-operation-over"], iraq["intelligence-wrong"]]
    assert independent(claims) == len(origins(claims)) == 2


def test_an_origin_without_a_name_is_not_shown_to_be_another(iraq: dict[str, Claim]) -> None:
    accusation = next(one for one in iraq.values() if one.voice and one.voice.unnamed)
    claims = [accusation, iraq["us-operation-over"], iraq["intelligence-wrong"]]
    assert len(origins(claims)) == 3
    assert independent(claims) == 2


def test_a_possible_voice_in_common_keeps_claims_from_being_independent(
    iraq: dict[str, Claim],
) -> None:
    one, other = iraq["us-operation-over"], iraq["intelligence-wrong"]
    open_one = replace(one, possible=(PossibleVoice(other.chain, 0.5),))
    assert independent([one, other]) == 2
    assert independent([open_one, other]) == 1


def test_an_inferred_voice_makes_an_inferred_origin(iraq: dict[str, Claim]) -> None:
    assert origins([iraq["us-wounded-to-2010"]])[0].inferred
    assert origins([]) == ()
    assert independent([]) == 0
