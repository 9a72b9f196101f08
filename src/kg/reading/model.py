"""The reading: what a reader found in an article. One schema, whoever the reader is.

A person, the rules or a model write the same thing: voices once, claims that hang on them, quotes
instead of offsets. :func:`json_schema` publishes it for editors; ``docs/reading.md`` explains it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from kg.reading.parts import (
    Answer,
    Confidence,
    Part,
    Question,
    Quote,
    Quotes,
    Slug,
    Slugs,
    Text,
    Time,
    Times,
    check_date,
    listed,
)

__all__ = [
    "Claim",
    "Judgement",
    "LocalEntity",
    "Mention",
    "PossibleVoice",
    "Reader",
    "Reading",
    "Relation",
    "Unread",
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


class Voice(Part):
    """Who speaks, where, when and how, and inside which other voice."""

    in_: Slug | None = Field(None, alias="in", description="The voice that relays this one")
    speaker: Annotated[Slugs, Field(min_length=1)]
    source: Slug | None = None
    act: Slug = Field("state", description="A concept of the speech-act vocabulary")
    said: Time | None = None
    as_of: Time | None = None
    addressee: Slugs = ()
    cue: Quotes = Field((), description="The reporting words")
    marking: Literal["explicit", "inherited", "inferred"] = "explicit"
    transmission: Literal["verbatim", "paraphrase"] = "paraphrase"
    confidence: Confidence | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _inferred_is_explained(self) -> Self:
        if self.marking == "inferred" and (self.confidence is None or self.why is None):
            raise ValueError("an inferred voice needs confidence and why")
        return self


class PossibleVoice(Part):
    """A voice that may be the one behind a claim, where the text stays open."""

    voice: Slug
    confidence: Confidence | None = None


class Claim(Part):
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


class LocalEntity(Part):
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


class Relation(Part):
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
    tuple[Mention, ...], BeforeValidator(listed, json_schema_input_type=Mention | list[Mention])
]


class Unread(Part):
    """A stretch of text that no claim and no cue covers, and why."""

    quote: Quote
    why: Text


class Judgement(Part):
    """Something that another careful reader might decide otherwise."""

    about: tuple[Slug, ...] = ()
    note: Text


class Reader(Part):
    """Who made the reading."""

    name: Text
    kind: Literal["person", "rules", "model"] = "person"
    version: Text | None = None
    parameters: dict[Slug, str | int | float] = Field(
        default_factory=dict, description="How a model was asked"
    )
    prompt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="SHA-256 of what a model was told"
    )


class Reading(Part):
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
        check_date(made)
        return made


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a reading file, for editors and other writers."""
    schema = Reading.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/qawl/schema/reading.json",
        **schema,
    }
