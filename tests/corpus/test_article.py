"""A record becomes an article: what its source says is taken over as far as it can be."""

from __future__ import annotations

import hashlib

import pytest

from kg.corpus.article import article_of, compile_record
from kg.corpus.record import Record
from kg.corpus.workshop import Setting, workshop
from kg.errors import ArticleError, ReadingError
from kg.rdf.iris import term

SHOP = workshop(Setting("/nowhere", "/nowhere", "2031-03-09", "software", "article-test"))
TEXT = "The minister said that 12 people died."


def test_fields_are_taken_over() -> None:
    fields = {
        "title": "Flood", "published": "2031-03-04", "url": "http://n.example/1",
        "language": "en_GB",
    }  # fmt: skip
    article, notes = article_of(Record("Flood 1", "f:1", TEXT.encode(), "text", fields), SHOP)
    told = article.metadata
    assert (told.title, told.published, told.url) == ("Flood", "2031-03-04", "http://n.example/1")
    assert told.language == "en-GB"
    assert (article.slug, article.text, notes) == ("flood-1-5b98a51f9308", TEXT, ())


def test_fields_that_cannot_be_used_are_left_out_with_a_note() -> None:
    fields = {"published": "last week", "publisher": "The Unknown Post", "url": "not an address"}
    article, notes = article_of(Record("a", "f:1", TEXT.encode(), "text", fields), SHOP)
    assert article.metadata.published is None
    assert article.metadata.publisher is None
    assert len(notes) == 3


def test_pages_are_read() -> None:
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"
    article, _ = article_of(Record("a", "f:1", page.encode(), "html"), SHOP)
    assert article.text.strip() == TEXT


def test_an_articles_folder_must_have_the_text_that_it_describes() -> None:
    described = {
        "text": "text.txt", "language": "en", "label": {"en": "A", "ar": "أ"},
        "rights": {"en": "None.", "ar": "لا شيء."}, "sha256": hashlib.sha256(b"x").hexdigest(),
    }  # fmt: skip
    with pytest.raises(ArticleError, match="restore the text"):
        article_of(Record("a", "f:1", TEXT.encode(), "text", {}, described), SHOP)
    with pytest.raises(ArticleError, match="language"):
        wrong = {**described, "language": "English"}
        article_of(Record("a", "f:1", TEXT.encode(), "text", {}, wrong), SHOP)


def test_a_draft_bears_the_day_of_the_corpus() -> None:
    compiled = compile_record(Record("a", "f:1", TEXT.encode(), "text"), SHOP)
    (draft,) = compiled.readings
    assert (draft.id, draft.reading.made, len(draft.reading.claims)) == ("rules", "2031-03-09", 1)
    days = {q.object.value for q in compiled.quads if q.predicate == term("dcterms:created")}  # type: ignore[union-attr]
    assert days == {"2031-03-09"}


def test_a_persons_reading_that_is_wrong_is_said_with_its_place() -> None:
    record = Record("a", "f:1", TEXT.encode(), "text", {}, None, {"me": b"article: a\nvoices: 3"})
    with pytest.raises(ReadingError, match=r"a/readings/me\.yaml"):
        compile_record(record, SHOP)
    with pytest.raises(ReadingError, match="UTF-8"):
        compile_record(Record("a", "f", TEXT.encode(), "text", {}, None, {"me": b"\xff"}), SHOP)
