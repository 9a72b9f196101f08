"""A draft: a reading proposed by the rules, a model or an annotation file.

Every draft goes through the same schema and grounding checks, and is written as YAML for a person
to correct.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from kg.errors import OutputError
from kg.files.atomic import replacing
from kg.files.yaml_input import YamlFile
from kg.files.yaml_output import flow
from kg.reading.file import ReadingFile, check_reading
from kg.reading.parts import Quote, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading.model import Reading

__all__ = [
    "DRAFT_HEAD",
    "Draft",
    "Note",
    "as_file",
    "plain_part",
    "reading_yaml",
    "write_draft",
]

#: The comment at the head of a draft's file, without its `#`.
DRAFT_HEAD: Final = "A draft. Correct it with kg desk, or by hand under your own name."
# The parts that have a line for each of their entries.
_BY_NAME: Final = {"entities", "voices", "mentions", "decisions"}


@dataclass(frozen=True, slots=True)
class Note:
    """Why a part of a draft was included, or why something was left out.

    ``part`` names it as the file does: ``claims.ID``, ``voices.ID``, ``mentions.ID``; ``rule`` is
    the rule, the model's step or the format that made it.
    """

    part: str
    rule: str
    why: str
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed reading, explanations of its parts, and what was left out and why."""

    reading: Reading
    explanations: tuple[Note, ...] = ()
    dropped: tuple[Note, ...] = ()


def as_file(reading: Reading, name: str) -> ReadingFile:
    """Wrap a reading that is not in a file as a reading file.

    :raises ReadingError: an id is used twice, or a voice is missing or in itself.
    """
    file = ReadingFile(name, reading, YamlFile(Path(f"{name}.yaml"), None, {}))
    check_reading(file.source, reading)
    return file


def _plain(value: object) -> object:
    """Return a part of a reading as plain data, in short form where the format allows it."""
    if isinstance(value, Quote):
        data = plain_part(value)
        return data["exact"] if set(data) == {"exact"} else data
    if isinstance(value, BaseModel):
        return plain_part(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return _number(value)
    return value


def _number(value: Decimal) -> object:
    if value == value.to_integral_value() and abs(value.adjusted()) < 300:
        return int(value)
    near = float(value)
    # What a YAML float can't hold exactly stays a text, which the schema reads as a decimal too.
    return near if Decimal(repr(near)) == value else str(value)


def plain_part(value: BaseModel) -> dict[str, Any]:
    """Return a part of a reading as plain data, as a person would write it, defaults left out."""
    found: dict[str, Any] = {}
    for name, info in type(value).model_fields.items():
        part = getattr(value, name)
        if part == info.get_default(call_default_factory=True) and not info.is_required():
            continue
        plain = _plain(part)
        # One quote, speaker or time stands without a list around it, as a person writes it.
        if (
            isinstance(plain, list)
            and len(plain) == 1
            and any(getattr(one, "func", None) is listed for one in info.metadata)
        ):
            plain = plain[0]
        found[info.serialization_alias or info.alias or name] = plain
    return found


def reading_yaml(reading: Reading) -> str:
    """Return a reading as the YAML of a reading file, one line for each small part."""
    lines = []
    for key, part in plain_part(reading).items():
        if isinstance(part, dict) and key in _BY_NAME:
            lines.append(f"{key}:")
            lines += [f"  {flow({name: one})[1:-1]}" for name, one in part.items()]
        elif isinstance(part, list) and key == "claims":
            lines.append(f"{key}:" if part else f"{key}: []")
            for one in part:
                fields = [flow({name: value})[1:-1] for name, value in one.items()]
                lines += [f"  - {fields[0]}", *(f"    {field}" for field in fields[1:])]
        elif isinstance(part, list):
            lines.append(f"{key}:")
            lines += [f"  - {flow(one)}" for one in part]
        else:
            lines.append(flow({key: part})[1:-1])
    return "\n".join(lines) + "\n"


def write_draft(
    draft: Draft, path: Path, *, head: Sequence[str] = (), replace: bool = False
) -> None:
    """Write a draft as a reading file.

    :param head: comment lines for the top of the file.
    :param replace: whether an existing file may be replaced.
    :raises OutputError: the file already exists, or cannot be written.
    """
    if path.exists() and not replace and path.is_file():
        raise OutputError(
            f"{path}: already exists and may have been corrected; choose another file with -o, or "
            "replace it with --replace"
        )
    comment = "".join(f"# {line}\n" for line in head)
    with replacing(path) as stream:
        stream.write((comment + reading_yaml(draft.reading)).encode())
