"""Each format of one small network, letter by letter."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from kg.networks.flat import Flat, flatten
from kg.networks.writers import dot, gexf, graphml, json_files, tables
from kg.networks.writers.xml_text import escaped, storable


@pytest.fixture
def small() -> Flat:
    graph = nx.DiGraph(name="small")
    graph.add_node("a", label='A "x"', start="2003-03-20")
    graph.add_node("b", id=7)
    graph.add_edge("a", "b", weight=2, type="says", type_label="says so")
    return flatten(graph)


def test_graphml(small: Flat) -> None:
    text = "".join(graphml.write(small))
    assert '<key id="d3" for="node" attr.name="id_" attr.type="int"/>' in text
    assert '<node id="a"><data key="d1">A &quot;x&quot;</data>' in text
    assert '<edge source="a" target="b"><data key="d4">2</data>' in text
    assert 'edgedefault="directed"' in text


def test_gexf_has_the_weight_also_where_it_is_a_text(small: Flat) -> None:
    text = "".join(gexf.write(small))
    assert '<node id="a" label="A &quot;x&quot;" start="2003-03-20">' in text
    assert '<edge id="0" source="a" target="b" weight="2.0">' in text
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight="7.5")
    assert ' weight="7.5">' in "".join(gexf.write(flatten(graph)))


def test_dot(small: Flat) -> None:
    lines = "".join(dot.write(small)).splitlines()
    assert lines == [
        'digraph "small" {',
        '  "name"="small";',
        '  "a" ["label"="A \\"x\\"", "since"="2003-03-20"];',
        '  "b" ["id"="7"];',
        '  "a" -> "b" ["weight"="2", "kind"="says", "type_label"="says so"];',
        "}",
    ]


def test_json_for_cytoscape_and_d3(small: Flat) -> None:
    cyjs = json.loads("".join(json_files.cyjs(small)))
    assert cyjs["elements"]["nodes"][1]["data"] == {"id": "b", "name": "b", "value": "b", "id_": 7}
    d3 = json.loads("".join(json_files.d3(small)))
    assert d3["links"] == [
        {"source": "a", "target": "b", "weight": 2, "type": "says", "type_label": "says so"}
    ]


def test_tables_for_gephi(small: Flat) -> None:
    assert "".join(tables.gephi_nodes(small)) == (
        'Id,Label,start,id_\r\na,"A ""x""",2003-03-20,\r\nb,b,,7\r\n'
    )
    assert "".join(tables.gephi_edges(small)) == (
        "Source,Target,Type,Kind,Label,Weight\r\na,b,Directed,says,says so,2\r\n"
    )


def test_text_that_xml_can_hold() -> None:
    assert escaped("a<b>&\n\x00") == "a&lt;b&gt;&amp;&#10;\u2400"
    assert storable("a<\x1f\ud800") == "a<\u241f\ufffd"
