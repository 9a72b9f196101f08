"""The stage: one file with all records of a run, from which each process reads its own.

It is a snapshot of the source, so that all parts are made from the same data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from kg.corpus.record import Record

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Staged", "read_staged", "write_staged"]


@dataclass(frozen=True, slots=True)
class Staged:
    """Where a record is on the stage."""

    offset: int
    length: int


def write_staged(stream: IO[bytes], record: Record) -> Staged:
    """Add a record to the end of the stage.

    :raises OSError: the disk is full.
    """
    raws = {"": record.content, **{f"/{name}": raw for name, raw in record.readings.items()}}
    head = json.dumps(
        {
            "id": record.id,
            "place": record.place,
            "form": record.form,
            "fields": dict(record.fields),
            "described": record.described,
            "lengths": {name: len(raw) for name, raw in raws.items()},
        },
        ensure_ascii=False,
    ).encode()
    offset = stream.tell()
    for piece in (len(head).to_bytes(8), head, *raws.values()):
        stream.write(piece)
    return Staged(offset, stream.tell() - offset)


def read_staged(stage: Path, staged: Staged) -> Record:
    """Return a record from the stage.

    :raises OSError: the stage cannot be read.
    """
    with stage.open("rb") as stream:
        stream.seek(staged.offset)
        raw = stream.read(staged.length)
    length = int.from_bytes(raw[:8])
    head, at = json.loads(raw[8 : 8 + length]), 8 + length
    raws = {}
    for name, size in head.pop("lengths").items():
        raws[name] = raw[at : at + size]
        at += size
    content = raws.pop("")
    return Record(content=content, readings={n[1:]: one for n, one in raws.items()}, **head)
