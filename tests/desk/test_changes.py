"""What each decision makes of a reading, as far as it shows in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from desk_world import draft_of, sitting_of

from kg.desk.changes import applied
from kg.desk.decision_requests import parse_decision
from kg.errors import DecisionError

if TYPE_CHECKING:
    from examples import Workspace

    from kg.desk.sitting import Seen


@pytest.fixture
def seen(workspace: Workspace) -> Seen:
    draft_of(workspace)
    return sitting_of(workspace).look()


def after(seen: Seen, **decision: Any) -> dict[str, Any]:
    decided = {key.replace("_", "-"): value for key, value in decision.items()}
    return applied(seen.grounded, parse_decision(decided), ("drowned", "drowned-by-agency"))


def claim_of(data: dict[str, Any], name: str = "drowned") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in data["claims"] if one["id"] == name)
    return found


def before(seen: Seen) -> dict[str, Any]:
    data: Any = seen.grounded.file.source.data
    return dict(data)


def test_accepting_only_says_so(seen: Seen) -> None:
    data = after(seen, does="accept", claim="drowned")
    assert data["decisions"] == {
        "draft": "rules", "open": ["drowned-by-agency"], "accepted": ["drowned"],
    }  # fmt: skip
    assert {**data, "decisions": 0} == {**before(seen), "decisions": 0}


def test_decisions_are_listed_in_the_order_of_the_draft(seen: Seen) -> None:
    second = after(seen, does="accept", claim="drowned-by-agency")
    assert second["decisions"]["accepted"] == ["drowned-by-agency"]


def test_rejecting_takes_the_claim_its_relations_and_voices_that_nobody_needs(seen: Seen) -> None:
    data = after(seen, does="reject", claim="drowned")
    assert [one["id"] for one in data["claims"]] == ["drowned-by-agency"]
    assert set(data["voices"]) == {"article", "agency-itself"}
    assert data["decisions"]["rejected"] == ["drowned"]
    assert "relations" not in data


def test_fields_are_edited_where_they_stand(seen: Seen) -> None:
    data = after(
        seen,
        does="edit",
        claim="drowned",
        changes={"value": "١٬٢٣٤", "stance": "probable", "time": "2001-05-04/..", "about": []},
    )
    claim = claim_of(data)
    assert claim["answer"] == {"value": 1234, "unit": "person", "surface": "12 شخصا"}
    assert claim["time"] == {
        "edtf": "2001-05-04/..", "surface": "منذ 3 مايو 2001", "relation": "since",
    }  # fmt: skip
    assert "about" not in claim
    assert list(claim).index("stance") == list(claim).index("gloss") + 1
    assert data["decisions"]["changed"] == ["drowned"]


def test_words_are_taken_from_their_place(seen: Seen) -> None:
    text = seen.grounded.article.text
    start = text.index("12 شخصا")
    data = after(
        seen,
        does="edit",
        claim="drowned",
        changes={"surface": [start, start + 2], "quote": [start, text.index("\n") - 1]},
    )
    claim = claim_of(data)
    assert claim["quote"] == "12 شخصا في الوادي منذ 3 مايو 2001"
    assert claim["answer"]["surface"] == "12"


def test_a_claim_moves_along_its_chain(seen: Seen) -> None:
    assert claim_of(after(seen, does="move", claim="drowned", way="outward"))["voice"] == "agency"
    with pytest.raises(DecisionError, match="no voice is nested in"):
        after(seen, does="move", claim="drowned", way="inward")


def test_a_claim_moves_in_to_the_voice_whose_cue_is_nearest(workspace: Workspace) -> None:
    path = draft_of(workspace)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("voice: ministry", "voice: agency"), encoding="utf-8")
    seen = sitting_of(workspace).look()
    assert claim_of(after(seen, does="move", claim="drowned", way="inward"))["voice"] == "ministry"


def test_an_entity_is_merged_into_another(seen: Seen) -> None:
    data = after(seen, does="merge", entity="ministry", into="hospital")
    assert data["voices"]["ministry"]["speaker"] == "hospital"
    with pytest.raises(DecisionError, match="mentions 'nobody'"):
        after(seen, does="merge", entity="nobody", into="hospital")


def test_a_claim_answers_the_question_of_another(seen: Seen) -> None:
    question = {"how-many": "deaths", "of": "villagers"}
    data = after(seen, does="same-question", claim="drowned", question=question)
    assert claim_of(data)["question"] == question
    assert data["decisions"]["changed"] == ["drowned"]


def test_a_new_claim_stands_where_its_words_do(seen: Seen) -> None:
    start = seen.grounded.article.text.index("في الوادي")
    data = after(
        seen, does="new-claim", place=[start, start + 9], voice="ministry", gloss="In the valley"
    )
    assert [one["id"] for one in data["claims"]] == [
        "drowned",
        "in-the-valley",
        "drowned-by-agency",
    ]
    assert claim_of(data, "in-the-valley") == {
        "id": "in-the-valley", "voice": "ministry", "kind": "state", "quote": "في الوادي",
        "gloss": "In the valley",
    }  # fmt: skip
    assert data["decisions"] == before(seen)["decisions"]


def test_new_words_of_saying_make_a_voice_or_join_one(seen: Seen) -> None:
    text = seen.grounded.article.text
    place = [text.index("نفسها"), text.index("نفسها") + 5]
    data = after(seen, does="new-voice", place=place, **{"in": "agency"}, speaker={"name": "سامر"})
    [entity] = data["entities"]
    assert data["voices"][entity] == {
        "in": "agency", "speaker": entity, "act": "state", "cue": "نفسها",
    }  # fmt: skip
    assert data["entities"][entity]["label"] == {"en": "سامر", "ar": "سامر"}
    data = after(seen, does="new-voice", place=place, voice="ministry")
    assert data["voices"]["ministry"]["cue"] == ["الوزارة أعلنت", "نفسها"]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        ({"does": "accept", "claim": "nobody"}, "not a claim"),
        ({"does": "edit", "claim": "drowned", "changes": {"id": "x"}}, "cannot be changed"),
        ({"does": "edit", "claim": "drowned", "changes": {"question.x": "y"}}, "cannot be changed"),
        (
            {"does": "edit", "claim": "drowned", "changes": {"quote": [5, 5]}},
            "not a valid position",
        ),
        ({"does": "edit", "claim": "drowned", "changes": {"voice": "x"}}, "not a voice"),
        ({"does": "edit", "claim": "drowned", "changes": {"value": "12"}}, "nothing would change"),
        ({"does": "edit-voice", "voice": "x", "changes": {"act": "say"}}, "not a voice"),
        ({"does": "new-voice", "place": [0, 3]}, "who speaks"),
    ],
)
def test_what_does_not_fit_is_refused(seen: Seen, decision: dict[str, Any], reason: str) -> None:
    with pytest.raises(DecisionError, match=reason):
        applied(seen.grounded, parse_decision(decision))


def test_words_are_left_unread_for_a_reason(seen: Seen) -> None:
    text = seen.grounded.article.text
    place = [text.index("12 شخصا"), text.index("12 شخصا") + 2]
    data = after(seen, does="leave-unread", place=place, why="a headline")
    assert data["unread"] == [{"quote": "12", "why": "a headline"}]
    assert {**data, "unread": 0} == {**before(seen), "unread": 0}
    with pytest.raises(DecisionError, match="these words have no reason yet"):
        after(seen, does="leave-unread", place=place)


def test_a_reason_is_changed_and_taken_away(workspace: Workspace) -> None:
    path = draft_of(workspace)
    text = path.read_text(encoding="utf-8")
    unread = "unread:\n  - {quote: 12 شخصا, why: a headline}\n"
    path.write_text(text + unread, encoding="utf-8")
    seen = sitting_of(workspace).look()
    start = seen.grounded.article.text.index("12 شخصا")
    changed = after(seen, does="leave-unread", place=[start, start + 2], why="a caption")
    assert changed["unread"] == [{"quote": "12 شخصا", "why": "a caption"}]
    assert "unread" not in after(seen, does="leave-unread", place=[start, start + 2])
