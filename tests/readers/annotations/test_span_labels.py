"""Label Studio and doccano: what their exports mark in a text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.readers.annotations.span_labels import from_span_labels, json_values, span_labels
from kg.text.article import Article, ArticleMetadata

if TYPE_CHECKING:
    from kg.readers.annotations.document import AnnotationDocument

TEXT = "😀 The minister said that 12 people died.\nThe army denied it.\n"
SAID, DIED, DENIED = (
    (TEXT.index(one), TEXT.index(one) + len(one)) for one in ("said", "12 people died", "denied")
)


def article(text: str = TEXT) -> Article:
    label = {"en": "A text", "ar": "نص"}
    metadata = ArticleMetadata.model_validate(
        {"text": "t.txt", "sha256": "0" * 64, "language": "en", "label": label, "rights": label}
    )
    return Article("a-text", text, "0" * 64, metadata)


def read(data: Any) -> AnnotationDocument:
    return from_span_labels(span_labels(data), "a.json", article())


def marked(document: AnnotationDocument) -> list[tuple[str, str]]:
    return [(mark.layer, mark.spans[0].of(document.text)) for mark in document.marks]


def region(name: str, place: tuple[int, int], *labels: str, shift: int = 0) -> dict[str, Any]:
    start, end = place
    value = {"start": start + shift, "end": end + shift, "text": TEXT[start:end]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels",
            "value": {**value, "labels": list(labels)}}  # fmt: skip


def task(*results: dict[str, Any], text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"id": 1, "data": {"text": text}, "annotations": [{"result": list(results)}], **more}


def test_a_task_of_label_studio_with_a_relation_a_choice_and_a_remark() -> None:
    about = {"id": "c", "to_name": "text"}
    document = read(
        [
            task(
                region("c", DIED, "Claim"),
                region("v", SAID, "voice"),
                {"type": "relation", "from_id": "c", "to_id": "v", "direction": "right",
                 "labels": ["voice"]},
                {**about, "type": "choices", "from_name": "stance",
                 "value": {"choices": ["probable"]}},
                {**about, "type": "textarea", "from_name": "note", "value": {"text": ["sic"]}},
            )
        ]
    )  # fmt: skip
    assert marked(document) == [("Claim", "12 people died"), ("Voice", "said")]
    claim, voice = document.marks
    assert claim.links == (("voice", voice.number),)
    assert claim.features == {"stance": "probable"}
    assert claim.data == {"why": "sic"}
    assert document.left_out == ()


def test_a_relation_to_the_left_is_turned_round() -> None:
    relation = {"type": "relation", "from_id": "v", "to_id": "c", "direction": "left",
                "labels": ["voice"]}  # fmt: skip
    document = read([task(region("c", DIED, "Claim"), region("v", SAID, "Voice"), relation)])
    assert document.marks[0].links == (("voice", 2),)


def test_offsets_in_utf16_units_are_told_by_the_words() -> None:
    document = read(
        [task(region("c", DIED, "Claim", shift=1), region("v", SAID, "Voice", shift=1))]
    )
    assert marked(document) == [("Claim", "12 people died"), ("Voice", "said")]


def test_what_others_annotated_or_skipped_is_told() -> None:
    skipped = {"was_cancelled": True, "result": [region("x", SAID, "Claim")]}
    data = task(region("c", DIED, "Claim"), region("p", SAID, "Person"))
    data["annotations"] = [skipped, *data["annotations"], {"result": []}]
    document = read([data])
    assert marked(document) == [("Claim", "12 people died")]
    [note] = document.left_out
    assert "1 Person" in note.why
    assert "1 on the text as a whole, or by other annotators" in note.why


@pytest.mark.parametrize(
    "example",
    [
        {"text": TEXT, "label": [[*DIED, "Claim"], [*DENIED, "Voice"]]},
        {"text": TEXT, "labels": [[*DIED, "claim"], [*DENIED, "voice"]]},
        {
            "text": TEXT,
            "entities": [
                {"id": 7, "start_offset": DIED[0], "end_offset": DIED[1], "label": "Claim"},
                {"id": 8, "start_offset": DENIED[0], "end_offset": DENIED[1], "label": "Voice"},
            ],
            "relations": [{"id": 1, "from_id": 7, "to_id": 8, "type": "voice"}],
        },
        {
            "text": TEXT,
            "label": [
                {"start": DIED[0], "end": DIED[1], "text": "12 people died", "labels": ["Claim"]},
                {"start": DENIED[0], "end": DENIED[1], "text": "denied", "labels": ["Voice"]},
            ],
        },
    ],
    ids=["doccano", "doccano, labels", "doccano, relations", "Label Studio, JSON-MIN"],
)
def test_the_other_shapes(example: dict[str, Any]) -> None:
    document = read(example)
    assert marked(document) == [("Claim", "12 people died"), ("Voice", "denied")]
    assert document.marks[0].links == ((("voice", 2),) if "relations" in example else ())


def test_a_line_a_sentence_stands_where_the_sentence_does() -> None:
    second = "The army denied it."
    lines = [
        {"id": 1, "text": TEXT.partition("\n")[0], "label": [[*DIED, "Claim"]]},
        {"id": 2, "text": second, "label": [[9, 15, "Voice"]]},
    ]
    content = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines)
    document = read(json_values(content.encode(), "a.jsonl"))
    assert marked(document) == [("Claim", "12 people died"), ("Voice", "denied")]


def test_a_stretch_of_another_text_is_left_out_and_told() -> None:
    document = read({"text": "Nobody was there.", "label": [[0, 6, "Claim"], [*DIED, "Claim"]]})
    assert document.marks == ()
    assert "occur nowhere else" in document.left_out[0].why
    assert "not a valid span of the labelled text" in document.left_out[1].why


@pytest.mark.parametrize(
    "data",
    [
        {"text": TEXT, "label": [["0", 6, "Claim"]]},
        {"text": TEXT, "label": [[0, 6, None]]},
        {"text": TEXT, "entities": [{"start_offset": 1, "label": "Claim"}]},
        task({**region("c", DIED, "Claim"), "value": {"labels": ["Claim"]}}),
    ],
)
def test_stretches_without_offsets_or_label_are_refused(data: Any) -> None:
    with pytest.raises(ReadingError, match=r"a\.json: text 1: a span has no integer offsets"):
        read(data)


def test_labels_that_name_no_layer_are_refused_together() -> None:
    with pytest.raises(ReadingError, match="none of its spans has a label Voice, Claim"):
        read({"text": TEXT, "label": [[*DIED, "Person"]]})


def test_other_json_is_neither() -> None:
    for data in ({"text": TEXT}, {"@context": "x"}, [1, "a"], {"data": {"text": TEXT}}):
        assert span_labels(data) == []


@pytest.mark.parametrize("content", [b"{", b"{}\n{", b"\xff{}", b"[" * 100_000])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(ReadingError, match="is not JSON in UTF-8"):
        json_values(content, "a.json")


@given(st.recursive(
    st.none() | st.integers(-5, 90) | st.sampled_from([TEXT, "Claim", "voice", "c"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["text", "label", "entities", "relations", "data", "annotations", "result",
                         "value", "labels", "type", "start", "end", "id", "from_id"]),
        inner, max_size=5),
    max_leaves=20,
))  # fmt: skip
def test_no_shape_of_json_is_a_fault_of_ours(data: Any) -> None:
    items = span_labels(data)
    if items:
        try:
            from_span_labels(items, "a.json", article())
        except ReadingError:
            return
