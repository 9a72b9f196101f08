"""The schema of the structured output that a model returns for one paragraph.

Every field is required and nothing else is allowed, as strict structured output demands; what a
paragraph does not give is ``null`` or an empty list. Words are quotes, never offsets.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Proposal",
    "ProposedAmount",
    "ProposedClaim",
    "ProposedDate",
    "ProposedMention",
    "ProposedVoice",
    "answer_format",
]

_MOST = 200
_Words = Annotated[str, Field(description="Words of the paragraph, exactly as written")]
_Surety = Annotated[float, Field(description="From 0 to 1: how sure you are")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProposedDate(_Strict):
    """A date expression."""

    words: _Words
    edtf: Annotated[str | None, Field(description="ISO 8601-2 (EDTF); null if it is unclear")]
    status: Literal["explicit", "relative", "anaphoric", "implied"]


class ProposedAmount(_Strict):
    """An amount that a claim gives."""

    words: _Words
    value: float | None
    lower: float | None
    upper: float | None
    unit: Annotated[str, Field(description="A code of the unit vocabulary")]
    comparator: Annotated[str, Field(description="A code of the comparator vocabulary")]
    approximate: bool
    measure: Annotated[str, Field(description="What is counted: a code of the measure vocabulary")]


class ProposedVoice(_Strict):
    """Someone who speaks in the paragraph."""

    id: Annotated[str, Field(description="A new id, v1, v2 …")]
    in_: Annotated[str, Field(alias="in", description="Id of the voice that relays it, or article")]
    speaker: Annotated[
        str | None, Field(description="The words that name the speaker; null if none do")
    ]
    speaker_in_english: str
    speaker_type: Literal[
        "Person", "Organization", "GovernmentBody", "State", "MediaOutlet", "ArmedForce",
        "ArmedGroup", "UnnamedActor",
    ]  # fmt: skip
    cue: Annotated[str | None, Field(description="The reporting words; null for a continuation")]
    act: Annotated[str, Field(description="A code of the speech-act vocabulary")]
    verbatim: Annotated[bool, Field(description="Whether the words are in quotation marks")]
    said: ProposedDate | None
    confidence: _Surety
    why: Annotated[str | None, Field(description="For a voice without a cue: why you infer it")]


class ProposedClaim(_Strict):
    """One thing that a voice says."""

    id: Annotated[str, Field(description="A new id, c1, c2 …")]
    voice: Annotated[str, Field(description="Id of the innermost voice, or article")]
    quote: _Words
    gloss: Annotated[str, Field(description="The claim in English, one sentence")]
    kind: Literal["occurrence", "state", "causal", "evaluative", "intention", "speech-act"]
    polarity: Literal["positive", "negative"]
    stance: Literal[
        "certain", "probable", "possible", "certainly-not", "probably-not", "possibly-not",
        "certain-unknown", "unknown",
    ]  # fmt: skip
    amount: ProposedAmount | None
    date: ProposedDate | None
    confidence: _Surety


class ProposedMention(_Strict):
    """A name in the paragraph."""

    words: _Words
    in_english: str
    type: Literal["Person", "Organization", "State", "Place", "PopulationGroup", "Event"]


class Proposal(_Strict):
    """The answer for one paragraph."""

    voices: Annotated[list[ProposedVoice], Field(max_length=_MOST)]
    claims: Annotated[list[ProposedClaim], Field(max_length=_MOST)]
    mentions: Annotated[list[ProposedMention], Field(max_length=_MOST)]


def answer_format() -> dict[str, Any]:
    """Return the ``response_format`` of a request: strict JSON of :class:`Proposal`."""
    schema = Proposal.model_json_schema(by_alias=True)
    for part in ("voices", "claims", "mentions"):
        # Strict structured output does not support lengths; they are checked in the model's answer.
        schema["properties"][part].pop("maxItems", None)
    return {
        "type": "json_schema",
        "json_schema": {"name": "reading_of_a_paragraph", "strict": True, "schema": schema},
    }
