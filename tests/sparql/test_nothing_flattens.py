"""No answer names a speaker without his marking, and no amount loses its "at least".

Over every named question, both charts, the networks and the exports, on the three articles.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from expected_answers import amount, comparator, is_amount, three
from reading_world import World
from three_articles import three_articles

from kg.networks import network
from kg.pictures.answer_chart import answer_chart
from kg.pictures.event_chart import event_chart
from kg.publish.profiles import export
from kg.sparql.results import Table
from kg.store.queryable import named_questions

CORPUS = three()
CLAIMS = {World.full(claim["world"].ref(claim)): claim for claim in CORPUS.claims}
#: Claims whose innermost voice is only inferred, by IRI.
INFERRED = {
    iri for iri, claim in CLAIMS.items()
    if claim["world"].marking(claim["voice"]) == "inferred"
}  # fmt: skip
#: Amounts that are no single exact number, by IRI, with the words that must not be lost.
LOOSE = {
    iri: amount(claim) for iri, claim in CLAIMS.items()
    if is_amount(claim) and comparator(claim) != "exactly"
}  # fmt: skip
#: Columns that name who says a claim, each with the one that says how that is marked.
SPEAKERS = {
    "said_by": "marking", "relayed_by": "", "speaker": "marking",
    **{f"{end}_by": f"{end}_marking" for end in
       ("one", "other", "part", "whole", "later", "earlier", "denied")},
}  # fmt: skip
#: Lists of speakers: in these one row stands for all claims of a speaker.
OF_SPEAKERS = {"who-relays-most": "own_inferred", "relays": "relayed_by_marking"}


def rows(name: str, **given: str) -> list[dict[str, Any]]:
    answer = three_articles().query(name, **given)
    return answer.dicts() if isinstance(answer, Table) else []


@pytest.mark.parametrize("question", named_questions(), ids=lambda one: one.name)
def test_a_speaker_stands_with_his_marking(question: Any) -> None:
    columns = three_articles().query(question.name)
    assert not isinstance(columns, Table) or all(
        (SPEAKERS[column] or OF_SPEAKERS.get(question.name, "marking")) in columns.columns
        or OF_SPEAKERS.get(question.name) in columns.columns
        for column in columns.columns
        if column in SPEAKERS
    )
    for row in rows(question.name):
        if row.get("claim") in INFERRED and row.get("said_by"):
            assert row["marking"] == "inferred", row
        for end in ("one", "other", "part", "whole", "later", "earlier", "denied"):
            if row.get(end) in INFERRED and row.get(f"{end}_by"):
                assert row[f"{end}_marking"] == "inferred", row


@pytest.mark.parametrize("question", named_questions(), ids=lambda one: one.name)
def test_strictly_no_speaker_is_inferred(question: Any) -> None:
    if question.parameter("mode") is None:
        pytest.skip("names no speaker, or lists voices with their marking")
    for row in rows(question.name, mode="strict"):
        if question.name != "who-said" or row["standing"] == "kept":
            assert "inferred" not in {row.get(name) for name in row if name.endswith("marking")}
        assert "(inferred)" not in str(row.get("relayed_by"))


@pytest.mark.parametrize("question", named_questions(), ids=lambda one: one.name)
def test_no_amount_loses_what_keeps_it_from_being_exact(question: Any) -> None:
    for row in rows(question.name):
        for column, value in row.items():
            if column.endswith("amount"):
                claim = row.get(column.removesuffix("_amount") if "_" in column else "claim")
                if claim in LOOSE:
                    assert value == LOOSE[claim], row
            if column == "value" and not str(value).startswith("https:"):
                assert "amount" in row or question.name == "claim-details", question.name


def test_the_charts_mark_inferred_speakers_and_keep_comparators() -> None:
    chart = re.sub(r"<BR[^>]*>", " ", answer_chart(three_articles(), "en").text)
    assert "at least 9.2 billion" in chart
    assert "more than 2,000,000" in chart
    assert "BBC?" in chart
    assert "or iCasualties" in chart
    strict = answer_chart(three_articles(), "en", mode="strict").text
    assert "BBC?" not in strict
    events = event_chart(three_articles(), "en").text
    assert "BBC?" in events
    assert "BBC?" not in event_chart(three_articles(), "en", mode="strict").text


def test_the_networks_say_whom_the_reader_infers() -> None:
    graph = network("attribution", three_articles())
    inferred = [data for *_, data in graph.edges(data=True) if "inferred" in data["marking"]]
    assert inferred
    strict = network("attribution", three_articles(), mode="strict")
    assert {data["marking"] for *_, data in strict.edges(data=True)} == {"explicit"}
    claims = network("claims-questions", three_articles())
    for _, data in claims.nodes(data=True):
        if data.get("iri") in CLAIMS:
            claim = CLAIMS[data["iri"]]
            assert data["marking"] == claim["world"].marking(claim["voice"])
        if data.get("iri") in LOOSE:
            assert data["amount_in_words"] == LOOSE[data["iri"]]
    assert any(
        data.get("label") == "Survey in The Lancet, 2006" for _, data in graph.nodes(data=True)
    )


def test_the_export_for_search_engines_names_only_marked_voices_as_authors() -> None:
    nodes = json.loads(export(three_articles(), "schema"))["@graph"]
    found = {node["@id"]: node for node in nodes if node["@type"] == "Claim"}
    assert set(found) >= INFERRED
    for iri in INFERRED:
        chain = found[iri]["creditText"]
        english = [one["@value"] for one in chain if one["@language"] == "en"]
        assert "[inferred" in english[0]
