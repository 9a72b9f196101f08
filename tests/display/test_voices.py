"""Chains of voices, as the reading gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.voices import Voice, VoiceBook, spans_of
from kg.text.spans import Span

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook


def test_a_chain_from_the_innermost_outward(iraq: dict[str, Claim]) -> None:
    pentagon, bbc, article = iraq["us-dead-2003-2011"].chain
    assert [one.id for one in (pentagon, bbc, article)] == [
        "pentagon", "bbc-2011-continued", "article",
    ]  # fmt: skip
    assert [one.en for one in pentagon.who] == ["US Department of Defense"]
    assert (pentagon.explicit, pentagon.inferred, pentagon.is_article) == (True, False, False)
    assert (bbc.inferred, bbc.confidence) == (True, 0.85)
    assert bbc.said is not None
    assert bbc.said.edtf == "2011"
    assert article.is_article
    assert pentagon.cue_words == ("ووفقا لآخر أرقام وزارة الدفاع الأمريكية (البنتاغون)",)
    assert pentagon.as_of is not None
    assert pentagon.as_of.surface == "لآخر أرقام"


def test_two_speakers_speak_as_one_voice(iraq: dict[str, Claim]) -> None:
    voice = iraq["stiglitz-cost"].voice
    assert voice is not None
    assert [one.en for one in voice.who] == ["Joseph Stiglitz", "Linda Bilmes"]
    assert voice.key == " ".join(one.iri for one in voice.speakers)


def test_a_cue_stands_where_the_text_has_it(shipped: ClaimBook, iraq: dict[str, Claim]) -> None:
    text = shipped.facts.text(
        "https://w3id.org/qawl/id/text/iraq-war-2003-2011/1", "qawl:storedText"
    )
    cues = {voice for claim in iraq.values() for voice in claim.chain if voice.cues}
    assert len(cues) > 15
    for voice in cues:
        assert tuple(span.of(text) for span in voice.cues) == voice.cue_words


def test_a_circle_of_voices_ends(flood: ClaimBook) -> None:
    voices = VoiceBook(flood.facts)
    claim = next(one for one in flood.all() if one.id == "drowned")
    assert [one.id for one in voices.chain(claim.chain[0].iri)] == ["ministry", "agency", "article"]
    assert voices.chain("") == ()
    unknown = voices.voice("https://w3id.org/qawl/id/voice/none")
    assert isinstance(unknown, Voice)
    assert unknown.who == ()


def test_passages_without_a_position_have_no_place(flood: ClaimBook) -> None:
    assert spans_of(flood.facts, ["https://w3id.org/qawl/id/passage/none"]) == ()
    (span,) = next(one for one in flood.all() if one.id == "drowned").passages
    assert isinstance(span, Span)
