"""Scenes before they are drawn: what DOT and HTML-like labels say. Nothing here needs Graphviz."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from examples import ROOT
from pyoxigraph import Store

from kg.errors import OutputError, ParameterError, PictureError
from kg.networks.look import PALETTE
from kg.networks.node_attributes import Entities
from kg.pictures import graphviz
from kg.pictures.answer_chart import answer_chart
from kg.pictures.drawing import draw, draw_network, pictures
from kg.pictures.event_chart import event_chart
from kg.pictures.graphviz import render
from kg.pictures.legend import Key, legend
from kg.pictures.network_items import network_items
from kg.pictures.network_picture import MOST_NODES, Scene, network_scene
from kg.pictures.page import Item, Page, page
from kg.pictures.speakers import speakers_of_claims
from kg.pictures.svg import inline_svg, svg_file
from kg.pictures.table_chart import SCALE, Bar, Block, Row, table_scene
from kg.pictures.time_axis import along_time, ordinal
from kg.pictures.voice_tree import voice_tree
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = Graph(Store())
CLAIM = "us-dead-2003-2011"


@pytest.fixture(scope="module")
def article() -> Graph:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


@pytest.fixture
def fake_svg(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw everything as one empty picture."""
    drawn = b'<?xml version="1.0"?>\n<svg width="9pt" height="8pt" viewBox="0 0 9 8"><g/></svg>'
    for module in ("svg", "drawing"):
        monkeypatch.setattr(f"kg.pictures.{module}.render", lambda *_: drawn)


def test_a_legend_has_its_keys_in_rows_of_five() -> None:
    keys = [Key("■", "#000000", f"key {number}") for number in range(7)]
    text = legend("A <title>", keys, ["a note"], "en")
    assert "A &lt;title&gt;" in text
    assert len(re.findall(r"<TR><TD ALIGN", text)) == 2
    assert text.index("key 0") < text.index("key 6") < text.index("a note")
    arabic = legend("", keys[:2], [], "ar")
    assert arabic.index("key 1") < arabic.index("key 0")
    assert legend("", [], [], "en") == '""'


def test_bars_fill_the_scale() -> None:
    row = Row("what", "who", "5", (Bar(0.25, 0.5, "#0072b2"),), "tip")
    scene = table_scene("Title", [Block("Heading", (row,), ((0.0, "0"), (0.5, "10")))], [], "en")
    scale = scene.text.index("what")
    widths = list(map(int, re.findall(r'<TD WIDTH="(\d+)" HEIGHT="11"', scene.text[scale:])))
    assert widths == [SCALE // 4, SCALE // 4, SCALE // 2]
    assert scene.engine == "dot"


def test_days_as_numbers_go_on_before_the_first_year() -> None:
    assert ordinal("0001-01-01") == 1
    assert ordinal("2003-03-20") - ordinal("2003-03-19") == 1
    assert ordinal("-0044-03-15") < ordinal("0000-01-01") < ordinal("0001-01-01")


def test_nodes_stand_where_their_days_are() -> None:
    graph = nx.DiGraph(lang="en")
    graph.add_node("early", start="2001-01-01", end="2001-01-01")
    graph.add_node("late", start="2009-12-31")
    graph.add_node("never")
    places = along_time(graph)
    assert places.of["early"][0] < places.of["late"][0]
    assert places.undated_at is not None
    assert places.of["never"][1] < places.of["early"][1]
    assert [year for year, _ in places.ticks] == list(range(2001, 2011))
    mirrored = along_time(nx.DiGraph(graph, lang="ar"))
    assert mirrored.of["early"][0] > mirrored.of["late"][0]


def test_a_network_has_a_box_for_each_node_and_an_arrow_for_each_edge() -> None:
    graph = nx.DiGraph(title="T", lang="en")
    graph.add_node("a", label="A & B", type="x")
    graph.add_edge("a", "b", weight=3)
    text = network_scene(graph, "layered", "p-").text
    assert '[id="p-n0", label=<A &amp; B>' in text
    assert f'color="{PALETTE[0]}"' in text
    assert 'n0 -> n1 [id="p-e0"' in text
    assert ">3</FONT>" in text
    with pytest.raises(PictureError, match="too many to draw"):
        network_scene(nx.empty_graph(MOST_NODES + 1), "force")


def test_what_is_told_of_nodes_and_edges(article: Graph) -> None:
    graph = nx.DiGraph(lang="en")
    graph.add_node("a", label="A")
    claim = f"claim:iraq-war-2003-2011/curated/{CLAIM}"
    graph.add_edge("a", "b", claim_ids=f"{claim} claim:unknown")
    items, claims = network_items({"en": graph}, article)
    assert items["e0"].label == {"en": "A → b"}
    assert claim in items["e0"].claims
    assert items["e0"].claims == items["n0"].claims == items["n1"].claims
    assert "4487" in str(claims[claim]).replace(",", "")
    items, claims = network_items({"en": graph}, None)
    assert (items["e0"].claims, claims) == ((), {})


def test_who_says_a_claim_and_through_whom(article: Graph) -> None:
    who = speakers_of_claims(article, Entities(article.store, "en"), None)
    (claim,) = [iri for iri in who if iri.endswith(f"/{CLAIM}")]
    assert who[claim].startswith("US Department of Defense (via BBC")


def test_charts_of_the_article(article: Graph) -> None:
    events = event_chart(article, "en").text
    assert "2003-03-20" in events
    assert "، أو " in event_chart(article, "ar").text
    assert "4,487" in answer_chart(article, "en").text
    tree = voice_tree(article, CLAIM, "en")
    assert tree.nodes[0].endswith(f"/{CLAIM}")
    assert "US Department of Defense" in tree.scene.text
    with pytest.raises(ParameterError, match="there is no claim"):
        voice_tree(article, "nothing", "en")


@pytest.mark.parametrize("chart", [event_chart, answer_chart])
def test_there_is_no_chart_of_nothing(chart: object) -> None:
    with pytest.raises(PictureError, match="relax the filters"):
        chart(EMPTY, "en")  # type: ignore[operator]


def test_a_picture_on_a_page_and_as_a_file(fake_svg: None) -> None:
    scene = Scene("digraph {}", "dot")
    assert inline_svg(scene, "ar") == '<svg viewBox="0 0 9 8" data-lang="ar" role="img"><g/></svg>'
    assert b"prefers-color-scheme: dark" in svg_file(scene, "auto")
    assert b"prefers-color-scheme" not in svg_file(scene, "light")
    item = Item({"en": "</script>"}, {"en": "about"})
    content = page(Page({"en": "A <b>"}, {"en": scene}, {"n0": item})).decode()
    assert "<title>A &lt;b&gt;" in content
    assert content.count("</script>") == content.count("<script")
    assert 'data-lang="en"' in content


def test_drawing_is_refused_before_anything_is_drawn(article: Graph, tmp_path: Path) -> None:
    assert {"timeline", "answers", "voices", "attribution"} <= set(pictures())
    with pytest.raises(OutputError, match="is not a picture file"):
        draw("places", tmp_path / "x.gif", article)
    with pytest.raises(ParameterError, match="name the claim"):
        draw("voices", tmp_path / "x.svg", article)
    with pytest.raises(ParameterError, match="mode 'mild' is not one of"):
        draw("timeline", tmp_path / "x.svg", article, mode="mild")
    assert list(tmp_path.iterdir()) == []


def test_any_network_is_drawn(fake_svg: None, tmp_path: Path) -> None:
    path = draw_network(nx.path_graph(2), tmp_path / "x.svg", theme="light")
    assert path.read_bytes().endswith(b"<g/></svg>")


def test_graphviz_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_COMMAND", "no-such-program")
    with pytest.raises(PictureError, match=r"Graphviz.* is not installed"):
        render("digraph {}", "dot", "svg")
