"""Events in time: their order by the days that claims give them.

An event's days run from the earliest to the latest that any claim allows. One event is *certainly*
before another if all its days are. If they overlap, it is *possibly* before if it neither begins
nor ends later and their spans differ. Without a date a claim may still state an order. What follows
through a third event is not a separate edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.networks.days import Days, day_key, days_of, hull
from kg.networks.rows import literal_text, solutions
from kg.rdf.iris import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from kg.networks.aggregate import Builder
    from kg.store.local import Graph

__all__ = ["Dating", "add_timeline", "datings", "order"]

_NEVER: Final = (10_000, 1, 1)


@dataclass(frozen=True, slots=True)
class Dating:
    """What one claim says about an event's time: days, or before or after another event."""

    claim: NamedNode
    event: NamedNode
    edtf: str | None
    days: Days | None
    relation: str | None
    anchor: NamedNode | None


@dataclass(slots=True)
class _Dated:
    claims: list[NamedNode] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)


def datings(graph: Graph, text: str, keep: frozenset[str] | None = None) -> Iterator[Dating]:
    """Return what claims say about when events took place.

    :param text: the query of the projection ``events``.
    :param keep: the claims that pass the filters; ``None`` is all.
    """
    _, rows = solutions(graph, text)
    for row in rows:
        if keep is not None and row["claim"].value not in keep:
            continue
        relation = row["relation"]
        yield Dating(
            row["claim"],
            row["event"],
            literal_text(row["edtf"]),
            days_of(literal_text(row["start"]), literal_text(row["end"])),
            None if relation is None else local_name(relation.value),
            row["anchor"],
        )


def _bounds(days: Days) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    start, end = days.start, days.end
    return (
        day_key(start) if start else (-_NEVER[0], 1, 1),
        day_key(end) if end else _NEVER,
    )


def order(spans: Sequence[Days]) -> Iterator[tuple[int, int, bool]]:
    """Return which spans come before which, by index, and whether this is certain.

    A pair that follows from two others is left out.
    """
    bounds = [_bounds(days) for days in spans]
    ranked = sorted(range(len(spans)), key=lambda index: bounds[index])
    for place, one in enumerate(ranked):
        start, end = bounds[one]
        nearest = nearest_certain = None
        for other in ranked[place + 1 :]:
            begins, ends = bounds[other]
            if nearest_certain is not None and begins > nearest_certain:
                break  # a third event lies wholly between; so it does for all that follow
            if end < begins:
                if nearest_certain is None or ends < nearest_certain:
                    nearest_certain = ends
                yield one, other, True
            elif (
                ends >= end
                and (start, end) != (begins, ends)
                and (nearest is None or ends < nearest[1] or (begins, ends) == nearest)
            ):
                nearest = (begins, ends)
                yield one, other, False


def add_timeline(builder: Builder, found: Sequence[Dating]) -> None:
    """Add dated events and those that claims put before or after one another."""
    dated: dict[NamedNode, _Dated] = {}
    for dating in found:
        if dating.days is not None:
            one = dated.setdefault(dating.event, _Dated())
            one.claims.append(dating.claim)
            one.days.append(dating.days)
    events = sorted(dated, key=lambda event: event.value)
    spans: list[Days] = []
    for event in events:
        days = hull(dated[event].days) or dated[event].days[0]
        spans.append(days)
        for claim in dated[event].claims:
            builder.node(event, builder.entities.key(claim))
        dates = len(set(dated[event].days))
        builder.node(event, facts={**days.attributes(), "dates": dates})
    for index, later, certain in order(spans):
        earlier, after = events[index], events[later]
        for claim in (*dated[earlier].claims, *dated[after].claims):
            edge = builder.edge(earlier, after, claim, told=False)
            edge.facts["basis"] = {"dates": None}
            edge.facts["certainty"] = {"certain" if certain else "possible": None}
    for dating in found:
        if dating.relation is None or dating.anchor is None:
            continue
        pair = (dating.event, dating.anchor)
        source, target = pair if dating.relation == "before" else reversed(pair)
        builder.node(dating.event, builder.entities.key(dating.claim))
        edge = builder.edge(source, target, dating.claim, told=False)
        edge.facts.setdefault("basis", {})["stated"] = None
        edge.facts.setdefault("certainty", {})["stated"] = None
