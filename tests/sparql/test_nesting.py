"""Queries that are nested too deeply are refused before a parser that recurses meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disguises import reads
from examples import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql.nesting import refuse_deep_query

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

# Expressions that one reader takes for another number of tokens than the next.
HOSTILE = [
    f"<http://example.org/{'a' * 2_000}#b>", "<urn:a#b>", "<#b>", "<http://example.org/it's>",
    "?s<'>'", "?s<'#>'", "?s<'(>'", "?s<?o&&?p>?o", "?s<<urn:b'>", "?s<-1", "?s <= 2",
    r"'\u0027'", r'"\u0022"', r"'\\'", r"'\''", "'''it's'''", "''", '"#"', '"<"', "'>'",
    r"urn:a\#b", r"urn:a\'b", r"urn:a\(b", "urn:#'\n", "urn:%27", "'x'@en", "'x'^^urn:", "1e-3",
    "# it's\n 1", "# \\u000A '\n 1", "!true", "1 IN (<urn:x>, <urn:'y>)", "STR(<urn:#>)<'#>'",
]  # fmt: skip


def deep(hostile: list[str], depth: int) -> str:
    operands = " || ".join([*hostile, "(" * depth + "true" + ")" * depth])
    return f"PREFIX urn: <urn:> ASK {{ FILTER({operands}) }}"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_each_disguise_is_sparql_and_not_deep(hostile: str) -> None:
    assert reads(deep([hostile], 3))
    refuse_deep_query(deep([hostile] * 50, 3))


@given(st.lists(st.sampled_from(HOSTILE), max_size=6))
def test_no_disguise_hides_the_depth(hostile: list[str]) -> None:
    assume(reads(deep(hostile, 3)))
    with pytest.raises(QueryError, match="more than 100 brackets"):
        refuse_deep_query(deep(hostile, 300))


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


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "{" * 20_000 + "}" * 20_000 + "}",
        deep(HOSTILE[:1], 20_000),
        deep(["?s<'#>'"], 20_000),
        deep([r"'\u0027'"], 20_000),
    ],
    ids=["groups", "long IRI with #", "comparison that looks like an IRI", "escaped quote"],
)
def test_a_deep_query_ends_in_a_message(
    query: str, kg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = kg("query", "-", stdin=query)
    assert done.returncode == 2
    assert "reduce its nesting" in done.stderr
