"""Who reports whom: the chains of voices, aggregated by speaker.

A claim belongs to its innermost voice; each voice is quoted in the one that relays it. A *generous*
chain has every voice; a *strict* one leaves out the voices that the reader only infers, joining the
voices on either side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from kg.networks.days import days_of
from kg.networks.rows import literal_text, solutions
from kg.rdf.iris import concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from kg.networks.aggregate import Builder
    from kg.networks.days import Days
    from kg.store.local import Graph

__all__ = ["MODES", "Chain", "Mode", "Voice", "add_attribution", "chains"]

#: Whether chains have the voices that the reader only infers.
Mode = Literal["generous", "strict"]
MODES: Final[tuple[Mode, ...]] = ("generous", "strict")

_INFERRED: Final = concept("marking", "inferred")
#: Stances in which a voice commits itself firmly, for or against.
_FIRM: Final = frozenset({concept("stance", "certain"), concept("stance", "certainly-not")})


@dataclass(slots=True)
class Voice:
    """A voice: who speaks (several, when jointly), in which outer voice, since when."""

    iri: str
    speakers: dict[NamedNode, None] = field(default_factory=dict)
    outer: str | None = None
    inferred: bool = False
    said: Days | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The voices of a claim from the innermost outward; ``firm`` says whether it is certain."""

    claim: NamedNode
    firm: bool
    voices: tuple[Voice, ...]


def chains(
    graph: Graph, text: str, keep: frozenset[str] | None = None, mode: Mode = "generous"
) -> Iterator[Chain]:
    """Return the chain of each claim, in the order of the claims' IRIs.

    :param text: the query of the projection ``attribution``.
    :param keep: the claims that pass the filters; ``None`` is all.
    """
    voices: dict[str, Voice] = {}
    members: dict[NamedNode, dict[str, None]] = {}
    firm: dict[NamedNode, bool] = {}
    _, rows = solutions(graph, text)
    for row in rows:
        claim = row["claim"]
        if keep is not None and claim.value not in keep:
            continue
        iri = row["voice"].value
        if (voice := voices.get(iri)) is None:
            voice = voices[iri] = Voice(iri, inferred=row["marking"] == _INFERRED)
            voice.said = days_of(literal_text(row["start"]), literal_text(row["end"]))
        voice.speakers[row["speaker"]] = None
        if (outer := row["outer"]) is not None:
            voice.outer = outer.value
        members.setdefault(claim, {})[iri] = None
        firm[claim] = row["stance"] in _FIRM
    for claim in sorted(members, key=lambda one: one.value):
        ordered = _in_order([voices[iri] for iri in members[claim]])
        if mode == "strict":
            ordered = [voice for voice in ordered if not voice.inferred]
        yield Chain(claim, firm[claim], tuple(ordered))


def _in_order(voices: list[Voice]) -> list[Voice]:
    """Return the voices of one claim from the innermost outward."""
    by_iri = {voice.iri: voice for voice in voices}
    quoted = {voice.outer for voice in voices}
    waiting = sorted(iri for iri in by_iri if iri not in quoted)
    found: dict[str, Voice] = {}
    while waiting:
        iri = waiting.pop(0)
        if iri in by_iri and iri not in found:
            found[iri] = by_iri[iri]
            if outer := by_iri[iri].outer:
                waiting.append(outer)
    return list(found.values())


def add_attribution(builder: Builder, found: Iterable[Chain]) -> None:
    """Add the steps of chains as edges, and count what each speaker says, relays and endorses."""
    own: dict[NamedNode, int] = {}
    firmly: dict[NamedNode, int] = {}
    relayed: dict[NamedNode, int] = {}
    firm_edges: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = {}
    sums = {}
    for chain in found:
        if not chain.voices:
            continue
        makers = chain.voices[0].speakers
        for speaker in makers:
            own[speaker] = own.get(speaker, 0) + 1
            firmly[speaker] = firmly.get(speaker, 0) + chain.firm
        for speaker in {one for voice in chain.voices[1:] for one in voice.speakers} - set(makers):
            relayed[speaker] = relayed.get(speaker, 0) + 1
        for inner, outer in zip(chain.voices, chain.voices[1:], strict=False):
            for target in inner.speakers:
                for source in outer.speakers:
                    sums[source, target] = builder.edge(
                        source, target, chain.claim, told=False, span=inner.said
                    )
                    marking = "inferred" if inner.inferred or outer.inferred else "explicit"
                    sums[source, target].facts.setdefault("marking", {})[marking] = None
                    if chain.firm:
                        firm_edges.setdefault((source, target), set()).add(chain.claim)
    for pair, edge in sums.items():
        firm = len(firm_edges.get(pair, ()))
        edge.facts["endorsed"] = {firm: None}
        edge.facts["endorsed_share"] = {firm / len(edge.claims): None}
    for speaker in {**own, **relayed}:
        made, passed = own.get(speaker, 0), relayed.get(speaker, 0)
        firm = firmly.get(speaker, 0)
        share = firm / (made + passed)
        facts = {"own": made, "relayed": passed, "endorsed": firm, "endorsed_share": share}
        builder.node(speaker, facts=facts)
