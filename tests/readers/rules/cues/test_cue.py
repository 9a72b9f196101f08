"""The cue: what its kind and its joint say of it."""

from __future__ import annotations

import pytest

from kg.readers.rules.cues.cue import Content, Cue, CueKind


def test_according_to_cites_without_a_verb() -> None:
    assert {kind for kind in CueKind if kind.cites} == {
        CueKind.ACCORDING_TO,
        CueKind.ACCORDING_TO_WORDS,
    }


def test_a_verb_has_its_subject_on_either_side() -> None:
    assert {kind for kind in CueKind if kind.has_subject} == {
        CueKind.VERB_AND_SUBJECT,
        CueKind.SUBJECT_AND_VERB,
    }


@pytest.mark.parametrize(
    ("joint", "goes_on"),
    [
        (Content.THAT, True),
        (Content.QUOTE, True),
        (Content.PREPOSITION, False),
        (Content.OBJECT, False),
    ],
)
def test_what_is_said_goes_on_after_that_and_in_a_quotation(joint: Content, goes_on: bool) -> None:
    assert joint.goes_on is goes_on


@pytest.mark.parametrize(
    ("kind", "participle", "said_before"),
    [
        (CueKind.PARTICIPLE, True, False),
        (CueKind.VERB_AND_PARTICIPLE, False, False),
        (CueKind.WHAT_WAS_SAID, False, True),
        (CueKind.ON_IT, False, False),
    ],
)
def test_a_cue_tells_whose_words_it_takes_up(
    kind: CueKind, participle: bool, said_before: bool
) -> None:
    cue = Cue(0, 1, 1, kind)
    assert cue.participle is participle
    assert cue.said_before is said_before


def test_a_cue_states_unless_it_says_otherwise_and_names_nobody() -> None:
    cue = Cue(2, 4, 5, CueKind.REPORT)
    assert (cue.act, cue.stance, cue.speaker, cue.source, cue.joint) == (
        "state", "", None, None, None,
    )  # fmt: skip
    assert cue.goes_on
    assert not (cue.unnamed or cue.closes or cue.nested)
