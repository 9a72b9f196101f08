"""How many, according to whom: every answer once, on the axis of its measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.answers import Answer, Measure, QuestionAnswers, measures, said_when

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def test_every_amount_is_there_once(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    found = measures(shipped, list(iraq.values()), "en")
    assert all(isinstance(one, Measure) for one in found)
    told = [
        answer.claim.id
        for measure in found
        for question in measure.questions
        for _, answers in question.groups
        for answer in answers
    ]
    assert sorted(told) == sorted(one.id for one in iraq.values() if one.amount)


def test_the_deaths(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    found = {one.name.code: one for one in measures(shipped, list(iraq.values()), "en")}
    deaths = found["deaths"]
    assert deaths.axis is not None
    assert deaths.axis.logarithmic
    assert sum(one.answers for one in deaths.questions) == 6
    # Sky News of 2014, the BBC, the Pentagon and iCasualties; the last two through the BBC.
    assert len(deaths.origins) == 4
    assert deaths.independent == 2
    (question,) = [
        one
        for one in deaths.questions
        if "us-dead-2003-2011" in [each.claim.id for _, answers in one.groups for each in answers]
    ]
    assert isinstance(question, QuestionAnswers)
    ((origin, (answer,)),) = question.groups
    assert [one.en for one in origin.names] == ["US Department of Defense"]
    assert isinstance(answer, Answer)
    assert answer.said is not None
    # The report is inferred to run on, and says its year only where it begins.
    assert (answer.said.edtf, answer.said.relative) == ("2011", True)
    assert answer.drawn is not None
    assert answer.drawn.dot == deaths.axis.at(4487)


def test_answers_of_one_origin_stand_together_and_contradictions_are_told(
    flood: ClaimBook,
) -> None:
    (deaths,) = measures(flood, flood.all(), "en")
    (question,) = deaths.questions
    assert question.answers == 2
    assert [[one.claim.id for one in answers] for _, answers in question.groups] == [
        ["drowned"], ["drowned-by-agency"],
    ]  # fmt: skip
    assert all(one.contradicted for _, answers in question.groups for one in answers)
    # The Ministry is heard through the Agency, which speaks for itself too.
    assert (len(deaths.origins), deaths.independent) == (2, 1)


def test_when_a_claim_was_said(iraq: dict[str, Claim]) -> None:
    said = said_when(iraq["uk-cost"])
    assert said is not None
    assert (said.edtf, said.relative) == ("2010-06", False)
    assert said_when(iraq["occupation-start"]) is None
