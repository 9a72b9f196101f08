"""What a person can decide about a reading: the requests of the desk's page, parsed."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from kg.errors import DecisionError
from kg.files.schema_faults import first_fault
from kg.reading.parts import Part, Slug, Text

__all__ = [
    "CLAIM_FIELDS",
    "VOICE_FIELDS",
    "Accept",
    "Decision",
    "Edit",
    "EditVoice",
    "LeaveUnread",
    "Merge",
    "Move",
    "NewClaim",
    "NewVoice",
    "Reject",
    "SameQuestion",
    "Speaker",
    "parse_decision",
]

#: The fields of a claim's card. ``time`` is the answer's where the question asks when.
CLAIM_FIELDS: Final = (
    "voice", "quote", "gloss", "gloss-ar", "kind", "stance", "polarity", "modality", "value",
    "lower", "upper", "comparator", "approximate", "unit", "surface", "truth", "entity", "time",
    "about", "against", "confidence", "why",
)  # fmt: skip
#: The fields of a voice's card.
VOICE_FIELDS: Final = (
    "in", "speaker", "source", "on-behalf-of", "act", "said", "cue", "marking", "transmission",
    "relay-stance", "confidence", "why",
)  # fmt: skip

#: Start and end, in code points of the stored text.
Place: TypeAlias = Annotated[
    tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]], Field(strict=False)
]
#: A new value by field; ``None`` takes the field away. ``quote``, ``surface`` and ``cue`` are
#: places or lists of places.
Changes: TypeAlias = Annotated[dict[str, Any], Field(min_length=1)]
_Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Accept(Part):
    """The proposal is right."""

    does: Literal["accept"] = "accept"
    claim: Slug


class Reject(Part):
    """The proposal is not a claim in the text."""

    does: Literal["reject"] = "reject"
    claim: Slug


class Edit(Part):
    """Some fields of a claim differ from the proposal: :data:`CLAIM_FIELDS`, ``question.KEY``."""

    does: Literal["edit"] = "edit"
    claim: Slug
    changes: Changes


class EditVoice(Part):
    """Some fields of a voice differ from the proposal: :data:`VOICE_FIELDS`."""

    does: Literal["edit-voice"] = "edit-voice"
    voice: Slug
    changes: Changes


class Move(Part):
    """The claim belongs to the next voice outward, or inward, along the chain."""

    does: Literal["move"] = "move"
    claim: Slug
    way: Literal["outward", "inward"]


class Merge(Part):
    """An entity of this reading is the same as another one, here or in the authority files."""

    does: Literal["merge"] = "merge"
    entity: Slug
    into: Slug


class SameQuestion(Part):
    """The claim answers the same question as another one, of this or another reading."""

    does: Literal["same-question"] = "same-question"
    claim: Slug
    question: Annotated[dict[str, Any], Field(min_length=1)]


class Speaker(Part):
    """The speaker: a known id, or a name that gets a new id."""

    id: Slug | None = None
    name: _Name | None = None
    type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")] = "UnnamedActor"


class NewClaim(Part):
    """The selected words make a claim that the draft lacks."""

    does: Literal["new-claim"] = "new-claim"
    place: Place
    voice: Slug
    gloss: Text
    changes: dict[str, Any] = Field(default_factory=dict)


class NewVoice(Part):
    """The selected words are the cue of a new or an existing voice."""

    does: Literal["new-voice"] = "new-voice"
    place: Place
    voice: Slug | None = Field(
        None, description="The voice to which these words are added as another cue"
    )
    in_: Slug | None = Field(None, alias="in")
    speaker: Speaker | None = None
    act: Slug = "state"


class LeaveUnread(Part):
    """The selected words are left unread for a reason; without one, they count as read again.

    If the words overlap a passage that already has a reason, that one is used.
    """

    does: Literal["leave-unread"] = "leave-unread"
    place: Place
    why: Text | None = None


Decision: TypeAlias = (
    Accept
    | Reject
    | Edit
    | EditVoice
    | Move
    | Merge
    | SameQuestion
    | NewClaim
    | NewVoice
    | LeaveUnread
)
_DECISIONS: Final[TypeAdapter[Decision]] = TypeAdapter(
    Annotated[Decision, Field(discriminator="does")]
)


def parse_decision(data: object) -> Decision:
    """Parse a decision from the page's plain data.

    :raises DecisionError: it is not one; the message says which part, and why.
    """
    try:
        return _DECISIONS.validate_python(data)
    except ValidationError as error:
        fault = first_fault(error)
        raise DecisionError(
            fault.told("the decision"), field=fault.where or "the decision"
        ) from error
