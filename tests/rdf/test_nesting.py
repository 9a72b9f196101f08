"""What is nested too deeply is refused before a parser that recurses meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import ROOT

from kg.errors import QueryError, StoreError
from kg.rdf.nesting import refuse_deep_query
from kg.rdf.read import refuse_deep_rdf
from kg.store.builds import load_files

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "{" * 20_000 + "}" * 20_000 + "}",
        "ASK { FILTER (" + "!" * 50_000 + "true) }",
        "ASK { ?s " + "/".join(["<urn:p>"] * 5_000) + " ?o }",
        "ASK " + "\\u007B" * 20_000 + "}" * 20_000,
        "ASK { ?s ?p " + "(" * 500 + ")" * 500 + " }",
    ],
    ids=["groups", "negations", "path", "escapes", "lists"],
)
def test_deep_queries_are_refused(query: str) -> None:
    with pytest.raises(QueryError, match="more than"):
        refuse_deep_query(query)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "' + "{" * 20_000 + '" }',
        "ASK { ?s ?p ?o } # " + "{" * 20_000,
        "SELECT * { VALUES ?x { " + '"a" ' * 50_000 + "} }",
        "SELECT * { VALUES (?x) { " + '("a") ' * 5_000 + "} }",
    ],
    ids=["string", "comment", "values", "rows"],
)
def test_what_only_looks_deep_is_not(query: str) -> None:
    refuse_deep_query(query)


def test_our_own_queries_are_not_deep() -> None:
    for path in (ROOT / "queries").rglob("*.rq"):
        refuse_deep_query(path.read_text(encoding="utf-8"))


def test_a_deep_query_ends_in_a_message(
    kg: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = kg("query", "-", stdin="ASK {" + "{" * 20_000 + "}" * 20_000 + "}")
    assert done.returncode == 2
    assert "nest it less" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.jsonld", "[" * 50_000 + "]" * 50_000),
        ("deep.nt", "<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 500 + "1" + " )>>" * 500 + " ."),
    ],
)
def test_a_deep_file_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=rf"{name}:1: is nested"):
        refuse_deep_rdf(tmp_path / name, StoreError)


def test_blank_nodes_in_turtle_may_be_deep(tmp_path: Path) -> None:
    path = tmp_path / "deep.ttl"
    path.write_text("<urn:s> <urn:p> " + "[ <urn:p> " * 5_000 + "1" + " ]" * 5_000 + " .")
    assert len(load_files((path,))) == 5_001
