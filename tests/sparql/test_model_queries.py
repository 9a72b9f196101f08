"""The queries of ``docs/model.md``, on a small graph whose answers can be told by reading it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf.iris import PREFIXES
from kg.sparql.results import Table
from kg.store.local import Graph

PAGE = Path(__file__).parents[2] / "docs" / "model.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

VOICES = """
:article a qawl:ArticleVoice ; qawl:speakerLabel "author"@en, "الكاتب"@ar ; qawl:depth 0 ;
    qawl:marking marking:explicit .
:ministry a qawl:Voice ; qawl:quotedIn :article ; qawl:speakerLabel "ministry"@en, "الوزارة"@ar ;
    qawl:depth 1 ; qawl:marking marking:explicit ; qawl:speaker actor:bbc .
:guessed a qawl:Voice ; qawl:quotedIn :article ; qawl:speakerLabel "agency"@en, "الوكالة"@ar ;
    qawl:depth 1 ; qawl:marking marking:inferred .
:flood qawl:measure measure:deaths .
"""


def claim(name: str, voice: str = "ministry", stance: str = "certain", more: str = "") -> str:
    return (
        f':{name} a qawl:Claim, qawl:QuantityClaim ; rdfs:label "{name}"@en ; qawl:voice :{voice} ;'
        f" qawl:stance stance:{stance} ; qawl:answers :flood ; qawl:answerQuantity :{name}-q {more}"
        f'.\n:{name}-q rdfs:label "15"@en, "15"@ar .\n'
    )


def answer(number: int, turtle: str) -> list[dict[str, str]]:
    """Return the rows of a query, with the last part of each IRI; 11 is the one after the ten."""
    known = {"": "https://example.org/", **PREFIXES}
    head = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in known.items())
    store = ox.Store()
    store.load(f"{head}\n{VOICES}{turtle}".encode(), ox.RdfFormat.TURTLE)
    found = Graph(store).sparql(QUERIES[number - 1])
    assert isinstance(found, Table)
    return [
        {key: re.split("[/#]", "" if cell is None else str(cell))[-1] for key, cell in row.items()}
        for row in found.dicts()
    ]


def test_there_are_ten_and_one_more() -> None:
    assert len(QUERIES) == 11


@pytest.mark.parametrize("query", QUERIES)
def test_no_claim_is_shown_without_its_stance_nor_a_speaker_without_marking(query: str) -> None:
    columns = re.findall(r"\?(\w+)", query.partition("WHERE")[0])
    if {"gloss", "amount", "one"} & set(columns):
        assert "stance" in columns
    for speaker, marking in (("who", "marking"), ("by", "marking"), ("other_by", "other_marking")):
        assert speaker not in columns or marking in columns
    assert "other" not in columns or "other_stance" in columns or "COUNT(?other)" in query


def test_the_chain_runs_outwards() -> None:
    more = '; qawl:shortId "iraq-war-2003-2011/us-dead-2003-2011" '
    rows = answer(1, claim("told", more=more))
    assert [row["who"] for row in rows] == ["ministry", "author"]


def test_a_denied_figure_is_told_from_an_affirmed_one() -> None:
    rows = answer(2, claim("fifteen") + claim("never-fifteen", "guessed", "certainly-not"))
    assert {(row["gloss"], row["stance"], row["who"], row["marking"]) for row in rows} == {
        ("fifteen", "certain", "ministry", "explicit"),
        ("never-fifteen", "certainly-not", "agency", "inferred"),
    }


def test_claims_that_echo_one_another_are_one_origin() -> None:
    """The ministry, and a hospital that two papers and a third after them quote."""
    pairs = [("ours", one) for one in ("paper", "daily", "weekly")]
    independent = "".join(
        f":{one} qawl:agreesIndependentlyWith :{other} . "
        f":{other} qawl:agreesIndependentlyWith :{one} ."
        for one, other in pairs
    )
    echoes = "".join(
        f":{one} qawl:echoes :{other} . :{other} qawl:echoes :{one} ."
        for one, other in (("daily", "paper"), ("weekly", "paper"))
    )
    claims = "".join(map(claim, ("ours", "paper", "daily", "weekly", "alone")))
    rows = answer(3, claims + independent + echoes)
    assert {row["claim"]: row["origins"] for row in rows} == {
        "ours": "2", "paper": "2", "daily": "2", "weekly": "2", "alone": "1",
    }  # fmt: skip


def test_what_someone_says_about_something() -> None:
    about = "; qawl:about qevent:iraq-invasion-2003 "
    rows = answer(4, claim("theirs", more=about) + claim("others", "guessed", more=about))
    assert [row["gloss"] for row in rows] == ["theirs"]


def test_a_contradiction_is_one_row() -> None:
    pair = ":yes qawl:contradicts :no . :no qawl:contradicts :yes ."
    (row,) = answer(5, claim("yes") + claim("no", "guessed", "certainly-not") + pair)
    told = {row["one"]: row["stance"], row["other"]: row["other_stance"]}
    assert told == {"yes": "certain", "no": "certainly-not"}


def test_a_timeline_keeps_a_year_a_year() -> None:
    times = """
        :year qawl:edtf "2003" ; qawl:earliestStart "2003-01-01"^^xsd:date .
        :day qawl:edtf "2002-05-04" ; qawl:earliestStart "2002-05-04"^^xsd:date .
    """
    claims = claim("later", more="; qawl:when :year ") + claim("earlier", more="; qawl:when :day ")
    rows = answer(6, claims + times)
    assert [(row["gloss"], row["when"]) for row in rows] == [
        ("earlier", "2002-05-04"),
        ("later", "2003"),
    ]


def test_an_updated_figure_is_not_the_latest() -> None:
    rows = answer(7, claim("old") + claim("new", more="; qawl:updates :old "))
    assert [row["gloss"] for row in rows] == ["new"]


def test_a_denial_needs_no_counterpart() -> None:
    """What is denied may have been said elsewhere; a document may deny, too."""
    denied = "; a qawl:Denial ; qawl:denies :said "
    claims = claim("said") + claim("not-so", "guessed", "certainly-not", denied)
    rows = answer(8, claims + claim("nor-this", "guessed", "certainly-not", "; a qawl:Denial "))
    assert {(row["denial"], row["who"], row["denied"]) for row in rows} == {
        ("not-so", "agency", "said"),
        ("nor-this", "agency", ""),
    }


def test_the_words_stand_by_article() -> None:
    claims = "".join(
        claim(
            name, more=f'; qawl:inArticle :{article} ; qawl:quote "{name}" ; qawl:startsAt {start}'
        )
        for name, article, start in (("second", "a", 9), ("third", "b", 0), ("first", "a", 3))
    )
    assert [row["quote"] for row in answer(9, claims)] == ["first", "second", "third"]


def test_what_was_known_by_a_date() -> None:
    dates = """
        :before qawl:latestEnd "2010-12-31"^^xsd:date .
        :after qawl:latestEnd "2011-01-01"^^xsd:date .
    """
    claims = claim("known", more="; qawl:effectiveAsOf :before ")
    claims += claim("unknown", more="; qawl:effectiveAsOf :after ")
    assert [row["gloss"] for row in answer(10, claims + dates)] == ["known"]


def test_the_strict_voice_is_not_the_inferred_one() -> None:
    (row,) = answer(11, claim("told", "guessed", more="; qawl:strictVoice :article "))
    assert row["who"] == "author"
