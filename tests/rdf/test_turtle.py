"""Turtle as somebody reads it who reads it daily; every document is read back by other parsers."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from itertools import pairwise

import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)
from rdflib.compare import isomorphic

from kg.rdf.iris import ClaimName, part_of, resource, term
from kg.rdf.order import in_order
from kg.rdf.prefixes import prefixes_for
from kg.rdf.quads import boolean, date, decimal, serialized, text
from kg.rdf.turtle import turtle, turtle_pieces

TOLL = ClaimName("flood", "curated", "toll").node
QUANTITY = part_of(TOLL, "quantity")
LATER = ClaimName("flood", "curated", "toll-later").node
CLAIM = [
    Triple(LATER, term("qawl:refines"), TOLL),
    Triple(QUANTITY, term("rdf:type"), term("qawl:Quantity")),
    Triple(QUANTITY, term("qawl:numericValue"), decimal(Decimal("12.5"))),
    Triple(QUANTITY, term("qawl:approximate"), boolean(False)),
    Triple(TOLL, term("qawl:answerQuantity"), QUANTITY),
    Triple(TOLL, term("rdfs:label"), text("Twelve drowned", "en")),
    Triple(TOLL, term("qawl:saidDuring"), date("2003-03-19")),
    Triple(TOLL, term("rdf:type"), term("qawl:QuantityClaim")),
    Triple(TOLL, term("rdf:type"), term("qawl:Claim")),
]
AS_READ = """\
@prefix c: <https://w3id.org/qawl/id/claim/flood/curated/> .
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

c:toll a qawl:Claim, qawl:QuantityClaim ;
	rdfs:label "Twelve drowned"@en ;
	qawl:answerQuantity c:toll.quantity ;
	qawl:saidDuring "2003-03-19"^^xsd:date .

c:toll.quantity a qawl:Quantity ;
	qawl:approximate false ;
	qawl:numericValue 12.5 .

c:toll-later qawl:refines c:toll .
"""


def test_a_claim_with_its_parts_as_people_read_it() -> None:
    assert serialized(in_order(CLAIM), RdfFormat.TURTLE).decode() == AS_READ


def test_trig_has_a_block_for_each_graph() -> None:
    graph = resource("graph", "authority")
    quads = [Quad(graph, term("rdf:type"), term("qawl:Reading"), graph)]
    quads.append(Quad(graph, term("rdfs:label"), text("x"), NamedNode("http://e/g")))
    written = serialized(quads, RdfFormat.TRIG).decode()
    assert "\ngraph:authority {\n\ngraph:authority a qawl:Reading .\n\n}\n" in written
    assert '\n<http://e/g> {\n\ngraph:authority rdfs:label "x" .\n\n}\n' in written
    assert list(parse(written, format=RdfFormat.TRIG)) == quads


def test_several_long_values_have_a_line_each() -> None:
    triples = [Triple(TOLL, term("rdfs:label"), text(letter * 60, "en")) for letter in "ab"]
    written = serialized(triples, RdfFormat.TURTLE).decode()
    assert f'c:toll rdfs:label\n\t\t"{"a" * 60}"@en,\n\t\t"{"b" * 60}"@en .\n' in written


def test_texts_with_a_base_direction_and_triple_terms_are_turtle_of_rdf_1_2() -> None:
    said = Literal("قال", language="ar", direction=BaseDirection.RTL)
    quoted = Triple(TOLL, term("rdf:type"), said)
    triples = [
        Triple(TOLL, term("qawl:quote"), said),
        Triple(TOLL, term("rdf:reifies"), quoted),
        Triple(TOLL, term("rdf:reifies"), Triple(TOLL, term("rdf:reifies"), quoted)),
    ]
    written = serialized(triples, RdfFormat.TURTLE)
    assert '"قال"@ar--rtl'.encode() in written
    assert [quad.triple for quad in parse(written, format=RdfFormat.TURTLE)] == triples


EX = "http://e/"
P, Q = NamedNode(f"{EX}p"), NamedNode(f"{EX}q")
A, B, C = (BlankNode(name) for name in "abc")
FIRST, REST, NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")


def _read(triples: list[Triple]) -> str:
    return turtle(in_order(triples), {"": EX}).decode().partition("\n\n")[2]


def test_a_node_without_a_name_is_written_where_it_hangs() -> None:
    assert _read([Triple(P, Q, A), Triple(A, Q, Literal("x")), Triple(A, P, B)]) == (
        ':p :q [\n\t\t:p [] ;\n\t\t:q "x"\n\t] .\n'
    )


def test_a_collection_is_written_as_one() -> None:
    rest = [Triple(A, FIRST, Literal("1")), Triple(A, REST, B)]
    rest += [Triple(B, FIRST, Literal("2")), Triple(B, REST, NIL)]
    assert _read([Triple(P, Q, A), *rest]) == ':p :q ( "1" "2" ) .\n'


def test_a_node_that_nothing_mentions_needs_no_label() -> None:
    assert _read([Triple(A, Q, Literal("x"))]) == '[] :q "x" .\n'


def test_a_node_that_two_mention_keeps_its_label() -> None:
    assert _read([Triple(P, Q, A), Triple(Q, Q, A)]) == ":p :q _:a .\n\n:q :q _:a .\n"


def test_labels_do_not_decide_the_order() -> None:
    documents = {
        _read([Triple(P, Q, one) for one in (A, B)] + [Triple(one, Q, text) for one, text in pairs])
        for pairs in (
            ((A, Literal("1")), (B, Literal("2"))),
            ((B, Literal("1")), (A, Literal("2"))),
        )
    }
    assert len(documents) == 1


def test_a_long_chain_of_such_nodes_is_no_deep_recursion() -> None:
    chain = [BlankNode(f"n{number:05}") for number in range(5_000)]
    triples = [Triple(one, P, other) for one, other in pairwise(chain)]
    written = turtle(triples, {})
    back = Dataset(parse(written, format=RdfFormat.TURTLE))
    assert len(back) == len(triples)


NODES = st.sampled_from([P, Q, NIL, A, B, C, BlankNode("d")])
TRIPLES = st.lists(
    st.builds(Triple, NODES, st.sampled_from([P, FIRST, REST]), NODES | st.just(Literal("x"))),
    max_size=12,
)


@given(TRIPLES)
def test_what_is_written_is_what_was_there_however_the_nodes_hang(triples: list[Triple]) -> None:
    ordered = in_order(triples)
    written = turtle(ordered, prefixes_for(ordered))
    graph = rdflib.Graph().parse(data=written, format="turtle")
    lines = "".join(f"{one} .\n" for one in ordered)
    assert isomorphic(graph, rdflib.Graph().parse(data=lines, format="nt"))
    assert len(set(parse(written, format=RdfFormat.TURTLE))) == len(ordered)


def test_pieces_come_before_the_last_triple_is_there() -> None:
    taken = []

    def triples():  # type: ignore[no-untyped-def]
        for number in range(3):
            taken.append(number)
            yield Triple(NamedNode(f"{EX}{number}"), P, Q)

    pieces = turtle_pieces(triples(), {"": EX})
    assert next(pieces) == f"@prefix : <{EX}> .\n"
    assert next(pieces) == "\n:0 :p :q"
    assert taken == [0, 1]


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "import sys; from pyoxigraph import RdfFormat, parse;"
        "from kg.rdf.order import in_order; from kg.rdf.quads import serialized;"
        "found = {quad.triple for quad in parse(sys.stdin.buffer.read(), format=RdfFormat.TURTLE)};"
        "sys.stdout.buffer.write(serialized(in_order(found), RdfFormat.TURTLE))"
    )
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code], input=AS_READ.encode(), capture_output=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        )  # fmt: skip
        assert done.stdout.decode() == AS_READ
