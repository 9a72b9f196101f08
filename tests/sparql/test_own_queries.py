"""A user's own queries: their parameters, with a header and without, and folders of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ParameterError, QueryError
from kg.sparql.parameters import bind
from kg.sparql.results import Table
from kg.sparql.rq_file import user_questions, user_rq
from kg.store.local import open_graph
from kg.store.queryable import named_question, named_questions


def nothing(_: str) -> Table:
    return Table((), (), boolean=False)


@pytest.mark.parametrize(
    ("block", "given", "written"),
    [
        ("UNDEF", "qawl:Claim", "<https://w3id.org/qawl/ontology#Claim>"),
        ("UNDEF", "http://ex.org/a", "<http://ex.org/a>"),
        ("UNDEF", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("UNDEF", "1.5", '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("UNDEF", 'a "word"', '"a \\"word\\""'),
        ('"x"', "12", '"12"'),
        ("3", "4", '"4"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("true", "no", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("0.5", "2", '"2"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (
            '"2010-01-01"^^xsd:date',
            "2011-02-03",
            '"2011-02-03"^^<http://www.w3.org/2001/XMLSchema#date>',
        ),
    ],
)
def test_values_blocks_are_parameters(block: str, given: str, written: str) -> None:
    asked = user_rq(f"SELECT * {{ VALUES ?one {{ {block} }} }}", "mine")
    assert bind(asked, {"one": given}, nothing) == f"SELECT * {{ VALUES ?one {{ {written} }} }}"
    assert bind(asked, {}, nothing) == asked.text


def test_what_is_no_value_of_the_default_s_type_is_refused() -> None:
    asked = user_rq("SELECT * { VALUES ?n { 3 } VALUES (?a ?b) { (1 2) } }", "mine")
    assert [one.name for one in asked.parameters] == ["n"]
    with pytest.raises(ParameterError, match="mine: parameter n: 'many' is not a whole number"):
        bind(asked, {"n": "many"}, nothing)
    with pytest.raises(ParameterError, match="mine: has no parameter 'm'; it has n"):
        bind(asked, {"m": "1"}, nothing)


HEADER = """#+ {"title": "My question", "parameters": {
#+  "how": {"type": "string", "description": "How.", "values": ["Fast", "Slow"]}}}
SELECT * { VALUES ?how { "Fast" } }"""


def test_a_header_describes_parameters_and_lists_their_values() -> None:
    asked = user_rq(HEADER, "mine")
    assert asked.title == {"en": "My question", "ar": "My question"}
    assert asked.parameters[0].help() == "How. Fast, Slow"
    assert '{ "Slow" }' in bind(asked, {"how": "slow"}, nothing)
    with pytest.raises(ParameterError, match="'fats' is not allowed; use one of Fast, Slow"):
        bind(asked, {"how": "fats"}, nothing)
    with pytest.raises(QueryError, match="has the unknown type 'colour'; use one of claim"):
        user_rq(HEADER.replace('"string"', '"colour"'), "mine")


@pytest.mark.parametrize("header", ["#+ summary: of grlc\n", "#+ [1]\n", "#+ {\n", "# plain\n"])
def test_other_headers_are_comments(header: str) -> None:
    assert user_rq(f"{header}ASK {{}}", "mine").title["en"] == "mine"


def test_a_folder_of_questions_is_asked_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of-class.rq").write_text(
        "SELECT (COUNT(*) AS ?n) { VALUES ?class { qawl:Claim } ?s a ?class }"
    )
    monkeypatch.setenv("QAWL_QUERIES", str(tmp_path))
    assert "of-class" in [one.name for one in named_questions()]
    shipped = Path(__file__).parents[2] / "graph"
    graph = open_graph(data=[shipped / "dumps" / "qawl.nq"])
    readings = len(list(shipped.glob("articles/*/readings/*.yaml")))
    assert graph.table("of-class", **{"class": "qawl:Reading"}).dicts() == [{"n": readings}]
    assert user_questions(tmp_path) == (named_question("of-class"),)


def test_a_folder_that_is_none_and_a_name_that_is_taken_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_QUERIES", str(tmp_path / "none"))
    with pytest.raises(QueryError, match="is not a folder of queries; correct QAWL_QUERIES"):
        named_questions()
    (tmp_path / "sums.rq").write_text("ASK {}")
    monkeypatch.setenv("QAWL_QUERIES", str(tmp_path))
    with pytest.raises(QueryError, match=r"sums\.rq: another question has this name"):
        named_questions()


def test_the_values_that_headers_list_are_those_of_the_ontology() -> None:
    graph = open_graph(data=[Path(__file__).parents[2] / "graph" / "dumps" / "qawl.nq"])
    claims = named_question("claims")

    def listed(name: str) -> list[str]:
        parameter = claims.parameter(name)
        assert parameter is not None
        return sorted(parameter.values)

    for name in ("stance", "polarity", "marking", "reader-kind"):
        scheme = f"https://w3id.org/qawl/vocab/{name}"
        found = graph.sparql(f"SELECT ?c {{ ?c skos:inScheme <{scheme}> }} ORDER BY ?c")
        assert [str(row[0])[1:-1].removeprefix(f"{scheme}/") for row in found] == listed(name)
    kinds = graph.sparql("SELECT DISTINCT ?c { ?c rdfs:subClassOf* qawl:Claim } ORDER BY ?c")
    assert [str(row[0]).rpartition("#")[2][:-1] for row in kinds] == listed("kind")


@pytest.mark.parametrize(
    "name",
    [
        "us-dead-2003-2011",
        "iraq-war-2003-2011/us-dead-2003-2011",
        "iraq-war-2003-2011/curated/us-dead-2003-2011",
        "claim:iraq-war-2003-2011/curated/us-dead-2003-2011",
        "Iraq-War-2003-2011/US-Dead-2003-2011",
    ],
)
def test_a_claim_is_named_by_its_id_alone_or_with_its_article(name: str) -> None:
    graph = open_graph(data=[Path(__file__).parents[2] / "graph" / "dumps" / "qawl.nq"])
    assert len(graph.table("who-said", claim=name)) == 3
