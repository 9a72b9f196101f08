"""Exporting: which claims, which format, from Python and from the command line."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from examples import ROOT
from profile_examples import CLAIM, CLAIMS, READING, forbid_network, shipped

from kg.errors import OutputError, ParameterError, QueryError
from kg.graph.build import compile_graph
from kg.publish.profiles import PROFILE_NAMES, export, profile
from kg.publish.profiles.base import select_claims
from kg.sparql.rq_file import load_rq
from kg.store.local import Graph, named_questions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_network(monkeypatch)


def test_without_a_filter_all_claims_are_selected() -> None:
    found = select_claims(shipped())
    assert len(found) == CLAIMS
    assert [one.iri.value for one in found] == sorted(one.iri.value for one in found)
    assert {one.reading.value for one in found} == {READING}


@pytest.mark.parametrize(
    "name", ["crs-cost", f"{CLAIM}crs-cost", "claim:iraq-war-2003-2011/curated/crs-cost"]
)
def test_a_claim_is_named_as_elsewhere(name: str) -> None:
    assert [one.iri.value for one in select_claims(shipped(), claims=[name])] == [
        f"{CLAIM}crs-cost"
    ]


def test_filters_narrow_each_other(workspace: Workspace) -> None:
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    graph = Graph(compile_graph(workspace.graph).store)
    assert len(select_claims(graph)) == 4
    assert len(select_claims(graph, article="flood")) == 4
    for reading in ("reading:flood/second", "https://w3id.org/qawl/id/reading/flood/second"):
        (one, other) = select_claims(graph, reading=reading)
        assert one.reading.value == other.reading.value == (
            "https://w3id.org/qawl/id/reading/flood/second"
        )  # fmt: skip
    ids = [f"claim:flood/{reading}/drowned" for reading in ("curated", "second")]
    assert len(select_claims(graph, claims=ids)) == 2
    with pytest.raises(
        QueryError, match="'claim:flood/curated/drowned': is not in the given article or"
    ):
        select_claims(graph, claims=ids, reading="reading:flood/second")
    with pytest.raises(ParameterError, match="is ambiguous"):
        select_claims(graph, claims=["drowned"])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"claims": ["nobody"]}, ParameterError, "there is no claim 'nobody'"),
        ({"article": "nobody"}, ParameterError, "there is no article 'nobody'"),
        ({"reading": "reading:nobody"}, ParameterError, f"it has {READING}"),
        ({"syntax": "rdf"}, OutputError, "cannot be written as 'rdf'; use trig, nq"),
    ],
)
def test_what_cannot_be_exported_is_one_message(
    arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        export(shipped(), "nanopub", **arguments)


def test_an_unknown_profile_is_told_the_others() -> None:
    with pytest.raises(OutputError, match="'csv'; use nanopub, schema, rdf12, flattened"):
        profile("csv")


def test_a_graph_without_claims_has_nothing_to_export() -> None:
    from pyoxigraph import Store

    with pytest.raises(QueryError, match="nothing to export"):
        export(Graph(Store()), "schema")


@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_a_small_graph_is_exported_in_every_format(workspace: Workspace, name: str) -> None:
    graph = Graph(compile_graph(workspace.graph).store)
    for syntax in profile(name).formats:
        content = export(graph, name, syntax=syntax).decode()
        assert "flood/curated/" in content
        assert "drowned-by-agency" in content
        assert export(graph, name, syntax=syntax).decode() == content


def test_the_same_claims_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib, sys; from kg.store.local import open_graph; "
        "from kg.publish.profiles import *; "
        "graph = open_graph(data=[sys.argv[1]]);"
        "print([hashlib.sha256(export(graph, name)).hexdigest() for name in PROFILE_NAMES])"
    )
    digests = [hashlib.sha256(export(shipped(), name)).hexdigest() for name in PROFILE_NAMES]
    # The Turtle dump has the same claims without named graphs, and in another order.
    for dump, seed in (("qawl.nq", "1"), ("qawl.ttl", "2")):
        done = subprocess.run(
            [sys.executable, "-c", code, ROOT / "graph" / "dumps" / dump],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().strip() == str(digests)


@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_each_profile_explains_itself_in_both_languages(name: str) -> None:
    found = profile(name)
    assert found.name == name
    assert found.limits
    for texts in (found.summary, *found.limits):
        assert set(texts) == {"en", "ar"}
        assert texts["en"].endswith(".")
        assert texts["ar"].endswith(".")
    assert "\n" not in found.summary["en"]


def test_the_queries_of_profiles_have_headers_and_are_no_named_questions() -> None:
    queries = [load_rq(path) for path in sorted((ROOT / "queries" / "profiles").glob("*.rq"))]
    assert len(queries) == 7
    assert not {query.name for query in queries} & {one.name for one in named_questions()}


def test_the_command_writes_what_the_function_returns(kg: Kg, tmp_path: Path) -> None:
    shown = kg("export", "flattened", "--claim", "us-dead-2003-2011", "--claim", "crs-cost")
    claims = ["us-dead-2003-2011", "crs-cost"]
    assert shown.stdout == export(shipped(), "flattened", claims=claims).decode()
    same = ["--claim=us-dead-2003-2011", "--claim=crs-cost", "--article", "iraq-war-2003-2011"]
    done = kg("export", "flattened", *same, "--reading", READING, "-o", "x.trig")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "x.trig").read_text(encoding="utf-8") == shown.stdout


def test_the_help_has_a_line_for_each_profile(kg: Kg) -> None:
    text = " ".join(kg("export", "--help").stdout.split())
    for name in PROFILE_NAMES:
        assert f"{name} {profile(name).summary['en']}" in text


def test_what_a_profile_cannot_say_is_listed_in_either_language(kg: Kg) -> None:
    for language in ("en", "ar"):
        lines = kg("export", "schema", "--limits", "--language", language).stdout.splitlines()
        limits = [f"- {limit[language]}" for limit in profile("schema").limits]
        assert lines == [profile("schema").summary[language], "jsonld", "", *limits]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["csv"], "there is no export profile 'csv'; use nanopub"),
        (["schema", "-f", "ttl"], "cannot be written as 'ttl'; use jsonld"),
        (["schema", "--claim", "crs-co"], "did you mean crs-cost"),
        (["schema", "-o", "no/such/x"], "cannot be written"),
        ([], "Missing argument 'PROFILE'"),
    ],
)
def test_trouble_is_one_message_and_status_2(kg: Kg, arguments: list[str], message: str) -> None:
    done = kg("export", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
