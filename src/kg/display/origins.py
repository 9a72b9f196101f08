"""The origins of answers: one voice relayed by two others is still one origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.display.claims import Claim
    from kg.display.facts import Name

__all__ = ["Origin", "independent", "origins"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims whose innermost voices have a speaker or a source in common.

    ``inferred`` says that only the reader assigns the first of them to this voice.
    """

    names: tuple[Name, ...]
    claims: tuple[Claim, ...]
    inferred: bool


def _innermost(claim: Claim) -> set[str]:
    voice = claim.voice
    if voice is None:
        return {claim.iri}
    return {one.iri for one in (*voice.speakers, *filter(None, (voice.source,)))} or {voice.iri}


def _whole_chain(claim: Claim) -> set[str]:
    """Return who speaks or relays, whichever of the possible voices is the claim's."""
    found = _innermost(claim)
    for voice in (*claim.chain[1:], *(one for other in claim.possible for one in other.chain)):
        if not voice.is_article:
            found |= {one.iri for one in (*voice.speakers, *filter(None, (voice.source,)))}
    return found


def _grouped(
    claims: Iterable[Claim], keys: Callable[[Claim], set[str]]
) -> list[tuple[set[str], list[Claim]]]:
    groups: list[tuple[set[str], list[Claim]]] = []
    for claim in claims:
        shared, members = keys(claim), [claim]
        apart = []
        for known, others in groups:
            if known & shared:
                shared, members = known | shared, [*others, *members]
            else:
                apart.append((known, others))
        groups = [*apart, (shared, members)]
    return groups


def origins(claims: Sequence[Claim]) -> tuple[Origin, ...]:
    """Return the origins of claims, in the order in which the claims first name them."""
    order = {one.iri: place for place, one in enumerate(claims)}
    found = []
    for _, members in _grouped(claims, _innermost):
        members.sort(key=lambda one: order[one.iri])
        voices = [one.voice for one in members if one.voice is not None]
        names = tuple(dict.fromkeys(name for voice in voices for name in voice.who))
        found.append(Origin(names, tuple(members), all(one.inferred for one in voices)))
    return tuple(sorted(found, key=lambda one: order[one.claims[0].iri]))


def independent(claims: Iterable[Claim]) -> int:
    """Return how many groups of claims have no voice in common, except the articles' own.

    The rule for independent agreement requires this. A claim whose origin the text does not name is
    in no group, as it may be that of another.
    """
    known = [one for one in claims if one.voice is None or not one.voice.unnamed]
    return len(_grouped(known, _whole_chain))
