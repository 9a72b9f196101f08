"""Measures of voices: through how many hands claims reach us, and on whom they depend.

* At which *hand* a claim reaches us: the first in the article's own voice, the second if the
  article reports who says it, the third with one more in between. Someone who quotes their own
  words adds no hand.
* How many *origins* an answer has. Claims that share a speaker other than the article have one
  origin.
* Who is a *single point of dependence*: how many claims of others, and how many speakers, we would
  not know about without it. A claim does not depend on it if an agreeing claim reaches us some
  other way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.networks.attribution import chains
from kg.networks.filters import passing_claims
from kg.networks.named_projections import projection
from kg.networks.node_attributes import Entities
from kg.rdf.iris import term
from kg.sparql.terminal import isolate, render_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Store

    from kg.networks.attribution import Chain, Mode, Voice
    from kg.store.local import Graph

__all__ = ["Dependence", "Origins", "VoiceMeasures", "measure_voices"]

_ANSWERS: Final = term("qawl:answers")
_AGREES: Final = term("qawl:agreesWith")
_TYPE: Final = term("rdf:type")
_ANONYMOUS: Final = term("qawl:AnonymousVoice")
_SPOKEN_FOR: Final = term("qawl:onBehalfOf")


@dataclass(frozen=True, slots=True)
class Origins:
    """The claims that answer one question: their speakers, and how many of them are independent.

    Of those whose origin the text does not name nobody can say that they are.
    """

    question: str
    label: str
    claims: int
    speakers: int
    independent: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """A speaker, with the claims of others and the speakers that reach us through it alone."""

    speaker: str
    label: str
    claims: int
    speakers: int


@dataclass(frozen=True, slots=True)
class VoiceMeasures:
    """Measures of the voices of a graph.

    ``hands`` counts claims by hand, from the first; ``dependence`` and ``origins`` begin with the
    largest. The article's own voice, through which everything reaches us, is not in ``dependence``.
    """

    hands: Mapping[int, int]
    dependence: tuple[Dependence, ...]
    origins: tuple[Origins, ...]

    def shares(self) -> dict[int, float]:
        """Return the share of all claims at each hand."""
        total = sum(self.hands.values())
        return {hand: count / total for hand, count in self.hands.items()}

    def text(self, most: int = 10) -> str:
        """Return tables for a terminal; of questions, those with several answers come first."""
        shares = self.shares()
        rows = [[str(hand), str(self.hands[hand]), f"{shares[hand]:.1%}"] for hand in self.hands]
        parts = [
            "How many hands claims pass through:",
            render_table(["hand", "claims", "share"], rows),
        ]
        rows = [
            [isolate(one.label), str(one.claims), str(one.speakers)]
            for one in self.dependence[:most]
        ]
        if rows:
            parts += [
                "",
                "Single points of dependence: claims that reach us through one voice alone:",
            ]
            parts.append(render_table(["voice", "claims of others", "speakers"], rows, 10_000))
        rows = [
            [isolate(one.label), str(one.claims), str(one.speakers), str(one.independent)]
            for one in self.origins[:most]
        ]
        head = ["question", "claims", "speakers", "independent origins"]
        parts += ["", "Origins behind answers:", render_table(head, rows, 10_000)]
        if len(self.origins) > most:
            parts.append(f"({len(self.origins)} questions; the first {most} are shown)")
        return "\n".join(parts)


def measure_voices(
    graph: Graph, *, lang: str = "en", mode: Mode = "generous", **filters: object
) -> VoiceMeasures:
    """Return the measures of a graph's voices.

    :param mode: ``strict`` leaves out the voices that the reader only infers.
    :param filters: as for :func:`kg.network`.
    :raises ParameterError: a filter is unknown, malformed, or names nothing in the graph.
    """
    entities = Entities(graph.store, lang)
    keep = passing_claims(graph, filters, mode)
    found = [
        chain for chain in chains(graph, projection("attribution").text, keep, mode) if chain.voices
    ]
    hands = Counter(len(_speakers(chain)) for chain in found)
    return VoiceMeasures(
        dict(sorted(hands.items())),
        _dependence(found, graph.store, entities),
        _origins(found, graph.store, entities),
    )


def _speakers(chain: Chain) -> list[frozenset[str]]:
    """Return the speakers, from the innermost outward; someone quoting themselves appears once."""
    found: list[frozenset[str]] = []
    for voice in chain.voices:
        speakers = frozenset(one.value for one in voice.speakers)
        if not found or found[-1] != speakers:
            found.append(speakers)
    return found


def _agreeing(store: Store) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, _AGREES, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found.setdefault(quad.subject, set()).add(quad.object)
            found.setdefault(quad.object, set()).add(quad.subject)
    return found


def _dependence(found: Sequence[Chain], store: Store, entities: Entities) -> tuple[Dependence, ...]:
    through = {chain.claim: _union(_speakers(chain)[:-1]) for chain in found}
    agreeing = _agreeing(store)
    claims: Counter[str] = Counter()
    #: By speaker, the relays that every one of their claims passes.
    always: dict[str, frozenset[str]] = {}
    for chain in found:
        makers, *between = _speakers(chain)[:-1] or [frozenset()]
        relays = _union(between) - makers
        others = [through[one] for one in agreeing.get(chain.claim, ()) if one in through]
        claims.update(relays.intersection(*others))
        for maker in makers:
            always[maker] = always.get(maker, relays) & relays
    speakers = Counter(relay for relays in always.values() for relay in relays)
    ranked = sorted(claims, key=lambda one: (-claims[one], one))
    return tuple(
        Dependence(entities.key(NamedNode(one)), entities.label(one), claims[one], speakers[one])
        for one in ranked
    )


def _origins(found: Sequence[Chain], store: Store, entities: Entities) -> tuple[Origins, ...]:
    by_question: dict[str, list[list[frozenset[str]]]] = {}
    known: dict[str, list[list[frozenset[str]]]] = {}
    for chain in found:
        for quad in store.quads_for_pattern(chain.claim, _ANSWERS, None, None):
            if isinstance(quad.object, NamedNode):
                by_question.setdefault(quad.object.value, []).append(_speakers(chain))
                if not _unnamed(chain.voices[0], store):
                    known.setdefault(quad.object.value, []).append(_speakers(chain))
    answers = [
        Origins(
            entities.key(NamedNode(question)),
            entities.label(question),
            len(voices),
            len(_union(speakers[0] for speakers in voices)),
            # The article's own voice makes no two claims one, unless it stands alone.
            _components(
                [_union(speakers[:-1] or speakers) for speakers in known.get(question, ())]
            ),
        )
        for question, voices in by_question.items()
    ]
    return tuple(sorted(answers, key=lambda one: (-one.claims, one.question)))


def _unnamed(voice: Voice, store: Store) -> bool:
    """Whether the text names neither a voice's speaker nor a body spoken for."""
    node = NamedNode(voice.iri)
    return (
        voice.outer is not None
        and any(store.quads_for_pattern(node, _TYPE, _ANONYMOUS, None))
        and not any(store.quads_for_pattern(node, _SPOKEN_FOR, None, None))
    )


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _components(sets: Iterable[frozenset[str]]) -> int:
    """Return the number of groups of sets that share no member with another group."""
    groups: list[frozenset[str]] = []
    for one in sets:
        joined = one
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return len(groups)
