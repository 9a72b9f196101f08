"""A part of the graph compiled alone: an article with its readings, or one reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ArticleError, ReadingError
from kg.graph.part import compile_part
from kg.rdf.iris import AUTHORITY_GRAPH, ONTOLOGY_GRAPH, ReadingName, article_graph
from kg.rdf.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examples import Workspace
    from pyoxigraph import Quad

CURATED, SECOND = (ReadingName("flood", name).node for name in ("curated", "second"))


@pytest.fixture
def two_readings(workspace: Workspace) -> Workspace:
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    return workspace


def graphs(quads: Iterable[Quad]) -> set[object]:
    return {quad.graph_name for quad in quads}


def test_an_article_comes_with_all_its_readings(two_readings: Workspace) -> None:
    found = compile_part(two_readings.graph, "flood")
    assert {article_graph("flood"), CURATED, SECOND} <= graphs(found.part)
    assert {ONTOLOGY_GRAPH, AUTHORITY_GRAPH} <= graphs(found.base)
    assert graphs(found.part).isdisjoint(graphs(found.base))


def test_a_reading_lies_on_its_article(two_readings: Workspace) -> None:
    found = compile_part(two_readings.graph, "flood/second")
    assert SECOND in graphs(found.part)
    assert CURATED not in graphs(found.part) | graphs(found.base)
    assert article_graph("flood") in graphs(found.base)


@pytest.mark.parametrize("name", ["drought", "", "/curated"])
def test_an_unknown_article_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(ArticleError, match="there is no article") as caught:
        compile_part(workspace.graph, name)
    assert str(workspace.graph / "articles") in str(caught.value)


def test_an_unknown_reading_is_refused_with_its_file(workspace: Workspace) -> None:
    with pytest.raises(ReadingError, match=r"readings: there is no reading 'first'; there are: "):
        compile_part(workspace.graph, "flood/first")


def test_rules_derive_from_the_part_alone(two_readings: Workspace) -> None:
    found = compile_part(two_readings.graph, "flood/second")
    derived = found.derived()
    assert any("flood/second" in quad.subject.value for quad in derived)
    assert not any("flood/curated" in str(quad) for quad in derived)
    assert not set(derived) & {*found.base, *found.part}
    assert list(derived) == in_order(derived)
