"""The fields of a card are what the file has; sent back unchanged, they change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk_world import draft_of, sitting_of

from kg.desk.changes import applied
from kg.desk.decision_requests import CLAIM_FIELDS, VOICE_FIELDS, Edit
from kg.errors import DecisionError
from kg.web.desk.form import claim_form, voice_form

if TYPE_CHECKING:
    from examples import Workspace


def test_forms_have_the_values_of_the_file(workspace: Workspace) -> None:
    draft_of(workspace)
    grounded = sitting_of(workspace).look().grounded
    form = claim_form(grounded.claims[0])
    assert (form["value"], form["unit"], form["time"]) == ("12", "person", "2001-05-03/..")
    assert form["question.how-many"] == "deaths"
    assert form["about"] == ["valley"]
    assert {name for name in form if not name.startswith("question.")} <= {*CLAIM_FIELDS}
    voice = voice_form(grounded.voices["ministry"])
    assert (voice["speaker"], voice["act"], voice["in"]) == (["ministry"], "announce", "agency")
    assert set(voice) <= {*VOICE_FIELDS}


def test_a_form_sent_back_as_it_is_changes_nothing(workspace: Workspace) -> None:
    draft_of(workspace)
    grounded = sitting_of(workspace).look().grounded
    for one in grounded.claims:
        filled = {name: value for name, value in claim_form(one).items() if value not in ("", [])}
        del filled["polarity"]  # the file leaves out what is usual
        with pytest.raises(DecisionError, match="nothing would change"):
            applied(grounded, Edit(claim=one.claim.id, changes=filled))
