"""Networks by address and as pages."""

from __future__ import annotations

import json
import re
from html import unescape

import networkx as nx
import pytest
from web_parts import SITE

from kg.errors import ParameterError
from kg.networks.named_projections import projections
from kg.networks.project import network
from kg.store.local import Graph, open_graph
from kg.web.formats import NETWORK_FORMATS
from kg.web.pages.networks import network_document, network_error_page, networks_page
from kg.web.pages.pictures import picture_scene
from kg.web.refusal import RequestRefused
from kg.web.requests import Network, Picture


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


def shown(graph: Graph, name: str, *filters: tuple[str, str], language: str = "en") -> str:
    request = Network(name, "", filters, language)  # type: ignore[arg-type]
    return network_document(graph, SITE, request).data.decode()


def test_the_list_says_what_each_network_means_and_where_it_is() -> None:
    page = networks_page(SITE, "ar").data.decode()
    assert all(one.title["ar"] in page for one in projections())
    for form in NETWORK_FORMATS:
        assert f'href="/qawl/networks/attribution.{form.ending}?lang=ar"' in page
    assert "/pictures/rdf.svg" not in page
    assert "https://example.org/qawl/networks/attribution.gexf" in page


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_a_file_is_the_network_that_kg_networks_writes(graph: Graph, form) -> None:  # type: ignore[no-untyped-def]
    found = network_document(graph, SITE, Network("attribution", form.ending, (("via", "bbc"),)))
    assert found.content_type.startswith(form.media_type)
    made = network("attribution", graph, via="bbc")
    if form.ending == "json":
        read = nx.node_link_graph(json.loads(found.data), edges="links")
        assert {*read.nodes} == {*made.nodes}
        assert read.number_of_edges() == made.number_of_edges()
    assert made.nodes["actor:bbc"]["label"].encode() in found.data


def test_rows_and_links_of_the_file_have_the_same_numbers(graph: Graph) -> None:
    """The script finds the quotes of a drawn edge by its number."""
    for name in ("claims", "attribution", "places"):
        page = shown(graph, name)
        links = json.loads(network_document(graph, SITE, Network(name, "json")).data)["links"]
        nodes = network(name, graph).nodes
        rows = re.findall(r'<tr data-edge="(\d+)"><td>(.*?)</td><td>(.*?)</td>', page)
        assert len(rows) == len(links)
        for number, source, target in rows:
            link = links[int(number)]
            assert str(nodes[link["source"]]["label"]) in unescape(source)
            assert str(nodes[link["target"]]["label"]) in unescape(target)


def test_an_edge_lists_quotes_that_lead_to_their_words_and_say_who_is_inferred(
    graph: Graph,
) -> None:
    page = shown(graph, "attribution")
    claim = "/qawl/articles/iraq-war-2003-2011#claim=us-dead-2003-2011"
    assert f'<a href="{claim}"><bdi dir="ltr">The United States has lost 4487' in page
    assert "said by <bdi>US Department of Defense</bdi></small>" in page
    assert '</bdi> <em class="inferred">(inferred)</em>' in page
    assert '<td><em class="inferred">inferred</em></td>' in page
    assert '<td><em class="inferred">partly inferred</em></td>' in page


def test_filters_are_fields_and_stand_in_every_link(graph: Graph) -> None:
    page = shown(graph, "attribution", ("mode", "strict"), ("via", "bbc"))
    assert '<option value="strict" selected>' in page
    assert 'value="bbc"' in page
    assert 'href="/qawl/networks/attribution.gexf?mode=strict&amp;via=bbc&amp;lang=en"' in page
    assert 'data-url="/qawl/networks/attribution.json?mode=strict&amp;via=bbc&amp;lang=en"' in page
    assert "<form" not in shown(graph, "rdf")


def test_an_empty_network_is_a_page_and_no_file(graph: Graph) -> None:
    nothing = ("text", "no such words")
    assert "No claims match these filters." in shown(graph, "attribution", nothing)
    with pytest.raises(RequestRefused) as refused:
        network_document(graph, SITE, Network("attribution", "gexf", (nothing,)))
    assert refused.value.status == 404
    with pytest.raises(RequestRefused) as refused:
        network_document(graph, SITE, Network("attributions"))
    assert "attribution" in str(refused.value)


def test_a_wrong_filter_is_told_in_its_form(graph: Graph) -> None:
    request = Network("attribution", "", (("via", "<nobody>"),))
    with pytest.raises(ParameterError) as caught:
        network_document(graph, SITE, request)
    page = network_error_page(graph, SITE, request, str(caught.value)).data.decode()
    assert 'value="&lt;nobody&gt;"' in page
    assert 'role="alert"' in page
    assert "data-url" not in page


def test_what_is_too_large_is_not_drawn(graph: Graph) -> None:
    page = shown(graph, "rdf")
    assert "too large" in page
    assert "data-url" not in page
    assert "rdf.gexf" in page


def test_a_picture_is_a_scene_for_graphviz(graph: Graph) -> None:
    scene = json.loads(picture_scene(graph, Picture("attribution", (("via", "bbc"),), "ar")).data)
    assert scene["text"].startswith("digraph")
    assert scene["engine"] == "dot"
    claim = Picture("voices", (("claim", "us-dead-2003-2011"),))
    assert "4487" in json.loads(picture_scene(graph, claim).data)["text"]
    for wrong in (Picture("nothing"), Picture("attribution", (("text", "no such words"),))):
        with pytest.raises(RequestRefused) as refused:
            picture_scene(graph, wrong)
        assert refused.value.status == 404
    with pytest.raises(ParameterError):
        picture_scene(graph, Picture("voices"))
