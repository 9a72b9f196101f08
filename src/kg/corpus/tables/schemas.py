"""The schemas of the tables: their columns, what they hold and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TABLES", "Column", "Holds", "arrow_schema"]


class Holds(Enum):
    """What a column holds; all but lists can be null."""

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


def _columns(*columns: tuple[str, Holds, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in columns)


_ARTICLE: Final = ("article", Holds.TEXT, "the article's slug")
_READING: Final = ("reading", Holds.TEXT, "the reading's id, `rules` for a draft by the rules")
_START: Final = (
    "start",
    Holds.COUNT,
    "position of the first character in the article's text, counted from 0",
)
_END: Final = ("end", Holds.COUNT, "position after the last character")

#: The columns of every table. Entities, claims, voices and questions are IRIs; concepts are codes.
TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "articles": _columns(
        _ARTICLE,
        ("id", Holds.TEXT, "the article's id in its source"),
        ("title", Holds.TEXT, "title"),
        ("published", Holds.TEXT, "date of publication, EDTF"),
        ("publisher", Holds.TEXT, "the publisher's name in the source"),
        ("url", Holds.TEXT, "address"),
        ("language", Holds.TEXT, "language tag"),
        ("characters", Holds.COUNT, "length of the text in code points"),
        ("sha256", Holds.TEXT, "SHA-256 of the text in UTF-8"),
        ("claims", Holds.COUNT, "number of claims in all its readings"),
    ),
    "claims": _columns(
        ("claim", Holds.TEXT, "IRI of the claim"),
        _ARTICLE,
        _READING,
        ("reader", Holds.TEXT, "kind of reader: person, rules or model"),
        ("id", Holds.TEXT, "id of the claim in its reading"),
        ("kind", Holds.TEXT, "most specific class, such as `CasualtyClaim`"),
        ("gloss", Holds.TEXT, "what the claim says, in English"),
        ("quote", Holds.TEXT, "the words of the claim's first passage"),
        _START,
        _END,
        ("question", Holds.TEXT, "IRI of the question answered"),
        ("measure", Holds.TEXT, "what is measured, such as `deaths`"),
        ("population", Holds.TEXT, "the people who are counted"),
        ("event", Holds.TEXT, "the event asked about"),
        ("place", Holds.TEXT, "the place asked about"),
        ("during", Holds.TEXT, "the time asked about, EDTF"),
        ("polarity", Holds.TEXT, "positive or negative"),
        ("stance", Holds.TEXT, "how sure the voice is: certain, probable, …"),
        ("force", Holds.TEXT, "the speech act: say, deny, estimate, …"),
        ("truth", Holds.TRUTH, "the answer to a yes-or-no question"),
        ("value", Holds.NUMBER, "the number given as the answer, as written"),
        ("low", Holds.NUMBER, "the lowest possible value"),
        ("high", Holds.NUMBER, "the highest possible value"),
        ("unit", Holds.TEXT, "QUDT unit, such as `NUM`"),
        ("counts", Holds.TEXT, "what is counted, such as `person`"),
        ("approximate", Holds.TRUTH, "whether the text says “about”"),
        ("time", Holds.TEXT, "the time given as the answer, EDTF"),
        ("answers", Holds.TEXTS, "the entities given as the answer"),
        ("chain", Holds.CHAIN, "the voices, innermost first"),
    ),
    "voices": _columns(
        ("voice", Holds.TEXT, "IRI of the voice"),
        _ARTICLE,
        _READING,
        ("quoted_in", Holds.TEXT, "the voice that quotes it; null for the article's own"),
        ("depth", Holds.COUNT, "how many voices it is nested in"),
        ("speakers", Holds.TEXTS, "who speaks"),
        ("source", Holds.TEXT, "the source it speaks in, such as a report or the article"),
        ("act", Holds.TEXT, "speech act: say, deny, …"),
        ("marking", Holds.TEXT, "whether the text names it: explicit, inherited or inferred"),
        ("transmission", Holds.TEXT, "verbatim or paraphrase"),
        ("said", Holds.TEXT, "when it spoke, EDTF"),
        ("as_of", Holds.TEXT, "the date of its data, EDTF"),
        ("cues", Holds.TEXTS, "the reporting words"),
    ),
    "quantities": _columns(
        ("claim", Holds.TEXT, "the claim whose answer the amount is"),
        _ARTICLE,
        ("value", Holds.NUMBER, "the number as written"),
        ("emended", Holds.NUMBER, "the number that was meant, if different"),
        ("lower", Holds.NUMBER, "lower bound in the text"),
        ("upper", Holds.NUMBER, "upper bound in the text"),
        ("low", Holds.NUMBER, "the lowest possible value"),
        ("high", Holds.NUMBER, "the highest possible value"),
        ("comparator", Holds.TEXT, "exactly, at-least, more-than, …"),
        ("approximate", Holds.TRUTH, "whether the text says “about”"),
        ("unit", Holds.TEXT, "QUDT unit"),
        ("counts", Holds.TEXT, "what is counted"),
        ("surface", Holds.TEXT, "the words in the text"),
    ),
    "times": _columns(
        ("of", Holds.TEXT, "the claim, voice or question that the time belongs to"),
        ("role", Holds.TEXT, "answerTime, claimedTime, asOf, saidDuring, during or changeFrom"),
        _ARTICLE,
        ("edtf", Holds.TEXT, "the time as EDTF"),
        ("earliest_start", Holds.TEXT, "earliest possible first day, YYYY-MM-DD"),
        ("latest_start", Holds.TEXT, "latest possible first day"),
        ("earliest_end", Holds.TEXT, "earliest possible last day"),
        ("latest_end", Holds.TEXT, "latest possible last day"),
        ("approximate", Holds.TRUTH, "whether the time is approximate"),
        ("surface", Holds.TEXT, "the words in the text"),
    ),
    "mentions": _columns(
        ("mention", Holds.TEXT, "IRI of the mention"),
        _ARTICLE,
        _READING,
        ("entity", Holds.TEXT, "the named entity"),
        ("kind", Holds.TEXT, "actor, event, place, source, population, artefact or topic"),
        ("surface", Holds.TEXT, "the words that name it"),
        _START,
        _END,
    ),
    "entities": _columns(
        ("entity", Holds.TEXT, "the entity's IRI"),
        _ARTICLE,
        ("kind", Holds.TEXT, "actor, event, place, source, population, artefact or topic"),
        ("type", Holds.TEXT, "most specific class, such as `MediaOutlet`"),
        ("label_en", Holds.TEXT, "label in English"),
        ("label_ar", Holds.TEXT, "label in Arabic"),
        ("own", Holds.TRUTH, "whether a reading of this article describes it"),
    ),
}  # fmt: skip

#: The fields of a voice in a chain.
VOICE_FIELDS: Final = _columns(
    ("voice", Holds.TEXT, "IRI of the voice"),
    ("speakers", Holds.TEXTS, "who speaks, as IRIs"),
    ("names", Holds.TEXTS, "who speaks, as English labels, in arbitrary order"),
    ("source", Holds.TEXT, "where it speaks"),
    ("act", Holds.TEXT, "speech act"),
    ("marking", Holds.TEXT, "explicit, inherited or inferred"),
)


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
    voice = arrow.struct([(one.name, plain[one.holds]) for one in VOICE_FIELDS])
    holds = {**plain, Holds.CHAIN: arrow.list_(voice)}
    return arrow.schema([(one.name, holds[one.holds]) for one in TABLES[table]])
