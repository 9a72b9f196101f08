"""UIMA CAS, as XMI or JSON, for INCEpTION and other UIMA tools, by ``dkpro-cassis``.

CAS files count UTF-16 units; ``cassis`` turns them into code points and back. An annotation has one
span: a mark with several spans becomes several annotations with the same ``mark`` number, with the
links on the first.
"""

from __future__ import annotations

import io
import json
import warnings
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ReadingError
from kg.readers.annotations.document import (
    FEATURES,
    LAYERS,
    LINKS,
    AnnotationDocument,
    Mark,
    Record,
)
from kg.text.spans import Span

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

    from kg.readers.annotations.document import Layer

__all__ = ["from_cas", "to_cas", "type_system_xml"]

_PREFIX: Final = "org.qawl."
_STRING, _INTEGER = "uima.cas.String", "uima.cas.Integer"
# UIMA's feature names are identifiers, and `begin`, `end` and `sofa` are its own.
_RENAMED: Final = {
    "in": "outer",
    "as-of": "asOf",
    "answer-date": "answerDate",
    "type": "entityType",
}


def _feature(name: str) -> str:
    return _RENAMED.get(name, name)


def _cassis() -> Any:
    try:
        import cassis
    except ImportError as error:
        raise ReadingError("UIMA CAS files need dkpro-cassis: pip install 'qawl[cas]'") from error
    return cassis


def _types() -> TypeSystem:
    types = _cassis().TypeSystem()
    made = {
        layer: types.create_type(_PREFIX + layer, "uima.tcas.Annotation")
        for layer in (*LAYERS, "Record")
    }
    for layer in LAYERS:
        types.create_feature(made[layer], "mark", _INTEGER)
        for name in (*FEATURES[layer], "data"):
            types.create_feature(made[layer], _feature(name), _STRING)
        for name, other in LINKS[layer].items():
            if name == "date":  # a claim may have several
                types.create_feature(
                    made[layer], name, "uima.cas.FSArray", elementType=_PREFIX + other
                )
            else:
                types.create_feature(made[layer], _feature(name), _PREFIX + other)
    for name in ("kind", "name", "data"):
        types.create_feature(made["Record"], name, _STRING)
    return types


def type_system_xml() -> bytes:
    """Return the type system that accompanies an XMI file."""
    return str(_types().to_xml()).encode()


def to_cas(document: AnnotationDocument, *, as_json: bool) -> bytes:
    """Return a document as CAS XMI or CAS JSON."""
    cassis = _cassis()
    types = _types()
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = document.text
    cas.sofa_mime = "text/plain"
    made: dict[int, Any] = {}
    for mark in document.marks:
        kind = types.get_type(_PREFIX + mark.layer)
        for order, span in enumerate(mark.spans):
            one = kind(begin=span.start, end=span.end, mark=mark.number)
            if order == 0:
                made[mark.number] = one
                for name, value in mark.features.items():
                    setattr(one, _feature(name), value)
                if mark.data:
                    one.data = json.dumps(mark.data, ensure_ascii=False, sort_keys=True)
            cas.add(one)
    array = types.get_type("uima.cas.FSArray")
    for mark in document.marks:
        dates = [made[number] for name, number in mark.links if name == "date"]
        if dates:
            made[mark.number].date = array(elements=dates)
        for name, number in mark.links:
            if name != "date":
                setattr(made[mark.number], _feature(name), made[number])
    kind = types.get_type(_PREFIX + "Record")
    for record in document.records:
        data = json.dumps(record.data, ensure_ascii=False, sort_keys=True)
        length = len(document.text)
        cas.add(kind(begin=0, end=length, kind=record.kind, name=record.name, data=data))
    return str(cas.to_json() if as_json else cas.to_xmi()).encode()


def _loaded(content: bytes, place: str, types: bytes | None) -> Cas:
    cassis = _cassis()
    as_json = content.lstrip()[:1] == b"{"
    for part in (content, types or b""):
        # An XML file of a stranger must not make the parser read other files or swell.
        plain = part.replace(b"\0", b"")  # UTF-16 and UTF-32 write ASCII with them
        if not as_json and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise ReadingError(
                f"{place}: has a DOCTYPE or entities, which a CAS cannot have; remove it"
            )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if as_json:
                return cassis.load_cas_from_json(io.BytesIO(content))
            known = cassis.load_typesystem(io.BytesIO(types)) if types else _types()
            return cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=known, lenient=True)
    except Exception as error:
        reason = str(error).partition("\n")[0][:200] or type(error).__name__
        raise ReadingError(f"{place}: is not a readable CAS: {reason}") from error


def from_cas(content: bytes, place: str, types: bytes | None = None) -> AnnotationDocument:
    """Read CAS XMI or CAS JSON.

    :param types: the type system of an XMI file, if there is one beside it; default our own.
    :raises ReadingError: the file is not a CAS, or lacks our types.
    """
    cas = _loaded(content, place, types)
    text = cas.sofa_string
    if not isinstance(text, str) or not text:
        raise ReadingError(f"{place}: contains no text (no sofa string)")
    found: dict[int, tuple[Layer, list[Any]]] = {}
    number_of: dict[int, int] = {}
    free = -1
    for layer in LAYERS:
        if not cas.typesystem.contains_type(_PREFIX + layer):
            continue
        for one in cas.select(_PREFIX + layer):
            if isinstance(one.begin, int) and not 0 <= one.begin <= len(text):
                raise ReadingError(
                    f"{place}: a {layer} begins at {one.begin}, but the text has {len(text)} "
                    "characters"
                )
            number = getattr(one, "mark", None)
            if not isinstance(number, int) or (number in found and found[number][0] != layer):
                # Added in the tool: it has no number of ours.
                number, free = free, free - 1
            found.setdefault(number, (layer, []))[1].append(one)
            number_of[one.xmiID] = number
    # Those of the reading in its order, then those that were added.
    numbers = sorted(found, key=lambda number: (number < 0, abs(number)))
    marks = tuple(_mark(number, *found[number], number_of, place) for number in numbers)
    records = []
    if cas.typesystem.contains_type(_PREFIX + "Record"):
        records = [
            Record(str(one.kind), str(one.name), _json(one.data, place))
            for one in cas.select(_PREFIX + "Record")
        ]
    if not marks and not records:
        raise ReadingError(
            f"{place}: has no annotations of the types {', '.join(_PREFIX + one for one in LAYERS)}"
        )
    return AnnotationDocument("", "", text, marks, tuple(records))


def _json(value: Any, place: str) -> Any:
    try:
        return json.loads(value or "{}")
    except (TypeError, ValueError, RecursionError) as error:
        raise ReadingError(f"{place}: the data of an annotation is not JSON: {error}") from error


def _mark(
    number: int, layer: Layer, parts: list[Any], number_of: dict[int, int], place: str
) -> Mark:
    # The first has the features, wherever it stands.
    first = next((one for one in parts if _said(one, layer)), parts[0])
    links = []
    for name in LINKS[layer]:
        value = getattr(first, _feature(name), None)
        targets = getattr(value, "elements", None) or ([] if value is None else [value])
        links += [
            (name, number_of[one.xmiID]) for one in targets if getattr(one, "xmiID", 0) in number_of
        ]
    for one in parts:
        if not isinstance(one.begin, int) or not isinstance(one.end, int) or one.begin >= one.end:
            raise ReadingError(f"{place}: a {layer} at {one.begin}-{one.end} covers nothing")
    rest = _json(getattr(first, "data", None), place)
    if not isinstance(rest, dict):
        raise ReadingError(f"{place}: the data of a {layer} is not a JSON object")
    return Mark(
        number,
        layer,
        tuple(sorted(Span(one.begin, one.end) for one in parts)),
        _said(first, layer),
        rest,
        tuple(links),
    )


def _said(one: Any, layer: Layer) -> dict[str, str]:
    values = {name: getattr(one, _feature(name), None) for name in FEATURES[layer]}
    return {name: str(value) for name, value in values.items() if value is not None}
