"""What anything that answers SPARQL gets for it: named questions, and rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY, READING, TEXT, write_article
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ParameterError, QueryError, UnknownQuestionError
from kg.graph.build import compile_graph
from kg.sparql.results import Table, Triples
from kg.store.claim_view import show
from kg.store.local import Graph, local_graph
from kg.store.queryable import Queryable, named_question, named_questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

QUAD = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"), NamedNode("urn:g"))


class Answering(Queryable):
    """Answers every query with what it was made with."""

    def __init__(self, answer: Table | Triples) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def sparql(self, text: str) -> Table | Triples:
        self.asked.append(text)
        return self.answer

    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        stream.write(self.sparql(text).serialize(name))

    def quads(self) -> Iterator[Quad]:
        yield QUAD


def test_a_named_question_is_asked_with_its_parameters() -> None:
    graph = Answering(Table(("n",), ()))
    assert graph.table("sums").columns == ("n",)
    assert graph.asked[-1] == named_question("sums").text
    with pytest.raises(ParameterError, match="has no parameter 'nobody'"):
        graph.table("sums", nobody="x")


def test_triples_are_no_table() -> None:
    with pytest.raises(QueryError, match="'sums' returns triples"):
        Answering(Triples(())).table("sums")


def test_questions_are_known_by_name() -> None:
    names = [one.name for one in named_questions()]
    assert names == sorted(names)
    with pytest.raises(UnknownQuestionError, match=r"did you mean .*claims"):
        named_question("claim")


def test_its_quads_become_a_graph_here_and_an_rdflib_dataset() -> None:
    graph = Answering(Table((), ()))
    assert set(local_graph(graph).store) == {QUAD}
    ((_, _, value, name),) = graph.rdflib().quads()
    assert (str(value), str(name)) == ("o", "urn:g")


def test_ids_are_short_ids_where_claims_of_several_articles_may_share_one(tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(tmp_path, "flood", TEXT, READING)
    one = Graph(compile_graph(tmp_path).store)
    assert one.table("claims").dicts()[0]["id"] == "drowned"
    write_article(tmp_path, "storm", TEXT, READING.replace("article: flood", "article: storm"))
    two = Graph(compile_graph(tmp_path).store)
    ids = {row["id"] for row in two.table("claims").dicts()}
    assert {"flood/drowned", "storm/drowned"} <= ids
    for name in sorted(ids):
        assert show(two, str(name)).facts
    with pytest.raises(ParameterError, match=r"'drowned' is ambiguous; give one of these"):
        show(two, "drowned")


def test_a_short_id_as_it_is_printed_names_one_claim(tmp_path: Path) -> None:
    """The curated claim and a draft's of one id are two, and each has a short id of its own."""
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    folder = write_article(tmp_path, "flood", TEXT, READING)
    draft = READING.replace("kind: person", "kind: rules")
    (folder / "readings" / "rules.yaml").write_text(draft, encoding="utf-8")
    graph = Graph(compile_graph(tmp_path).store)
    assert show(graph, "flood/drowned").iri.endswith("/flood/curated/drowned")
    assert show(graph, "flood/rules/drowned").iri.endswith("/flood/rules/drowned")
    with pytest.raises(ParameterError, match="'drowned' is ambiguous"):
        show(graph, "drowned")
