"""UIMA CAS: offsets in UTF-16 units there, in code points here."""

from __future__ import annotations

import json

import pytest

from kg.errors import ReadingError
from kg.readers.annotations.cas import from_cas, to_cas, type_system_xml
from kg.readers.annotations.document import AnnotationDocument, Mark, Record
from kg.text.spans import Span

pytest.importorskip("cassis")

# Two letters of two UTF-16 units each stand before the amount.
TEXT = "قال «𐎠 الوزير» إن 😀 12 شخصا غرقوا"
AMOUNT = Span(TEXT.index("12"), TEXT.index(" غرقوا"))
DOCUMENT = AnnotationDocument(
    "x",
    "r",
    TEXT,
    (
        Mark(1, "Claim", (Span(0, 3), Span(15, 17)), {"gloss": "they drowned"}, {"why": "…"}),
        Mark(2, "Quantity", (AMOUNT,), {"value": "12"}),
        Mark(3, "Claim", (AMOUNT,), {"id": "c"}, {}, (("quantity", 2),)),
    ),
    (Record("judgements", "0001", {"note": "unsure"}),),
)


def test_cas_files_count_utf16_units() -> None:
    units = AMOUNT.start + 2
    data = json.loads(to_cas(DOCUMENT, as_json=True))
    quantity = next(
        one for one in data["%FEATURE_STRUCTURES"] if one["%TYPE"] == "org.qawl.Quantity"
    )
    assert quantity["begin"] == units == 22
    assert f'begin="{units}"'.encode() in to_cas(DOCUMENT, as_json=False)


@pytest.mark.parametrize("as_json", [True, False])
def test_marks_links_and_records_come_back(as_json: bool) -> None:
    back = from_cas(to_cas(DOCUMENT, as_json=as_json), "x", None if as_json else type_system_xml())
    assert back.text == TEXT
    assert back.marks == DOCUMENT.marks
    assert back.records == DOCUMENT.records


def test_a_cas_without_our_types_is_refused() -> None:
    empty = to_cas(AnnotationDocument("x", "r", TEXT, ()), as_json=True)
    with pytest.raises(ReadingError, match="has no annotations of the types"):
        from_cas(empty, "x")


@pytest.mark.parametrize("begin", ["-5", "9999"])
def test_a_mark_that_begins_outside_the_text_is_refused(begin: str) -> None:
    content = to_cas(DOCUMENT, as_json=False).replace(b'begin="22"', f'begin="{begin}"'.encode(), 1)
    with pytest.raises(ReadingError, match=r"begins at|covers nothing"):
        from_cas(content, "x", type_system_xml())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>{to_cas(DOCUMENT, as_json=False)!r}'
    with pytest.raises(ReadingError, match="has a DOCTYPE"):
        from_cas(text.encode(encoding), "x")
