"""The schemas of the tables: their columns, what they hold and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import CorpusError
from kg.files.tsv import tsv_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Column", "Holds", "arrow_schema", "tables", "voice_fields"]

#: What ``columns.tsv`` calls the fields of a voice in a chain.
_VOICE: Final = "voice"


class Holds(Enum):
    """The type of a column; all types except lists can be null."""

    TEXT = "string"
    TEXTS = "list of strings"
    COUNT = "integer (32 bits)"
    NUMBER = "double"
    TRUTH = "boolean"
    CHAIN = "list of voices"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what it holds and what that means."""

    name: str
    holds: Holds
    meaning: str


@cache
def _columns() -> Mapping[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for row in tsv_rows(Path(__file__).with_name("columns.tsv"), CorpusError):
        column = Column(row["column"], Holds[row["holds"].upper()], row["meaning"])
        found.setdefault(row["table"], []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def tables() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every table, by the table's name."""
    return {table: columns for table, columns in _columns().items() if table != _VOICE}


def voice_fields() -> tuple[Column, ...]:
    """Return the fields of a voice in a chain."""
    return _columns()[_VOICE]


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise CorpusError(
            "the tables of a corpus are Parquet files; to write them, install: pip install "
            "'qawl[corpus]'"
        ) from error
    return pyarrow


@cache
def arrow_schema(table: str) -> Any:
    """Return the Arrow schema of a table.

    :raises CorpusError: pyarrow is not installed.
    """
    arrow = _pyarrow()
    plain = {
        Holds.TEXT: arrow.string(),
        Holds.TEXTS: arrow.list_(arrow.string()),
        Holds.COUNT: arrow.int32(),
        Holds.NUMBER: arrow.float64(),
        Holds.TRUTH: arrow.bool_(),
    }
    voice = arrow.struct([(one.name, plain[one.holds]) for one in voice_fields()])
    holds = {**plain, Holds.CHAIN: arrow.list_(voice)}
    return arrow.schema([(one.name, holds[one.holds]) for one in tables()[table]])
