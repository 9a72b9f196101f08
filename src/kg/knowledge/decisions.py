"""Decisions on a corpus: which entities are the same, and which question a claim answers.

They are in two files beside the authority files, ``entities.yaml`` and ``questions.yaml``, one
decision per line, so that a person can read them, and undo one by deleting its line::

    - {entity: nahr-agency, names: [Nahr], same: [dam-ar/rules/nahr], why: the same agency}
    - {different: [dam-ar/rules/minister, rain-en/rules/minister], why: of two states}

An entity that a reading proposes is identified as ``SLUG/READING/ID``; one of the authority files
or of the general gazetteer, by its id. ``names`` covers everything that readings propose under a
name. A claim is identified as ``SLUG/READING/ID``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kg.errors import AuthorityError, ReadingError
from kg.files.schema_faults import first_fault
from kg.files.yaml_input import load_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "ENTITIES_FILE",
    "QUESTIONS_FILE",
    "AskedQuestion",
    "DifferentClaims",
    "DifferentEntities",
    "EntityDecisions",
    "QuestionDecisions",
    "SameEntity",
    "load_entity_decisions",
    "load_question_decisions",
]

ENTITIES_FILE: Final = "entities.yaml"
QUESTIONS_FILE: Final = "questions.yaml"

_SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_Id = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}$", max_length=100)]
_Claim = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}/{_SLUG}/{_SLUG}$", max_length=300)]
_Entity = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}(/{_SLUG}/{_SLUG})?$")]
_Words = Annotated[str, StringConstraints(min_length=1)]


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    why: _Words | None = None


class SameEntity(_Decision):
    """Several proposed entities are the same entity of the corpus."""

    entity: _Id
    type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")] | None = Field(
        None, description="Its type, if neither the authority files nor the gazetteer describe it"
    )
    label: dict[Literal["en", "ar"], _Words] | None = None
    names: tuple[_Words, ...] = Field((), description="Additional names for it, in every article")
    same: tuple[_Entity, ...] = ()

    def joined(self, other: SameEntity) -> SameEntity:
        """Combine two lines on the same entity."""
        return self.model_copy(
            update={
                "type": self.type or other.type,
                "label": self.label or other.label,
                "names": (*self.names, *other.names),
                "same": (*self.same, *other.same),
            }
        )


class DifferentEntities(_Decision):
    """Entities that seem to be the same are not."""

    different: Annotated[tuple[_Entity, ...], Field(min_length=2)]


class AskedQuestion(_Decision):
    """Claims answer this question, whatever their readings say."""

    ask: dict[str, Any]
    claims: Annotated[tuple[_Claim, ...], Field(min_length=1)]


class DifferentClaims(_Decision):
    """Claims that seem to answer the same question do not."""

    different: Annotated[tuple[_Claim, ...], Field(min_length=2)]


@dataclass(frozen=True, slots=True)
class EntityDecisions:
    """The decisions on entities."""

    path: Path | None = None
    entities: Mapping[str, SameEntity] = field(default_factory=dict)
    #: The entity that each of several was found to be.
    merged: Mapping[str, str] = field(default_factory=dict)
    different: tuple[DifferentEntities, ...] = ()

    def apart(self, one: str, other: str) -> bool:
        """Return whether two entities were decided to be different."""
        return any({one, other} <= {*line.different} for line in self.different)

    def place(self) -> str:
        """Return the file's name, for messages."""
        return str(self.path or ENTITIES_FILE)


@dataclass(frozen=True, slots=True)
class QuestionDecisions:
    """The decisions on questions: for each claim, the question it answers, as plain data."""

    path: Path | None = None
    asked: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    different: tuple[DifferentClaims, ...] = ()

    def place(self) -> str:
        """Return the file's name, for messages."""
        return str(self.path or QUESTIONS_FILE)


def _decisions(
    path: Path, text: str | None, same: type[_Decision], different: type[_Decision]
) -> list[tuple[str, _Decision]]:
    """Return the decisions of a file, each with its place."""
    if text is None and not path.is_file():
        return []
    try:
        source = load_yaml(path, text)
    except ReadingError as error:
        if str(error).endswith("is empty"):
            return []
        raise AuthorityError(str(error)) from error
    if not isinstance(source.data, list):
        raise AuthorityError(f"{path}: write one decision on each line, beginning with '- '")
    found = []
    for index, one in enumerate(source.data):
        model = different if isinstance(one, dict) and "different" in one else same
        try:
            found.append((source.place(index), model.model_validate(one)))
        except ValidationError as error:
            reason = first_fault(error).told("the decision")
            raise AuthorityError(f"{source.place(index)}: {reason}") from error
    return found


def load_entity_decisions(folder: Path, text: str | None = None) -> EntityDecisions:
    """Load the decisions on entities from a folder of authority files, if there are any.

    :param text: the file's text, if different from the one in the folder.
    :raises AuthorityError: the file cannot be used, or has two decisions on one entity.
    """
    path = folder / ENTITIES_FILE
    entities: dict[str, SameEntity] = {}
    merged: dict[str, str] = {}
    different = []
    for place, one in _decisions(path, text, SameEntity, DifferentEntities):
        if isinstance(one, DifferentEntities):
            different.append(one)
            continue
        assert isinstance(one, SameEntity)
        known = entities.get(one.entity)
        if known is not None and one.type and known.type:
            raise AuthorityError(
                f"{place}: {one.entity!r} is described twice; give its type and label only once"
            )
        entities[one.entity] = one if known is None else known.joined(one)
        for name in one.same:
            if merged.setdefault(name, one.entity) != one.entity:
                raise AuthorityError(
                    f"{place}: {name!r} is {one.entity!r} here and {merged[name]!r} before; delete "
                    "it from one of the two lines"
                )
    for name, entity in merged.items():
        if name == entity or entity in merged:
            raise AuthorityError(
                f"{path}: {name!r} is {entity!r}, which is {merged.get(entity, name)!r}; use the "
                "last of these in each line"
            )
    return EntityDecisions(path, entities, merged, tuple(different))


def load_question_decisions(folder: Path, text: str | None = None) -> QuestionDecisions:
    """Load the decisions on questions from a folder of authority files, if there are any.

    :param text: the file's text, if different from the one in the folder.
    :raises AuthorityError: the file cannot be used, or has two decisions on one claim.
    """
    path = folder / QUESTIONS_FILE
    asked: dict[str, Mapping[str, Any]] = {}
    different = []
    for place, one in _decisions(path, text, AskedQuestion, DifferentClaims):
        if isinstance(one, DifferentClaims):
            different.append(one)
            continue
        assert isinstance(one, AskedQuestion)
        for name in one.claims:
            if asked.setdefault(name, one.ask) != one.ask:
                raise AuthorityError(
                    f"{place}: the claim {name!r} answers another question above; delete it from "
                    "one of the two lines"
                )
    return QuestionDecisions(path, asked, tuple(different))
