"""Quads in the making: literals as SPARQL can compute with them, each quad once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.rdf.iris import term
from kg.rdf.quads import QuadSink, boolean, date, decimal, integer, serialized, text

GRAPH, NODE = NamedNode("http://e/g"), NamedNode("http://e/n")


@pytest.mark.parametrize(
    ("value", "written", "datatype"),
    [
        ("12", "12", "decimal"),
        ("12.50", "12.5", "decimal"),
        ("0.00", "0", "decimal"),
        ("1E3", "1000", "decimal"),
        ("1E18", "1.0E18", "double"),
        ("1E-19", "1.0E-19", "double"),
        ("-2.5E30", "-2.5E30", "double"),
    ],
)
def test_decimals_past_what_sparql_computes_with_are_doubles(
    value: str, written: str, datatype: str
) -> None:
    assert decimal(Decimal(value)) == Literal(written, datatype=term(f"xsd:{datatype}"))


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6))
def test_decimals_keep_their_value(value: Decimal) -> None:
    assert Decimal(decimal(value).value) == value


def test_other_literals() -> None:
    assert text("قول", "ar") == Literal("قول", language="ar")
    assert text("a") == Literal("a")
    assert boolean(True) == Literal("true", datatype=term("xsd:boolean"))
    assert date("2003-03-19") == Literal("2003-03-19", datatype=term("xsd:date"))
    assert integer(0) == Literal("0", datatype=term("xsd:nonNegativeInteger"))


def test_a_sink_holds_each_quad_once_and_nothing_for_no_value() -> None:
    sink = QuadSink(GRAPH)
    for _ in range(2):
        sink.add(NODE, "rdfs:label", text("a"))
    sink.add(NODE, "rdfs:label", None)
    sink.add_types(NODE, term("qawl:Claim"))
    assert sink.quads == {
        Quad(NODE, term("rdfs:label"), text("a"), GRAPH),
        Quad(NODE, term("rdf:type"), term("qawl:Claim"), GRAPH),
    }


@pytest.mark.parametrize("syntax", [RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD])
def test_what_is_written_is_what_was_there(syntax: RdfFormat) -> None:
    quads = [Quad(NODE, term("rdfs:label"), text("a"), GRAPH)]
    content = serialized(quads, syntax)
    assert list(parse(content, format=syntax)) == quads
    assert (b"@prefix rdfs:" in content) == (syntax == RdfFormat.TRIG)
    assert b"@prefix qawl:" not in content
