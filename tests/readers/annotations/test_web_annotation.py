"""Web Annotations as Recogito, Annotorious and Hypothesis write them, and damaged ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import ReadingError
from kg.readers.annotations.web_annotation import from_web_annotations
from kg.text.article import load_article

if TYPE_CHECKING:
    from tests.support.reading_world import Workspace

    from kg.readers.annotations.document import AnnotationDocument
    from kg.text.article import Article

DROWNED = "غرق 12 شخصا"


@pytest.fixture
def flood(workspace: Workspace) -> Article:
    return load_article(workspace.article)


def read(data: Any, article: Article) -> AnnotationDocument:
    return from_web_annotations(data, "a.json", article)


def quoting(words: str = DROWNED) -> list[dict[str, Any]]:
    return [{"source": "x", "selector": [{"type": "TextQuoteSelector", "exact": words}]}]


def tagged(*bodies: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Annotation", "id": "#1", "body": list(bodies), "target": quoting()}


TAG = {"type": "TextualBody", "purpose": "tagging", "value": "Claim"}
TAGGED: dict[str, Any] = {
    "Annotorious": tagged(TAG),
    "in small letters": tagged({**TAG, "value": " claim "}),
    "one body, no list": {**tagged(), "body": TAG},
    "Recogito's vocabulary": tagged(
        {"type": "SpecificResource", "purpose": "tagging", "source": {"id": "x", "label": "Claim"}}
    ),
    "Hypothesis": {
        "total": 1,
        "rows": [{"id": "h1", "tags": ["Claim", "later"], "text": "", "target": quoting()}],
    },
    "Hypothesis, a file of its client": {
        "export_date": "2026-11-30T10:00:00Z",
        "client_version": "1.1",
        "annotations": [{"id": "h1", "tags": ["claim"], "text": "", "target": quoting()}],
    },
    "Hypothesis, rows alone": [{"id": "h1", "tags": ["Claim"], "text": "", "target": quoting()}],
}


@pytest.mark.parametrize("tool", TAGGED)
def test_a_tag_names_the_layer(tool: str, flood: Article) -> None:
    document = read(TAGGED[tool], flood)
    [mark] = document.marks
    assert (mark.layer, mark.spans[0].of(flood.text)) == ("Claim", DROWNED)
    assert document.left_out == ()


def test_a_comment_on_a_mark_is_kept(flood: Article) -> None:
    comment = {"type": "TextualBody", "purpose": "commenting", "value": "is that so?"}
    assert read(tagged(TAG, comment), flood).marks[0].data == {"why": "is that so?"}
    row = {"id": "h1", "tags": ["Claim"], "text": "is that so?", "target": quoting()}
    assert read({"rows": [row]}, flood).marks[0].data == {"why": "is that so?"}
    [note] = read(tagged({**TAG, "value": "Mention"}, comment), flood).left_out
    assert note.why == "a Mention cannot have a remark: is that so?"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "words that are not there": ({"target": quoting("thirteen")}, "occur 0 times"),
    "words that stand twice": ({"target": quoting("الوكالة")}, "occur 2 times"),
    "no selector": ({"target": "x"}, "does not point to a place"),
    "a position outside": (
        {"target": {"selector": {"type": "TextPositionSelector", "start": 5, "end": 999999}}},
        "does not point to a place",
    ),
    "data that is not JSON": ({"body": {"type": "Claim", "data": "{"}}, "data is not JSON"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_one_is_left_out_and_the_good_one_kept(kind: str, flood: Article) -> None:
    change, why = BAD[kind]
    document = read([tagged(TAG), {**tagged(TAG), "id": "#2", **change}], flood)
    assert [mark.number for mark in document.marks] == [1]
    [note] = document.left_out
    assert note.part == "annotation '#2'"
    assert why in note.why


def test_a_quote_that_refines_another_selector_is_found(flood: Article) -> None:
    [target] = quoting()
    fragment = {"type": "FragmentSelector", "value": "p1", "refinedBy": target["selector"][0]}
    item = {**tagged(TAG), "target": {"source": "x", "selector": fragment}}
    [mark] = read(item, flood).marks
    assert mark.spans[0].of(flood.text) == DROWNED
    # Within a paragraph a position counts from where that begins.
    fragment["refinedBy"] = {"type": "TextPositionSelector", "start": 0, "end": 5}
    [note] = read([tagged(TAG), item], flood).left_out
    assert "does not point to a place" in note.why


@pytest.mark.parametrize(
    "page",
    [
        {"total": 41, "first": {"items": [tagged(TAG)]}},
        {"items": [tagged(TAG)], "partOf": {"id": "x", "total": 41}, "next": "y"},
        {"total": 41, "rows": [{"id": "h1", "tags": ["Claim"], "target": quoting()}]},
    ],
)
def test_one_page_of_several_is_told(page: dict[str, Any], flood: Article) -> None:
    document = read(page, flood)
    assert len(document.marks) == 1
    [note] = document.left_out
    assert note.why.startswith("the file has 1 of 41 annotations; ")


def test_an_annotation_of_nothing_is_counted(flood: Article) -> None:
    [note] = read([tagged(TAG), {"id": "#2", "body": [TAG]}], flood).left_out
    assert note.why.endswith("1 without a target")


@pytest.mark.parametrize("data", [{}, [], {"a": 1}, [{"text": "x", "annotations": []}], None])
def test_what_is_no_annotation_is_refused_with_what_could_be(data: Any, flood: Article) -> None:
    with pytest.raises(
        ReadingError, match=r"Web Annotations .* Hypothesis, Label Studio .*doccano"
    ):
        read(data, flood)


def test_those_of_other_kinds_are_counted(flood: Article) -> None:
    others = [
        tagged({**TAG, "value": "Person"}),
        tagged({"type": "Dataset"}),
        {"id": "#9", "target": quoting()},
    ]
    [note] = read([tagged(TAG), *others], flood).left_out
    assert note.why.endswith("1 Dataset, 1 Person TextualBody, 1 without a body")
