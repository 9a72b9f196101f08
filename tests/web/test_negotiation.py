"""Which form an answer has, and the headers that go with it, as seen from outside (RFC 9110)."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import rdflib
from raw_http import Answer, request
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
SELECT = "SELECT ?s { ?s a qawl:Person } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a qawl:Person } WHERE { ?s a qawl:Person }"
MANY = "SELECT * { ?s ?p ?o } LIMIT 500"

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, JSONLD, NT = "text/turtle", "application/ld+json", "application/n-triples"
RDFXML, NQ, TRIG = "application/rdf+xml", "application/n-quads", "application/trig"
HTML = "text/html"


def sparql(server: Server, query: str, *lines: str, **parameters: str) -> Answer:
    given = {"query": query, **parameters}
    search = "&".join(f"{name}={quote(value, safe='')}" for name, value in given.items())
    return request(server, "GET", f"/sparql?{search}", *lines)


# Accept.


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("*/*;q=0.1", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        (JSON, JSON),
        (XML, XML),
        (CSV, CSV),
        (TSV, TSV),
        (HTML, HTML),
        (BROWSER, HTML),
        ("application/json", JSON),
        ("application/xml", XML),
        ("text/xml", XML),
        # Qualities, whatever the order.
        (f"{CSV};q=0.5, {TSV};q=0.8", TSV),
        (f"{TSV};q=0.8, {CSV};q=0.5", TSV),
        (f"{CSV};q=0.001,{TSV};q=0.002", TSV),
        (f"{CSV};q=0.999,{TSV}", TSV),
        (f"{XML}, */*;q=0.1", XML),
        (f"image/png, {CSV};q=0.1", CSV),
        # Of equal qualities the server takes its own favourite.
        (f"{TSV}, {CSV}, {XML}", XML),
        # The most specific range has the say.
        (f"text/*;q=0.9, {CSV};q=0.1", TSV),
        (f"*/*, {JSON};q=0.1", XML),
        # What has no quality at all is not acceptable.
        (f"{JSON};q=0, */*", XML),
        (f"{JSON};q=0.000, {XML};q=0, */*", CSV),
        ("application/*;q=0, text/csv;q=0, */*;q=0.5", TSV),
        # Spelling: case, blanks, empty elements of the list, parameters with commas in quotes.
        ("Text/CSV", CSV),
        (f" , {CSV} ; Q=0.9 ,, ", CSV),
        (f'{CSV};note="a,b;q=0";q=0.2, {TSV};q=0.5', TSV),
        # Parameters other than q do not exclude; a character set does where it is not UTF-8.
        (f"{CSV};header=present", CSV),
        (f"{CSV};charset=utf-8", CSV),
        (f'{CSV};charset="UTF-8"', CSV),
        (f"{CSV};charset=iso-8859-1, {TSV};q=0.1", TSV),
        # What is no media range at all says nothing.
        ("csv please", JSON),
    ],
)
def test_a_table_in_the_form_that_is_asked_for(
    shipped_server: Server, accept: str | None, media_type: str
) -> None:
    answer = sparql(shipped_server, SELECT, *([] if accept is None else [f"Accept: {accept}"]))
    assert answer.status == 200, answer.text
    assert answer.media_type == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        (BROWSER, HTML),
        (TURTLE, TURTLE),
        (JSONLD, JSONLD),
        (NT, NT),
        (RDFXML, RDFXML),
        (NQ, NQ),
        (TRIG, TRIG),
        # Names that clients use for Turtle; the answer has its one right name.
        ("application/turtle", TURTLE),
        ("application/x-turtle", TURTLE),
        ("text/n3", TURTLE),
        ("text/rdf+n3", TURTLE),
        ("application/turtle;q=0.9, application/rdf+xml;q=0.8", TURTLE),
        ("application/json", JSONLD),
        ("text/plain", NT),
        (f"{TURTLE};q=0.2, {RDFXML};q=0.3", RDFXML),
        (f"{TURTLE};q=0, */*;q=0.1", JSONLD),
        # rdflib and Comunica, as they ask.
        (
            f"{RDFXML};q=0.9, {TURTLE}, {NT};q=0.8, {JSONLD};q=0.7, application/xhtml+xml;q=0.5",
            TURTLE,
        ),
        (f"{NQ},{TRIG};q=0.95,{JSONLD};q=0.9,{NT};q=0.8,{TURTLE};q=0.6", NQ),
    ],
)
def test_triples_in_the_form_that_is_asked_for(
    shipped_server: Server, accept: str | None, media_type: str
) -> None:
    answer = sparql(shipped_server, CONSTRUCT, *([] if accept is None else [f"Accept: {accept}"]))
    assert answer.status == 200, answer.text
    assert answer.media_type == media_type


def test_accept_may_stand_in_several_lines(shipped_server: Server) -> None:
    lines = [f"Accept: {CSV};q=0.3", f"Accept: {TSV};q=0.4, {XML};q=0.1"]
    assert sparql(shipped_server, SELECT, *lines).media_type == TSV


@pytest.mark.parametrize(
    ("target", "accept", "offered"),
    [
        (f"/sparql?query={quote(SELECT)}", "image/png", [JSON, XML, CSV, TSV, HTML]),
        (f"/sparql?query={quote(SELECT)}", TURTLE, [JSON, XML, CSV, TSV, HTML]),
        (f"/sparql?query={quote(SELECT)}", "*/*;q=0", [JSON, XML, CSV, TSV, HTML]),
        (f"/sparql?query={quote(SELECT)}", f"{CSV};charset=utf-16", [JSON, XML, CSV, TSV, HTML]),
        (f"/sparql?query={quote(CONSTRUCT)}", CSV, [TURTLE, JSONLD, NT, RDFXML, NQ, TRIG, HTML]),
        ("/sparql", "image/png", [TURTLE, JSONLD, NT, RDFXML, NQ, TRIG]),
        ("/id/actor/bbc", "image/png", [TURTLE, JSONLD, NT, RDFXML, NQ, TRIG, HTML]),
        ("/queries", "image/png", [HTML, "application/json", TURTLE, JSONLD]),
        ("/queries/sums", TURTLE, [JSON, XML, CSV, TSV, HTML]),
        ("/.well-known/void", CSV, [TURTLE, JSONLD, NT, RDFXML, NQ, TRIG]),
    ],
)
def test_406_says_what_there_is(
    shipped_server: Server, target: str, accept: str, offered: list[str]
) -> None:
    answer = request(shipped_server, "GET", target, f"Accept: {accept}")
    assert answer.status == 406
    assert answer.media_type == "text/plain"
    for one in offered:
        assert one in answer.text


# The parameters that clients send instead.


@pytest.mark.parametrize(
    ("word", "media_type"),
    [
        ("json", JSON), ("xml", XML), ("csv", CSV), ("tsv", TSV), ("html", HTML), ("CSV", CSV),
        ("text/csv", CSV), (JSON, JSON), ("application/json", JSON),
        # What names no form of a table leaves it to Accept, which asks for XML here.
        ("", XML), ("turtle", XML), ("nonsense", XML), ("a\r\nX-Injected: 1", XML),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["format", "output", "results"])
def test_a_word_overrides_accept(
    shipped_server: Server, name: str, word: str, media_type: str
) -> None:
    answer = sparql(shipped_server, SELECT, f"Accept: {XML}", **{name: word})
    assert (answer.status, answer.media_type) == (200, media_type)
    assert not answer.header("x-injected")


@pytest.mark.parametrize(
    ("word", "media_type"),
    [
        ("ttl", TURTLE), ("turtle", TURTLE), ("n3", TURTLE), ("json-ld", JSONLD),
        ("jsonld", JSONLD), ("json", JSONLD), ("nt", NT), ("n-triples", NT), ("rdf", RDFXML),
        ("rdf+xml", RDFXML), ("xml", RDFXML), ("nq", NQ), ("trig", TRIG), ("html", HTML),
        ("application/turtle", TURTLE), ("csv", NT),
    ],
)  # fmt: skip
def test_a_word_names_a_form_of_triples(shipped_server: Server, word: str, media_type: str) -> None:
    assert sparql(shipped_server, CONSTRUCT, f"Accept: {NT}", format=word).media_type == media_type


def test_the_first_of_the_words_decides(shipped_server: Server) -> None:
    words = {"results": "csv", "output": "tsv", "format": "xml"}
    assert sparql(shipped_server, SELECT, **words).media_type == XML
    del words["format"]
    assert sparql(shipped_server, SELECT, **words).media_type == TSV
    form = f"query={quote(SELECT)}&format=tsv".encode()
    kind = "Content-Type: application/x-www-form-urlencoded"
    assert request(shipped_server, "POST", "/sparql", kind, body=form).media_type == TSV


# The content is what its type says.


@pytest.mark.parametrize("media_type", [TURTLE, JSONLD, NT, RDFXML, NQ, TRIG])
def test_every_form_of_triples_has_the_same_triples(
    shipped_server: Server, media_type: str
) -> None:
    names = {TURTLE: "turtle", JSONLD: "json-ld", NT: "nt", RDFXML: "xml", NQ: "nquads"}

    def triples(answer: Answer) -> set[rdflib.Node]:
        name = names.get(answer.media_type, "trig")
        dataset = rdflib.Dataset(default_union=True).parse(data=answer.text, format=name)
        return set(dataset.triples((None, None, None)))

    claim = "https://w3id.org/qawl/id/claim/iraq-war-2003-2011/curated/us-dead-2003-2011"
    query = f"DESCRIBE actor:tony-blair <{claim}>"
    wanted = triples(sparql(shipped_server, query))
    assert len(wanted) > 20
    assert triples(sparql(shipped_server, query, f"Accept: {media_type}")) == wanted


def test_text_names_its_character_set(shipped_server: Server) -> None:
    for query, accept in ((SELECT, CSV), (SELECT, HTML), (CONSTRUCT, TURTLE)):
        answer = sparql(shipped_server, query, f"Accept: {accept}")
        assert "charset=utf-8" in answer.header("content-type")
    for accept in (JSON, XML):
        assert sparql(shipped_server, SELECT, f"Accept: {accept}").header("content-type") == accept


# CORS, on whatever comes.

ANSWERS = {
    "200": ("GET", "/sparql?query=ASK%7B%7D", (), None, 200),
    "304": ("GET", "/", ("If-None-Match: ETAG",), None, 304),
    "303": ("GET", "/id/actor/bbc", (), None, 303),
    "400": ("GET", "/sparql?query=ASK", (), None, 400),
    "403": ("GET", "/sparql?update=DROP%20ALL", (), None, 403),
    "404": ("GET", "/nothing/here", (), None, 404),
    "404 resource": ("GET", "/id/actor/nobody.ttl", (), None, 404),
    "404 file": ("GET", "/static/nothing.css", (), None, 404),
    "405": ("DELETE", "/sparql", (), None, 405),
    "405 page": ("PUT", "/queries", (), b"", 405),
    "405 file": ("POST", "/static/qawl.css", (), b"", 405),
    "406": ("GET", "/sparql", ("Accept: image/png",), None, 406),
    "413": (
        "POST", "/sparql", ("Content-Type: application/sparql-query",), b"#" * 1_000_001, 413,
    ),
    "415": ("POST", "/sparql", ("Content-Type: text/plain",), b"ASK {}", 415),
    "431": ("GET", "/sparql?query=" + "a" * 100_000, (), None, 431),
    "malformed": ("GET", "no-path", (), None, 400),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_browser_may_read_every_answer(shipped_server: Server, name: str) -> None:
    method, target, lines, body, status = ANSWERS[name]
    if status == 304:
        etag = request(shipped_server, "GET", target).header("etag")
        lines = (lines[0].replace("ETAG", etag),)
    lines = ("Origin: https://elsewhere.example", *lines)
    answer = request(shipped_server, method, target, *lines, body=body)
    assert answer.status == status
    assert answer.header("access-control-allow-origin") == "*"
    # Never together with "*": a browser would refuse both.
    assert not answer.header("access-control-allow-credentials")
    assert answer.header("x-content-type-options") == "nosniff"
    if status >= 400:
        assert answer.media_type == "text/plain"
        assert answer.text.strip()


@pytest.mark.parametrize("target", ["/sparql", "/queries", "/id/actor/bbc", "/nothing", "*"])
def test_preflights_are_answered(shipped_server: Server, target: str) -> None:
    answer = request(
        shipped_server,
        "OPTIONS",
        target,
        "Origin: https://elsewhere.example",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type",
    )
    assert answer.status in {200, 204}
    assert answer.header("access-control-allow-origin") == "*"
    methods = {"GET", "HEAD", "OPTIONS", *(["POST"] if target == "/sparql" else [])}
    assert set(answer.header("access-control-allow-methods").split(", ")) == methods
    assert set(answer.header("allow").split(", ")) == methods
    assert "content-type" in answer.header("access-control-allow-headers").lower()


@pytest.fixture(scope="module")
def hasty_server() -> Iterator[Server]:
    with serving("--time-limit", "0.3") as server:
        yield server


def test_a_browser_may_read_that_the_time_was_up(hasty_server: Server) -> None:
    answer = sparql(hasty_server, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert answer.status == 503
    assert answer.header("access-control-allow-origin") == "*"
    assert answer.header("x-content-type-options") == "nosniff"
    assert "0.3 seconds" in answer.text


# HEAD, ETag, Vary, compression.

RESOURCES = [
    "/", "/sparql", f"/sparql?query={quote(SELECT)}", f"/sparql?query={quote(MANY)}&format=csv",
    "/sparql?query=ASK", "/queries", "/queries.json", "/queries/who-said",
    "/queries/who-said.csv", "/queries/who-said.rq", "/openapi.json", "/.well-known/void",
    "/id/actor/bbc", "/id/actor/bbc.ttl", "/id/actor/bbc.html", "/ontology", "/ontology.ttl",
    "/ontology.html", "/vocab/measure.html", "/context.jsonld", "/static/qawl.css", "/nothing",
]  # fmt: skip


@pytest.mark.parametrize("target", RESOURCES)
def test_head_is_get_without_content(shipped_server: Server, target: str) -> None:
    # Of how long it took and how it is sent, and when.
    of_the_moment = {"date", "server-timing", "transfer-encoding"}

    def headers(answer: Answer) -> dict[str, str]:
        return {key: one for key, one in answer.headers if key not in of_the_moment}

    got = request(shipped_server, "GET", target)
    head = request(shipped_server, "HEAD", target)
    assert head.content == b""
    assert head.status == got.status
    assert headers(head) == headers(got)


@pytest.mark.parametrize("target", RESOURCES)
def test_what_has_not_changed_is_not_sent_again(shipped_server: Server, target: str) -> None:
    first = request(shipped_server, "GET", target)
    etag = first.header("etag")
    if first.status != 200:
        assert not etag
        return
    assert etag
    for given in (etag, f'"other", {etag}', etag.removeprefix("W/")):
        again = request(shipped_server, "GET", target, f"If-None-Match: {given}")
        assert again.status == 304, given
        assert again.content == b""
        assert again.header("etag") == etag
        assert again.header("vary") == first.header("vary")
        head = request(shipped_server, "HEAD", target, f"If-None-Match: {given}")
        assert head.status == 304
    assert request(shipped_server, "GET", target, 'If-None-Match: "other"').status == 200


def test_another_form_is_another_answer(shipped_server: Server) -> None:
    etags = {
        sparql(shipped_server, SELECT, f"Accept: {accept}").header("etag")
        for accept in (JSON, XML, CSV, TSV, HTML)
    }
    assert len(etags) == 5


def test_what_changes_each_time_has_no_etag(shipped_server: Server) -> None:
    answer = sparql(shipped_server, "SELECT (STRUUID() AS ?id) {}")
    assert answer.status == 200
    assert not answer.header("etag")
    assert "no-store" in answer.header("cache-control")
    assert answer.content != sparql(shipped_server, "SELECT (STRUUID() AS ?id) {}").content


def test_what_is_refused_is_refused_whatever_the_client_has(shipped_server: Server) -> None:
    for etag in ("*", '"other"'):
        line = f"If-None-Match: {etag}"
        assert request(shipped_server, "GET", "/sparql?query=ASK", line).status == 400
        assert request(shipped_server, "GET", "/id/actor/nobody.ttl", line).status == 404


def test_304_is_no_answer_to_a_post(shipped_server: Server) -> None:
    kind = "Content-Type: application/sparql-query"
    first = request(shipped_server, "POST", "/sparql", kind, body=SELECT.encode())
    line = f"If-None-Match: {first.header('etag') or '*'}"
    again = request(shipped_server, "POST", "/sparql", kind, line, body=SELECT.encode())
    # Section 13.1.2 of RFC 9110 has 412 for it; who ignores the condition answers as before.
    assert again.status in {200, 412}


@pytest.mark.parametrize("target", [one for one in RESOURCES if "." not in one.rpartition("/")[2]])
def test_caches_are_told_what_the_answer_depends_on(shipped_server: Server, target: str) -> None:
    answer = request(shipped_server, "GET", target)
    if answer.status in {200, 303}:
        vary = [one.strip().lower() for one in answer.header("vary").split(",")]
        assert "accept" in vary
        assert len(vary) == len(set(vary))


def test_the_redirect_depends_on_accept(shipped_server: Server) -> None:
    for accept, ending in ((TURTLE, "ttl"), (BROWSER, "html"), (JSONLD, "jsonld"), (NT, "nt")):
        answer = request(shipped_server, "GET", "/id/actor/bbc", f"Accept: {accept}")
        assert answer.status == 303
        assert answer.header("location") == f"/id/actor/bbc.{ending}"
        assert "accept" in answer.header("vary").lower()


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True),
        ("br, gzip, deflate", True),
        ("gzip;q=0.5", True),
        ("*", True),
        ("*;q=0.1, identity;q=0", True),
        ("GZIP", True),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("*;q=0", False),
        ("xgzip", False),
        ("identity, gzip;q=0, *;q=0.5", False),
    ],
)
@pytest.mark.parametrize(
    "target", [f"/sparql?query={quote(MANY)}", "/ontology.ttl", "/queries.json", "/openapi.json"]
)
def test_what_is_long_is_compressed_for_who_accepts_it(
    shipped_server: Server, target: str, accepted: str, compressed: bool
) -> None:
    plain = request(shipped_server, "GET", target)
    assert not plain.header("content-encoding")
    answer = request(shipped_server, "GET", target, f"Accept-Encoding: {accepted}")
    assert answer.status == 200
    vary = [one.strip().lower() for one in answer.header("vary").split(",")]
    assert vary.count("accept-encoding") == 1
    if compressed:
        assert answer.header("content-encoding") == "gzip"
        assert len(answer.content) < len(plain.content) / 2
        assert gzip.decompress(answer.content) == plain.content
    else:
        assert not answer.header("content-encoding")
        assert answer.content == plain.content


def test_what_is_short_is_not_compressed(shipped_server: Server) -> None:
    answer = sparql(shipped_server, "ASK {}", "Accept-Encoding: gzip")
    assert not answer.header("content-encoding")
    assert json.loads(answer.content)["boolean"] is True
