"""Every named question, run as it stands, against its expected answer on three roads.

The expected answers in ``queries/expected`` are worked out from the reading by a second, plain
implementation (``expected_answers.py``), not copied from any output.
The roads: pyoxigraph over the N-Quads dump, rdflib's own engine over the same, and the Turtle dump
loaded afresh into rdflib (one graph, no named graphs).
"""

from __future__ import annotations

from typing import Any

import pyoxigraph
import pytest
import rdflib
from expected_answers import expected_files
from named_questions import DUMPS, EXPECTED, NAMES, QUERIES, answer, expected

from kg.sparql.rq_file import load_rq
from kg.store.local import Graph

ENGINES = ["pyoxigraph", "rdflib", "turtle"]


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
