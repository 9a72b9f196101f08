"""What annotation tools exchange: marked spans of a text, links between them, and records.

A reading becomes an :class:`AnnotationDocument` and back; the format modules only write and read
such documents. In a tool, a person sees and edits marks (voices' cues, claims, quantities, dates,
mentions), their features and the links between them. What no mark can hold, such as a voice without
reporting words, is stored as a record; :func:`unshown` lists it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.reading.draft import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.text.spans import Span

__all__ = [
    "FEATURES",
    "HEAD",
    "LAYERS",
    "LINKS",
    "AnnotationDocument",
    "Layer",
    "Mark",
    "Record",
    "layer_of",
    "left_out",
    "passed_over",
    "remarked",
    "unshown",
]

Layer = Literal["Voice", "Claim", "Quantity", "Date", "Mention"]
LAYERS: Final[tuple[Layer, ...]] = ("Voice", "Claim", "Quantity", "Date", "Mention")

#: The features of each layer that a tool shows and a person may edit; all are texts.
FEATURES: Final[Mapping[Layer, tuple[str, ...]]] = {
    "Voice": ("id", "speaker", "act", "marking", "transmission"),
    "Claim": ("id", "kind", "polarity", "stance", "gloss"),
    "Quantity": ("value", "lower", "upper", "unit", "comparator", "approximate"),
    "Date": ("edtf", "status", "modifier", "relation", "anchor", "duration"),
    "Mention": ("entity", "type"),
}
#: The links of each layer: their names and the layer that they lead to.
LINKS: Final[Mapping[Layer, Mapping[str, Layer]]] = {
    "Voice": {"in": "Voice", "said": "Date", "as-of": "Date"},
    "Claim": {"voice": "Voice", "quantity": "Quantity", "answer-date": "Date", "date": "Date"},
    "Quantity": {},
    "Date": {},
    "Mention": {},
}


#: The keys of a reading that say something of it as a whole.
HEAD: Final = ("version", "reader", "made", "note", "decisions", "implies")

# The layers whose "why" holds what a person remarks on a mark.
_REMARKED: Final[frozenset[Layer]] = frozenset({"Claim", "Voice"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation: its places, its features, other data from the reading, and its links.

    ``number`` identifies the mark in the document; ``links`` are pairs of a name and a mark's
    number.
    """

    number: int
    layer: Layer
    spans: tuple[Span, ...]
    features: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A part of a reading without a place in the text; ``data`` is plain data."""

    kind: str
    name: str
    data: Any


@dataclass(frozen=True, slots=True)
class AnnotationDocument:
    """The annotations of one reading of one text; spans count code points.

    ``left_out`` lists the annotations of the file that could not be used, with reasons.
    """

    slug: str
    reading: str
    text: str
    marks: tuple[Mark, ...]
    records: tuple[Record, ...] = ()
    left_out: tuple[Note, ...] = ()


def left_out(part: str, why: str) -> Note:
    """Return the note on an annotation that cannot be used."""
    return Note(part, "annotation", why)


def passed_over(kinds: Counter[str]) -> tuple[Note, ...]:
    """Return the note on annotations of unknown kinds, if there are any."""
    if not kinds:
        return ()
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (left_out("annotations", f"of kinds other than {', '.join(LAYERS)}: {listed}"),)


def layer_of(word: str) -> Layer | None:
    """Return the layer that a type, a tag or a label names, ignoring case."""
    return next((one for one in LAYERS if one.casefold() == word.strip().casefold()), None)


def remarked(layer: Layer, data: dict[str, Any], remark: str, part: str) -> Note | None:
    """Add a person's remark to a mark's data; return a note if the layer has no place for it."""
    if layer not in _REMARKED:
        return left_out(part, f"a {layer} cannot have a remark: {remark}")
    data.setdefault("why", remark)
    return None


def unshown(document: AnnotationDocument) -> tuple[str, ...]:
    """Return, in words, what annotation tools keep with a document but do not show."""
    kinds = Counter(record.kind for record in document.records)
    names = {
        "voice": "voices without reporting words",
        "entities": "descriptions of entities that are new in this reading",
        "relations": "relations between claims",
        "unread": "passages that no claim covers, with the reason",
        "judgements": "judgements",
        "reading": "reader, date and note of the reading",
    }
    lines = [f"{count} {names[kind]}" for kind, count in sorted(kinds.items()) if kind in names]
    more = Counter(
        key for mark in document.marks for key in mark.data if key not in {"in", "voice"}
    )
    lines += [f"`{key}` of {count} annotations" for key, count in sorted(more.items())]
    return tuple(lines)
