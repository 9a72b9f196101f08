"""Requests that nobody would write: whatever comes, there is an answer, and the server lives on."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_http import Answer, exchange
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from server_process import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy
    from server_process import Server

pytestmark = pytest.mark.xdist_group("fuzz")

some = settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve with limits that a test can wait for; it must live and log no fault."""
    with serving("--time-limit", "2", "--request-timeout", "1") as found:
        yield found
        begun = time.monotonic()
        answer = exchange(found, b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n")
        assert answer.status == 200
        assert time.monotonic() - begun < 1
        log = found.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log


def is_an_answer(answer: Answer) -> None:
    """Check what every answer has; 503 is the one fault that is documented."""
    assert answer.status < 500 or answer.status == 503, answer.content[:500]
    assert answer.header("access-control-allow-origin") == "*"
    assert answer.header("x-content-type-options") == "nosniff"
    assert b"Traceback" not in answer.content
    if answer.content:
        assert answer.media_type
    if answer.status == 503:
        assert "seconds" in answer.text or "memory" in answer.text, answer.text


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

PLACES = ["sparql", "queries", "queries/who-said", "queries/claims.csv", "id/actor/bbc",
          "id/actor/bbc.html", "ontology", "ontology.ttl", "vocab", "static", "static/qawl.css",
          "dumps", "openapi.json", ".well-known/void", "prefixes", "context.jsonld", "id", ".."]  # fmt: skip
NAMES = ["query", "update", "format", "output", "default-graph-uri", "named-graph-uri", "lang",
         "claim", "mode", "speaker", "date-from", "text", "using-graph-uri"]  # fmt: skip
VALUES = ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "DESCRIBE actor:bbc", "json", "ttl", "html",
          "http://example.org/", "bbc", "9" * 400, "-1", "1e999999", "2003-03-19", "strict", "ar",
          "\x00", "\ud7ff\U0010ffff", "٤٤٨٧", "%", "../../etc/passwd", "a\r\nb: c"]  # fmt: skip
MEDIA_TYPES = ["*/*", "text/html", "text/turtle", "application/json", "application/sparql-query",
               "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
               "text/csv;q=1e9", "a/b;q=\"", ";;;,,,", "*", "/", "text/"]  # fmt: skip
HEADERS = ["Accept", "Accept-Encoding", "Accept-Language", "Accept-Charset", "Authorization",
           "Cache-Control", "Content-Type", "Content-Encoding", "Cookie", "Forwarded",
           "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range",
           "Referer", "TE", "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Prefix",
           "X-HTTP-Method-Override", "Upgrade-Insecure-Requests", "Sec-Fetch-Mode"]  # fmt: skip

anything = st.sampled_from(VALUES) | st.text(max_size=30)
encoded = anything.map(lambda text: quote(text.encode("utf-8", "surrogatepass"), safe=""))
raw_octets = st.binary(max_size=20).map(lambda octets: quote_from_bytes(octets, safe=""))
broken = st.sampled_from(["%", "%%", "%zz", "%u0041", "%C0%AF", "%ED%A0%80", "%F8", "+", "%00"])
piece = encoded | raw_octets | broken
parameter = st.tuples(st.sampled_from(NAMES) | piece, piece).map("=".join) | piece
search = st.lists(parameter, max_size=5).map("&".join)
path = st.lists(st.sampled_from(PLACES) | piece, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)
target = st.tuples(path, search).map(lambda both: both[0] + ("?" + both[1] if both[1] else ""))
token = st.from_regex(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}", fullmatch=True)
value = (
    st.sampled_from(MEDIA_TYPES)
    | st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"),
              max_size=40)
    | st.sampled_from(["gzip;q=x", "bytes=0-", "bytes=5-2", "bytes=-0", "W/", '"', "*", "9" * 99])
)  # fmt: skip
OURS = {"host", "content-length", "transfer-encoding", "connection", "expect", "upgrade"}
header_line = st.tuples(
    st.sampled_from(HEADERS) | token.filter(lambda name: name.lower() not in OURS), value
).map(": ".join)
method = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])


def well_formed(method: str, target: str, headers: list[str], body: bytes, chunked: bool) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: x", "Connection: close", *headers]
    if chunked and body:
        lines.append("Transfer-Encoding: chunked")
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    else:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@some
@given(method, target, st.lists(header_line, max_size=4), st.binary(max_size=200), st.booleans())
def test_every_request_is_answered(
    server: Server, method: str, target: str, headers: list[str], body: bytes, chunked: bool
) -> None:
    answer = exchange(server, well_formed(method, target, headers, body, chunked))
    is_an_answer(answer)
    if method == "HEAD":
        assert answer.content == b""
    if answer.status in {201, 202, 205, 206} or answer.status < 200:
        raise AssertionError(f"{answer.status} is no answer that this server gives")


@some
@given(st.lists(parameter, max_size=4).map("&".join), st.sampled_from(MEDIA_TYPES), st.data())
def test_every_post_is_answered(server: Server, form: str, kind: str, data: st.DataObject) -> None:
    body = data.draw(st.binary(max_size=100)) if data.draw(st.booleans()) else form.encode()
    lines = [f"Content-Type: {kind}", f"Accept: {data.draw(st.sampled_from(MEDIA_TYPES))}"]
    address = "/sparql?" + data.draw(search)
    is_an_answer(
        exchange(server, well_formed("POST", address, lines, body, data.draw(st.booleans())))
    )


# SPARQL: token after token, and expressions with arguments that no function expects.

TOKENS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "*", "?s", "?p", "?o", "$s", "{", "}", "(", ")",
          "[", "]", ".", ";", ",", "WHERE", "FROM", "NAMED", "GRAPH", "OPTIONAL", "UNION", "MINUS",
          "FILTER", "BIND", "AS", "VALUES", "UNDEF", "SERVICE", "SILENT", "EXISTS", "NOT", "IN",
          "ORDER BY", "GROUP BY", "HAVING", "LIMIT 3", "OFFSET 9", "DISTINCT", "REDUCED", "a",
          "qawl:Claim", "<http://example.org/>", "<a b>", "_:b", "'x'", '"y"@ar', "1", "-1.5e300",
          "true", "COUNT(*)", "SUM(?o)", "PREFIX a: <b:>", "BASE <x:>", "/", "|", "^", "!", "+", "#",
          "\\u0053", "\\", "'''", "<<", ">>", "INSERT DATA", "DROP ALL", "\n", "\ufeff", "قول"]  # fmt: skip


def ask(server: Server, query: str) -> Answer:
    kind = ["Content-Type: application/sparql-query"]
    return exchange(server, well_formed("POST", "/sparql", kind, query.encode(), chunked=False))


@some
@given(st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join))
def test_every_row_of_tokens_is_answered(server: Server, query: str) -> None:
    answer = ask(server, query)
    is_an_answer(answer)
    assert answer.status in {200, 400, 403, 503}, answer.text


LITERALS = ["0", "-0.0", "1e400", "'NaN'^^xsd:double", "9" * 40, "-9223372036854775808", "1.5",
            "9223372036854775807", "'170141183460469231731687303715884105727'^^xsd:decimal", "''",
            "'قول'@ar", "'x'@en", "'2024-13-45'^^xsd:date", "'-9999999999-01-01'^^xsd:date",
            "'2003-03-20T25:61:61Z'^^xsd:dateTime", "'2003-03-20T00:00:00+14:00'^^xsd:dateTime",
            "'P99999999999Y'^^xsd:duration", "'-P1M'^^xsd:yearMonthDuration", "'PT'^^xsd:duration",
            "'P99999999999D'^^xsd:dayTimeDuration", "'(a+)+$'", "'['", "'\\\\u0000'", "'\\U0010FFFF'",
            "true", "<http://example.org/>", "?unbound", "'2003'^^xsd:gYear", "'x'^^<a:b>",
            "'--02-30'^^xsd:gMonthDay", "'24:00:00'^^xsd:time"]  # fmt: skip
ONE = ["STR", "LANG", "DATATYPE", "IRI", "ABS", "CEIL", "FLOOR", "ROUND", "STRLEN", "UCASE", "LCASE",
       "ENCODE_FOR_URI", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ",
       "MD5", "SHA1", "SHA256", "SHA512", "isIRI", "isBLANK", "isLITERAL", "isNUMERIC", "!", "-",
       "xsd:integer", "xsd:decimal", "xsd:double", "xsd:float", "xsd:boolean", "xsd:string",
       "xsd:date", "xsd:dateTime", "xsd:time", "xsd:duration", "xsd:dayTimeDuration", "BNODE"]  # fmt: skip
TWO = ["LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "STRLANG",
       "STRDT", "sameTerm", "REGEX", "SUBSTR", "COALESCE", "CONCAT"]  # fmt: skip
OPERATORS = ["+", "-", "*", "/", "=", "!=", "<", ">=", "&&", "||"]


def compound(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return (
        st.builds(lambda name, one: f"{name}({one})", st.sampled_from(ONE), inner)
        | st.builds(lambda name, one, two: f"{name}({one}, {two})", st.sampled_from(TWO), inner, inner)
        | st.builds(lambda one, sign, two: f"({one} {sign} {two})", inner,
                    st.sampled_from(OPERATORS), inner)
        | st.builds(lambda one, two, three: f"REPLACE(STR({one}), STR({two}), STR({three}))",
                    inner, inner, inner)
        | st.builds(lambda one, two, three: f"IF({one}, {two}, {three})", inner, inner, inner)
        | st.builds(lambda one, two, three: f"SUBSTR(STR({one}), {two}, {three})",
                    inner, inner, inner)
        | st.builds(lambda one, two: f"({one} IN ({two}, 1))", inner, inner)
    )  # fmt: skip


expressions = st.recursive(st.sampled_from(LITERALS), compound, max_leaves=6)
AGGREGATES = ["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"]


@some
@given(expressions, st.sampled_from(["json", "xml", "csv", "tsv", "html"]))
def test_every_expression_has_a_value_or_none(server: Server, expression: str, form: str) -> None:
    query = f"SELECT ({expression} AS ?x) {{}}"
    address = f"/sparql?format={form}"
    kind = ["Content-Type: application/sparql-query"]
    answer = exchange(server, well_formed("POST", address, kind, query.encode(), chunked=False))
    is_an_answer(answer)
    if answer.status == 400:
        # The one thing that a form cannot carry, or a literal that is no IRI or language tag.
        assert "XML" in answer.text or "not SPARQL" in answer.text, answer.text
    else:
        assert answer.status == 200, answer.text


@settings(some, max_examples=100)
@given(st.sampled_from(AGGREGATES), st.lists(expressions, min_size=1, max_size=3))
def test_every_aggregate_has_a_value_or_none(server: Server, name: str, members: list[str]) -> None:
    rows = " UNION ".join(f"{{ BIND ({one} AS ?x) }}" for one in members)
    answer = ask(server, f"SELECT ({name}(?x) AS ?y) {{ {rows} }} ORDER BY ?y")
    is_an_answer(answer)
    assert answer.status in {200, 503}, answer.text


# What is no HTTP.

LINES = [b"GET / HTTP/1.1", b"POST /sparql HTTP/1.1", b"GET / HTTP/9.9", b"GET /", b"PRI * HTTP/2.0",
         b"BREW /pot HTTP/1.1", b"GET http://x/ HTTP/1.1", b"CONNECT x:1 HTTP/1.1", b"GET\t/\tHTTP/1.1",
         b"Host: x", b"Host:", b"Host : x", b": x", b"\x00: \x00", b" folded", b"Content-Length: -1",
         b"Content-Length: 5", b"Content-Length: 99999999999999999999", b"Content-Length: 1, 2",
         b"Content-Length: 0x5", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip",
         b"Transfer-Encoding: chunked, identity", b"Expect: 100-continue", b"Connection: Upgrade",
         b"Upgrade: websocket", b"Upgrade: h2c", b"Sec-WebSocket-Key: x", b"", b"\xff\xfe", b"5",
         b"hello", b"0", b"zz", b"Content-Type: application/sparql-query"]  # fmt: skip


@settings(some, max_examples=150)
@given(st.lists(st.sampled_from(LINES) | st.binary(max_size=12), min_size=1, max_size=8),
       st.sampled_from([b"\r\n", b"\n", b"\r"]), st.booleans())  # fmt: skip
def test_what_is_no_http_ends_soon(
    server: Server, lines: list[bytes], end: bytes, finished: bool
) -> None:
    """There is an answer that is one, or the connection is closed; not later than at the limit."""
    begun = time.monotonic()
    sent = end.join(lines) + (end * 2 if finished else b"")
    try:
        answer = exchange(server, sent or b"\n", timeout=5)
    except (ConnectionError, http.client.HTTPException):
        pass
    else:
        assert answer.status < 500 or answer.status in {501, 503, 505}
    assert time.monotonic() - begun < 4
