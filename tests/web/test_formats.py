"""Content negotiation by RFC 9110, section 12.5.1."""

from __future__ import annotations

import pytest

from kg.web.formats import (
    HTML,
    RDF_FORMATS,
    RESULT_FORMATS,
    _best,
    by_word,
    choose,
    negotiated,
)
from kg.web.refusal import RequestRefused

RDF = (*RDF_FORMATS, HTML)


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("", "ttl"),
        ("*/*", "ttl"),
        ("text/*", "ttl"),
        ("application/*", "jsonld"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.3", "rdf"),
        ("application/ld+json, text/turtle;q=0.999", "jsonld"),
        ("text/turtle;q=0, */*", "jsonld"),
        ("*/*, text/turtle;q=0, application/*;q=0.1, text/html;q=0.2", "html"),
        ("TEXT/TURTLE", "ttl"),
        ("text/turtle; charset=utf-8", "ttl"),
        ('text/turtle; charset="UTF-8"', "ttl"),
        ("text/turtle;charset=iso-8859-1, application/n-triples;q=0.1", "nt"),
        ("application/turtle", "ttl"),
        ("text/rdf+n3", "ttl"),
        ("application/n-quads", "nq"),
        ("application/trig;version=1.2", "trig"),
        ("image/png, application/rdf+xml;q=0.01", "rdf"),
        ("text/turtle;q=2", "ttl"),
        ("text/turtle;q=high", "ttl"),
        ("application/xhtml+xml", "html"),
    ],
)
def test_the_best_offer_is_chosen(accept: str, ending: str) -> None:
    found = choose(accept, RDF)
    assert found is not None
    assert found.ending == ending


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/turtle;charset=utf-16", "application/pdf, image/*"]
)
def test_nothing_is_given_to_who_accepts_nothing_of_it(accept: str) -> None:
    assert choose(accept, RDF) is None


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("application/sparql-results+json", "json"),
        ("application/json", "json"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("application/sparql-results+xml;q=0.8, application/sparql-results+json;q=0.8", "json"),
        ("text/xml", "xml"),
    ],
)
def test_results_have_their_own_formats(accept: str, ending: str) -> None:
    found = choose(accept, RESULT_FORMATS)
    assert found is not None
    assert found.ending == ending


def test_words_and_endings_name_formats() -> None:
    assert [by_word(word, RDF_FORMATS) for word in ("json", "JSON-LD", "application/ld+json")] == [
        RDF_FORMATS[1]
    ] * 3
    assert by_word("json", RESULT_FORMATS) is RESULT_FORMATS[0]
    assert by_word("exe", RDF_FORMATS) is None


def test_text_is_said_to_be_utf_8_and_nothing_else_is() -> None:
    types = {one.ending: one.content_type for one in (*RESULT_FORMATS, *RDF)}
    assert types["ttl"] == "text/turtle; charset=utf-8"
    assert types["csv"] == "text/csv; charset=utf-8"
    assert types["jsonld"] == "application/ld+json"


def test_long_headers_are_cut_before_they_are_remembered() -> None:
    _best.cache_clear()
    for number in range(5):
        assert choose(f"text/turtle, {'x/y, ' * 1000}{number}", RDF) is not None
    assert _best.cache_info().currsize == 1


def test_a_refusal_shows_the_beginning_of_what_was_accepted() -> None:
    with pytest.raises(RequestRefused) as refused:
        negotiated("image/" + "x" * 50_000, RDF)
    assert len(str(refused.value)) < 1000
