"""Terms go to rdflib and come back as they were, whatever they hold."""

from __future__ import annotations

import logging

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import ShapesError
from kg.rdf.iris import term
from kg.rdf.rdflib_terms import Terms, quiet_about_literals

XSD = st.sampled_from(["integer", "decimal", "date", "dateTime", "boolean", "double", "string"])


@given(st.text(st.characters(exclude_categories=["Cs"])), XSD)
def test_literals_come_back_as_they_were_written(value: str, datatype: str) -> None:
    terms = Terms()
    literal = Literal(value, datatype=term(f"xsd:{datatype}"))
    with quiet_about_literals():
        assert terms.back(terms.there(literal)) == literal
        assert str(terms.there(literal)) == value


@pytest.mark.parametrize(
    ("value", "datatype", "ill_typed"),
    [
        ("2024-13-45", "date", True),
        ("perhaps", "boolean", True),
        ("١٢", "integer", True),
        ("1_000", "integer", True),
        ("2024-W01-1", "date", True),
        ("012", "integer", False),
        ("-5", "nonNegativeInteger", True),
        ("2024-02-29", "date", False),
    ],
)
def test_what_xml_schema_does_not_allow_is_ill_typed(
    value: str, datatype: str, ill_typed: bool
) -> None:
    with quiet_about_literals():
        found = Terms().there(Literal(value, datatype=term(f"xsd:{datatype}")))
    assert bool(found.ill_typed) == ill_typed
    if ill_typed:
        assert not found < found
        assert not found >= found


def test_nodes_and_triples() -> None:
    terms = Terms()
    triple = Triple(BlankNode("x"), term("rdfs:label"), Literal("قول", language="ar"))
    graph = terms.graph([triple])
    assert set(graph) == {(rdflib.BNode("x"), rdflib.RDFS.label, rdflib.Literal("قول", lang="ar"))}
    assert terms.back(rdflib.URIRef("http://e/new")) == NamedNode("http://e/new")
    assert terms.back(rdflib.Literal(12)) == Literal("12", datatype=term("xsd:integer"))


def test_rdf_1_2_is_refused() -> None:
    with pytest.raises(ShapesError, match=r"is RDF 1\.2, which SHACL does not cover"):
        Terms().there(Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))


def test_rdflib_is_quiet_about_ill_typed_literals_alone(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("rdflib.term")
    with quiet_about_literals():
        logger.warning("Failed to convert Literal lexical form to value")
        logger.warning("something else")
    assert [record.getMessage() for record in caplog.records] == ["something else"]
