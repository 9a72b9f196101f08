"""Asking: named questions, SPARQL, parameters, results."""

from __future__ import annotations

import importlib
import io
import pkgutil
from typing import TYPE_CHECKING

import pandas
import pytest

import kg
from kg.errors import OutputError, ParameterError, QueryError
from kg.graph.build import compile_graph
from kg.rdf.order import in_order
from kg.sparql.results import Table, Triples
from kg.store.local import Graph, named_question, named_questions, open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace


@pytest.fixture
def graph(workspace: Workspace) -> Graph:
    """Compile the small graph."""
    return Graph(compile_graph(workspace.graph).store)


def table(graph: Graph, text: str) -> Table:
    answer = graph.sparql(text)
    assert isinstance(answer, Table)
    return answer


def test_a_table_becomes_dicts_and_a_data_frame(graph: Graph) -> None:
    answer = table(
        graph,
        """SELECT ?id ?value ?none WHERE {
           ?c dcterms:identifier ?id ; qawl:answerQuantity/qawl:numericValue ?value
           OPTIONAL { ?c qawl:nothing ?none } } ORDER BY ?id""",
    )
    assert answer.dicts() == [
        {"id": "drowned", "value": 12.0, "none": None},
        {"id": "drowned-by-agency", "value": 15.0, "none": None},
    ]
    frame = answer.dataframe()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["id", "value", "none"]


@pytest.mark.parametrize(
    ("name", "start"),
    [("csv", b"id\r\n"), ("tsv", b"?id\n"), ("json", b'{"head":'), ("xml", b"<?xml")],
)
def test_a_table_is_written_in_the_w3c_formats(graph: Graph, name: str, start: bytes) -> None:
    answer = table(graph, "SELECT ?id WHERE { ?c a qawl:Claim ; dcterms:identifier ?id }")
    assert answer.serialize(name).startswith(start)
    assert b"drowned-by-agency" in answer.serialize(name)


def test_a_format_of_the_other_kind_is_refused(graph: Graph) -> None:
    with pytest.raises(OutputError, match="cannot be written as 'ttl'"):
        table(graph, "ASK { ?s ?p ?o }").serialize("ttl")


def test_triples_are_sorted_and_become_an_rdflib_graph(graph: Graph) -> None:
    answer = graph.sparql("CONSTRUCT { ?c a qawl:Claim } WHERE { ?c a qawl:Claim }")
    assert isinstance(answer, Triples)
    assert len(answer) == len(answer.rdflib()) == 2
    assert list(answer) == in_order(answer)


def test_the_whole_graph_becomes_an_rdflib_dataset(graph: Graph) -> None:
    names = {str(part.identifier) for part in graph.rdflib().graphs()}
    assert "https://w3id.org/qawl/id/reading/flood/curated" in names


def test_a_syntax_error_is_the_users_and_says_where(graph: Graph) -> None:
    with pytest.raises(QueryError, match="not valid SPARQL"):
        graph.sparql("SELECT ?x WHERE {")


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean who-said"):
        named_question("who-sayd")


@pytest.mark.parametrize("name", ["drowned", "DROWNED", "claim:flood/curated/drowned"])
def test_a_claim_is_found_by_id_prefixed_name_or_iri(graph: Graph, name: str) -> None:
    answer = graph.table("who-said", claim=name)
    assert len(answer) == 3


@pytest.mark.parametrize("name", ["The Ministry", "الوزارة", "ministry", "actor:ministry"])
def test_an_actor_is_found_by_label_in_either_language(graph: Graph, name: str) -> None:
    assert [row["id"] for row in graph.table("claims", speaker=name).dicts()] == ["drowned"]


def test_an_unknown_name_gives_the_nearest(graph: Graph) -> None:
    with pytest.raises(ParameterError, match="did you mean ministry"):
        graph.query("claims", speaker="ministri")


def test_a_name_of_several_is_refused_with_their_iris(
    workspace: Workspace,
) -> None:
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    graph = Graph(compile_graph(workspace.graph).store)
    with pytest.raises(ParameterError, match="claim:flood/second/drowned"):
        graph.query("who-said", claim="drowned")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"date_from": "2001-02-30"}, "'2001-02-30' is not a date"),
        ({"colour": "red"}, "has no parameter 'colour'"),
        ({"text": ""}, "expected 1 to"),
        ({"speaker": "<x> } DROP"}, "there is no actor"),
    ],
)
def test_wrong_parameters_are_refused(
    graph: Graph, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        graph.query("claims", **parameters)


def test_a_value_that_looks_like_sparql_stays_a_value(graph: Graph) -> None:
    hostile = 'x" } VALUES ?kind { "CasualtyClaim" } #'
    assert len(graph.table("claims", text=hostile, kind="CasualtyClaim")) == 0


def test_every_question_is_documented_in_both_languages() -> None:
    questions = named_questions()
    assert len(questions) >= 30
    for question in questions:
        for language in ("en", "ar"):
            assert question.title[language]
            assert question.description[language].endswith((".", "؟", "?")), question.name
        for parameter in question.parameters:
            assert {"en", "ar"} == {key for key, words in parameter.description.items() if words}


@pytest.mark.parametrize("name", kg.__all__)
def test_a_public_name_stays_what_it_is(name: str) -> None:
    # Importing a module of the package sets its name on the package.
    for module in pkgutil.iter_modules(kg.__path__):
        if module.name != "__main__":
            importlib.import_module(f"kg.{module.name}")
    assert not isinstance(getattr(kg, name), type(kg))


@pytest.mark.parametrize("character", ["\\f", "\\u0000", "\\u001B", "\\uFFFE", "\\uFFFF"])
def test_xml_is_not_written_where_it_cannot_hold_a_character(
    character: str, tmp_path: Path
) -> None:
    path = tmp_path / "control.nt"
    path.write_text(f'<urn:a> <urn:p> "one" .\n<urn:b> <urn:p> "t{character}wo" .\n')
    graph = open_graph(data=[path])
    stream = io.BytesIO()
    with pytest.raises(
        OutputError, match=r"row 2, \?o: contains U\+.*, which XML cannot represent"
    ):
        graph.write("SELECT ?o { ?s ?p ?o } ORDER BY ?s", "xml", stream)
    assert not stream.getvalue()
    for text in ("SELECT ?s { ?s ?p ?o }", "ASK { ?s ?p ?o }"):
        graph.write(text, "xml", stream)
    graph.write("SELECT ?o { ?s ?p ?o }", "json", stream)
    with pytest.raises(OutputError, match=r"contains U.*, which XML cannot represent; use ttl"):
        graph.write("CONSTRUCT WHERE { ?s ?p ?o }", "rdf", stream)


def test_sparql_has_a_function_that_returns_the_search_text() -> None:
    graph = open_graph()
    found = graph.sparql(
        """SELECT (qawl:searchText("العِـراق") AS ?words) (qawl:searchText(qawl:x) AS ?none)
        (COUNT(*) AS ?claims) { ?claim a qawl:Claim ; qawl:searchText ?text
        FILTER CONTAINS(?text, qawl:searchText("العراق")) }"""
    )
    (row,) = found.dicts()
    assert (row["words"], row.get("none")) == ("عراق", None)
    assert row["claims"] == len(graph.table("claims", text="الـعراق")) > 30
