"""The reading: what a reader found in an article, in the same schema for all readers.

A person, the rules and a model write the same format: each voice once, claims attached to voices,
quotes instead of offsets. :func:`json_schema` publishes it for editors; ``docs/reading.md``
explains it.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

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
    "Decisions",
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
#: Stances that affirm an answer, that reject it, and that do neither (FactBank's CT, PR, PS with
#: +, - and u).
AFFIRMING: Final = ("certain", "probable", "possible")
REJECTING: Final = ("certainly-not", "probably-not", "possibly-not")
Stance = Literal[
    "certain", "probable", "possible", "certainly-not", "probably-not", "possibly-not",
    "certain-unknown", "unknown",
]  # fmt: skip


Transmission = Literal["verbatim", "paraphrase", "translation"]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Modality = Literal[
    "asserted", "commanded", "wished", "conditional", "counterfactual", "rhetorical",
]  # fmt: skip
#: Modalities in which nobody says that the thing is so.
UNASSERTED: Final = ("commanded", "wished", "counterfactual")


class Voice(Part):
    """Who speaks, where, when and how, and inside which other voice."""

    in_: Slug | None = Field(None, alias="in", description="The voice that relays this one")
    speaker: Slugs = Field((), description="The speaker; none if a document speaks")
    source: Slug | None = None
    jointly: bool | None = Field(None, description="Whether several speakers said it jointly")
    on_behalf_of: Slugs = Field((), description="The body for which the speaker speaks")
    act: Slug = Field("state", description="A concept of the speech-act vocabulary")
    said: Time | None = None
    as_of: Time | None = None
    addressee: Slugs = ()
    cue: Quotes = Field((), description="The reporting words")
    marking: Literal["explicit", "inherited", "inferred"] = "explicit"
    transmission: Transmission = "paraphrase"
    said_in: LanguageTag | None = Field(None, description="The language it was said in")
    relay_stance: Literal["endorses", "neutral", "doubts", "rejects"] | None = Field(
        None, description="The attitude of the relaying voice"
    )
    confidence: Confidence | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _somebody_speaks(self) -> Self:
        if not self.speaker and self.source is None:
            raise ValueError("a voice needs a speaker, or a source if a document speaks")
        return self

    @model_validator(mode="after")
    def _inferred_is_explained(self) -> Self:
        if self.marking == "inferred" and (self.confidence is None or self.why is None):
            raise ValueError("an inferred voice needs confidence and why")
        return self


class PossibleVoice(Part):
    """A voice that a claim may belong to, if the text is ambiguous."""

    voice: Slug
    confidence: Confidence | None = None


class Claim(Part):
    """One thing that a voice says, grounded in the text."""

    id: Slug
    voice: Slug
    kind: ClaimKind | None = None
    quote: Annotated[Quotes, Field(min_length=1)]
    gloss: Text = Field(description="The claim in English")
    gloss_ar: Text | None = Field(
        None, description="In Arabic, if the quote is not in Arabic or would mislead"
    )
    about: Slugs = ()
    against: Slugs = Field((), description="Whom an accusation, blame or verdict is aimed at")
    stance: Stance | None = Field(
        None, description="If omitted, derived from modality, act and answer"
    )
    polarity: Literal["positive", "negative"] = "positive"
    force: Slug | None = Field(None, description="The speech act, if not the voice's")
    modality: Modality | None = None
    transmission: Transmission | None = Field(None, description="If not the voice's")
    question: Question = Question()
    answer: Answer = Answer()
    as_of: Time | None = Field(None, description="The date of the data, if not the voice's")
    under: Slugs = Field((), description="The claims that are its conditions")
    raises: Question | None = Field(None, description="The question that someone asked")
    time: Times = Field(
        (), description="When the claimed thing took place, if that is not the answer"
    )
    reports: Slug | None = Field(None, description="The voice that a speech-act claim reports")
    possible_voices: tuple[PossibleVoice, ...] = ()
    confidence: Confidence | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _answer_fits_question(self) -> Self:
        asks, answer = self.question.asks, self.answer
        match asks:
            case "how-many" | "how-much-changed":
                fits, expected = answer.is_quantity, "value, lower, upper or comparator"
            case "when":
                fits, expected = answer.time is not None, "a time"
            case "who" | "where":
                fits, expected = bool(answer.entity), "entity"
            case _:
                fits, expected = not answer.has_content, "truth, yes or no"
        if not fits:
            raise ValueError(f"a {asks} question is answered by {expected}")
        amounts = (answer.value, answer.lower, answer.upper, answer.emended)
        if asks == "how-many" and any(one is not None and one < 0 for one in amounts):
            raise ValueError(
                "only a change can be below zero: add change-from, the date that it starts from"
            )
        return self

    @model_validator(mode="after")
    def _stance_fits_answer(self) -> Self:
        stance, truth = self.stance, self.answer.truth
        if self._leaves_open:
            if stance in AFFIRMING or (stance is None and truth is not None):
                raise ValueError(
                    f"a {self.modality} claim does not say that it is so: drop stance and truth, "
                    "or, if it holds under a condition, put the condition in 'under'"
                )
        elif stance is None and self.polarity == "negative" and self.answer.has_content:
            raise ValueError(
                "the words are negated: use stance to say whether they reject the answer "
                "(certainly-not) or it holds as written, as in 'nobody died' (certain)"
            )
        if stance is None or truth is None or stance in (AFFIRMING if truth else REJECTING):
            return self
        raise ValueError(
            f"the answer is {'yes' if truth else 'no'}, but stance {stance} "
            f"{'rejects it' if stance in REJECTING else 'affirms or leaves it open'}: drop truth "
            "or correct the stance"
        )

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if self.raises is not None and self.kind != "speech-act":
            raise ValueError("only a claim of kind speech-act raises a question")
        if self.kind is None and self.question.asks == "is-it-so":
            raise ValueError(
                "say which kind of claim this is: state, causal, evaluative, intention …"
            )
        if self.reports is not None and self.kind != "speech-act":
            raise ValueError("only a claim of kind speech-act reports a voice")
        return self

    @property
    def _leaves_open(self) -> bool:
        """Whether nobody says that the thing is so, not even under a condition that is named."""
        return self.modality in UNASSERTED or (self.modality == "conditional" and not self.under)

    def commitment(self, act: str) -> Stance:
        """Return the stance: as given, or from the modality, answer, voice's act and words.

        :param act: the speech act of the claim's voice; to deny is to answer no.
        """
        if self.stance is not None:
            return self.stance
        if self._leaves_open:
            return "unknown"
        negative: Stance = "certainly-not"
        if self.answer.truth is not None:
            return "certain" if self.answer.truth else negative
        if (self.force or act) == "deny":
            return negative
        negated = self.polarity == "negative" and not self.answer.has_content
        return negative if negated else "certain"


class LocalEntity(Part):
    """Someone or something specific to this article: an unnamed speaker, an untitled memo."""

    type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")]
    label: dict[Literal["en", "ar"], Text]
    note: Text | None = None

    @field_validator("label")
    @classmethod
    def _both_languages(cls, label: dict[str, str]) -> dict[str, str]:
        if missing := {"en", "ar"} - set(label):
            raise ValueError(f"the label in {' and '.join(sorted(missing))} is missing")
        return label


_RELATIONS: Final = (
    "sum", "contrasts", "refines", "supersedes", "updates", "retracts", "supports", "alternative",
    "part_of",
)  # fmt: skip


class Relation(Part):
    """A relation between claims that the text states or a reader sees; never a computed one."""

    id: Slug
    sum: Slug | None = Field(None, description="The whole, of which `parts` are the parts")
    parts: tuple[Slug, ...] = ()
    exhaustive: bool = False
    contrasts: tuple[Slug, Slug] | None = None
    refines: tuple[Slug, Slug] | None = None
    supersedes: tuple[Slug, Slug] | None = None
    updates: tuple[Slug, Slug] | None = None
    retracts: tuple[Slug, Slug] | None = None
    supports: tuple[Slug, Slug] | None = Field(None, description="The reason, then the claim")
    alternative: tuple[Slug, Slug] | None = Field(
        None, description="Two readings of the same words"
    )
    part_of: tuple[Slug, Slug] | None = Field(None, description="The part, then the whole")
    basis: Literal["stated", "curated"] = "curated"
    why: Text | None = None

    @property
    def kind(self) -> str:
        """The kind of relation: sum, or the key of a pair, such as part-of."""
        given = (kind for kind in _RELATIONS if getattr(self, kind) is not None)
        return next(given).replace("_", "-")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in _RELATIONS) != 1:
            known = ", ".join(_RELATIONS).replace("_", "-")
            raise ValueError(f"a relation is one of {known}")
        if (self.sum is None) != (not self.parts):
            raise ValueError("a sum needs parts, and only a sum has them")
        return self

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims that it relates."""
        if self.sum is not None:
            return (self.sum, *self.parts)
        pair: tuple[str, str] = getattr(self, self.kind.replace("-", "_"))
        return pair


class Mention(Quote):
    """A place, or all places, where an entity is named."""

    all: bool = Field(False, description="Every place where it occurs as whole words")
    nth: tuple[int, ...] = Field((), description="Which of the places, counted from 1")


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
        default_factory=dict, description="The parameters of the model"
    )
    prompt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="SHA-256 of the model's prompt"
    )


class Decisions(Part):
    """A person's decisions on a draft's claims; each proposal is in one of the lists."""

    draft: Slug = Field(description="The corrected reading of the same article")
    open: Slugs = Field((), description="Undecided: in this file, but not yet part of this reading")
    accepted: Slugs = ()
    changed: Slugs = ()
    rejected: Slugs = Field((), description="In the draft only")

    @property
    def kept(self) -> tuple[str, ...]:
        """The claims that must be in the file."""
        return (*self.open, *self.accepted, *self.changed)

    @model_validator(mode="after")
    def _decided_once(self) -> Self:
        seen = [*self.kept, *self.rejected]
        if twice := sorted({one for one in seen if seen.count(one) > 1}):
            raise ValueError(
                f"{twice[0]} is listed twice: there can be only one decision on a claim"
            )
        return self


class Reading(Part):
    """A whole reading file."""

    article: Slug
    version: int | None = Field(
        None, ge=1, description="The version of the text; default: the newest"
    )
    reader: Reader
    made: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    note: Text | None = None
    decisions: Decisions | None = Field(None, description="Present if the reading corrects a draft")
    entities: dict[Slug, LocalEntity] = Field(default_factory=dict)
    voices: dict[Slug, Voice]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...] = ()
    mentions: dict[Slug, Mentions] = Field(default_factory=dict)
    implies: Slugs = Field((), description="Events that the text implies but never names")
    unread: tuple[Unread, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @field_validator("made")
    @classmethod
    def _a_real_day(cls, made: str) -> str:
        check_date(made)
        return made

    @model_validator(mode="after")
    def _a_person_decides(self) -> Self:
        if self.decisions is not None and self.reader.kind != "person":
            raise ValueError("only a person can decide on a draft: set reader to a person")
        return self


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a reading file, for editors and other writers."""
    schema = Reading.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/qawl/schema/reading.json",
        **schema,
    }
