"""The building blocks of readings: quotes, times, questions and answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from kg.edtf import corners
from kg.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = [
    "ARTICLE_SPEAKER",
    "QUESTION_OF_NOTHING",
    "Answer",
    "Confidence",
    "Part",
    "Proposition",
    "Question",
    "Quote",
    "Quotes",
    "Slug",
    "Slugs",
    "Text",
    "Time",
    "Times",
    "check_date",
    "listed",
]

#: The speaker that stands for the article's own author, whoever that is.
ARTICLE_SPEAKER: Final = "the-article"

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=100)
]
Text = Annotated[str, StringConstraints(min_length=1)]
Confidence = Annotated[Decimal, Field(ge=0, le=1)]


def _edtf(value: object) -> object:
    """Check an EDTF string; a year that YAML read as a number is also accepted."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04d}"
    if isinstance(value, str):
        check_date(value)
    return value


def check_date(edtf: str) -> None:
    """Check an EDTF date.

    :raises ValueError: it is not one; a validator's caller adds the place.
    """
    try:
        corners(edtf)
    except DateError as error:  # pydantic adds the place to a ValueError only
        raise ValueError(str(error)) from error


Edtf = Annotated[str, BeforeValidator(_edtf, json_schema_input_type=str | int)]


def listed(value: object) -> Sequence[Any]:
    """Allow a single value in place of a list."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


Slugs = Annotated[
    tuple[Slug, ...], BeforeValidator(listed, json_schema_input_type=Slug | list[Slug])
]


class Part(BaseModel):
    """Any part of a reading: keys with hyphens, no unknown keys, frozen."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
    )

    #: What a person may write in place of the whole mapping, as JSON Schema types.
    short_forms: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        if not cls.short_forms:
            return schema
        return {"anyOf": [*({"type": name} for name in cls.short_forms), schema]}


class Quote(Part):
    """Words of the article, verbatim, and what is needed to identify the place."""

    short_forms = ("string",)

    exact: Text
    prefix: str = Field("", description="The characters immediately before the quote")
    suffix: str = Field("", description="The characters immediately after the quote")
    paragraph: int | None = Field(None, ge=1, description="Counted from 1, split at newlines")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"exact": value} if isinstance(value, str) else value


Quotes = Annotated[
    tuple[Quote, ...], BeforeValidator(listed, json_schema_input_type=Quote | list[Quote])
]


class Time(Part):
    """A time span: an EDTF date, an event that it is relative to, or a duration."""

    short_forms = ("string", "integer")

    edtf: Edtf | None = None
    surface: Quote | None = Field(None, description="The words for the time")
    modifier: Literal["start", "early", "mid", "late", "end", "dawn", "morning"] | None = None
    status: Literal["explicit", "relative", "anaphoric", "implied"] | None = None
    relation: Literal["before", "after", "during", "since", "until", "between", "at"] | None = None
    anchor: Slug | None = Field(None, description="The event that the time is relative to")
    anchor_voice: Slug | None = Field(None, description="The voice whose time of speaking this is")
    duration: Annotated[str, StringConstraints(pattern=r"^P(\d+[YMWD])+$")] | None = None
    extent: Literal["within", "throughout"] | None = Field(
        None, description="Whether it happened within the date or lasted throughout it"
    )
    calendar: Slug | None = Field(None, description="A concept of the calendar vocabulary")
    emended: Edtf | None = Field(None, description="What the reader believes was meant")
    why: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"edtf": value} if isinstance(value, str | int) else value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        hangs = self.surface is not None and self.status in {"relative", "anaphoric"}
        anchored = self.anchor is not None or self.anchor_voice is not None
        if self.edtf is None and not anchored and self.duration is None and not hangs:
            raise ValueError(
                "a time needs edtf, anchor or duration, or, if it is relative or anaphoric to an "
                "unknown date, its words (surface)"
            )
        return self


Times = Annotated[
    tuple[Time, ...], BeforeValidator(listed, json_schema_input_type=Time | list[Time])
]


class Proposition(Part):
    """What an "is it so" question asks, in parts that other articles may share."""

    subject: Slug
    predicate: Slug = Field(description="A concept of the predicate vocabulary")
    object: Slug | None = None
    name: Slug | None = Field(None, description="A name for the predicate, if there is no object")

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if (self.object is None) == (self.name is None):
            raise ValueError(
                "a proposition needs either an object, or a name for what the subject is said to be"
            )
        return self


#: Why a decision that is to join articles cannot give only a name, a measure or a time.
QUESTION_OF_NOTHING: Final = (
    "the question does not say what it is about, so only claims of one article can share it; give "
    "its event, place, people or actor, or {is-it-so: {subject:, predicate:, object:}}"
)


class Question(Part):
    """What a claim answers; two claims are comparable when they answer the same question."""

    how_many: Slug | None = Field(None, description="A concept of the measure vocabulary")
    when: Literal["start", "end", "occurrence"] | None = None
    who: Literal["agent", "patient", "beneficiary", "payer"] | None = None
    where: Slug | None = Field(None, description="An event")
    did: Slug | None = Field(None, description="An event")
    is_it_so: Slug | Proposition | None = Field(
        None,
        description="The subject, predicate and object of the proposition, which articles share; "
        "or a name for it within the article",
    )
    of: Slug | None = Field(None, description="The population that is counted")
    event: Slug | None = None
    actor: Slug | None = Field(None, description="Who pays, holds or loses what is counted")
    by: Slug | None = Field(None, description="Who did what is counted, such as who killed them")
    whole: Slug | None = Field(None, description="The population of which this is a share")
    place: Slug | None = None
    during: Edtf | None = None
    change_from: Edtf | None = Field(None, description="The time from which the change is counted")

    @property
    def asks(self) -> str:
        """The kind of question: a concept of the question-kind vocabulary."""
        if self.change_from is not None:
            return "how-much-changed"
        for kind in ("how_many", "when", "who", "where", "did"):
            if getattr(self, kind) is not None:
                return kind.replace("_", "-")
        return "is-it-so"

    @property
    def told(self) -> Proposition | None:
        """The proposition in parts, if given that way."""
        return self.is_it_so if isinstance(self.is_it_so, Proposition) else None

    @property
    def proposition(self) -> str | None:
        """The name of the proposition, or of what its subject is said to be."""
        return self.is_it_so.name if isinstance(self.is_it_so, Proposition) else self.is_it_so

    @property
    def of_nothing(self) -> bool:
        """Whether nothing says what it is about, so that only its article can tell."""
        about = ("of", "event", "where", "did", "actor", "by", "whole", "place")
        return self.told is None and all(getattr(self, name) is None for name in about)

    @property
    def topics(self) -> tuple[str, ...]:
        """What identifies the question to a reader: what is asked, and about what."""
        told = self.told
        said = (told.subject, told.predicate, told.object or told.name) if told else ()
        topic = self.how_many or self.when or self.who
        of = self.of or self.actor or self.where or self.did or self.event
        named = (self.asks, *said, *((self.proposition or topic, of) if not told else ()))
        return tuple(one for one in named if one is not None)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = ("how_many", "when", "who", "where", "did", "is_it_so")
        named = [kind.replace("_", "-") for kind in kinds if getattr(self, kind) is not None]
        if len(named) > 1:
            raise ValueError(f"a question has one kind, but this one has {' and '.join(named)}")
        if (self.when or self.who) and self.event is None:
            raise ValueError(f"a '{named[0]}' question needs its event")
        if self.change_from is not None and self.how_many is None:
            raise ValueError("change-from goes with how-many: say what changed")
        dimensions = ("of", "event", "actor", "by", "whole", "place", "during")
        if not named and any(getattr(self, name) is not None for name in dimensions):
            raise ValueError(
                "say what the question asks: how-many, when, who, where, did or is-it-so"
            )
        return self


class Answer(Part):
    """What a claim answers: an amount, a time, one or more entities, or yes or no."""

    short_forms = ("string",)

    value: Decimal | None = Field(None, description="Below zero for a fall, with change-from")
    lower: Decimal | None = None
    upper: Decimal | None = None
    comparator: Slug | None = Field(None, description="A concept of the comparator vocabulary")
    approximate: bool = False
    unit: Slug | None = Field(None, description="A concept of the unit vocabulary: person, usd …")
    per: Slug | None = Field(None, description="The unit of a rate: day, person …")
    per_amount: Decimal | None = Field(None, gt=0, description="How many of these units")
    coverage: Confidence | None = Field(None, description="The level of a survey's interval")
    price_year: int | None = Field(None, ge=1, description="The year whose prices are used")
    surface: Quote | None = None
    emended: Decimal | None = Field(
        None, description="The value that the reader believes was meant"
    )
    garbled: bool = Field(False, description="The figure in the text is malformed")
    time: Time | None = None
    entity: Slugs = ()
    truth: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _flat_time(cls, value: object) -> object:
        # A time span may stand as the answer itself, without the word `time`.
        if isinstance(value, str):
            return {"time": value}
        spans = set(Time.model_fields) - {"surface", "emended"}
        if isinstance(value, dict) and spans & set(value):
            return {"time": value}
        return value

    @property
    def is_quantity(self) -> bool:
        """Whether the answer is an amount, exact or vague."""
        return any(part is not None for part in (self.value, self.lower, self.upper)) or (
            self.comparator is not None
        )

    @property
    def has_content(self) -> bool:
        """Whether the answer is an amount, a time or entities, not yes, no or nothing."""
        return self.is_quantity or self.time is not None or bool(self.entity)

    @field_validator("value", "lower", "upper", "emended", "per_amount", mode="before")
    @classmethod
    def _exact_decimal(cls, value: object) -> object:
        # A YAML float is a decimal that a person wrote: 747.6 is not its binary neighbour.
        return Decimal(repr(value)) if isinstance(value, float) else value

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        given = [self.is_quantity, self.time is not None, bool(self.entity), self.truth is not None]
        if sum(given) > 1:
            raise ValueError("an answer is only one of an amount, a time, entities or truth")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower {self.lower} is above upper {self.upper}")
        if self.is_quantity and self.unit is None:
            raise ValueError("an amount needs a unit, such as person, percent or usd")
        if self.approximate and self.comparator == "exactly":
            raise ValueError("an amount is either approximate or exact: drop one of the two")
        if self.per_amount is not None and self.per is None:
            raise ValueError("per-amount needs per: say per what")
        if self.garbled and self.surface is None:
            raise ValueError("a garbled amount needs its surface")
        return self
