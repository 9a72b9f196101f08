"""Label Studio and doccano: JSON in which spans of a text have labels.

Label Studio (https://labelstud.io/guide/export) exports tasks (JSON) or one object per task
(JSON-MIN); doccano exports one line per text (JSONL), with ``label`` as triples or ``entities`` and
``relations``. A label that names a layer becomes a mark, a relation that names a link becomes that
link, and a choice or a text named after a feature becomes that feature. A text may be the article
or a part of it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ReadingError
from kg.readers.annotations.document import (
    FEATURES,
    LINKS,
    AnnotationDocument,
    Mark,
    layer_of,
    left_out,
    passed_over,
    remarked,
)
from kg.readers.annotations.places import Written, counting, placed
from kg.text.spans import find_all

if TYPE_CHECKING:
    from kg.readers.annotations.document import Layer
    from kg.reading.draft import Note
    from kg.text.article import Article

__all__ = ["from_span_labels", "json_values", "span_labels"]

_LABELS: Final = ("labels", "hypertextlabels", "paragraphlabels")


@dataclass(slots=True)
class _Stretch:
    """A labelled span: its offsets, its labels, and other data."""

    start: int
    end: int
    labels: tuple[str, ...]
    words: str | None = None
    said: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Labelled:
    """One labelled text: its spans by id, and its links (name, from, to)."""

    text: str
    stretches: dict[str, _Stretch] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    others: int = 0


def span_labels(data: Any) -> list[Any]:
    """Return the labelled texts of JSON data; empty if it is in neither format."""
    items = data if isinstance(data, list) else [data]
    return [one for one in items if isinstance(one, dict) and _parser(one) is not None]


def _parser(item: dict[str, Any]) -> Any:
    if isinstance(item.get("data"), dict) and isinstance(item.get("annotations"), list):
        return _task
    if not isinstance(item.get("text"), str):
        return None
    if isinstance(item.get("entities"), list) or isinstance(_triples(item), list):
        return _example
    return None


def _triples(item: dict[str, Any]) -> Any:
    return item.get("label", item.get("labels"))


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str))


def _stretch(start: Any, end: Any, labels: Any, words: Any = None) -> _Stretch:
    if not (type(start) is int and type(end) is int and _texts(labels)):
        raise ReadingError("a span has no integer offsets, or no label")
    return _Stretch(start, end, _texts(labels), words if isinstance(words, str) else None)


def _example(item: dict[str, Any]) -> _Labelled:
    """Read a line of doccano, or an object of Label Studio's JSON-MIN."""
    found = _Labelled(item["text"])
    for number, one in enumerate(item.get("entities") or _triples(item) or ()):
        if isinstance(one, list) and len(one) == 3:
            found.stretches[str(number)] = _stretch(*one)
        elif isinstance(one, dict) and "start_offset" in one:
            stretch = _stretch(one["start_offset"], one.get("end_offset"), one.get("label"))
            found.stretches[str(one.get("id", number))] = stretch
        elif isinstance(one, dict) and "labels" in one:
            stretch = _stretch(one.get("start"), one.get("end"), one["labels"], one.get("text"))
            found.stretches[str(number)] = stretch
        else:
            found.others += 1  # a category of the text as a whole
    for one in item.get("relations") or ():
        if isinstance(one, dict):
            name, start, end = (str(one.get(key)) for key in ("type", "from_id", "to_id"))
            found.links.append((name, start, end))
    return found


def _task(item: dict[str, Any]) -> _Labelled:
    """Read a task of Label Studio: the annotations of the first annotator who did not skip it."""
    texts = [one for one in item["data"].values() if isinstance(one, str)]
    found = _Labelled(max(texts, key=len, default=""))
    made = [
        one.get("result") or ()
        for one in item["annotations"]
        if isinstance(one, dict) and not one.get("was_cancelled")
    ]
    found.others += len(made[1:])
    results = [one for one in (made[0] if made else ()) if isinstance(one, dict)]
    for one in results:
        value = one.get("value")
        if one.get("type") in _LABELS and isinstance(value, dict):
            at = value.get("globalOffsets", value)
            labels = value.get(one["type"], value.get("labels"))
            stretch = _stretch(at.get("start"), at.get("end"), labels, value.get("text"))
            found.stretches[str(one.get("id"))] = stretch
    for one in results:
        if one.get("type") == "relation":
            ends = (str(one.get("from_id")), str(one.get("to_id")))
            pair = ends[::-1] if one.get("direction") == "left" else ends
            found.links += [(name, *pair) for name in _texts(one.get("labels"))]
        elif one.get("type") not in _LABELS:
            _say(found, one)
    return found


def _say(found: _Labelled, result: dict[str, Any]) -> None:
    """Store the choice or text that an annotator gave to a span."""
    stretch, value = found.stretches.get(str(result.get("id"))), result.get("value")
    said = value if isinstance(value, dict) else {}
    given = _texts(said.get(str(result.get("type")), said.get("text")))
    if stretch is None or not given:
        found.others += 1
    else:
        stretch.said[str(result.get("from_name"))] = "\n".join(given)


class _Reader:
    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.marks: list[Mark] = []
        self.left_out: list[Note] = []
        self.others: Counter[str] = Counter()

    def read(self, labelled: _Labelled) -> None:
        """Keep the marks of one labelled text."""
        self.others["on the text as a whole, or by other annotators"] += labelled.others
        written = {name: self._written(labelled, one) for name, one in labelled.stretches.items()}
        offsets = counting(self.text, list(written.values()))
        numbers: dict[str, int] = {}
        layers: dict[str, Layer] = {}
        for name, stretch in labelled.stretches.items():
            layer = next((one for one in map(layer_of, stretch.labels) if one), None)
            if layer is None:
                self.others[" ".join(stretch.labels)] += 1
                continue
            try:
                if not written[name].words:
                    raise ReadingError(
                        f"{stretch.start} {stretch.end} is not a valid span of the labelled text"
                    )
                spans = placed(self.text, written[name], offsets)
            except ReadingError as error:
                self.left_out.append(left_out(f"stretch {name}", str(error)))
                continue
            numbers[name], layers[name] = len(self.marks) + 1, layer
            features, data = self._said(layer, stretch, name)
            self.marks.append(Mark(numbers[name], layer, spans, features, data))
        self._link(labelled, numbers, layers)

    def _written(self, labelled: _Labelled, stretch: _Stretch) -> Written:
        """Return a place in the article, of which the labelled text may be a part."""
        words = stretch.words or labelled.text[max(0, stretch.start) : max(0, stretch.end)]
        hits = find_all(self.text, labelled.text) if labelled.text else ()
        base = hits[0].start if len(hits) == 1 else 0
        return Written(((base + stretch.start, base + stretch.end),), words)

    def _said(
        self, layer: Layer, stretch: _Stretch, name: str
    ) -> tuple[dict[str, str], dict[str, str]]:
        features = {key: one for key, one in stretch.said.items() if key in FEATURES[layer]}
        rest = "\n".join(one for key, one in stretch.said.items() if key not in features)
        data: dict[str, str] = {}
        if rest and (note := remarked(layer, data, rest, f"remark on {name}")):
            self.left_out.append(note)
        return features, data

    def _link(self, labelled: _Labelled, numbers: dict[str, int], layers: dict[str, Layer]) -> None:
        for name, start, end in labelled.links:
            if start not in numbers or end not in numbers or name not in LINKS[layers[start]]:
                self.others[f"relation {name}"] += 1
                continue
            at = numbers[start] - 1
            links = (*self.marks[at].links, (name, numbers[end]))
            self.marks[at] = replace(self.marks[at], links=links)


def from_span_labels(items: list[Any], place: str, article: Article) -> AnnotationDocument:
    """Read the labelled texts of an export of Label Studio or doccano.

    :param items: what :func:`span_labels` found.
    :raises ReadingError: no span has a label that names a layer, or one has no offsets.
    """
    reader = _Reader(article)
    for number, item in enumerate(items, 1):
        try:
            labelled = _parser(item)(item)
        except ReadingError as error:
            raise ReadingError(f"{place}: text {number}: {error}") from error
        reader.read(labelled)
    if not reader.marks and not reader.left_out:
        raise ReadingError(
            f"{place}: none of its spans has a label {', '.join(FEATURES)}; export a reading to "
            "see what they mean"
        )
    notes = (*reader.left_out, *passed_over(+reader.others))
    return AnnotationDocument(article.slug, "", article.text, tuple(reader.marks), (), notes)


def json_values(content: bytes, place: str) -> Any:
    """Return JSON, or the list of the values of JSON Lines.

    :raises ReadingError: it is neither, in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
        try:
            return json.loads(text)
        except ValueError:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) < 2:
                raise
            return [json.loads(line) for line in lines]
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReadingError(f"{place}: is not JSON in UTF-8: {error}") from error
