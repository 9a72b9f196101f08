"""Which parts of a model's answer are kept: quotes found in the paragraph, known codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from examples import TEXT

from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.readers.llm.acceptance import ROOT_VOICE, Acceptance, Fault, Piece
from kg.readers.llm.proposal import Proposal, answer_format
from kg.reading.entity_names import EntityNames
from kg.text.article import load_article

if TYPE_CHECKING:
    from examples import Workspace

VOICE: dict[str, Any] = {
    "id": "v1", "in": "article", "speaker": "الوكالة", "speaker_in_english": "The Agency",
    "speaker_type": "MediaOutlet", "cue": "ذكرت الوكالة في نشرتها أن", "act": "report",
    "verbatim": False, "said": None, "confidence": 0.9, "why": None,
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "id": "c1", "voice": "v1", "quote": "غرق 12 شخصا", "gloss": "12 people drowned.",
    "kind": "occurrence", "polarity": "positive", "stance": "certain", "amount": None,
    "date": None, "confidence": 0.8,
}  # fmt: skip


@pytest.fixture
def acceptance(workspace: Workspace) -> Acceptance:
    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(workspace.graph / "authority", ontology)
    article = load_article(workspace.article)
    found = Acceptance(article, ontology, EntityNames(authority, ontology))
    found.begin(Piece(1, article.paragraphs[0], "p1"))
    return found


def proposal(*voices: Any, claims: Any = (), mentions: Any = ()) -> Proposal:
    parts = {"voices": list(voices), "claims": list(claims), "mentions": list(mentions)}
    return Proposal.model_validate(parts)


def test_what_stands_in_the_paragraph_is_kept(acceptance: Acceptance) -> None:
    mention = {"words": "الوادي", "in_english": "The valley", "type": "Place"}
    assert acceptance.take(proposal(VOICE, claims=[CLAIM], mentions=[mention])) == ()
    assert list(acceptance.voices) == [ROOT_VOICE, "p1-v1"]
    assert acceptance.voices["p1-v1"].speaker == ("agency",)
    [claim] = acceptance.claims
    assert (claim.id, claim.voice, claim.quote[0].exact) == ("p1-c1", "p1-v1", "غرق 12 شخصا")
    assert list(acceptance.mentions) == ["valley"]


@pytest.mark.parametrize(
    ("voice", "claim", "part", "reason"),
    [
        ({"act": "sing"}, {"voice": "article"}, "voice v1", "'sing'"),
        ({"in": "nobody"}, {"voice": "article"}, "voice v1", "was rejected: 'nobody'"),
        ({"speaker": "الوزير"}, {"voice": "article"}, "voice v1", "is not in the paragraph"),
        ({}, {"quote": "غرق 13 شخصا"}, "claim c1", "is not in flood"),
        ({}, {"quote": " "}, "claim c1", "an empty string is not a quote"),
        ({}, {"voice": "v7"}, "claim c1", "'v7' was rejected"),
    ],
)
def test_what_does_not_hold_is_a_fault_with_its_reason(
    acceptance: Acceptance, voice: dict[str, Any], claim: dict[str, Any], part: str, reason: str
) -> None:
    [fault] = acceptance.take(proposal(VOICE | voice, claims=[CLAIM | claim]))
    assert isinstance(fault, Fault)
    assert fault.part == part
    assert reason in fault.reason


def test_the_second_paragraph_has_voices_of_its_own(acceptance: Acceptance) -> None:
    acceptance.take(proposal(VOICE))
    acceptance.begin(Piece(2, acceptance.article.paragraphs[1], "p2"))
    second = VOICE | {"cue": "وتقول الوكالة نفسها إن"}
    assert acceptance.take(proposal(second)) == ()
    assert list(acceptance.voices) == [ROOT_VOICE, "p1-v1", "p2-v1"]
    assert TEXT.count("وتقول الوكالة نفسها إن") == 1


def test_the_format_of_answers_is_strict() -> None:
    schema = answer_format()["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["required"] == ["voices", "claims", "mentions"]
    assert "maxItems" not in str(schema)
