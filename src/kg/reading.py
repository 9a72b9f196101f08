"""The reading: what a reader found in an article. One schema, whoever the reader is.

A person, the rules or a model write the same thing: voices once, claims that hang on them, quotes
instead of offsets. :func:`json_schema` publishes it for editors; ``docs/reading.md`` explains it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from kg.edtf_dates import corners
from kg.errors import DateError

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = [
    "Answer",
    "Claim",
    "LocalEntity",
    "Mention",
    "Question",
    "Quote",
    "Reader",
    "Reading",
    "Relation",
    "Time",
    "Voice",
    "json_schema",
]

ClaimKind = Literal[
    "occurrence", "quantity", "casualty", "cost", "displacement", "force-level", "share", "state",
    "causal", "evaluative", "intention", "speech-act",
]  # fmt: skip
Stance = Literal[
    "certain", "probable", "possible", "certainly-not", "probably-not", "possibly-not",
    "certain-unknown", "unknown",
]  # fmt: skip
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=100)
]
Text = Annotated[str, StringConstraints(min_length=1)]
Confidence = Annotated[Decimal, Field(ge=0, le=1)]


def _edtf(value: object) -> object:
    """Check an EDTF string; a bare year that YAML read as a number is one too."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04d}"
    if isinstance(value, str):
        _check_date(value)
    return value


def _check_date(edtf: str) -> None:
    try:
        corners(edtf)
    except DateError as error:  # pydantic adds the place to a ValueError only
        raise ValueError(str(error)) from error


Edtf = Annotated[str, BeforeValidator(_edtf, json_schema_input_type=str | int)]


def _listed(value: object) -> object:
    """Let a person write one thing where a list is meant."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


Slugs = Annotated[
    tuple[Slug, ...], BeforeValidator(_listed, json_schema_input_type=Slug | list[Slug])
]


class _Part(BaseModel):
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


class Quote(_Part):
    """Words of the article, verbatim, and what is needed to tell one place from another."""

    short_forms = ("string",)

    exact: Text
    prefix: str = Field("", description="The characters right before the quote")
    suffix: str = Field("", description="The characters right after the quote")
    paragraph: int | None = Field(None, ge=1, description="Counted from 1, split at newlines")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"exact": value} if isinstance(value, str) else value


Quotes = Annotated[
    tuple[Quote, ...], BeforeValidator(_listed, json_schema_input_type=Quote | list[Quote])
]


class Time(_Part):
    """A time span: an EDTF date, an event that it hangs on, or a duration."""

    short_forms = ("string", "integer")

    edtf: Edtf | None = None
    surface: Quote | None = Field(None, description="The words that give the time")
    modifier: Literal["start", "early", "mid", "late", "end", "dawn", "morning"] | None = None
    status: Literal["explicit", "relative", "anaphoric", "implied"] | None = None
    relation: Literal["before", "after", "during", "since", "until", "between", "at"] | None = None
    anchor: Slug | None = Field(None, description="The event that the time is told by")
    duration: Annotated[str, StringConstraints(pattern=r"^P(\d+[YMWD])+$")] | None = None
    emended: Edtf | None = Field(None, description="What a reader thinks was meant")
    why: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"edtf": value} if isinstance(value, str | int) else value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.edtf is None and self.anchor is None and self.duration is None:
            raise ValueError("a time needs edtf, anchor or duration")
        return self


Times = Annotated[
    tuple[Time, ...], BeforeValidator(_listed, json_schema_input_type=Time | list[Time])
]


class Voice(_Part):
    """Who speaks, where, when and how, and inside which other voice."""

    in_: Slug | None = Field(None, alias="in", description="The voice that relays this one")
    speaker: Annotated[Slugs, Field(min_length=1)]
    source: Slug | None = None
    act: Slug = Field("state", description="A concept of the speech-act vocabulary")
    said: Time | None = None
    as_of: Time | None = None
    addressee: Slugs = ()
    cue: Quotes = Field((), description="The reporting words")
    scope: Literal["explicit", "inherited", "inferred"] = "explicit"
    transmission: Literal["verbatim", "paraphrase"] = "paraphrase"
    confidence: Confidence | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _inferred_is_explained(self) -> Self:
        if self.scope == "inferred" and (self.confidence is None or self.why is None):
            raise ValueError("an inferred voice needs confidence and why")
        return self


class Question(_Part):
    """What a claim answers; two claims are comparable when they answer the same question."""

    how_many: Slug | None = Field(None, description="A concept of the measure vocabulary")
    when: Literal["start", "end", "occurrence"] | None = None
    who: Literal["agent", "patient", "beneficiary", "payer"] | None = None
    where: Slug | None = Field(None, description="An event")
    did: Slug | None = Field(None, description="An event")
    is_it_so: Slug | None = Field(None, description="A name for the proposition")
    of: Slug | None = Field(None, description="The population that is counted")
    event: Slug | None = None
    actor: Slug | None = Field(None, description="Who pays, holds or does what is counted")
    place: Slug | None = None
    during: Edtf | None = None

    @property
    def asks(self) -> str:
        """The kind of question: a concept of the question-kind vocabulary."""
        for kind in ("how_many", "when", "who", "where", "did"):
            if getattr(self, kind) is not None:
                return kind.replace("_", "-")
        return "is-it-so"

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = ("how_many", "when", "who", "where", "did", "is_it_so")
        named = [kind.replace("_", "-") for kind in kinds if getattr(self, kind) is not None]
        if len(named) > 1:
            raise ValueError(f"a question is of one kind, this one is {' and '.join(named)}")
        if (self.when or self.who) and self.event is None:
            raise ValueError(f"a '{named[0]}' question needs the event that it is about")
        dimensions = ("of", "event", "actor", "place", "during")
        if not named and any(getattr(self, name) is not None for name in dimensions):
            raise ValueError("say what is asked: how-many, when, who, where, did or is-it-so")
        return self


class Answer(_Part):
    """What a claim answers: an amount, a time, one or more entities, or yes or no."""

    short_forms = ("string",)

    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    comparator: Slug | None = Field(None, description="A concept of the comparator vocabulary")
    approximate: bool = False
    unit: Slug | None = Field(None, description="A concept of the unit vocabulary: person, usd …")
    surface: Quote | None = None
    emended: Decimal | None = Field(None, description="The value that a reader thinks was meant")
    garbled: bool = Field(False, description="The text's own figure is malformed")
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

    @field_validator("value", "lower", "upper", "emended", mode="before")
    @classmethod
    def _exact_decimal(cls, value: object) -> object:
        # A YAML float is a decimal that a person wrote: 747.6 is not its binary neighbour.
        return Decimal(repr(value)) if isinstance(value, float) else value

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        given = [self.is_quantity, self.time is not None, bool(self.entity), self.truth is not None]
        if sum(given) > 1:
            raise ValueError("an answer is an amount, a time, entities or truth: only one of them")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower {self.lower} is above upper {self.upper}")
        if self.is_quantity and self.unit is None:
            raise ValueError("an amount needs a unit, such as person, percent or usd")
        if self.garbled and self.surface is None:
            raise ValueError("a garbled amount needs its surface")
        return self


class PossibleVoice(_Part):
    """A voice that may be the one behind a claim, where the text stays open."""

    voice: Slug
    confidence: Confidence | None = None


class Claim(_Part):
    """One thing that a voice says, grounded in the text."""

    id: Slug
    voice: Slug
    kind: ClaimKind | None = None
    quote: Annotated[Quotes, Field(min_length=1)]
    gloss: Text = Field(description="The claim in English")
    gloss_ar: Text | None = Field(None, description="In Arabic, where the quote would mislead")
    about: Slugs = ()
    against: Slugs = Field((), description="Whom an accusation, blame or verdict is aimed at")
    stance: Stance = "certain"
    polarity: Literal["positive", "negative"] = "positive"
    question: Question = Question()
    answer: Answer = Answer()
    time: Times = Field((), description="When the claimed thing was, where that is not the answer")
    reports: Slug | None = Field(None, description="The voice that a speech-act claim reports")
    possible_voices: tuple[PossibleVoice, ...] = ()
    confidence: Confidence | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        asks, answer = self.question.asks, self.answer
        if asks == "how-many":
            if not answer.is_quantity:
                raise ValueError(
                    "a how-many question is answered by value, lower, upper or comparator"
                )
        elif asks == "when":
            if answer.time is None:
                raise ValueError("a when question is answered by a time")
        elif asks in {"who", "where"}:
            if not answer.entity:
                raise ValueError(f"a {asks} question is answered by entity")
        elif answer.is_quantity or answer.time is not None or answer.entity:
            raise ValueError(f"a {asks} question is answered by truth, yes or no")
        if self.kind is None and asks == "is-it-so":
            raise ValueError("say the kind of this claim: state, causal, evaluative, intention …")
        if self.reports is not None and self.kind != "speech-act":
            raise ValueError("only a claim of kind speech-act reports a voice")
        return self


class LocalEntity(_Part):
    """Someone or something peculiar to this article: an unnamed voice, a nameless memo."""

    type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")]
    label: dict[Literal["en", "ar"], Text]
    note: Text | None = None

    @field_validator("label")
    @classmethod
    def _both_languages(cls, label: dict[str, str]) -> dict[str, str]:
        if missing := {"en", "ar"} - set(label):
            raise ValueError(f"the label in {' and '.join(sorted(missing))} is missing")
        return label


class Relation(_Part):
    """A relation between claims that the text states or a reader sees; none that is computed."""

    id: Slug
    sum: Slug | None = Field(None, description="The whole, of which `parts` are the parts")
    parts: tuple[Slug, ...] = ()
    exhaustive: bool = False
    contrasts: tuple[Slug, Slug] | None = None
    refines: tuple[Slug, Slug] | None = None
    supersedes: tuple[Slug, Slug] | None = None
    part_of: tuple[Slug, Slug] | None = Field(None, description="The part, then the whole")
    basis: Literal["stated", "curated"] = "curated"
    why: Text | None = None

    @property
    def kind(self) -> str:
        """Which relation it is: sum, contrasts, refines, supersedes or part-of."""
        kinds = ("sum", "contrasts", "refines", "supersedes", "part_of")
        return next(kind for kind in kinds if getattr(self, kind) is not None).replace("_", "-")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = (self.sum, self.contrasts, self.refines, self.supersedes, self.part_of)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a relation is one of sum, contrasts, refines, supersedes, part-of")
        if (self.sum is None) != (not self.parts):
            raise ValueError("a sum needs parts, and only a sum has them")
        return self

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims that it relates."""
        pairs = self.contrasts or self.refines or self.supersedes or self.part_of or ()
        return (*pairs, *((self.sum,) if self.sum else ()), *self.parts)


class Mention(Quote):
    """A place, or all places, where an entity is named."""

    all: bool = Field(False, description="Every place where it stands as whole words")
    nth: tuple[int, ...] = Field((), description="Which of its places, counted from 1")


Mentions = Annotated[
    tuple[Mention, ...], BeforeValidator(_listed, json_schema_input_type=Mention | list[Mention])
]


class Unread(_Part):
    """A stretch of text that no claim and no cue covers, and why."""

    quote: Quote
    why: Text


class Judgement(_Part):
    """Something that another careful reader might decide otherwise."""

    about: tuple[Slug, ...] = ()
    note: Text


class Reader(_Part):
    """Who made the reading."""

    name: Text
    kind: Literal["person", "rules", "model"] = "person"
    version: Text | None = None


class Reading(_Part):
    """A whole reading file."""

    article: Slug
    reader: Reader
    made: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    note: Text | None = None
    entities: dict[Slug, LocalEntity] = Field(default_factory=dict)
    voices: dict[Slug, Voice]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...] = ()
    mentions: dict[Slug, Mentions] = Field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @field_validator("made")
    @classmethod
    def _a_real_day(cls, made: str) -> str:
        _check_date(made)
        return made


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a reading file, for editors and other writers."""
    schema = Reading.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/qawl/schema/reading.json",
        **schema,
    }
