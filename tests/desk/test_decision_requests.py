"""Decisions come from a page as plain data, and nothing that is none passes."""

from __future__ import annotations

import pytest

from kg.desk.decision_requests import (
    Accept,
    Edit,
    NewVoice,
    Speaker,
    parse_decision,
)
from kg.errors import DecisionError


def test_decisions_are_told_by_what_they_do() -> None:
    assert parse_decision({"does": "accept", "claim": "c1"}) == Accept(claim="c1")
    assert parse_decision({"does": "edit", "claim": "c1", "changes": {"value": "3"}}) == Edit(
        claim="c1", changes={"value": "3"}
    )
    made = parse_decision(
        {"does": "new-voice", "place": [3, 9], "in": "article", "speaker": {"name": "سامر"}}
    )
    assert made == NewVoice(place=(3, 9), in_="article", speaker=Speaker(name="سامر"))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"does": "delete-everything"}, "the decision"),
        ([], "the decision"),
        ({"does": "accept"}, "accept.claim"),
        ({"does": "accept", "claim": "../../etc"}, "accept.claim"),
        ({"does": "accept", "claim": "c1", "file": "/etc/passwd"}, "accept.file"),
        ({"does": "edit", "claim": "c1", "changes": {}}, "edit.changes"),
        ({"does": "new-claim", "place": [-1, 2], "voice": "v", "gloss": "x"}, "new-claim.place.0"),
    ],
)
def test_what_is_no_decision_is_refused_at_its_field(data: object, field: str) -> None:
    with pytest.raises(DecisionError) as refused:
        parse_decision(data)
    assert refused.value.field == field
