"""Every named question, run as it stands, against its expected answer on three roads.

The expected answers in ``queries/expected`` are worked out from the reading by a second, plain
implementation (``expected_answers.py``), not copied from any output.
The roads: pyoxigraph over the N-Quads dump, rdflib's own engine over the same, and the Turtle dump
loaded afresh into rdflib (one graph, no named graphs).
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
import rdflib
from examples import ROOT
from expected_answers import expected_files

from kg.graph import Graph
from kg.remote import RemoteGraph
from kg.results import Table, shorten
from kg.rq_file import load_rq

if TYPE_CHECKING:
    from collections.abc import Iterable

DUMPS = ROOT / "graph" / "dumps"
QUERIES = ROOT / "queries"
EXPECTED = QUERIES / "expected"
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))
ENGINES = ["pyoxigraph", "rdflib", "turtle"]

Row = tuple[object, ...]


def cell(value: object) -> object:
    """Return a cell so that engines agree: numbers as numbers, IRIs as prefixed names."""
    text = "" if value is None else str(value)
    if text.startswith(("https://w3id.org/qawl/", "http://")):
        return shorten(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def rows_of(table: Iterable[Iterable[object]]) -> list[Row]:
    return [tuple(cell(value) for value in row) for row in table]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """Load the published dump on one of the three roads."""
    if request.param == "pyoxigraph":
        store = pyoxigraph.Store()
        store.load(path=DUMPS / "qawl.nq", format=pyoxigraph.RdfFormat.N_QUADS)
        return Graph(store)
    if request.param == "rdflib":
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=(DUMPS / "qawl.nq").read_bytes(), format="nquads")
        return dataset
    return rdflib.Graph().parse(DUMPS / "qawl.ttl", format="turtle")


def answer(engine: Any, text: str) -> tuple[tuple[str, ...], list[Row]]:
    if isinstance(engine, Graph | RemoteGraph):
        result = engine.sparql(text)
        if isinstance(result, Table):
            plain_rows = [[getattr(one, "value", one) for one in row] for row in result]
            return result.columns, rows_of(plain_rows)
        triples = [[getattr(part, "value", part) for part in triple] for triple in result]
        return ("subject", "predicate", "object"), sorted(rows_of(triples), key=str)
    result = engine.query(text)
    if result.type == "CONSTRUCT":
        return ("subject", "predicate", "object"), sorted(rows_of(result.graph), key=str)
    return tuple(str(one) for one in result.vars), rows_of(result)


def expected(name: str) -> tuple[tuple[str, ...], list[Row]]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    return tuple(head), rows_of(rows)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_expected_one(engine: Any, name: str) -> None:
    columns, rows = answer(engine, load_rq(QUERIES / f"{name}.rq").text)
    head, wanted = expected(name)
    assert columns == head
    if head == ("subject", "predicate", "object"):
        wanted = sorted(wanted, key=str)
    assert rows == wanted


def test_the_expected_answers_are_those_of_the_reading() -> None:
    for name, content in expected_files().items():
        assert (EXPECTED / f"{name}.csv").read_text(encoding="utf-8") == content, name


def test_every_question_has_an_expected_answer_and_the_other_way_round() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == NAMES
    assert len(NAMES) >= 30
