"""W3C Web Annotations (JSON-LD): https://www.w3.org/TR/annotation-model/.

The context is written into the file, in the terms of the Web Annotation context, so that a JSON-LD
processor reads it without fetching anything. Positions count Unicode code points, as the model
wants. A mark of several stretches has several targets, which the model takes one by one; readers of
ours take them together.
"""

from __future__ import annotations

import json
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
)
from kg.text.spans import Span, find_all

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

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


def _listed(value: object) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def from_web_annotations(content: bytes, place: str, article: Article) -> AnnotationDocument:
    """Read annotations: a collection, a page, one annotation or a list of them.

    :raises ReadingError: the file is not JSON, or has no annotations that we can place.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReadingError(f"{place}: is not JSON in UTF-8: {error}") from error
    items = _items(data)
    if not items:
        raise ReadingError(f"{place}: has no annotations; expected W3C Web Annotations in JSON-LD")
    marks: list[Mark] = []
    records: list[Record] = []
    numbers = {str(item.get("id")): number for number, item in enumerate(items, 1)}
    for number, item in enumerate(items, 1):
        for body in _listed(item.get("body")):
            if not isinstance(body, dict):
                continue
            if body.get("type") == "Record":
                data = _data(body.get("data"), place, item)
                records.append(Record(str(body.get("kind")), str(body.get("name")), data))
                continue
            layer = next((one for one in LAYERS if one in _listed(body.get("type"))), None)
            if layer is None:
                continue
            spans = tuple(
                _span(target, place, item, article.text) for target in _listed(item.get("target"))
            )
            links = tuple(
                (name, numbers[str(one)])
                for name in LINKS[layer]
                for one in _listed(body.get(f"link-{name}"))
                if str(one) in numbers
            )
            features = {
                name: str(body[f"feature-{name}"])
                for name in FEATURES[layer]
                if body.get(f"feature-{name}") is not None
            }
            rest = _data(body.get("data", "{}"), place, item)
            if not isinstance(rest, dict):
                raise ReadingError(f"{place}: annotation {item.get('id')!r}: its data is no object")
            marks.append(Mark(number, layer, spans, features, rest, links))
    if not marks and not records:
        raise ReadingError(
            f"{place}: none of its {len(items)} annotations has a body of type "
            f"{', '.join(LAYERS)}; export a reading to see how they look"
        )
    return AnnotationDocument(article.slug, "", article.text, tuple(marks), tuple(records))


def _items(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and "items" in data:
        data = data["items"]
    elif isinstance(data, dict) and isinstance(data.get("first"), dict):
        data = data["first"].get("items")
    return [one for one in _listed(data) if isinstance(one, dict) and "target" in one]


def _data(value: Any, place: str, item: dict[str, Any]) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise ReadingError(
            f"{place}: annotation {item.get('id')!r}: its data is not JSON"
        ) from error


def _span(target: Any, place: str, item: dict[str, Any], text: str) -> Span:
    """Return where a target points: its position where the words stand there, else its words."""
    selectors = _listed(target.get("selector")) if isinstance(target, dict) else []
    where = f"{place}: annotation {item.get('id')!r}"
    by_type = {str(one.get("type")): one for one in selectors if isinstance(one, dict)}
    position = by_type.get("TextPositionSelector", {})
    quote = by_type.get("TextQuoteSelector", {})
    start, end, exact = position.get("start"), position.get("end"), quote.get("exact")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        span = Span(start, end)
        if exact is None or span.of(text) == exact:
            return span
    if not isinstance(exact, str):
        raise ReadingError(f"{where}: points to no place of the text; give it a TextQuoteSelector")
    prefix, suffix = str(quote.get("prefix", "")), str(quote.get("suffix", ""))
    hits = [hit for hit in find_all(text, exact) if hit.stands_between(text, prefix, suffix)]
    if len(hits) != 1:
        raise ReadingError(f"{where}: its words {exact[:60]!r} stand {len(hits)} times in the text")
    return hits[0]
