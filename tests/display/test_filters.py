"""Filters in an address: what they let through, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.display.cards import is_contradicted
from kg.display.filters import ClaimFilter, Facet, Only, facets

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def passing(book: ClaimBook, claims: dict[str, Claim], chosen: ClaimFilter) -> set[str]:
    return {
        name
        for name, one in claims.items()
        if chosen.passes(one, contradicted=is_contradicted(book, one))
    }


@pytest.mark.parametrize(
    ("parameters", "some"),
    [
        ([("only", "contradicted")], {"invasion-start", "invasion-start-20-march"}),
        ([("measure", "cost"), ("voice", "actor/congressional-research-service")], {"crs-cost"}),
        ([("kind", "CasualtyClaim"), ("voice", "actor/icasualties")], {"coalition-dead"}),
    ],
)
def test_what_a_filter_lets_through(
    shipped: ClaimBook,
    iraq: dict[str, Claim],
    parameters: list[tuple[str, str]],
    some: set[str],
) -> None:
    assert passing(shipped, iraq, ClaimFilter.of(parameters)) == some


def test_a_voice_is_sought_along_the_whole_chain(
    shipped: ClaimBook, iraq: dict[str, Claim]
) -> None:
    found = passing(shipped, iraq, ClaimFilter(voice="actor/bbc"))
    assert found == {
        name for name, one in iraq.items() if any("bbc" in voice.id for voice in one.chain)
    }
    assert passing(shipped, iraq, ClaimFilter(only=(Only.PROPOSED,))) == set()


def test_a_filter_is_written_as_it_was_read() -> None:
    chosen = ClaimFilter.of(
        [("only", "inferred"), ("voice", "actor/bbc"), ("x", "y"), ("stance", ""), ("only", "z")]
    )
    assert chosen == ClaimFilter(voice="actor/bbc", only=(Only.INFERRED,))
    assert chosen.search() == "voice=actor/bbc&only=inferred"
    assert chosen
    assert not ClaimFilter.of([("claim", "x")])


def test_the_fields_know_their_values(iraq: dict[str, Claim]) -> None:
    found = {one.field: one for one in facets(iraq.values(), ClaimFilter(stance="certain"), "en")}
    assert isinstance(found["voice"], Facet)
    assert found["stance"].chosen == "certain"
    value, name, number = found["stance"].values[0]
    assert (value, name.en) == ("certain", "certain")
    assert number == sum(
        one.stance is not None and one.stance.code == "certain" for one in iraq.values()
    )
    assert facets((), ClaimFilter(), "ar") == ()
