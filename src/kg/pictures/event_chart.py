"""Events in time, with every date claimed for each: the bar shows how uncertain the date is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.edtf import stretches
from kg.errors import PictureError
from kg.networks.days import day_key
from kg.networks.look import PALETTE
from kg.networks.named_projections import projection
from kg.networks.node_attributes import Entities
from kg.networks.timeline import datings
from kg.pictures.speakers import speakers_of_claims
from kg.pictures.table_chart import Bar, Block, Row, table_scene
from kg.pictures.time_axis import ordinal
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.networks.attribution import Mode
    from kg.networks.days import Days
    from kg.networks.timeline import Dating
    from kg.pictures.network_picture import Scene
    from kg.store.local import Graph

__all__ = ["event_chart"]

_MOST_TICKS: Final = 12
_SHORT: Final = 10


def event_chart(
    graph: Graph, lang: str, keep: frozenset[str] | None = None, mode: Mode = "generous"
) -> Scene:
    """Return the chart.

    :param keep: IRIs of the claims that pass the filters; ``None`` means all.
    :param mode: ``strict`` leaves out the voices that the reader only infers.
    :raises PictureError: no claim dates an event.
    """
    entities = Entities(graph.store, lang)
    words = wording("pictures.events", lang)
    found = list(datings(graph, projection("events").text, keep))
    if not found:
        raise PictureError("no claim dates an event, so there is no timeline; relax the filters")
    who = speakers_of_claims(graph, entities, keep, mode)
    first, last = _years([one.days for one in found if one.days is not None])
    scale = (ordinal(f"{first:04d}-01-01"), ordinal(f"{last:04d}-01-01"))

    def row(one: Dating) -> Row:
        bars = () if one.days is None else (_bar(one.days, scale),)
        return Row(
            entities.label(one.event.value),
            who.get(one.claim.value, ""),
            _when(one, entities, words),
            bars,
            entities.quote(one.claim),
        )

    step = max(1, -(-(last - first) // _MOST_TICKS))
    ticks = tuple(
        (_share(ordinal(f"{year:04d}-01-01"), scale), str(year))
        for year in range(first, last, step)
    )
    blocks = []
    if dated := _by_earliest_date(found):
        blocks.append(Block(words["dated"], tuple(map(row, dated)), ticks))
    relative = [one for one in found if one.days is None and one.anchor is not None]
    relative.sort(key=lambda one: (one.event.value, one.claim.value))
    if relative:
        blocks.append(Block(words["undated"], tuple(map(row, relative))))
    return table_scene(words["title"], blocks, [words["note"]], lang)


def _by_earliest_date(found: Sequence[Dating]) -> list[Dating]:
    """Return the datings with a date, grouped by event, the event with the earliest date first."""
    earliest: dict[str, tuple[int, int, int]] = {}
    dated = []
    for one in found:
        if one.days is None:
            continue
        dated.append(one)
        key = day_key(one.days.start or one.days.end or "0001-01-01")
        earliest[one.event.value] = min(key, earliest.get(one.event.value, key))
    dated.sort(key=lambda one: (earliest[one.event.value], one.event.value, one.claim.value))
    return dated


def _years(spans: list[Days]) -> tuple[int, int]:
    """Return the first year of the scale and the year after its last."""
    days = [day for span in spans for day in (span.start, span.end) if day is not None]
    years = [day_key(day)[0] for day in days] or [2000]
    return max(1, min(years)), min(9999, max(max(years), 1) + 1)


def _share(day: int, scale: tuple[int, int]) -> float:
    return min(1.0, max(0.0, (day - scale[0]) / max(1, scale[1] - scale[0])))


def _bar(days: Days, scale: tuple[int, int]) -> Bar:
    start = 0.0 if days.start is None else _share(ordinal(days.start), scale)
    end = 1.0 if days.end is None else _share(ordinal(days.end) + 1, scale)
    return Bar(start, end, PALETTE[0], faint=days.start != days.end)


def _when(one: Dating, entities: Entities, words: Mapping[str, str]) -> str:
    if one.days is None:
        assert one.anchor is not None
        return f"{words[one.relation or 'before']}: {entities.label(one.anchor.value)}"
    if one.edtf is not None and len(one.edtf) <= _SHORT:
        return one.edtf
    members = stretches(one.edtf) if one.edtf is not None else ()
    spans = members or ((one.days.start or "…", one.days.end or "…"),)
    # Of a set in braces, every date is meant.
    between = words["and"] if one.edtf is not None and one.edtf[0] == "{" else words["or"]
    return f" {between} ".join(
        first if first == last else f"{first} {words['to']} {last}" for first, last in spans
    )
