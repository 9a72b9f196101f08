"""The prefixes that a document declares: what it uses, and short ones for articles and readings."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.rdf.iris import ClaimName, ReadingName, resource, term
from kg.rdf.prefixes import prefixes_for
from kg.rdf.quads import integer

ID = "https://w3id.org/qawl/id/"
ONE, OTHER = (ClaimName("flood", reading, "toll").node for reading in ("a", "b"))
AGENCY = resource("actor", "agency")


def test_only_the_prefixes_that_are_used_are_declared_sorted_by_name() -> None:
    found = prefixes_for([Triple(AGENCY, term("rdf:type"), term("qawl:MediaOutlet"))])
    assert list(found.items()) == [
        ("actor", f"{ID}actor/"),
        ("qawl", "https://w3id.org/qawl/ontology#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ]


def test_the_datatype_of_a_literal_counts_as_used() -> None:
    found = prefixes_for([Triple(AGENCY, term("qawl:depth"), integer(1))])
    assert found["xsd"] == "http://www.w3.org/2001/XMLSchema#"


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
    assert set(prefixes_for([Triple(NamedNode(iri), rdf_type, NamedNode(iri))])) == {"rdf"}


def test_an_empty_document_declares_nothing() -> None:
    no_triples: list[Triple] = []
    assert prefixes_for(no_triples) == {}
