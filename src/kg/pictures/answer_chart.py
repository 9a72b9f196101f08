"""How many, according to whom: the competing answers to each question, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.errors import PictureError
from kg.networks.look import PALETTE
from kg.networks.node_attributes import Entities
from kg.networks.rows import solutions
from kg.pictures.speakers import speakers_of_claims
from kg.pictures.table_chart import Bar, Block, Row, table_scene
from kg.pictures.theme import LIGHT
from kg.sparql.results import plain
from kg.sparql.rq_file import shipped_rq
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import QuerySolution

    from kg.networks.attribution import Mode
    from kg.pictures.network_picture import Scene
    from kg.store.local import Graph
    from kg.wording import Words

__all__ = ["answer_chart"]

_BAR, _CONTRADICTED = PALETTE[0], PALETTE[5]
_TICKS: Final = 4


@dataclass(slots=True)
class _Answer:
    """One claim's answer to one question."""

    claim: NamedNode
    question: NamedNode
    measure: str | None
    contradicted: bool = False
    parts: dict[str, list[str | int | float | bool]] = field(default_factory=dict)

    def number(self, name: str) -> float | None:
        value = self.parts.get(name, [None])[0]
        return float(value) if isinstance(value, int | float) else None

    def unit(self) -> str | None:
        """Return the IRI of the unit; ``None`` for a count."""
        return min(map(str, self.parts.get("unit", ())), default=None)

    def span(self) -> tuple[float, float] | None:
        """Return the amount as a range; for a garbled amount, the intended one."""
        if (low := self.number("lower")) is not None and (high := self.number("upper")) is not None:
            return low, high
        amount = self.number("emended")
        amount = self.number("value") if amount is None else amount
        return None if amount is None else (amount, amount)


def _answers(rows: Iterable[QuerySolution], keep: frozenset[str] | None) -> list[_Answer]:
    found: dict[tuple[str, str], _Answer] = {}
    for row in rows:
        claim, question, measure = row["claim"], row["question"], row["measure"]
        if keep is not None and claim.value not in keep:
            continue
        key = (question.value, claim.value)
        if (one := found.get(key)) is None:
            name = None if measure is None else measure.value
            one = found[key] = _Answer(claim, question, name)
        one.contradicted |= row["contradicted"] is not None
        for name in (
            "quantity", "value", "lower", "upper", "emended", "approximate", "unit", "surface",
            "edtf", "entity", "truth",
        ):  # fmt: skip
            term = row[name]
            value = term.value if isinstance(term, NamedNode) else plain(term)
            if value is not None and value not in one.parts.setdefault(name, []):
                one.parts[name].append(value)
    return [found[key] for key in sorted(found)]


def answer_chart(
    graph: Graph, lang: str, keep: frozenset[str] | None = None, mode: Mode = "generous"
) -> Scene:
    """Return the chart: one block for each measure, and one for other questions.

    :param keep: IRIs of the claims that pass the filters; ``None`` means all.
    :param mode: ``strict`` leaves out the voices that the reader only infers.
    :raises PictureError: no claim gives an amount, and no question has several answers.
    """
    entities = Entities(graph.store, lang)
    words = wording("pictures.answers", lang)
    question = shipped_rq("pictures", "answers")
    answers = _answers(solutions(graph, question.text)[1], keep)
    if not answers:
        raise PictureError(
            "no claim answers a how-many question, so there is no chart; relax the filters"
        )
    who = speakers_of_claims(graph, entities, keep, mode)
    blocks = []
    measures = {one.measure for one in answers if one.measure is not None}
    for measure in sorted(measures, key=entities.label):
        of_measure = [one for one in answers if one.measure == measure]
        blocks.append(_block(entities.label(measure), of_measure, entities, who, words))
    others = [one for one in answers if one.measure is None]
    if others:
        blocks.insert(0, _block(words["several"], others, entities, who, words))
    return table_scene(words["title"], blocks, [words["note"]], lang)


def _block(
    heading: str,
    answers: list[_Answer],
    entities: Entities,
    who: Mapping[str, str],
    words: Words,
) -> Block:
    units = {one.unit() for one in answers}
    if len(units) == 1 and (unit := units.pop()) is not None:
        heading = f"{heading} · {entities.label(unit)}"
    longest = max((span[1] for one in answers if (span := one.span())), default=0.0)
    rows = tuple(
        Row(
            _dimensions(entities.label(one.question.value)),
            who.get(one.claim.value, ""),
            _answer(one, entities, words, with_unit=bool(units)),
            _bars(one, longest),
            entities.quote(one.claim),
            _CONTRADICTED if one.contradicted else LIGHT.text,
        )
        for one in answers
    )
    ticks = tuple((mark / longest, _grouped(mark, words.language)) for mark in _marks(longest))
    return Block(heading, rows, ticks)


def _marks(longest: float) -> list[float]:
    """Return about four round figures from 0 to below an amount."""
    if longest <= 0:
        return []
    power = 10.0 ** math.floor(math.log10(longest / _TICKS))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= longest / _TICKS)
    # The last mark needs room for its label.
    return [step * number for number in range(_TICKS + 1) if step * number <= longest * 0.9]


def _dimensions(label: str) -> str:
    """Return a question's label without the part that the heading already gives."""
    parts = label.split(" · ")
    return " · ".join(parts[2:] if len(parts) > 2 else parts)


def _bars(one: _Answer, longest: float) -> tuple[Bar, ...]:
    span = one.span()
    if span is None or longest <= 0:
        return ()
    colour = _CONTRADICTED if one.contradicted else _BAR
    low, high = (max(0.0, end / longest) for end in span)
    if low < high:
        return (Bar(0.0, low, colour), Bar(low, high, colour, faint=True))
    return (Bar(0.0, high, colour, faint=bool(one.parts.get("approximate", [False])[0])),)


def _answer(one: _Answer, entities: Entities, words: Mapping[str, str], *, with_unit: bool) -> str:
    said = _in_words(one, entities, words)
    if with_unit and (unit := one.unit()) is not None:
        said = f"{said} {entities.label(unit)}"
    return f"≠ {said}" if one.contradicted else said


def _in_words(one: _Answer, entities: Entities, words: Mapping[str, str]) -> str:
    if "quantity" in one.parts:
        # The label of an amount keeps its "at least" or "about".
        shown = entities.label(str(one.parts["quantity"][0]))
        written = one.parts.get("surface", [""])[0]
        return f"{shown}: {written}" if "emended" in one.parts else shown
    if "edtf" in one.parts:
        return str(one.parts["edtf"][0])
    if "entity" in one.parts:
        return ", ".join(sorted(entities.label(str(entity)) for entity in one.parts["entity"]))
    if "truth" in one.parts:
        return words[str(one.parts["truth"][0]).lower()]
    return str(one.parts.get("surface", [""])[0])


def _grouped(amount: float, language: str) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion")):
        if abs(amount) >= size:
            scaled = amount / size
            return wording("scales", language).measured(name, scaled, f"{scaled:,.6g}")
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.6g}"
