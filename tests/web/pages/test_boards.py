"""The boards: what is drawn and written is what the graph has, and each answer leads to words."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import lxml.html
import pytest
from examples import write_article
from web_parts import SITE

from kg.graph.build import compile_graph
from kg.store.local import Graph
from kg.web.pages.boards import BOARDS, board_page
from kg.web.refusal import RequestRefused
from kg.wording import LANGUAGES

if TYPE_CHECKING:
    from examples import Workspace

    from kg.wording import Language

ARTICLE = "/qawl/articles/iraq-war-2003-2011"


def board(
    graph: Graph, name: str, *parameters: tuple[str, str], language: Language = "en"
) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(board_page(graph, SITE, name, parameters, language).data.decode())


def told(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_board_in_every_language(shipped_graph: Graph, name: str, language: Language) -> None:
    found = board(shipped_graph, name, language=language)
    assert found.get("lang") == language
    assert not found.xpath("//@style | //script[not(@src)]")
    ids = [one.get("id") for one in found.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for link in found.xpath("//main//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids


def test_an_amount_stands_where_its_axis_says(shipped_graph: Graph) -> None:
    found = board(shipped_graph, "how-many", ("measure", "deaths"))
    (section,) = found.find_class("measure")
    assert "6 answers, 4 origins (2 independent)" in told(section)
    assert "logarithmic axis" in told(section)
    ticks = {
        text.text: float(text.get("x").rstrip("%")) for text in section.xpath(".//thead//text")
    }
    rows = {
        row.xpath(".//td//bdi")[0].text: float(row.xpath(".//circle")[0].get("cx").rstrip("%"))
        for row in section.xpath(".//tbody/tr[not(@class)]")
    }
    assert rows.keys() == {"2", "179", "139", "4,487", "4,421", "66"}
    for words, place in rows.items():
        figure = int(words.replace(",", ""))
        below = max(one for one in ticks if int(one.replace(",", "")) <= figure)
        assert ticks[below] <= place, words
    assert rows["2"] < rows["66"] < rows["139"] < rows["179"] < rows["4,421"] < rows["4,487"]


def test_vague_words_are_written_and_not_drawn(shipped_graph: Graph) -> None:
    (section,) = board(shipped_graph, "how-many", ("measure", "weapons")).find_class("measure")
    assert "large amount" in told(section)
    assert not section.xpath(".//*[contains(@class, 'dot') or contains(@class, 'bar')]")


def test_an_amount_leads_to_its_words(shipped_graph: Graph) -> None:
    found = board(shipped_graph, "how-many", language="ar")
    links = [one.get("href") for one in found.xpath("//td/a")]
    assert f"{ARTICLE}?lang=ar#claim=us-dead-2003-2011" in links
    assert all(one.startswith(f"{ARTICLE}?lang=ar#claim=") for one in links if "articles" in one)


def test_both_sides_of_a_contradiction_with_the_gap(shipped_graph: Graph) -> None:
    (dispute,) = board(shipped_graph, "contradictions").find_class("dispute")
    assert told(dispute).startswith("when · start of the event · Invasion of Iraq of 2003")
    assert "2 origins · 1 day apart" in told(dispute)
    article, bbc = dispute.find_class("side")
    assert "2003-03-20 (dawn)" in told(article)
    assert "2003-03-19" in told(bbc)
    assert "inferred" in bbc.get("class")
    assert "inferred" not in article.get("class")


def test_who_gives_which_date_for_the_invasion(shipped_graph: Graph) -> None:
    (event,) = board(shipped_graph, "timeline").xpath("//*[@id='event=iraq-invasion-2003']")
    first, second = (told(row) for row in event.xpath("./tr"))
    assert "2003-03-19" in first
    assert "BBC (inferred)" in first
    assert "2003-03-20 (dawn)" in second
    assert "An Arabic article on the Iraq war" in second


def test_an_edge_opens_its_quotes(shipped_graph: Graph) -> None:
    found = board(shipped_graph, "voices")
    edge = found.xpath("//a[contains(@aria-label, 'BBC relays iCasualties')]")[0]
    (relay,) = found.xpath(f"//*[@id='{edge.get('href')[1:]}']")
    (link,) = relay.xpath(".//li/a")
    assert link.get("href") == f"{ARTICLE}#claim=coalition-dead"
    assert "139" in link.text_content()


def test_what_blair_says(shipped_graph: Graph) -> None:
    found = board(shipped_graph, "speakers")
    (link,) = [one for one in found.xpath("//tbody//a") if one.text_content() == "Tony Blair"]
    assert link.get("href") == "?speaker=actor/tony-blair"
    said = told(board(shipped_graph, "speakers", ("speaker", "actor/tony-blair")))
    assert "The intelligence at the time of the invasion of Iraq proved to be wrong" in said
    assert "Tony Blair is sad and sorry, and he apologises" in said
    nobody = board(shipped_graph, "speakers", ("speaker", "actor/<nobody>"))
    assert "The graph contains nothing of this kind" in told(nobody)


def test_a_board_that_there_is_not(shipped_graph: Graph) -> None:
    with pytest.raises(RequestRefused, match="there are how-many, contradictions") as refused:
        board_page(shipped_graph, SITE, "none", (), "en")
    assert refused.value.status == HTTPStatus.NOT_FOUND


def test_how_many_tells_what_is_denied_and_dates_without_words(workspace: Workspace) -> None:
    """As the article puts it on the day on which it appears, 40 drowned and not 44."""
    text = "غرق 40 شخصا. ونفى المستشفى غرق 44 شخصا."
    asked = "question: {how-many: deaths, of: villagers, event: flood}"
    reading = f"""\
article: counts
reader: {{name: A reader, kind: person}}
made: 2026-11-22
voices:
  article: {{speaker: the-article}}
  denying: {{in: article, speaker: hospital, act: deny, cue: ونفى المستشفى}}
claims:
  - {{id: own, voice: article, quote: غرق 40 شخصا, gloss: 40 people drowned, {asked},
      answer: {{value: 40, unit: person, surface: 40 شخصا}}}}
  - {{id: denied, voice: denying, quote: غرق 44 شخصا, gloss: 44 people drowned, {asked},
      answer: {{value: 44, unit: person, surface: 44 شخصا}}}}
"""
    path = write_article(workspace.graph, "counts", text, reading) / "article.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}published: 2004-01-02\n", encoding="utf-8")
    found = board(Graph(compile_graph(workspace.graph).store), "how-many")
    rows = [told(row) for row in found.xpath("//tbody/tr[td]")]
    (own,) = [row for row in rows if "40 " in row]
    (denied,) = [row for row in rows if "44 " in row]
    assert "2004-01-02 implied" in own
    assert "certainly not" not in own
    assert "certainly not" in denied
