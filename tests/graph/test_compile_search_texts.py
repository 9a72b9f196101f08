"""The search texts that a build writes beside the words of claims and entities."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.compile_search_texts import searched, with_searched_labels
from kg.rdf.iris import term
from kg.store.local import open_graph
from kg.text.search_spelling import search_text

PLACE, GRAPH = NamedNode("https://example.org/iraq"), NamedNode("https://example.org/g")


def test_words_have_a_space_on_both_sides_and_texts_a_bar_between() -> None:
    assert searched(["The war", "", "في العِراق"]).value == " the war | في عراق "


def test_an_entity_is_searched_by_all_its_labels() -> None:
    labels = {
        Quad(PLACE, term("skos:prefLabel"), Literal("Iraq", language="en"), GRAPH),
        Quad(PLACE, term("skos:prefLabel"), Literal("العراق", language="ar"), GRAPH),
        Quad(PLACE, term("skos:altLabel"), Literal("بلاد الرافدين", language="ar"), GRAPH),
    }
    (added,) = with_searched_labels(labels) - labels
    assert added == Quad(
        PLACE, term("qawl:searchText"), Literal(" iraq | عراق | بلاد رافدين "), GRAPH
    )


def test_every_claim_and_entity_of_the_shipped_graph_can_be_searched_and_quotes_stay() -> None:
    graph = open_graph()
    without = graph.sparql(
        """SELECT ?node WHERE { { ?node a qawl:Claim } UNION { ?node a qawl:Entity }
        FILTER NOT EXISTS { ?node qawl:searchText ?text } }"""
    )
    assert without.rows == ()
    quotes = graph.sparql(
        """SELECT ?quote ?text WHERE { ?claim qawl:searchText ?text ;
        qawl:evidence/oa:hasSelector/oa:exact ?quote }"""
    )
    assert quotes.rows
    for quote, text in quotes.rows:
        assert f" {search_text(quote.value)} " in text.value
