"""RDF 1.2: each claim reifies its triple, and Oxigraph reads it back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from profile_examples import CLAIM, CLAIMS, READING, TOLL, forbid_network, quads, shipped
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg.publish.profiles import export, profile
from kg.publish.profiles.base import select_claims
from kg.publish.profiles.rdf12_reifiers import reifiers

if TYPE_CHECKING:
    from pyoxigraph import Quad

REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
FORMATS = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_network(monkeypatch)


def reified(statements: set[Quad]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in statements:
        if quad.predicate == REIFIES:
            found.setdefault(quad.subject.value.removeprefix(CLAIM), set()).add(str(quad.object))
    return found


def test_the_toll_that_the_pentagon_gives() -> None:
    content = export(shipped(), "rdf12", claims=["us-dead-2003-2011"], syntax="ttl").decode()
    assert 'rdf:reifies <<( population:us-forces flat:deaths "4487"^^xsd:decimal )>> ;' in content
    found = {quad.triple for quad in parse(content.encode(), format=RdfFormat.TURTLE)}
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    toll = Triple(
        NamedNode("https://w3id.org/qawl/id/population/us-forces"),
        NamedNode("https://w3id.org/qawl/flat#deaths"),
        Literal("4487", datatype=decimal),
    )
    assert Triple(NamedNode(TOLL), REIFIES, toll) in found
    # Named, and not asserted.
    assert toll not in found
    # The rest hangs on the reifier, down to the outermost voice.
    assert {quad.triple for quad in quads(
        "c:us-dead-2003-2011 a qawl:CasualtyClaim ; qawl:stance stance:certain ;"
        "qawl:answerQuantity toll:quantity ;"
        "qawl:voice <https://w3id.org/qawl/id/voice/iraq-war-2003-2011/curated/pentagon> ."
        'toll:quantity qawl:numericValue "4487"^^xsd:decimal .'
        "<https://w3id.org/qawl/id/voice/iraq-war-2003-2011/curated/bbc-2011-continued>"
        " qawl:quotedIn <https://w3id.org/qawl/id/voice/iraq-war-2003-2011/curated/article> ."
        "flat:deaths a rdf:Property ; rdfs:seeAlso measure:deaths ."
    )} < found  # fmt: skip


def test_every_claim_reifies_and_nothing_that_is_reified_is_asserted() -> None:
    statements = set(reifiers(shipped(), select_claims(shipped())))
    found = reified(statements)
    assert len(found) == CLAIMS
    # Two bounds of the forces, two sides that attack, four places of return: 5 more than claims.
    assert sum(map(len, found.values())) == CLAIMS + 5
    assert {name for name, triples in found.items() if len(triples) > 1} == {
        "us-force-level", "attacks-between-sunni-shia", "returned-where",
    }  # fmt: skip
    asserted = {quad.triple for quad in statements}
    named = {quad.object for quad in statements if quad.predicate == REIFIES}
    assert not asserted & named
    assert not any(BlankNode in map(type, (one.subject, one.object)) for one in asserted)


def test_a_denied_claim_is_told_by_its_reifier() -> None:
    statements = set(reifiers(shipped(), select_claims(shipped(), claims=["no-wmd"])))
    assert quads(
        f"<{READING}> {{ c:no-wmd qawl:polarity polarity:negative ;"
        "qawl:stance stance:certainly-not . }"
    ) < statements  # fmt: skip


@pytest.mark.parametrize("syntax", FORMATS)
def test_oxigraph_reads_each_format_back_with_the_triples_intact(syntax: str) -> None:
    content = export(shipped(), "rdf12", syntax=syntax)
    assert content.startswith(b'VERSION "1.2"\n') == (syntax != "nq")
    expected = set(reifiers(shipped(), select_claims(shipped())))
    found = set(parse(content, format=FORMATS[syntax]))
    assert reified(found) == reified(expected)
    if syntax == "ttl":
        assert {quad.triple for quad in found} == {quad.triple for quad in expected}
    else:
        assert found == expected


def test_the_triples_can_be_asked_for() -> None:
    store = Store()
    store.load(export(shipped(), "rdf12", syntax="ttl"), format=RdfFormat.TURTLE)
    rows = store.query(
        """PREFIX flat: <https://w3id.org/qawl/flat#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?claim WHERE { ?claim rdf:reifies <<( ?who flat:deaths 4487.0 )>> }"""
    )
    assert [row["claim"].value for row in rows] == [TOLL]


def test_graphs_are_named_as_ours_are() -> None:
    names = {quad.graph_name.value for quad in reifiers(shipped(), select_claims(shipped()))}
    assert names == {
        READING,
        "https://w3id.org/qawl/id/graph/questions",
        "https://w3id.org/qawl/flat",
    }


def test_the_profile_says_what_it_cannot_say() -> None:
    assert len(profile("rdf12").limits) == 4


def test_arabic_texts_have_their_base_direction_and_english_ones_none() -> None:
    content = export(shipped(), "rdf12", claims=["us-dead-2003-2011"], syntax="ttl").decode()
    texts = [
        quad.object
        for quad in parse(content, format=RdfFormat.TURTLE)
        if isinstance(quad.object, Literal) and quad.object.language
    ]
    found = {(one.language, one.direction) for one in texts}
    assert found == {("ar", BaseDirection.RTL), ("en", None)}
    assert '"@ar--rtl' in content
