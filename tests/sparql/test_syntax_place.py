"""A query that is not SPARQL: which word is wrong, and what could stand there."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import QuerySyntaxError, SyntaxPlace
from kg.sparql.syntax_place import KINDS
from kg.sparql.text import reads_to_the_end
from kg.store.local import Graph


def error_of(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        Graph(Store()).run(text)
    return caught.value


def place_of(text: str) -> SyntaxPlace:
    place = error_of(text).place
    assert place is not None
    return place


# Each with the wrong word between ‹ and ›, and something that could stand there.
@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("SELECT ?s ‹WHER› { ?s ?p ?o }", "WHERE"),
        ("SELECT * { ?s ?p ?o } ORDER ‹?s›", "BY"),
        ("SELECT * { ?s ?p ?o . ‹FILTR›(?o) }", "FILTER"),
        ("‹INSERT› DATA { }", "SELECT"),
        ("SELECT ?a { FILTER(?x = ‹)› }", "number"),
        ("SELECT * {\n  ?s a qawl:Claim ;;; qawl:gloss\n‹}›\nLIMT 4", "text"),
        ("SELECT * { ?s ?p 'العراق' } # عدد\nLIMIT ‹عشرة›", "number"),
        ("SELECT * { ?s ?p ?o } LIMIT‹›", "number"),
        ("SELECT * { ?s ?p‹›", "variable"),
        ("PREFIX ‹x› <http://x/> ASK {}", "prefix"),
        ("‹›", "ASK"),
    ],
)
def test_the_first_wrong_word_is_found(marked: str, expected: str) -> None:
    start, end = marked.index("‹"), marked.index("›") - 1
    text = marked.replace("‹", "").replace("›", "")
    place = place_of(text)
    assert (place.start, place.end) == (start, end)
    assert place.line == text[:start].count("\n") + 1
    assert place.column == len(text[:start].rpartition("\n")[2]) + 1
    assert expected in place.expected


def test_what_was_expected_can_stand_there() -> None:
    text = "SELECT ?s WHER { ?s ?p ?o }"
    place = place_of(text)
    assert place.expected == ("{", "(", "FROM", "WHERE", "variable")
    for one in place.expected:
        assert reads_to_the_end(f"{text[: place.start]}{KINDS.get(one, one)} ")


def test_the_message_names_word_place_and_remedy() -> None:
    assert str(error_of("SELECT ?s WHER { }")) == (
        "the query is not valid SPARQL 1.1: 'WHER' is not allowed at line 1, column 11; "
        "expected {, (, FROM, WHERE, a variable; did you mean WHERE?"
    )
    assert str(error_of("ASK {")).startswith(
        "the query is not valid SPARQL 1.1: it ends unexpectedly at line 1, column 6; "
        "expected {, }, "
    )


def test_an_undeclared_prefix_is_named_with_the_nearest() -> None:
    error = error_of("SELECT * { ?c a qwal:Claim }")
    assert "the prefix qwal: is not declared; did you mean qawl" in str(error)
    assert error.place is not None
    assert (error.place.start, error.place.end) == (16, 26)


def test_where_all_words_may_stand_the_parser_gives_the_reason() -> None:
    place = place_of("SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y }")
    assert "unbound" in place.reason
    assert place.expected == ()


def test_in_a_long_text_nothing_is_searched() -> None:
    assert error_of("ASK { ?s ?p ?o } x " + "# long\n" * 3000).place is None
