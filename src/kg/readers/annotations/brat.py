"""brat standoff: a text file and an ``.ann`` file, https://brat.nlplab.org/standoff.html.

Offsets count Unicode code points. Features with a fixed set of values are attributes (``A``), links
are relations (``R``); everything else about a mark is JSON in its note (``#``). brat splits spans
at line breaks; spans separated only by line breaks are joined again on reading.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ReadingError
from kg.readers.annotations.document import (
    FEATURES,
    LAYERS,
    LINKS,
    AnnotationDocument,
    Mark,
    Record,
    left_out,
    passed_over,
    remarked,
)
from kg.readers.annotations.places import Written, counting, placed
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.readers.annotations.document import Layer
    from kg.reading.draft import Note

__all__ = ["annotation_conf", "from_brat", "to_brat"]

# What brat shows as attributes: features whose values are single words of a fixed set.
_ATTRIBUTES: Final = ("polarity", "stance", "kind", "marking", "transmission", "status", "act")
_NOTE: Final = "AnnotatorNotes"
_RECORD: Final = "QawlRecord"
_TEXT_LINE = re.compile(r"T([0-9]+)\t(\S+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t(.*))?")
_RELATION = re.compile(r"R\d+\t(\S+) Arg1:(\w+) Arg2:(\w+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) T(\d+)(?: (\S+))?\s*")
_COMMENT = re.compile(r"#\d+\t(\S+) T(\d+)\t(.*)")


def _pieces(text: str, span: Span) -> Iterable[Span]:
    """Split a span at line breaks, which brat does not allow inside a span."""
    for match in re.finditer(r"[^\r\n]+", text[span.start : span.end]):
        yield Span(span.start + match.start(), span.start + match.end())


def _text_line(mark: Mark, text: str) -> str:
    pieces = [piece for span in mark.spans for piece in _pieces(text, span)]
    places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    words = " ".join(piece.of(text) for piece in pieces)
    return f"T{mark.number}\t{mark.layer} {places}\t{words}"


def to_brat(document: AnnotationDocument) -> bytes:
    """Return a document as the content of an ``.ann`` file."""
    lines = [_text_line(mark, document.text) for mark in document.marks]
    relations, attributes, notes = [], [], []
    for mark in document.marks:
        rest: dict[str, Any] = dict(mark.features)
        for name in _ATTRIBUTES:
            if name in rest and re.fullmatch(r"\S+", rest[name]):
                value = rest.pop(name)
                attributes.append(f"{mark.layer}-{name} T{mark.number} {value}")
        if mark.data:
            rest["data"] = mark.data
        if rest:
            notes.append(f"{_NOTE} T{mark.number}\t{_json(rest)}")
        relations += [f"{name} Arg1:T{mark.number} Arg2:T{other}" for name, other in mark.links]
    if document.marks:
        notes += [
            f"{_RECORD} T{document.marks[0].number}\t{_json([one.kind, one.name, one.data])}"
            for one in document.records
        ]
    for letter, rows in (("R", relations), ("A", attributes), ("#", notes)):
        lines += [f"{letter}{number}\t{row}" for number, row in enumerate(rows, 1)]
    return "".join(f"{line}\n" for line in lines).encode()


def _json(value: object) -> str:
    # Line separators of Unicode end a line for some readers of standoff; JSON may escape them.
    return re.sub(
        r"[\u0085\u2028\u2029]",
        lambda match: f"\\u{ord(match[0]):04x}",
        json.dumps(value, ensure_ascii=False, sort_keys=True),
    )


def annotation_conf() -> bytes:
    """Return the configuration that brat needs beside the files."""
    links = [
        f"{name}\tArg1:{layer}, Arg2:{other}"
        for layer in LAYERS
        for name, other in LINKS[layer].items()
    ]
    attributes = [
        f"{layer}-{name}\tArg:{layer}, Value:{_values(name)}"
        for layer in LAYERS
        for name in _ATTRIBUTES
        if name in FEATURES[layer] and _values(name)
    ]
    parts = (
        ("entities", LAYERS),
        ("relations", (*links, "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>")),
        ("events", ()),
        ("attributes", attributes),
    )
    return "\n".join(f"[{name}]\n" + "\n".join(rows) for name, rows in parts).encode() + b"\n"


def _values(name: str) -> str:
    from typing import get_args

    from kg.reading.model import Claim, Voice
    from kg.reading.parts import Time

    for model in (Claim, Voice, Time):
        if (info := model.model_fields.get(name)) is not None:
            found = [one for one in get_args(info.annotation) if one is not type(None)]
            words = [one for part in found for one in (get_args(part) or [part])]
            return "|".join(one for one in words if isinstance(one, str))
    return ""


# Longer numbers are no offsets of a text that can be read.
_LONGEST_OFFSET: Final = 12


@dataclass(frozen=True, slots=True)
class _TextBound:
    """One ``T`` line: its number, its type, and its place."""

    line: int
    number: int
    type: str
    written: Written

    @property
    def name(self) -> str:
        return f"T{self.number} (line {self.line})"


def _joined(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join spans that are separated only by line breaks."""
    joined: list[Span] = []
    for span in spans:
        between = text[joined[-1].end : span.start] if joined else ""
        if between and not between.strip("\r\n"):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


class _Reader:
    def __init__(self, place: str, text: str) -> None:
        self.place, self.text = place, text
        self.spans: dict[int, tuple[Layer, tuple[Span, ...]]] = {}
        self.features: dict[int, dict[str, str]] = {}
        self.data: dict[int, dict[str, Any]] = {}
        self.links: dict[int, list[tuple[str, int]]] = {}
        self.records: list[Record] = []
        self.left_out: list[Note] = []
        self.others: Counter[str] = Counter()

    def fail(self, line: int, reason: str) -> ReadingError:
        return ReadingError(f"{self.place}:{line}: {reason}")

    def read(self, content: str) -> AnnotationDocument:
        # Only a line feed ends a line: a quote may have other line breaks in it.
        rows = [(number, row.rstrip("\r")) for number, row in enumerate(content.split("\n"), 1)]
        self._text_bounds([self._text_bound(*one) for one in rows if one[1].startswith("T")])
        for number, row in rows:
            if row[:1] == "R":
                self._relation(number, row)
            elif row[:1] in {"A", "M"}:
                self._attribute(row)
            elif row[:1] == "#":
                self._comment(number, row)
            elif row[:1] == "E":
                self.others[f"event {row.partition(chr(9))[2].partition(':')[0]}"] += 1
            elif row.strip() and row[:1] not in {"T", "N", "*"}:
                raise self.fail(number, f"is not a line of brat standoff: {row[:60]!r}")
        marks = tuple(
            Mark(
                number,
                layer,
                spans,
                self.features.get(number, {}),
                self.data.get(number, {}),
                tuple(self.links.get(number, ())),
            )
            for number, (layer, spans) in sorted(self.spans.items())
        )
        notes = (*self.left_out, *passed_over(self.others))
        return AnnotationDocument("", "", self.text, marks, tuple(self.records), notes)

    def _text_bound(self, line: int, row: str) -> _TextBound:
        found = _TEXT_LINE.fullmatch(row)
        if found is None or any(len(one) > _LONGEST_OFFSET for one in re.split("[ ;]", found[3])):
            raise self.fail(line, f"is not a text-bound annotation: {row[:60]!r}")
        pairs = [pair.split() for pair in found[3].split(";")]
        places = tuple((int(start), int(end)) for start, end in pairs)
        return _TextBound(line, int(found[1]), found[2], Written(places, found[4]))

    def _text_bounds(self, all_bounds: list[_TextBound]) -> None:
        """Place the marks, using the way of counting offsets that matches most of the words."""
        offsets = counting(self.text, [bound.written for bound in all_bounds])
        for bound in all_bounds:
            layer = next((one for one in LAYERS if one == bound.type), None)
            if layer is None:
                self.others[bound.type] += 1
                continue
            try:
                spans = placed(self.text, bound.written, offsets)
            except ReadingError as error:
                self.left_out.append(left_out(bound.name, str(error)))
            else:
                self.spans[bound.number] = (layer, _joined(self.text, spans))

    def _relation(self, line: int, row: str) -> None:
        found = _RELATION.fullmatch(row)
        if found is None:
            raise self.fail(line, f"is not a relation: {row[:60]!r}")
        name, ends = found[1], found.group(2, 3)
        if not any(name in links for links in LINKS.values()):
            self.others[f"relation {name}"] += 1
            return
        first, second = (int(end[1:]) if re.fullmatch("T[0-9]{1,12}", end) else -1 for end in ends)
        if first not in self.spans or second not in self.spans:
            why = (
                f"relates {ends[0]} and {ends[1]}, one of which is missing, left out or not an "
                "annotation"
            )
            self.left_out.append(left_out(f"relation {name} (line {line})", why))
        elif name in LINKS[self.spans[first][0]]:
            self.links.setdefault(first, []).append((name, second))
        else:
            why = f"a {self.spans[first][0]} has no such relation"
            self.left_out.append(left_out(f"relation {name} (line {line})", why))

    def _attribute(self, row: str) -> None:
        found = _ATTRIBUTE.fullmatch(row)
        if found is None:
            return  # of an event or a relation: none of ours
        number, name = int(found[2]), found[1].rpartition("-")[2]
        if number in self.spans and name in FEATURES[self.spans[number][0]]:
            self.features.setdefault(number, {})[name] = found[3] or "true"

    def _comment(self, line: int, row: str) -> None:
        found = _COMMENT.fullmatch(row)
        if found is None:
            return
        number, remark = int(found[2]), found[3]
        try:
            value = json.loads(remark)
        except (ValueError, RecursionError):
            value = None  # a person's own words
        if found[1] == _RECORD:
            if not isinstance(value, list) or len(value) != 3:
                raise self.fail(line, "its record is not a JSON list of three items")
            self.records.append(Record(str(value[0]), str(value[1]), value[2]))
        elif found[1] == _NOTE and number in self.spans and isinstance(value, dict):
            data = value.pop("data", {})
            self.data.setdefault(number, {}).update(data if isinstance(data, dict) else {})
            known = FEATURES[self.spans[number][0]]
            features = {key: str(one) for key, one in value.items() if key in known}
            self.features.setdefault(number, {}).update(features)
        elif found[1] == _NOTE and number in self.spans and remark.strip():
            layer, data = self.spans[number][0], self.data.setdefault(number, {})
            if note := remarked(layer, data, remark.strip(), f"note of T{number}"):
                self.left_out.append(note)


def from_brat(content: bytes, text: str, place: str) -> AnnotationDocument:
    """Read an ``.ann`` file of a text.

    :raises ReadingError: a line is not standoff, or lies outside the text.
    """
    try:
        lines = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{place}: byte {error.start} is not UTF-8; convert it") from error
    return _Reader(place, text).read(lines)
