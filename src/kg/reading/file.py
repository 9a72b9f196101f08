"""Reading files: YAML or JSON, checked against the schema, with the line of every fault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kg.errors import ReadingError, did_you_mean
from kg.files.schema_faults import schema_faults
from kg.files.yaml_input import YamlFile, load_yaml, shown
from kg.rdf.iris import SLUG
from kg.reading.model import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["ReadingFile", "check_reading", "load_reading", "path_of_reading"]

_MOST_FAULTS = 10


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """A reading, its id (the file's name), and the position of each part in the file."""

    id: str
    reading: Reading
    source: YamlFile

    def place(self, *keys: object) -> str:
        """Return ``FILE:LINE`` and the id of a part, for error messages."""
        named = ""
        if len(keys) > 1 and keys[0] in {"claims", "relations"} and isinstance(keys[1], int):
            part = getattr(self.reading, str(keys[0]))[keys[1]]
            named = f": {str(keys[0])[:-1]} {part.id!r}"
        elif len(keys) > 1 and keys[0] in {"voices", "mentions", "entities"}:
            named = f": {str(keys[0]).removesuffix('s').replace('entitie', 'entity')} {keys[1]!r}"
        return self.source.place(*keys) + named


def _id_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    for group in ("claims", "relations"):
        seen: dict[str, int] = {}
        for index, part in enumerate(getattr(reading, group)):
            if part.id in seen:
                first = source.place(group, seen[part.id])
                yield (
                    f"{source.place(group, index)}: the id {part.id!r} is already used ({first}): "
                    "give each one its own id"
                )
            seen.setdefault(part.id, index)


def _voice_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    roots = [name for name, voice in reading.voices.items() if voice.in_ is None]
    if len(roots) != 1:
        yield (
            f"{source.place('voices')}: exactly one voice, the article's own, may lack 'in'; this "
            f"file has {len(roots)}{': ' + ', '.join(roots) if roots else ''}"
        )
    settled: set[str] = set()
    for name in reading.voices:
        chain = [name]
        while (outer := reading.voices[chain[-1]].in_) is not None and outer not in settled:
            place = source.place("voices", chain[-1])
            if outer not in reading.voices:
                yield f"{place}: voice {chain[-1]!r} is in {outer!r}, which is not in this file"
                break
            if outer in chain:
                circle = " in ".join([*chain[chain.index(outer) :], outer])
                yield f"{place}: the voices form a cycle: {circle}; say which is outermost"
                break
            chain.append(outer)
        settled.update(chain)


def _claim_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    ids = {claim.id for claim in reading.claims}
    for index, claim in enumerate(reading.claims):
        named = [claim.voice, *(one.voice for one in claim.possible_voices)]
        if claim.reports:
            named.append(claim.reports)
        for one in claim.under:
            if one not in ids:
                yield (
                    f"{source.place('claims', index)}: claim {claim.id!r} is under {one!r}, which "
                    f"is not a claim of this file{did_you_mean(one, ids)}"
                )
        for voice in named:
            if voice not in reading.voices:
                yield (
                    f"{source.place('claims', index)}: claim {claim.id!r} names the voice "
                    f"{voice!r}, which is not in this file's voices"
                    f"{did_you_mean(voice, reading.voices)}"
                )


def _relation_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    ids = {claim.id for claim in reading.claims}
    for index, relation in enumerate(reading.relations):
        for one in relation.claims:
            if one not in ids:
                yield (
                    f"{source.place('relations', index)}: relation {relation.id!r} names the "
                    f"claim {one!r}, which is not in this file{did_you_mean(one, ids)}"
                )


def _judgement_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    known = [*{claim.id for claim in reading.claims}, *reading.voices]
    for index, judgement in enumerate(reading.judgements):
        for one in judgement.about:
            if one not in known:
                yield (
                    f"{source.place('judgements', index)}: {one!r} is neither a claim nor a voice "
                    f"of this file{did_you_mean(one, known)}"
                )


def _decision_faults(source: YamlFile, reading: Reading) -> Iterator[str]:
    decisions = reading.decisions
    if decisions is None:
        return
    ids = {claim.id for claim in reading.claims}
    place = source.place("decisions")
    for one in decisions.kept:
        if one not in ids:
            yield (
                f"{place}: {one!r} is not a claim of this file{did_you_mean(one, ids)}; list it "
                "under rejected, or leave it out"
            )
    for one in decisions.rejected:
        if one in ids:
            yield (
                f"{place}: {one!r} is listed as rejected but is in this file; remove one of the two"
            )


def _listed(faults: Sequence[str]) -> str:
    """Return faults as lines, the first of many."""
    more = len(faults) - _MOST_FAULTS
    return "\n".join([*faults[:_MOST_FAULTS], *([f"… and {more} more"] if more > 0 else [])])


def check_reading(source: YamlFile, reading: Reading) -> None:
    """Check what the schema cannot: ids are unique, voices form a tree, references resolve.

    :raises ReadingError: a check fails; the message lists every fault with its line.
    """
    checks = (
        _id_faults,
        _voice_faults,
        _claim_faults,
        _relation_faults,
        _judgement_faults,
        _decision_faults,
    )
    if faults := [fault for check in checks for fault in check(source, reading)]:
        raise ReadingError(_listed(faults))


def path_of_reading(folder: Path, name: str) -> Path:
    """Return the file of one of an article's readings.

    :param folder: the article's.
    :raises ReadingError: there is none of that name; the message lists the existing ones.
    """
    readings = folder / "readings"
    names = sorted(path.stem for path in readings.glob("*.yaml"))
    if name not in names:
        hint = did_you_mean(name, names, f"there are: {', '.join(names) or 'none'}")
        raise ReadingError(f"{readings}: there is no reading {name!r}{hint}")
    return readings / f"{name}.yaml"


def load_reading(path: Path | str, text: str | None = None) -> ReadingFile:
    """Load a reading; its id is the file's name without the extension.

    :param text: the file's content, if it has already been read.
    :raises ReadingError: the file cannot be read, breaks the schema (each fault with its line),
        uses an id twice, or has voices that are missing or form a cycle.
    """
    path = Path(path)
    if not SLUG.fullmatch(path.stem):
        raise ReadingError(f"{path}: {path.stem!r} is not a slug: rename it, such as curated.yaml")
    source = load_yaml(path, text)
    try:
        reading = Reading.model_validate(source.data)
    except ValidationError as error:
        faults = [
            f"{source.place(*fault.keys)}: {fault.told('the file')}{_shown(fault.value)}"
            for fault in schema_faults(error)
        ]
        raise ReadingError(_listed(faults)) from error
    check_reading(source, reading)
    return ReadingFile(path.stem, reading, source)


def _shown(value: object) -> str:
    return f" (here: {shown(value)})" if isinstance(value, str | int | float | bool) else ""
