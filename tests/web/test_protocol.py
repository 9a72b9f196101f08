"""The query side of the W3C's SPARQL 1.1 Protocol test suite, and the updates that it has refused.

The cases have the names that the suite's manifest gives them; requests, data and expectations are
ours, from https://www.w3.org/TR/sparql11-protocol/. The suite's updates that are to succeed are
left out: the endpoint is read-only. A run writes an EARL report to ``build/``.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
import rdflib
from earl_report import EARL, write_earl_report
from examples import ROOT
from raw_http import Answer, request
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("protocol")

MANIFEST = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#"
REPORT = ROOT / "build" / "earl-sparql-protocol.ttl"

# Three shelves of a library, each a graph of its own; nothing stands in the default graph.
ARABIC, ENGLISH, CATALOGUE = (f"http://example.org/shelf/{name}" for name in ("ar", "en", "all"))
MUQADDIMAH, EMMA = "http://example.org/book/muqaddimah", "http://example.org/book/emma"
DATA = f"""\
@prefix dct: <http://purl.org/dc/terms/> .
GRAPH <{ARABIC}> {{ <{MUQADDIMAH}> dct:title "المقدمة"@ar . }}
GRAPH <{ENGLISH}> {{ <{EMMA}> dct:title "Emma"@en . }}
GRAPH <{CATALOGUE}> {{ <{CATALOGUE}> dct:extent 2 . }}
"""

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
XML, JSON = "application/sparql-results+xml", "application/sparql-results+json"
RDF_TYPES = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}
RDFLIB_NAMES = {"text/turtle": "turtle", "application/rdf+xml": "xml",
                "application/n-triples": "nt", "application/ld+json": "json-ld"}  # fmt: skip


# What a case expects of its answer.


def says(wanted: bool) -> Callable[[Answer], None]:
    """Expect 2xx, SPARQL results in XML or JSON, and this boolean in them."""

    def check(answer: Answer) -> None:
        assert answer.status == 200, answer.text
        assert answer.media_type in {XML, JSON}
        if answer.media_type == JSON:
            found = json.loads(answer.content)["boolean"]
        else:
            found = ET.fromstring(answer.text).findtext("{*}boolean") == "true"  # noqa: S314
        assert found is wanted

    return check


def rows(wanted: list[dict[str, str]]) -> Callable[[Answer], None]:
    """Expect SPARQL results in JSON, which is what comes unasked, with these values."""

    def check(answer: Answer) -> None:
        assert (answer.status, answer.media_type) == (200, JSON), answer.text
        found = [
            {name: term["value"] for name, term in row.items()}
            for row in json.loads(answer.content)["results"]["bindings"]
        ]
        assert sorted(found, key=str) == sorted(wanted, key=str)

    return check


def has_type(*media_types: str) -> Callable[[Answer], None]:
    """Expect 2xx and one of these types of content."""

    def check(answer: Answer) -> None:
        assert answer.status == 200, answer.text
        assert answer.media_type in media_types
        assert answer.content

    return check


def triples(number: int) -> Callable[[Answer], None]:
    """Expect 2xx and RDF, with so many triples in it."""

    def check(answer: Answer) -> None:
        assert answer.status == 200, answer.text
        assert answer.media_type in RDF_TYPES
        name = RDFLIB_NAMES[answer.media_type]
        assert len(rdflib.Graph().parse(data=answer.content, format=name)) == number

    return check


def refused(*statuses: int) -> Callable[[Answer], None]:
    """Expect one of these statuses, all 4xx, with a reason that a browser may read."""
    assert all(400 <= status < 500 for status in statuses)

    def check(answer: Answer) -> None:
        assert answer.status in statuses, answer.text
        assert answer.text.strip()
        assert answer.header("access-control-allow-origin") == "*"

    return check


# What a case sends.


@dataclass(frozen=True)
class Case:
    """A request, and the check that its answer passes."""

    method: str
    parameters: tuple[tuple[str, str], ...]
    check: Callable[[Answer], None]
    content_type: str | None = None
    body: bytes | None = None

    def send(self, server: Server) -> Answer:
        target = "/sparql"
        if self.parameters:
            target += "?" + urlencode(self.parameters, quote_via=quote)
        lines = [f"Content-Type: {self.content_type}"] if self.content_type else []
        return request(server, self.method, target, *lines, body=self.body)


def get(check: Callable[[Answer], None], *parameters: tuple[str, str]) -> Case:
    return Case("GET", parameters, check)


def post(
    check: Callable[[Answer], None],
    content_type: str | None,
    body: str | bytes,
    *parameters: tuple[str, str],
) -> Case:
    sent = body if isinstance(body, bytes) else body.encode()
    return Case("POST", parameters, check, content_type, sent)


def form(*fields: tuple[str, str]) -> str:
    return urlencode(fields, quote_via=quote)


BOTH_TITLES = f"ASK {{ <{MUQADDIMAH}> ?p ?title . <{EMMA}> ?q ?other }}"
TWO_GRAPHS = f"ASK {{ GRAPH ?a {{ <{MUQADDIMAH}> ?p ?x }} GRAPH ?b {{ <{EMMA}> ?q ?y }} }}"
DEFAULTS = (("default-graph-uri", ARABIC), ("default-graph-uri", ENGLISH))
NAMED = (("named-graph-uri", ARABIC), ("named-graph-uri", ENGLISH))
# The whole is one request's dataset: the catalogue in the default graph, two shelves by name.
DATASET = (("default-graph-uri", CATALOGUE), *NAMED)
MODIFY = (
    f"WITH <{ARABIC}> DELETE {{ ?book ?p 'Emma' }} INSERT {{ ?book ?p 'إيما' }} "
    "WHERE { ?book ?p 'Emma' }"
)

CASES: Mapping[str, Case] = {
    "query_get": get(says(True), ("query", "ASK {}")),
    "query_post_form": post(says(True), FORM, form(("query", "ASK {}"))),
    "query_post_direct": post(says(True), QUERY, "ASK {}"),
    "query_dataset_default_graphs_get": get(says(True), ("query", BOTH_TITLES), *DEFAULTS),
    "query_dataset_default_graphs_post": post(says(True), QUERY, BOTH_TITLES, *DEFAULTS),
    "query_dataset_named_graphs_get": get(says(True), *NAMED, ("query", TWO_GRAPHS)),
    "query_dataset_named_graphs_post": post(says(True), QUERY, TWO_GRAPHS, *NAMED),
    "query_dataset_full": post(
        rows(
            [
                {"x": CATALOGUE, "g": ARABIC, "s": MUQADDIMAH},
                {"x": CATALOGUE, "g": ENGLISH, "s": EMMA},
            ]
        ),
        QUERY,
        "SELECT ?x ?g ?s { ?x ?y ?z GRAPH ?g { ?s ?p ?o } }",
        *DATASET,
    ),
    # Section 2.1.4: the dataset of the protocol has precedence over that of the query.
    "query_multiple_dataset": post(
        says(False),
        QUERY,
        f"ASK FROM <{ARABIC}> {{ <{MUQADDIMAH}> ?p ?o }}",
        ("default-graph-uri", ENGLISH),
    ),
    "query_content_type_select": post(
        has_type(XML, JSON, "text/csv", "text/tab-separated-values"),
        QUERY,
        "SELECT (1 AS ?value) {}",
    ),
    "query_content_type_ask": post(says(True), QUERY, "ASK {}"),
    "query_content_type_describe": post(triples(1), QUERY, f"DESCRIBE <{EMMA}>"),
    # Section 2.1: relative IRIs are resolved against a base that the service has.
    "query_content_type_construct": post(triples(1), QUERY, "CONSTRUCT { <s> <p> 1 } WHERE {}"),
    "bad_query_method": Case("PUT", (("query", "ASK {}"),), refused(405)),
    "bad_multiple_queries": get(refused(400), ("query", "ASK {}"), ("query", "SELECT * {}")),
    "bad_query_wrong_media_type": post(refused(415), "text/plain", "ASK {}"),
    "bad_query_missing_form_type": post(refused(415), None, form(("query", "ASK {}"))),
    "bad_query_missing_direct_type": post(refused(415), None, "ASK {}"),
    "bad_query_non_utf8": post(
        refused(400, 415), f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")
    ),
    "bad_query_syntax": get(refused(400), ("query", "ASK {")),
    "bad_update_get": get(refused(403), ("update", "CLEAR ALL")),
    "bad_multiple_updates": post(
        refused(403), FORM, form(("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT"))
    ),
    "bad_update_wrong_media_type": post(refused(415), "text/plain", "CLEAR NAMED"),
    "bad_update_missing_form_type": post(refused(415), None, form(("update", "CLEAR NAMED"))),
    "bad_update_non_utf8": post(
        refused(403, 415), f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")
    ),
    "bad_update_syntax": post(refused(403), FORM, form(("update", "CLEAR XYZ"))),
    "bad_update_dataset_conflict": post(
        refused(403), FORM, form(("using-named-graph-uri", ENGLISH), ("update", MODIFY))
    ),
}  # fmt: skip

# What earlier versions of the suite had, and what the specification says besides.
MORE_CASES: Mapping[str, Case] = {
    "query_dataset_default_graph": post(
        says(True), QUERY, f"ASK {{ <{MUQADDIMAH}> ?p ?o }}", DEFAULTS[0]
    ),
    "the other graphs are no part of it": post(
        says(False), QUERY, f"ASK {{ <{EMMA}> ?p ?o }}", DEFAULTS[0]
    ),
    "only the named graphs are named": get(
        says(False), ("query", f"ASK {{ GRAPH <{CATALOGUE}> {{ ?s ?p ?o }} }}"), *NAMED
    ),
    "named graphs alone leave the default graph empty": get(
        says(False), ("query", "ASK { ?s ?p ?o }"), *NAMED
    ),
    "a default graph alone leaves none with a name": get(
        says(False), ("query", "ASK { GRAPH ?g { ?s ?p ?o } }"), *DEFAULTS
    ),
    "a graph that is not there is empty": get(
        says(False), ("query", "ASK { ?s ?p ?o }"), ("default-graph-uri", "http://example.org/no")
    ),
    "the dataset may stand in the form": post(
        says(True), FORM, form(("query", BOTH_TITLES), *DEFAULTS)
    ),
    "the dataset of the query holds where the protocol has none": get(
        says(False), ("query", f"ASK FROM <{ARABIC}> {{ <{EMMA}> ?p ?o }}")
    ),
    "all graphs together are the default graph": get(says(True), ("query", BOTH_TITLES)),
    "a relative graph IRI": get(refused(400), ("query", "ASK {}"), ("default-graph-uri", "shelf")),
    "no query in the form": post(refused(400), FORM, ""),
    "an empty query": post(refused(400), QUERY, ""),
    "a query in the body and in the URL": post(refused(400), QUERY, "ASK {}", ("query", "ASK {}")),
    "parameters are case-sensitive": post(refused(400), FORM, form(("Query", "ASK {}"))),
    "a media type is not": post(says(True), "Application/SPARQL-Query;Charset=UTF-8", "ASK {}"),
    "a plus is a space in a form": post(says(True), FORM, "query=ASK+%7B%7D"),
    "bytes that are no UTF-8": post(refused(400), QUERY, b"ASK { ?s ?p '\xff' }"),
    "bytes that are no UTF-8 in a form": post(refused(400), FORM, "query=ASK%7B%7D%20%23%FF"),
    "an update and a query": post(
        refused(400, 403), FORM, form(("query", "ASK {}"), ("update", "CLEAR ALL"))
    ),
    "bad_update_missing_direct_type": post(refused(415), None, "CLEAR NAMED"),
    "an update as a query": post(refused(400), QUERY, "CLEAR ALL"),
    "DELETE": Case("DELETE", (("query", "ASK {}"),), refused(405)),
    "PATCH": Case("PATCH", (), refused(405)),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data: Path = tmp_path_factory.mktemp("protocol") / "data.trig"
    data.write_text(DATA, encoding="utf-8")
    with serving(data) as found:
        yield found


@pytest.fixture(scope="module")
def outcomes(server: Server) -> Mapping[str, Exception | None]:
    """Run the suite once, write the report, and return what failed in which case."""
    found: dict[str, Exception | None] = {}
    for name, case in CASES.items():
        try:
            case.check(case.send(server))
        except (AssertionError, OSError, HTTPException) as failure:
            found[name] = failure
        else:
            found[name] = None
    write_earl_report({MANIFEST + name: not failure for name, failure in found.items()}, REPORT)
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_suite(outcomes: Mapping[str, Exception | None], name: str) -> None:
    if failure := outcomes[name]:
        raise failure


@pytest.mark.parametrize("name", MORE_CASES)
def test_beyond_the_suite(server: Server, name: str) -> None:
    case = MORE_CASES[name]
    case.check(case.send(server))


def test_the_report_names_every_test_and_what_came_out(
    outcomes: Mapping[str, Exception | None],
) -> None:
    report = rdflib.Graph().parse(REPORT, format="turtle")
    assertions = list(report.subjects(rdflib.RDF.type, EARL.Assertion))
    assert len(assertions) == 20 + 7
    reported: dict[str, Any] = {}
    for assertion in assertions:
        test, result = report.value(assertion, EARL.test), report.value(assertion, EARL.result)
        reported[str(test).removeprefix(MANIFEST)] = report.value(result, EARL.outcome)
        subject = report.value(assertion, EARL.subject)
        assert str(report.value(subject, rdflib.namespace.DOAP.name)) == "Qawl"
        release = report.value(subject, rdflib.namespace.DOAP.release)
        assert report.value(release, rdflib.namespace.DOAP.revision)
    assert reported == {
        name: EARL.failed if failure else EARL.passed for name, failure in outcomes.items()
    }


def test_a_failed_case_is_reported_as_failed(tmp_path: Path) -> None:
    write_earl_report({MANIFEST + "query_get": False}, tmp_path / "report.ttl")
    report = rdflib.Graph().parse(tmp_path / "report.ttl", format="turtle")
    assert list(report.objects(None, EARL.outcome)) == [EARL.failed]
