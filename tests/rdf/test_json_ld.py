"""JSON-LD compacted by our context, expanded again by two other libraries."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
import rdflib.compare
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.errors import OutputError
from kg.rdf.iris import ClaimName, resource, term
from kg.rdf.json_ld import context_for, json_ld, json_ld_pieces
from kg.rdf.order import in_order
from kg.rdf.quads import boolean, date, integer, text

TOLL = ClaimName("flood", "curated", "toll").node
AGENCY = resource("actor", "agency")


def _value(predicate: str, *objects: NamedNode | Literal) -> Any:
    """Return what a property of a claim has in JSON-LD."""
    document = json.loads(json_ld([Triple(TOLL, term(predicate), one) for one in objects]))
    (node,) = document["@graph"]
    assert node.pop("@id") == "claim:flood/curated/toll"
    return node


@pytest.mark.parametrize(
    ("predicate", "objects", "expected"),
    [
        ("rdf:type", [term("qawl:Claim")], {"@type": ["qawl:Claim"]}),
        ("qawl:saidBy", [AGENCY], {"qawl:saidBy": "actor:agency"}),
        ("qawl:saidBy", [text("x")], {"qawl:saidBy": {"@value": "x"}}),
        ("skos:note", [AGENCY], {"skos:note": {"@id": "actor:agency"}}),
        ("qawl:startsAt", [Literal("7", datatype=term("xsd:integer"))], {"qawl:startsAt": 7}),
        ("qawl:answerTruth", [boolean(False)], {"qawl:answerTruth": False}),
        ("qawl:earliestStart", [date("2003-03-19")], {"qawl:earliestStart": "2003-03-19"}),
        ("dcterms:identifier", [text("toll")], {"dcterms:identifier": "toll"}),
        ("skos:note", [boolean(True)], {"skos:note": True}),
        (
            "rdfs:label",
            [text("toll", "en"), text("عدد", "ar"), text("death toll", "en")],
            {"rdfs:label": {"en": ["toll", "death toll"], "ar": "عدد"}},
        ),
        (
            "rdfs:label",
            [text("toll", "en"), text("toll")],
            {
                "http://www.w3.org/2000/01/rdf-schema#label": [
                    {"@value": "toll", "@language": "en"}, "toll",
                ]
            },
        ),
        (
            "skos:note",
            [integer(3)],
            {"skos:note": {"@value": "3", "@type": "xsd:nonNegativeInteger"}},
        ),
    ],
)  # fmt: skip
def test_a_value_says_no_more_than_the_context_leaves_open(
    predicate: str, objects: list[NamedNode | Literal], expected: Any
) -> None:
    assert _value(predicate, *objects) == expected


def test_the_context_has_what_the_document_uses() -> None:
    found = context_for([Triple(TOLL, term("qawl:earliestStart"), date("2003-03-19"))])
    assert list(found) == ["@version", "claim", "qawl", "xsd", "qawl:earliestStart"]


def test_named_graphs_are_graphs_and_the_default_graph_is_at_the_top() -> None:
    graph = resource("graph", "authority")
    quads = [
        Quad(AGENCY, term("rdf:type"), term("qawl:Actor"), DefaultGraph()),
        Quad(AGENCY, term("rdf:type"), term("qawl:Person"), graph),
    ]
    document = json.loads(json_ld(quads))
    assert document["@graph"] == [
        {"@id": "actor:agency", "@type": ["qawl:Actor"]},
        {"@id": "graph:authority", "@graph": [{"@id": "actor:agency", "@type": ["qawl:Person"]}]},
    ]


def test_a_triple_term_is_refused_not_bent() -> None:
    quoted = Triple(TOLL, term("rdf:type"), AGENCY)
    with pytest.raises(OutputError, match="use ttl or nt"):
        json_ld([Triple(TOLL, term("rdf:reifies"), quoted)])


def test_what_comes_after_the_context_was_made_is_written_in_full() -> None:
    later = Triple(AGENCY, term("qawl:saidBy"), TOLL)
    written = "".join(json_ld_pieces([later], context_for([])))
    (quad,) = parse(written, format=RdfFormat.JSON_LD)
    assert quad.triple == later
    assert json.loads(written)["@context"] == {"@version": 1.1}


NODES = st.sampled_from([TOLL, AGENCY, BlankNode("a"), NamedNode("http://e/a//b")])
PREDICATES = st.sampled_from(
    [
        term(name)
        for name in (
            "rdf:type", "rdfs:label", "qawl:saidBy", "qawl:startsAt", "qawl:numericValue",
            "qawl:confidence", "qawl:answerTruth", "qawl:edtf", "skos:note",
        )
    ]
)  # fmt: skip
LITERALS = st.sampled_from(
    [
        text(""),
        text("@id"),
        text("قال", "ar"),
        text("said", "en-GB"),
        boolean(True),
        integer(3),
        Literal("0.950", datatype=term("xsd:decimal")),
        Literal("007", datatype=term("xsd:integer")),
        Literal("-12", datatype=term("xsd:integer")),
        Literal("99999999999999999999", datatype=term("xsd:integer")),
        Literal("1", datatype=term("xsd:boolean")),
        Literal("1.5E3", datatype=term("xsd:double")),
        Literal("2003~", datatype=term("edtf:EDTF")),
        date("2003-03-19"),
    ]
)
GRAPHS = st.sampled_from([DefaultGraph(), resource("graph", "authority"), NamedNode("http://e/g")])
QUADS = st.lists(st.builds(Quad, NODES, PREDICATES, NODES | LITERALS, GRAPHS), max_size=12)


@given(QUADS)
def test_what_is_written_is_what_was_there(quads: list[Quad]) -> None:
    ordered = in_order(quads)
    written = json_ld(ordered)
    back = set(parse(written, format=RdfFormat.JSON_LD, rename_blank_nodes=False))
    assert back == set(ordered)


@given(st.lists(st.builds(Triple, NODES, PREDICATES, NODES | LITERALS), max_size=8))
def test_rdflib_reads_the_same(triples: list[Triple]) -> None:
    ordered = in_order(triples)
    lines = "".join(f"{one} .\n" for one in ordered)
    expected = rdflib.Graph().parse(data=lines, format="nt")
    found = rdflib.Graph().parse(data=json_ld(ordered), format="json-ld")
    assert rdflib.compare.isomorphic(found, expected)


def test_a_text_with_a_direction_keeps_it() -> None:
    said = Literal("قال", language="ar", direction=BaseDirection.RTL)
    triple = Triple(TOLL, term("rdfs:label"), said)
    (quad,) = parse(json_ld([triple]), format=RdfFormat.JSON_LD)
    assert quad.triple == triple
