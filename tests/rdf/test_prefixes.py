"""The prefixes that a document declares: what it uses, and short ones for articles and readings."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.rdf.iris import ONTOLOGY_GRAPH, VOCAB_GRAPH, ClaimName, ReadingName, resource, term
from kg.rdf.prefixes import prefixes_for
from kg.rdf.quads import boolean, integer, text

ID = "https://w3id.org/qawl/id/"
ONE, OTHER = (ClaimName("flood", reading, "toll").node for reading in ("a", "b"))
AGENCY = resource("actor", "agency")


def test_only_the_prefixes_that_are_used_are_declared_sorted_by_name() -> None:
    found = prefixes_for([Triple(AGENCY, term("rdf:type"), term("qawl:MediaOutlet"))])
    assert list(found.items()) == [
        ("actor", f"{ID}actor/"),
        ("qawl", "https://w3id.org/qawl/ontology#"),
    ]


def test_the_datatype_of_a_literal_counts_as_used_unless_it_is_not_shown() -> None:
    found = prefixes_for([Triple(AGENCY, term("qawl:depth"), integer(1))])
    assert found["xsd"] == "http://www.w3.org/2001/XMLSchema#"
    for bare in (boolean(True), text("x"), text("x", "en")):
        assert "xsd" not in prefixes_for([Triple(AGENCY, term("qawl:depth"), bare)])


def test_what_would_need_a_backslash_is_not_written_as_a_name_so_declares_nothing() -> None:
    odd = NamedNode("https://w3id.org/qawl/ontology#a?b")
    assert prefixes_for([Triple(odd, term("rdf:type"), odd)]) == {}


def test_the_ontology_and_the_vocabularies_are_names_too() -> None:
    found = prefixes_for([Triple(ONTOLOGY_GRAPH, term("rdf:type"), VOCAB_GRAPH)])
    assert found == {"root": "https://w3id.org/qawl/"}


def test_prefixes_of_a_document_of_its_own_come_beside_ours() -> None:
    flat = NamedNode("https://example.org/flat#deaths")
    triples = [Triple(AGENCY, flat, AGENCY)]
    more = {"flat": "https://example.org/flat#", "unused": "https://example.org/"}
    assert list(prefixes_for(triples, more)) == ["actor", "flat"]


def test_the_claims_of_one_reading_have_a_prefix_of_one_letter() -> None:
    found = prefixes_for([Triple(ONE, term("qawl:about"), AGENCY)])
    assert found["c"] == f"{ID}claim/flood/a/"
    assert "claim" not in found


def test_the_claims_of_several_readings_are_numbered_in_the_order_of_their_iris() -> None:
    found = prefixes_for([Triple(OTHER, term("qawl:refines"), ONE)])
    assert found == {
        "c1": f"{ID}claim/flood/a/",
        "c2": f"{ID}claim/flood/b/",
        "qawl": "https://w3id.org/qawl/ontology#",
    }


def test_the_graph_of_a_quad_and_the_terms_of_a_quoted_triple_count_too() -> None:
    said = Triple(ONE, term("skos:note"), Literal("x"))
    quad = Quad(AGENCY, term("rdf:reifies"), said, ReadingName("flood", "a").node)
    assert {"rd", "c", "skos"} <= prefixes_for([quad]).keys()


@pytest.mark.parametrize("iri", ["http://example.org/a", "urn:isbn:9", ID])
def test_a_namespace_that_is_not_ours_to_name_has_no_prefix(iri: str) -> None:
    rdf_type = term("rdf:type")
    assert prefixes_for([Triple(NamedNode(iri), rdf_type, NamedNode(iri))]) == {}


def test_an_empty_document_declares_nothing() -> None:
    no_triples: list[Triple] = []
    assert prefixes_for(no_triples) == {}
