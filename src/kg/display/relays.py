"""Who relays whom, and what one speaker is said to have said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.display.claims import Claim
    from kg.display.facts import Name
    from kg.display.voices import Voice
    from kg.wording import Language

__all__ = ["Relay", "Speaker", "relays", "speakers", "spoken_by"]


@dataclass(frozen=True, slots=True)
class Relay:
    """One voice that relays another, with the claims that it relays.

    ``inferred`` counts those with at least one inferred voice.
    """

    outer: Voice
    inner: Voice
    depth: int
    claims: tuple[Claim, ...]
    inferred: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: how many claims they make and how many they relay."""

    name: Name
    said: int
    relayed: int


def relays(claims: Iterable[Claim]) -> list[Relay]:
    """Return every pair of voices of which one relays the other, by their speakers.

    Those nearer to the article come first, then those that relay more.
    """
    found: dict[tuple[str, str], list[tuple[Voice, Voice, Claim]]] = {}
    for claim in claims:
        for inner, outer in pairwise(claim.chain):
            found.setdefault((outer.key, inner.key), []).append((outer, inner, claim))
    result = []
    for members in found.values():
        outer, inner, _ = members[0]
        depths = [len(claim.chain) - 1 - claim.chain.index(voice) for voice, _, claim in members]
        result.append(
            Relay(
                outer,
                inner,
                min(depths),
                tuple({claim.iri: claim for *_, claim in members}.values()),
                sum(one.inferred or other.inferred for one, other, _ in members),
            )
        )
    return sorted(
        result, key=lambda one: (one.depth, -len(one.claims), one.outer.key, one.inner.key)
    )


def speakers(claims: Iterable[Claim], language: Language) -> list[Speaker]:
    """Return all speakers, those with the most claims first."""
    said: Counter[Name] = Counter()
    relayed: Counter[Name] = Counter()
    for claim in claims:
        for place, voice in enumerate(claim.chain):
            (relayed if place else said).update(voice.speakers)
    names = {*said, *relayed}
    found = [Speaker(one, said[one], relayed[one]) for one in names]
    return sorted(
        found, key=lambda one: (-one.said, -one.relayed, one.name.best(language), one.name.iri)
    )


def spoken_by(
    claims: Sequence[Claim], speaker: str
) -> tuple[list[tuple[tuple[Voice, ...], list[Claim]]], list[Claim]]:
    """Return what a speaker is said to have said, by relaying voices, and what the speaker relays.

    Claims with the same relaying voices are grouped; chains are compared by speakers.
    """
    said: dict[tuple[tuple[str, bool], ...], tuple[tuple[Voice, ...], list[Claim]]] = {}
    relayed = []
    for claim in claims:
        places = [
            place
            for place, voice in enumerate(claim.chain)
            if any(one.iri == speaker for one in voice.who)
        ]
        if places and places[0] == 0:
            key = tuple((one.key, one.inferred) for one in claim.chain)
            said.setdefault(key, (claim.chain, []))[1].append(claim)
        elif places:
            relayed.append(claim)
    return list(said.values()), relayed
