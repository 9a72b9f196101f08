"""Every kind of request answered from a small graph, in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from examples import ROOT
from markupsafe import escape
from pyoxigraph import Literal, NamedNode, Quad, Store
from web_parts import ACTOR, SITE, Collected, answered, answering

from kg.errors import (
    OutputError,
    ParameterError,
    QuerySyntaxError,
    ServiceRefusedError,
    StoreError,
    UnknownQuestionError,
)
from kg.store.builds import load_files
from kg.store.local import Graph
from kg.web import requests
from kg.web.source import Source, SourceKind
from kg.web.worker.answering import Answering, status_of
from kg.web.worker.load import LoadedGraph
from kg.web.worker.query_results import Limits
from kg.web.worker.reply import Reply
from kg.web.worker.warm_up import warm_up_requests

if TYPE_CHECKING:
    from pathlib import Path

LABELS = "SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?l"
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def sparql(query: str, form: str, accept: str = "", rows: int = 1000) -> Collected:
    call = requests.SparqlCall(urlencode({"query": query, "format": form}).encode(), accept)
    return answered(call, rows)


def test_a_table_and_a_graph_are_given_in_the_format_asked_for() -> None:
    table = sparql(LABELS, "csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert table.text == "l\r\nThe <Agency>\r\nالوكالة\r\n"
    triples = sparql(ALL, "nt")
    assert triples.media_type == "application/n-triples"
    lines = triples.text.splitlines()
    assert len(lines) == 4
    assert lines == sorted(lines)
    assert sparql("ASK { ?s ?p ?o }", "json").text == '{"head":{},"boolean":true}'


def test_what_is_cut_says_so_where_the_format_can() -> None:
    cut = sparql(ALL, "ttl", rows=2)
    assert cut.cut == "the answer was truncated after 2 triples"
    assert cut.cut_is_told
    assert cut.text.endswith("# the answer was truncated after 2 triples\n")
    table = sparql(LABELS, "csv", rows=1)
    assert table.cut == "the answer was truncated after 1 rows"
    assert not table.cut_is_told
    assert table.text == "l\r\nThe <Agency>\r\n"


def test_an_answer_that_may_change_is_not_repeatable() -> None:
    assert sparql("ASK {}", "json").repeatable
    assert not sparql("SELECT (NOW() AS ?n) {}", "json").repeatable


@pytest.mark.parametrize(
    ("request_", "status", "reason"),
    [
        (requests.SparqlCall(b"query=ASK+%7B"), 400, "the query"),
        (requests.SparqlCall(b"query=ASK{SERVICE<http://x/>{}}"), 403, "SERVICE"),
        (requests.SparqlCall(b"query=ASK{}", "image/png"), 406, "accept one of"),
        (requests.NamedQuestion("nothing"), 404, "nothing"),
        (requests.NamedQuestion("contradictions", ending="ttl"), 404, "available are .json"),
        (requests.NamedQuestion("contradictions", (("nothing", "x"),)), 400, "nothing"),
        (requests.NamedQuestion("contradictions", (("readers", "nobody"),)), 400, "person"),
        (requests.OntologyDocument("nothing", "html"), 404, "/nothing"),
        (
            requests.Resource("https://w3id.org/qawl/id/actor/x", "html"),
            404,
            "has no resource with this IRI",
        ),
    ],
)
def test_a_refusal_is_a_line_of_text(request_: requests.Request, status: int, reason: str) -> None:
    found = answered(request_)
    assert found.status == status, found.text
    assert found.media_type == "text/plain"
    assert reason in found.text
    assert found.text.endswith("\n")


def test_a_fault_is_told_to_the_operator_and_not_to_the_client(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("kg.web.worker.answering.document_for", failing)
    found = answered(requests.Home())
    assert found.status == 500
    assert "secret" not in found.text
    assert "a secret" in capsys.readouterr().err


def test_a_store_that_is_found_damaged_is_a_fault_of_the_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(tmp_path)
    place = NamedNode("https://example.org/place")
    store.bulk_extend(
        Quad(NamedNode(f"https://example.org/{number}"), place, Literal(str(number)))
        for number in range(20_000)
    )
    store.flush()
    store.optimize()
    del store
    served = Store.read_only(str(tmp_path))
    for path in tmp_path.glob("*.sst"):
        with path.open("r+b") as stream:  # in its place, as a bad disk would do it
            stream.write(b"\xff" * (path.stat().st_size // 2))
    found = Collected()
    call = requests.SparqlCall(urlencode({"query": ALL, "format": "nt"}).encode())
    graph = Answering(Graph(served), SITE, Limits(100_000, 100_000_000))
    graph.answer(call, Reply(found.head, found.write))
    assert found.status == 500
    assert str(tmp_path) not in found.text
    assert "the graph cannot be read" in found.text
    assert "the store cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["ASK {", "SELECT * { ?s foo:x ?o }", "ASK { SERVICE <x:y> {} }"])
def test_who_sends_a_form_gets_it_back_with_what_is_wrong(query: str) -> None:
    encoded = urlencode({"query": query, "lang": "ar"}).encode()
    found = answered(requests.SparqlCall(encoded, "text/html,*/*;q=0.8"))
    assert found.status == (403 if "SERVICE" in query else 400)
    assert found.media_type == "text/html"
    assert escape(query) in found.text
    assert 'role="alert"' in found.text
    named = answered(requests.SparqlCall(encoded + b"&format=html"))
    assert named.content == found.content
    for accept in ("*/*", "", "application/sparql-results+json", "image/png"):
        other = answered(requests.SparqlCall(encoded, accept))
        assert (other.status, other.media_type) == (found.status, "text/plain")
    assert answered(requests.SparqlCall(encoded + b"&format=csv", "text/html")).media_type == (
        "text/plain"
    )


def test_a_question_with_a_wrong_value_is_a_form_to_correct() -> None:
    request = requests.NamedQuestion("who-said", (("claim", "nobody's"),), "text/html")
    found = answered(request)
    assert (found.status, found.media_type) == (400, "text/html")
    assert 'value="nobody&#39;s"' in found.text
    assert "there is no claim" in found.text


def test_the_status_of_an_error() -> None:
    expected = {
        UnknownQuestionError("x"): 404,
        ServiceRefusedError("x"): 403,
        OutputError("x"): 406,
        QuerySyntaxError("x"): 400,
        ParameterError("x"): 400,
        StoreError("x"): 500,
    }
    for error, status in expected.items():
        assert status_of(error) == status


def test_the_warm_up_answers_without_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    store = load_files((ROOT / "graph" / "dumps" / "qawl.nq",))
    kinds, statuses = set(), set()
    ready = answering()
    for request in warm_up_requests(store):
        found = Collected()
        ready.answer(request, Reply(found.head, found.write))
        kinds.add(type(request))
        statuses.add(found.status)
    assert kinds == set(requests.Request.__args__)  # type: ignore[attr-defined]
    assert statuses <= {200, 400, 403, 404}
    assert not capsys.readouterr().err
    # Claims and articles are those of the graph that is given; an empty one has none.
    empty = [one for one in warm_up_requests(Store()) if isinstance(one, requests.Resource)]
    assert [one.iri for one in empty] == ["https://w3id.org/qawl/flat"]


def test_files_are_loaded_with_a_version_of_their_content(tmp_path: Path) -> None:
    dump = str(ROOT / "graph" / "dumps" / "qawl.nq")
    loaded = LoadedGraph.load(Source(SourceKind.FILES, (dump,)), 10)
    assert loaded.memory is not None
    assert loaded.quads == len(loaded.store()) > 1000
    assert loaded.version == LoadedGraph.load(Source(SourceKind.FILES, (dump,)), 10).version
    with pytest.raises(StoreError, match="cannot be read"):
        LoadedGraph.load(Source(SourceKind.FILES, (f"{tmp_path}/none.nq",)), 10)
    assert Limits(1, 2) == Limits(rows=1, bytes=2)
    assert answered(requests.Resource(ACTOR, "ttl")).status == 200
