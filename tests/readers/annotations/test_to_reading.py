"""From annotations to a draft: what belongs together, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import TEXT

from kg.errors import ReadingError
from kg.readers.annotations import read_annotations
from kg.readers.annotations.document import AnnotationDocument, Mark
from kg.readers.annotations.to_reading import draft_of
from kg.text.article import Article, load_article
from kg.text.spans import Span

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.reading.draft import Draft


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def draft(article: Article, authority: Authority, ontology: Ontology, *marks: Mark) -> Draft:
    return draft_of(AnnotationDocument("flood", "r", TEXT, marks), article, authority, ontology)


def test_linked_marks_are_one_claim(
    article: Article, authority: Authority, ontology: Ontology
) -> None:
    found = draft(
        article, authority, ontology,
        Mark(1, "Voice", (at("الوزارة أعلنت"),), {"speaker": "ministry", "act": "announce"}),
        Mark(2, "Date", (at("3 مايو 2001"),), {"edtf": "2001-05-03"}),
        Mark(3, "Claim", (at("غرق 12 شخصا في الوادي منذ 3 مايو 2001"),), {"kind": "occurrence"},
             {}, (("voice", 1), ("date", 2))),
    )  # fmt: skip
    assert found.dropped == ()
    [claim] = found.reading.claims
    voice = found.reading.voices[claim.voice]
    assert (voice.speaker, voice.act) == (("ministry",), "announce")
    assert [time.edtf for time in claim.time] == ["2001-05-03"]


def test_a_date_outside_of_its_claim_is_left_out(
    article: Article, authority: Authority, ontology: Ontology
) -> None:
    found = draft(
        article, authority, ontology,
        Mark(1, "Date", (at("3 مايو 2001"),), {"edtf": "2001-05-03"}),
        Mark(2, "Claim", (at("عدد الغرقى"),), {"kind": "state", "id": "c"}, {}, (("date", 1),)),
    )  # fmt: skip
    assert [note.part for note in found.dropped] == ["claims.c"]


def test_another_text_is_refused(
    article: Article, authority: Authority, ontology: Ontology
) -> None:
    with pytest.raises(ReadingError, match="they differ from offset 1 on"):
        draft_of(AnnotationDocument("flood", "r", "ذذ", ()), article, authority, ontology)


def test_more_annotations_than_anybody_makes_are_refused(
    workspace: Workspace, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    article = load_article(workspace.article)
    path = tmp_path / "a.ann"
    words = article.text[0:4]
    for count, fits in ((300, True), (10_001, False)):
        path.write_text("".join(f"T{n}\tClaim 0 4\t{words}\n" for n in range(1, count + 1)))
        if fits:
            draft = read_annotations(path, article, authority, ontology)
            assert [one.id for one in draft.reading.claims] == [f"c{n}" for n in range(1, 301)]
        else:
            with pytest.raises(
                ReadingError, match="has 10001 layer annotations, more than the limit"
            ):
                read_annotations(path, article, authority, ontology)
