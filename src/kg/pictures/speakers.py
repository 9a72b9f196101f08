"""Who makes a claim, in a few words: the innermost voice, and the voices that relay it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.networks.attribution import chains
from kg.networks.named_projections import projection
from kg.wording import listed, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.networks.attribution import Mode, Voice
    from kg.networks.node_attributes import Entities
    from kg.store.local import Graph

__all__ = ["speakers_of_claims"]


def speakers_of_claims(
    graph: Graph, entities: Entities, keep: frozenset[str] | None, mode: Mode = "generous"
) -> Mapping[str, str]:
    """Return, by the claim's IRI, its speaker and those who relay it; ``?`` marks inferred voices.

    Other possible speakers come after "or". The article, which relays every claim, is named only if
    it speaks in its own voice.
    """
    words = wording("pictures.speakers", entities.lang)
    common = wording("common", entities.lang)

    def named(voice: Voice) -> str:
        names = sorted(entities.label(one.value) for one in voice.speakers)
        return common["and"].join(names) + (words["doubt"] if voice.inferred else "")

    found = {}
    for chain in chains(graph, projection("attribution").text, keep, mode):
        names = [named(voice) for voice in chain.voices]
        between = names[1:-1]
        via = f" ({words['via']} {listed(between, entities.lang)})" if between else ""
        possible = entities.possible_speakers(chain.claim)
        other = f"{common['comma']}{words['or']} {listed(possible, entities.lang)}"
        found[chain.claim.value] = f"{names[0]}{via}{other if possible else ''}"
    return found
