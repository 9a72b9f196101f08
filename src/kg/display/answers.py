"""How many, according to whom: the answers to the questions of one measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.display.axis import axis_of
from kg.display.cards import is_contradicted
from kg.display.origins import independent, origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.display.axis import Axis, Drawn
    from kg.display.claims import Claim, ClaimBook
    from kg.display.facts import Name
    from kg.display.origins import Origin
    from kg.display.times import Moment
    from kg.wording import Language

__all__ = ["Answer", "Measure", "QuestionAnswers", "measures", "said_when"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim as an answer: how it is drawn, when it was made, and whether another contradicts it.

    ``said`` is when the innermost voice with a date spoke.
    """

    claim: Claim
    drawn: Drawn | None
    said: Moment | None
    contradicted: bool


@dataclass(frozen=True, slots=True)
class QuestionAnswers:
    """A question with its answers, grouped by origin, earliest first."""

    question: Name
    groups: tuple[tuple[Origin, tuple[Answer, ...]], ...]
    independent: int

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(len(answers) for _, answers in self.groups)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in one unit, with the common axis of all answers."""

    name: Name
    unit: Name | None
    axis: Axis | None
    questions: tuple[QuestionAnswers, ...]
    origins: tuple[Origin, ...]
    independent: int


def said_when(claim: Claim) -> Moment | None:
    """Return when a claim was said: the time of the innermost voice with a date."""
    return next((one.said for one in claim.chain if one.said and one.said.edtf), None)


def _in_order(claim: Claim) -> tuple[str, str, int]:
    said = said_when(claim)
    return (said.edtf if said else "~", claim.article, claim.start)


def _question(
    book: ClaimBook, question: Name, claims: Sequence[Claim], axis: Axis | None
) -> QuestionAnswers:
    ordered = sorted(claims, key=_in_order)
    groups = tuple(
        (
            origin,
            tuple(
                Answer(
                    one,
                    axis.drawn(one.amount) if axis and one.amount else None,
                    said_when(one),
                    is_contradicted(book, one),
                )
                for one in origin.claims
            ),
        )
        for origin in origins(ordered)
    )
    return QuestionAnswers(question, groups, independent(ordered))


def measures(book: ClaimBook, claims: Sequence[Claim], language: Language) -> list[Measure]:
    """Return all measures for which claims give amounts, those with most answers first.

    Amounts in different units are separate measures.
    """
    found: dict[tuple[Name, Name | None], list[Claim]] = {}
    for one in claims:
        if one.measure is not None and one.amount is not None:
            found.setdefault((one.measure, one.amount.unit), []).append(one)
    result = []
    for (name, unit), members in found.items():
        axis = axis_of([one.amount for one in members if one.amount])
        asked: dict[Name, list[Claim]] = {}
        for one in members:
            if one.question is not None:
                asked.setdefault(one.question, []).append(one)
        questions = [_question(book, question, given, axis) for question, given in asked.items()]
        questions.sort(key=lambda one: (-one.answers, one.question.best(language)))
        result.append(
            Measure(name, unit, axis, tuple(questions), origins(members), independent(members))
        )
    return sorted(
        result,
        key=lambda one: (
            -sum(each.answers for each in one.questions),
            one.name.best(language),
            one.unit or one.name,
        ),
    )
