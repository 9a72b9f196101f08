"""Measures against what a person reckons, on the shipped article and on small networks."""

from __future__ import annotations

import networkx as nx
import pytest
from examples import ROOT, Workspace
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.build import build
from kg.networks import network
from kg.networks.measures import add_measures, measure_network, measures_text
from kg.networks.voice_measures import Dependence, measure_voices
from kg.store.local import Graph, open_graph


@pytest.fixture(scope="module")
def article() -> Graph:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


def test_hands_of_the_article(article: Graph) -> None:
    """Count the claims by hand in the reading.

    First: the 36 in the article's voice. Third: pentagon 8, iom 4, downing-street 3,
    stiglitz-bilmes 2, icasualties 1, crs 1 by way of the BBC, and bush 3, civil-administrator 1,
    court 1 by way of Sky News. Second: the other 81 of 141; Blair, who quotes himself, adds no
    hand.
    """
    measures = measure_voices(article)
    assert measures.hands == {1: 36, 2: 81, 3: 24}
    assert measures.shares() == {1: 36 / 141, 2: 81 / 141, 3: 24 / 141}
    # Strictly, what the BBC is only inferred to report is the article's or its sources': 36, and
    # 43 of bbc-2011-continued and -displaced, and 7 of pentagon-continued.
    assert measure_voices(article, mode="strict").hands == {1: 86, 2: 50, 3: 5}
    assert measure_voices(article, stance="possible").hands == {2: 1}


def test_dependence_in_the_article(article: Graph) -> None:
    """Without the BBC 19 claims of 7 speakers would not reach us, without Sky News 5 of 2.

    Bush is heard in Sky News and in the article itself, so his voice does not hang on either.
    """
    assert measure_voices(article).dependence == (
        Dependence("actor:bbc", "BBC", 19, 7),
        Dependence("actor:sky-news", "Sky News (channel; which one stays open)", 5, 2),
    )


def test_origins_in_the_article(article: Graph) -> None:
    """Only one question has two answers: when the invasion began."""
    origins = measure_voices(article, lang="ar").origins
    assert len(origins) == 140
    several = [one for one in origins if one.claims > 1]
    assert [(one.claims, one.speakers, one.independent) for one in several] == [(2, 2, 2)]
    assert any("غزو العراق" in one.label for one in several)


READING = """
article: market
reader: {name: Tester, kind: person}
made: 2026-01-01
entities:
  who: {type: UnnamedActor, label: {en: A witness, ar: شاهد}}
  radio: {type: MediaOutlet, label: {en: The radio, ar: الإذاعة}}
  police: {type: GovernmentBody, label: {en: The police, ar: الشرطة}}
  fair: {type: Attack, label: {en: The fair, ar: السوق}}
voices:
  article: {speaker: the-article}
  agency-voice: {in: article, speaker: agency, act: report, cue: قالت الوكالة}
  witness-in-agency: {in: agency-voice, speaker: who, act: state, cue: إن شاهدا رأى}
  radio-voice: {in: article, speaker: radio, act: report, cue: وقالت الإذاعة}
  witness-in-radio: {in: radio-voice, speaker: who, act: state, cue: إن الشاهد نفسه رأى}
  police-voice: {in: radio-voice, speaker: police, act: state, cue: وذكرت الشرطة}
claims:
  - {id: one, voice: witness-in-agency, quote: تسعة جرحى, gloss: Nine were hurt, gloss-ar: جرح تسعة,
     question: {how-many: wounded, event: fair}, answer: {value: 9, unit: person, surface: تسعة}}
  - {id: two, voice: witness-in-radio, quote: تسعة مصابين,
     gloss: Nine were hurt, gloss-ar: جرح تسعة,
     question: {how-many: wounded, event: fair}, answer: {value: 9, unit: person, surface: تسعة}}
  - {id: three, voice: police-voice, quote: خمسة, gloss: Five were hurt, gloss-ar: جرح خمسة,
     question: {how-many: wounded, event: fair}, answer: {value: 5, unit: person, surface: خمسة}}
"""
TEXT = (
    "قالت الوكالة إن شاهدا رأى تسعة جرحى. "
    "وقالت الإذاعة إن الشاهد نفسه رأى تسعة مصابين. وذكرت الشرطة خمسة."
)


def test_one_witness_heard_twice_is_one_origin(workspace: Workspace) -> None:
    """Two outlets relay one witness, and one of them the police as well.

    The witness stands behind two of the three claims and the radio behind two, so that none is
    independent of another. The witness agrees with himself by either outlet, so that neither is
    his only way to us; the police reach us through the radio alone.
    """
    from examples import write_article

    write_article(workspace.graph, "market", TEXT, READING)
    build(workspace.graph, workspace.root / "home")
    graph = open_graph(workspace.root / "home")
    measures = measure_voices(graph, article="market")
    fair = next(one for one in measures.origins if one.claims == 3)
    assert (fair.speakers, fair.independent) == (2, 1)
    assert measures.hands == {3: 3}
    assert [(one.label, one.claims, one.speakers) for one in measures.dependence] == [
        ("The radio", 1, 1)
    ]


def test_measures_of_a_path_and_a_star() -> None:
    path = {one.node: one for one in measure_network(nx.path_graph(["a", "b", "c"]))}
    assert [path[node].betweenness for node in "abc"] == [0.0, 1.0, 0.0]
    assert [path[node].degree for node in "abc"] == [1, 2, 1]
    star = nx.DiGraph((leaf, "hub") for leaf in "abcd")
    found = {one.node: one for one in measure_network(star)}
    assert (found["hub"].in_degree, found["hub"].out_degree) == (4, 0)
    assert max(found.values(), key=lambda one: one.pagerank).node == "hub"
    two = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("c", "a"), ("x", "y")])
    groups = {one.node: one.community for one in measure_network(two)}
    assert groups == {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2}


def test_pagerank_by_hand() -> None:
    """Solve the equations: of each node's rank 0.85 goes along its edges, by their weights.

    Four leaves point to a hub that points nowhere, whose rank all five share:
    hub = 0.03 + 0.17 hub + 0.85 (1 - hub). From a three quarters go to b, and all comes back:
    a = 0.05 + 0.85 (1 - a).
    """
    star = {one.node: one.pagerank for one in measure_network(nx.DiGraph((x, "h") for x in "abcd"))}
    assert star == pytest.approx({"h": 11 / 21, **dict.fromkeys("abcd", 5 / 42)}, abs=1e-6)
    graph = nx.MultiDiGraph()
    graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1), ("b", "a", 2), ("c", "a", 9)])
    a = 0.9 / 1.85
    wanted = {"a": a, "b": 0.05 + 0.85 * 0.75 * a, "c": 0.05 + 0.85 * 0.25 * a}
    found = {one.node: one.pagerank for one in measure_network(graph)}
    assert found == pytest.approx(wanted, abs=1e-6)


@given(st.integers(0, 2**32), st.booleans())
def test_pagerank_is_that_of_networkx(seed: int, directed: bool) -> None:
    graph = nx.gnp_random_graph(12, 0.2, seed=seed, directed=directed)
    for number, (*_, data) in enumerate(graph.edges(data=True), seed):
        data["weight"] = number % 7 + 0.5
    wanted = {str(node): rank for node, rank in nx.pagerank(graph, max_iter=1000, tol=1e-9).items()}
    found = {one.node: one.pagerank for one in measure_network(graph)}
    assert found == pytest.approx(wanted, abs=1e-6)


def test_who_quotes_themselves_does_not_rank_higher(article: Graph) -> None:
    found = {one.node: one for one in measure_network(network("attribution", article))}
    assert found["actor:tony-blair"].pagerank < found["actor:george-w-bush"].pagerank


def test_measures_become_attributes(article: Graph) -> None:
    graph = network("places", article, lang="ar")
    found = measure_network(graph)
    add_measures(graph, found)
    iraq = graph.nodes["qplace:iraq"]
    assert {"degree", "betweenness", "pagerank", "community"} <= iraq.keys()
    assert iraq["pagerank"] == max(one.pagerank for one in found)
    assert "العراق" in measures_text(found)


def test_measures_on_the_command_line(kg) -> None:  # type: ignore[no-untyped-def]
    done = kg("networks", "attribution", "--measures", "--data", ROOT / "graph/dumps/qawl.nq")
    assert "25.5%" in done.stdout
    assert "BBC" in done.stdout
    done = kg(
        "networks", "places", "--measures", "-f", "graphml", "--data", ROOT / "graph/dumps/qawl.nq"
    )
    assert 'attr.name="pagerank" attr.type="double"' in done.stdout
