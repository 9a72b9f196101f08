"""Requests that nobody would write: whatever comes, there is an answer, and the server lives on."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

import pytest
import schemathesis
from fuzzed_server import fuzzed_server, is_an_answer, some, well_formed
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_http import exchange
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from server_process import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server_process import Server

pytestmark = pytest.mark.xdist_group("fuzz")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    # Every question is answered in time, on a busy machine too: none is made to be heavy.
    with fuzzed_server(time_limit=PATIENCE) as found:
        yield found


# The API as its description has it.


@pytest.fixture(scope="module")
def api(server: Server) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{server.url}/openapi.json")


described = schemathesis.pytest.from_fixture("api")


@pytest.mark.slow
@described.parametrize()
@settings(some, max_examples=25)
def test_the_api_keeps_what_its_description_says(case: schemathesis.Case) -> None:
    # No schema says which texts are SPARQL, or name an actor; and where a form leaves a date empty,
    # it is the default.
    case.call_and_validate(excluded_checks=[positive_data_acceptance, negative_data_rejection])


# Well-formed HTTP.

PLACES = [
    "sparql", "queries", "queries/who-said", "queries/claims.csv", "id/actor/bbc",
    "id/actor/bbc.html", "ontology", "ontology.ttl", "vocab", "static", "static/qawl.css",
    "dumps", "openapi.json", ".well-known/void", "prefixes", "context.jsonld", "id", "..",
]  # fmt: skip
NAMES = [
    "query", "update", "format", "output", "default-graph-uri", "named-graph-uri", "lang",
    "claim", "mode", "speaker", "date-from", "text", "using-graph-uri",
]  # fmt: skip
VALUES = [
    "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "DESCRIBE actor:bbc", "json", "ttl", "html",
    "http://example.org/", "bbc", "9" * 400, "-1", "1e999999", "2003-03-19", "strict", "ar",
    "\x00", "\ud7ff\U0010ffff", "٤٤٨٧", "%", "../../etc/passwd", "a\r\nb: c",
]  # fmt: skip
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
MEDIA_TYPES = [
    "*/*", "text/html", "text/turtle", "application/json", QUERY, FORM, "text/csv;q=1e9",
    "multipart/form-data; boundary=x", 'a/b;q="', ";;;,,,", "*", "/", "text/",
]  # fmt: skip
CONTENT_TYPES = [QUERY, FORM, f"{FORM};charset=utf-8", f"{QUERY};charset=latin-1", *MEDIA_TYPES]
HEADERS = [
    "Accept", "Accept-Encoding", "Accept-Language", "Accept-Charset", "Authorization",
    "Cache-Control", "Content-Type", "Content-Encoding", "Cookie", "Forwarded", "If-Match",
    "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range", "Referer", "TE",
    "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Prefix", "X-HTTP-Method-Override",
    "Upgrade-Insecure-Requests", "Sec-Fetch-Mode",
]  # fmt: skip
METHODS = ["GET"] * 6 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]
ODD_VALUES = ["gzip;q=x", "bytes=0-", "bytes=5-2", "bytes=-0", "W/", '"', "*", "9" * 99, ""]
# These say how the request is sent, which is not what is tried here.
FRAMING = {"host", "content-length", "transfer-encoding", "connection", "expect", "upgrade"}

anything = st.sampled_from(VALUES) | st.text(max_size=30)
encoded = anything.map(lambda text: quote(text.encode("utf-8", "surrogatepass"), safe=""))
octets = st.binary(max_size=20).map(lambda found: quote_from_bytes(found, safe=""))
broken = st.sampled_from(["%", "%%", "%zz", "%u0041", "%C0%AF", "%ED%A0%80", "%F8", "+", "%00"])
piece = encoded | octets | broken
parameter = st.tuples(st.sampled_from(NAMES) | piece, piece).map("=".join) | piece
search = st.lists(parameter, max_size=5).map("&".join)
place = st.sampled_from(PLACES)
path = st.one_of(
    place,
    st.tuples(place, piece).map("/".join),
    st.tuples(place, piece).map(".".join),
    st.lists(place | piece, max_size=4).map("/".join),
)
targets = st.tuples(path, search).map(lambda both: "/" + "?".join(one for one in both if one))
token = st.from_regex(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}", fullmatch=True)
printable = st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f")
value = st.sampled_from(MEDIA_TYPES + ODD_VALUES) | st.text(printable, max_size=40)
names = st.sampled_from(HEADERS) | token.filter(lambda name: name.lower() not in FRAMING)
header_lines = st.lists(st.tuples(names, value).map(": ".join), max_size=4)


@some
@given(st.sampled_from(METHODS), targets, header_lines, st.binary(max_size=200), st.booleans())
def test_every_request_is_answered(
    server: Server, method: str, target: str, headers: list[str], body: bytes, chunked: bool
) -> None:
    answer = exchange(server, well_formed(method, target, headers, body, chunked))
    is_an_answer(answer)
    if method == "HEAD":
        assert answer.content == b""


@some
@given(
    st.sampled_from(CONTENT_TYPES),
    st.sampled_from(MEDIA_TYPES),
    st.one_of(search.map(str.encode), anything.map(lambda text: text.encode("utf-8", "replace")),
              st.binary(max_size=100)),
    search,
    st.booleans(),
)  # fmt: skip
def test_every_post_is_answered(
    server: Server, kind: str, accept: str, body: bytes, address: str, chunked: bool
) -> None:
    headers = [f"Content-Type: {kind}", f"Accept: {accept}"]
    is_an_answer(
        exchange(server, well_formed("POST", f"/sparql?{address}", headers, body, chunked))
    )


# What is no HTTP.

LINES = [
    b"GET / HTTP/1.1", b"POST /sparql HTTP/1.1", b"GET / HTTP/9.9", b"GET /", b"PRI * HTTP/2.0",
    b"BREW /pot HTTP/1.1", b"GET http://x/ HTTP/1.1", b"CONNECT x:1 HTTP/1.1", b"GET\t/\tHTTP/1.1",
    b"Host: x", b"Host:", b"Host : x", b": x", b"\x00: \x00", b" folded", b"Content-Length: -1",
    b"Content-Length: 5", b"Content-Length: 99999999999999999999", b"Content-Length: 1, 2",
    b"Content-Length: 0x5", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip",
    b"Transfer-Encoding: chunked, identity", b"Expect: 100-continue", b"Connection: Upgrade",
    b"Upgrade: websocket", b"Upgrade: h2c", b"Sec-WebSocket-Key: x", b"", b"\xff\xfe", b"5",
    b"hello", b"0", b"zz", b"Content-Type: application/sparql-query",
]  # fmt: skip


@settings(some, max_examples=100)
@given(
    st.lists(st.sampled_from(LINES) | st.binary(max_size=12), min_size=1, max_size=8),
    st.sampled_from([b"\r\n", b"\n", b"\r"]),
    st.booleans(),
)
def test_what_is_no_http_ends_soon(
    server: Server, lines: list[bytes], end: bytes, finished: bool
) -> None:
    """There is an answer, or the connection is closed: nobody is kept waiting."""
    sent = end.join(lines) + (end * 2 if finished else b"")
    try:
        answer = exchange(server, sent or b"\n")
    except (ConnectionError, http.client.HTTPException):
        pass
    else:
        is_an_answer(answer)
