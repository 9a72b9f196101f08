"""The parts that a graph is published in."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.publish.release_parts import parts_of
from kg.rdf.iris import AUTHORITY_GRAPH, ID, term

ARTICLE = NamedNode(f"{ID}graph/article/flood")
READING = NamedNode(f"{ID}reading/flood/curated")


def test_an_article_goes_with_its_readings_and_modules_stand_alone() -> None:
    label = term("rdfs:label")
    quads = [Quad(one, label, Literal("x"), one) for one in (ARTICLE, AUTHORITY_GRAPH, READING)]
    parts = {one.path: one for one in parts_of(quads)}
    assert list(parts)[:4] == [
        "qawl",
        "articles/flood/flood",
        "articles/flood/readings/curated",
        "modules/authority",
    ]
    assert parts["qawl"].quads == tuple(quads)
    assert {one.graph_name for one in parts["articles/flood/flood"].quads} == {ARTICLE, READING}
    assert {one.graph_name for one in parts["modules/authority"].quads} == {AUTHORITY_GRAPH}
    assert parts["modules/ontology"].canonical
    content = parts["modules/ontology"].content(lambda _: {})
    assert sorted(content) == ["jsonld", "nq", "trig", "ttl"]
    assert parts["qawl"].content(lambda given: {"n": str(len(given)).encode()}) == {"n": b"3"}
