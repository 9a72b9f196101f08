"""W3C Web Annotations (JSON-LD): https://www.w3.org/TR/annotation-model/.

The context is written into the file, in the terms of the Web Annotation context, so that a JSON-LD
processor can read it without fetching anything. Positions count Unicode code points, as the model
requires. A mark with several spans has several targets, which the model treats separately; Qawl
treats them as one.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ReadingError
from kg.rdf.iris import NAMESPACE, ReadingName, part_of, resource
from kg.readers.annotations.document import (
    FEATURES,
    LAYERS,
    LINKS,
    AnnotationDocument,
    Mark,
    Record,
    layer_of,
    left_out,
    passed_over,
    remarked,
)
from kg.reading.parts import listed
from kg.text.spans import Span, find_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from kg.readers.annotations.document import Layer
    from kg.reading.draft import Note
    from kg.text.article import Article

__all__ = ["from_web_annotations", "to_web_annotations"]

_OWN: Final = f"{NAMESPACE}annotation#"
_CONTEXT: Final[dict[str, Any]] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "own": _OWN,
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "tagging": "oa:tagging",
    "describing": "oa:describing",
    "body": {"@id": "oa:hasBody"},
    "target": {"@id": "oa:hasTarget"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector"},
    "start": {"@id": "oa:start", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "first": {"@id": "as:first"},
    "items": {"@id": "as:items", "@container": "@list"},
    "total": {
        "@id": "as:totalItems",
        "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger",
    },
    **{layer: f"own:{layer}" for layer in LAYERS},
    "Record": "own:Record",
    **{f"feature-{name}": f"own:{name}" for names in FEATURES.values() for name in names},
    **{
        f"link-{name}": {"@id": f"own:{name}-annotation", "@type": "@id"}
        for names in LINKS.values()
        for name in names
    },
    "data": "own:data",
    "kind": "own:kind",
    "name": "own:name",
}
_QUOTED = 32


def to_web_annotations(document: AnnotationDocument) -> bytes:
    """Return a document as a collection of annotations, JSON-LD in UTF-8."""
    article = resource("source", document.slug).value
    base = part_of(ReadingName(document.slug, document.reading).node, "annotation")
    items = [_item(document, mark, article, base) for mark in document.marks]
    for number, record in enumerate(document.records, 1):
        items.append(
            {
                "id": part_of(base, f"record-{number}").value,
                "type": "Annotation",
                "motivation": "describing",
                "body": {
                    "type": "Record",
                    "kind": record.kind,
                    "name": record.name,
                    "data": json.dumps(record.data, ensure_ascii=False, sort_keys=True),
                },
                "target": article,
            }
        )
    page = {"id": part_of(base, "page").value, "type": "AnnotationPage", "items": items}
    collection = {
        "@context": _CONTEXT,
        "id": base.value,
        "type": "AnnotationCollection",
        "total": len(items),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _item(
    document: AnnotationDocument, mark: Mark, article: str, base: NamedNode
) -> dict[str, Any]:
    body: dict[str, Any] = {"type": mark.layer}
    body |= {f"feature-{name}": value for name, value in mark.features.items()}
    if mark.data:
        body["data"] = json.dumps(mark.data, ensure_ascii=False, sort_keys=True)
    for name, number in mark.links:
        body.setdefault(f"link-{name}", []).append(part_of(base, str(number)).value)
    return {
        "id": part_of(base, str(mark.number)).value,
        "type": "Annotation",
        "motivation": "identifying" if mark.layer == "Mention" else "tagging",
        "body": body,
        "target": [_target(document.text, span, article) for span in mark.spans],
    }


def _target(text: str, span: Span, article: str) -> dict[str, Any]:
    return {
        "source": article,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _QUOTED) : span.start],
                "suffix": text[span.end : span.end + _QUOTED],
            },
        ],
    }


def from_web_annotations(data: Any, place: str, article: Article) -> AnnotationDocument:
    """Read annotations: a collection, a page, one annotation, a list, or a Hypothesis export.

    An annotation's layer is the type of its body, or a tag that names the layer, as written by
    Recogito, Annotorious and Hypothesis. Annotations that cannot be placed are left out.

    :param data: the file's JSON.
    :raises ReadingError: it has no annotations that Qawl can use.
    """
    whole = _annotations(data)
    items = [_of_hypothesis(one) if "body" not in one else one for one in whole if "target" in one]
    if not items:
        raise ReadingError(
            f"{place}: has no annotations; expected Web Annotations (JSON-LD), or an export of "
            "Hypothesis, Label Studio (tasks with `annotations`) or doccano (texts with `label`)"
        )
    reader = _Reader(article.text, items)
    if (total := _total(data)) > len(whole):
        reader.left_out.append(
            left_out(
                "annotations",
                f"the file has {len(whole)} of {total} annotations; fetch all pages, and read each",
            )
        )
    reader.others["without a target"] += len(whole) - len(items)
    for number, item in enumerate(items, 1):
        reader.read(number, item)
    if not reader.marks and not reader.records and not reader.left_out:
        raise ReadingError(
            f"{place}: none of its {len(items)} annotations has a body type or tag among "
            f"{', '.join(LAYERS)}; export a reading to see how they look"
        )
    return AnnotationDocument(
        article.slug,
        "",
        article.text,
        tuple(reader.marks),
        tuple(reader.records),
        (*reader.left_out, *passed_over(+reader.others)),
    )


class _Reader:
    def __init__(self, text: str, items: list[dict[str, Any]]) -> None:
        self.text = text
        self.numbers = {str(item.get("id")): number for number, item in enumerate(items, 1)}
        self.marks: list[Mark] = []
        self.records: list[Record] = []
        self.left_out: list[Note] = []
        self.others: Counter[str] = Counter()

    def read(self, number: int, item: dict[str, Any]) -> None:
        """Store the marks and records of one annotation, or a note on why it was left out."""
        bodies = [one for one in listed(item.get("body")) if isinstance(one, dict)]
        known = 0
        for body in bodies:
            try:
                if body.get("type") == "Record":
                    self.records.append(_record(body))
                elif (layer := _layer(body)) is not None:
                    self.marks.append(self._mark(number, item, body, layer))
                else:
                    continue
            except ReadingError as error:
                self.left_out.append(left_out(f"annotation {item.get('id')!r}", str(error)))
            known += 1
        if not known:
            words = {word for body in bodies for word in (_tag(body), body.get("type")) if word}
            self.others[" ".join(sorted(map(str, words))) or "without a body"] += 1

    def _mark(self, number: int, item: dict[str, Any], body: dict[str, Any], layer: Layer) -> Mark:
        spans = tuple(_span(target, self.text) for target in listed(item.get("target")))
        links = tuple(
            (name, self.numbers[str(one)])
            for name in LINKS[layer]
            for one in listed(body.get(f"link-{name}"))
            if str(one) in self.numbers
        )
        features = {
            name: str(body[f"feature-{name}"])
            for name in FEATURES[layer]
            if body.get(f"feature-{name}") is not None
        }
        data = _data(body.get("data", "{}"))
        if not isinstance(data, dict):
            raise ReadingError("its data is not an object")
        if remarks := _remarks(item):
            part = f"remark on {item.get('id')!r}"
            if note := remarked(layer, data, remarks, part):
                self.left_out.append(note)
        return Mark(number, layer, spans, features, data, links)


def _record(body: dict[str, Any]) -> Record:
    return Record(str(body.get("kind")), str(body.get("name")), _data(body.get("data")))


def _tag(body: dict[str, Any]) -> str | None:
    """Return a body's tag: a text, or a resource with a label as in Recogito."""
    if body.get("purpose") != "tagging":
        return None
    source = body.get("source")
    label = source.get("label") if isinstance(source, dict) else None
    value = body.get("value", label)
    return value.strip() if isinstance(value, str) else None


def _layer(body: dict[str, Any]) -> Layer | None:
    types = listed(body.get("type"))
    return next((one for one in LAYERS if one in types), None) or layer_of(_tag(body) or "")


def _remarks(item: dict[str, Any]) -> str:
    """Return a person's comments on a mark, besides its tags."""
    return "\n".join(
        body["value"].strip()
        for body in listed(item.get("body"))
        if isinstance(body, dict)
        and body.get("type") == "TextualBody"
        and body.get("purpose") in {"commenting", "describing", "replying"}
        and isinstance(body.get("value"), str)
        and body["value"].strip()
    )


def _total(data: Any) -> int:
    """Return how many annotations a collection says that it has, of which this may be one page."""
    whole = data.get("partOf", data) if isinstance(data, dict) else None
    totals = [one.get("total") for one in (data, whole) if isinstance(one, dict)]
    return max((one for one in totals if isinstance(one, int)), default=0)


def _annotations(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        first = data.get("first")
        # An answer of Hypothesis's API, or a file that its client exports.
        rows = data.get("rows", data.get("annotations"))
        if isinstance(rows, list):
            data = rows
        elif "items" in data:
            data = data["items"]
        elif isinstance(first, dict):
            data = first.get("items")
        elif "target" not in data:
            return []
    return [one for one in listed(data) if isinstance(one, dict)]


def _of_hypothesis(row: dict[str, Any]) -> dict[str, Any]:
    """Convert an annotation from Hypothesis's API to a Web Annotation."""
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": tag, "purpose": "tagging"}
        for tag in listed(row.get("tags"))
    ]
    if row.get("text"):
        bodies.append({"type": "TextualBody", "value": row["text"], "purpose": "commenting"})
    return {**row, "body": bodies}


def _data(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise ReadingError("its data is not JSON") from error


def _refining(selectors: Sequence[Any]) -> dict[str, Any]:
    """Return the quote that refines a selector, if any. A position there counts from elsewhere."""
    while selectors:
        selectors = [
            part
            for one in selectors
            if isinstance(one, dict)
            for part in listed(one.get("refinedBy"))
        ]
        for one in selectors:
            if isinstance(one, dict) and one.get("type") == "TextQuoteSelector":
                return one
    return {}


def _span(target: Any, text: str) -> Span:
    """Return where a target points: its position if the words are there, else its words.

    :raises ReadingError: neither identifies a single place.
    """
    selectors = listed(target.get("selector")) if isinstance(target, dict) else []
    by_type = {str(one.get("type")): one for one in selectors if isinstance(one, dict)}
    position = by_type.get("TextPositionSelector", {})
    quote = by_type.get("TextQuoteSelector") or _refining(selectors)
    start, end, exact = position.get("start"), position.get("end"), quote.get("exact")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        span = Span(start, end)
        if exact is None or span.of(text) == exact:
            return span
    if not isinstance(exact, str):
        raise ReadingError("does not point to a place in the text; add a TextQuoteSelector")
    prefix, suffix = str(quote.get("prefix", "")), str(quote.get("suffix", ""))
    hits = [hit for hit in find_all(text, exact) if hit.stands_between(text, prefix, suffix)]
    if len(hits) != 1:
        raise ReadingError(
            f"its words {exact[:60]!r} occur {len(hits)} times in the text; correct them, or "
            "include more of the text before and after"
        )
    return hits[0]
