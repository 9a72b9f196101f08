"""Decisions on disk: before the answer, in the file's own form, undone step by step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desk_world import PERSON, READINGS, draft_of, sitting_of
from examples import ROOT

from kg.desk.decision_log import log_path
from kg.desk.decision_requests import Accept, Edit, Move, Reject
from kg.errors import ChangedUnderneathError, DecisionError, OutputError
from kg.reading.file import load_reading

if TYPE_CHECKING:
    from examples import Workspace

    from kg.desk.sitting import Sitting


@pytest.fixture
def sitting(workspace: Workspace) -> Sitting:
    draft_of(workspace)
    return sitting_of(workspace)


def test_looking_writes_nothing(sitting: Sitting) -> None:
    seen = sitting.look()
    assert not sitting.path.exists()
    assert seen.grounded.reading.reader.name == PERSON
    assert seen.grounded.reading.reader.kind == "person"
    assert seen.undoable is None


def test_a_decision_is_in_the_file_and_comments_stay(sitting: Sitting) -> None:
    draft = sitting.draft
    assert draft is not None
    before = draft.read_text(encoding="utf-8")
    seen = sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    text = sitting.path.read_text(encoding="utf-8")
    assert text == seen.text
    reading = load_reading(sitting.path).reading
    assert reading.decisions is not None
    assert reading.decisions.accepted == ("drowned",)
    assert reading.decisions.open == ("drowned-by-agency",)
    assert text[text.index("voices:") :] == before[before.index("voices:") :]
    assert draft.read_text(encoding="utf-8") == before


def test_undo_goes_back_any_number_of_steps_also_later(
    sitting: Sitting, workspace: Workspace
) -> None:
    decisions = (
        Accept(claim="drowned"),
        Move(claim="drowned-by-agency", way="outward"),
        Reject(claim="drowned"),
    )
    texts = [sitting.look().text]
    texts += [sitting.decide(one, sitting.look().sha256).text for one in decisions]
    again = sitting_of(workspace)  # as after a restart
    for text in reversed(texts[:-1]):
        assert again.undo(again.look().sha256).text == text
    with pytest.raises(DecisionError, match="nothing to undo"):
        again.undo(again.look().sha256)


def test_the_log_says_who_did_what(sitting: Sitting) -> None:
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    sitting.undo(sitting.look().sha256)
    lines = log_path(sitting.path).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert [one["does"] for one in entries] == ["begin", "accept", "undo"]
    assert [one["by"] for one in entries] == [PERSON] * 3
    assert entries[1]["what"] == {"claim": "drowned"}
    assert entries[2]["what"] == {"of": 2}


def test_a_file_that_changed_underneath_is_not_overwritten(sitting: Sitting) -> None:
    first = sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    other = first.text.replace("# the second", "# the second, said an editor")
    sitting.path.write_text(other, encoding="utf-8")
    with pytest.raises(ChangedUnderneathError) as refused:
        sitting.decide(Accept(claim="drowned-by-agency"), first.sha256)
    assert (refused.value.seen, refused.value.now) == (first.text, other)
    assert sitting.path.read_text(encoding="utf-8") == other
    # The person has seen it and goes on; what the editor wrote stays, through undo too.
    sitting.decide(Accept(claim="drowned-by-agency"), sitting.look().sha256)
    sitting.undo(sitting.look().sha256)
    sitting.undo(sitting.look().sha256)
    text = sitting.path.read_text(encoding="utf-8")
    assert "# the second, said an editor" in text
    assert "accepted" not in text


def test_undo_leaves_alone_what_an_editor_has_changed_since(sitting: Sitting) -> None:
    edit = Edit(claim="drowned", changes={"gloss": "Many drowned"})
    text = sitting.decide(edit, sitting.look().sha256).text
    sitting.path.write_text(text.replace("Many drowned", "Twelve drowned"), encoding="utf-8")
    with pytest.raises(DecisionError, match="has since been edited"):
        sitting.undo(sitting.look().sha256)


def test_two_persons_do_not_lose_each_other_s_work(sitting: Sitting) -> None:
    other = replace(sitting, person="Somebody else")
    seen = sitting.decide(Accept(claim="drowned"), sitting.look().sha256).sha256
    other.decide(Move(claim="drowned-by-agency", way="outward"), seen)
    with pytest.raises(ChangedUnderneathError):
        sitting.decide(Reject(claim="drowned"), seen)
    decisions = load_reading(sitting.path).reading.decisions
    assert decisions is not None
    assert (decisions.accepted, decisions.changed) == (("drowned",), ("drowned-by-agency",))


def test_what_would_be_no_reading_is_refused_at_its_field(sitting: Sitting) -> None:
    with pytest.raises(DecisionError) as refused:
        sitting.decide(Edit(claim="drowned", changes={"time": "soon"}), sitting.look().sha256)
    assert refused.value.part == "claims.drowned"
    assert refused.value.field.startswith("time")
    with pytest.raises(DecisionError) as refused:
        sitting.decide(Edit(claim="drowned", changes={"unit": "parsecs"}), sitting.look().sha256)
    assert (refused.value.part, refused.value.field) == ("claims.drowned", "unit")
    assert not sitting.path.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_told(sitting: Sitting) -> None:
    seen = sitting.look()
    sitting.path.parent.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="nothing was changed"):
            sitting.decide(Accept(claim="drowned"), seen.sha256)
    finally:
        sitting.path.parent.chmod(0o755)
    assert sitting.look().sha256 == seen.sha256


def test_a_person_s_own_reading_can_be_corrected_too(workspace: Workspace) -> None:
    sitting = sitting_of(workspace)
    assert sitting.path == workspace.reading
    with pytest.raises(DecisionError, match="was added by a person"):
        sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    sitting.decide(Move(claim="drowned", way="outward"), sitting.look().sha256)
    assert load_reading(workspace.reading).reading.claims[0].voice == "agency"


@pytest.mark.slow
def test_killed_at_thirty_moments_nothing_confirmed_is_lost(workspace: Workspace) -> None:
    draft_of(workspace)
    begun = sitting_of(workspace).look().text
    path = workspace.graph / READINGS / "lina-haddad.yaml"
    script = ROOT / "tests" / "support" / "stream_of_decisions.py"
    support = os.pathsep.join(map(str, (ROOT / "src", ROOT / "tests" / "support")))
    number = 1
    for moment in range(30):
        with subprocess.Popen(
            [sys.executable, str(script), str(workspace.graph), str(number)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": support},
            text=True,
        ) as process:
            assert process.stdout is not None
            confirmed = int(process.stdout.readline())
            time.sleep(moment * 0.001)  # another place in what it does each time
            process.kill()
            confirmed = max([confirmed, *map(int, process.stdout.read().split())])
        version = int(load_reading(path).reading.claims[0].gloss.split()[1])
        # What was under way when it died may be there, or not; what was confirmed is.
        assert confirmed <= version <= confirmed + 1
        number = version + 1
    sitting = sitting_of(workspace)
    for _ in range(number - 1):
        text = sitting.undo(sitting.look().sha256).text
    assert text == begun
    assert sitting.look().undoable is None
