"""A graph on a server: what is sent, what is understood, and each way in which it can fail."""

from __future__ import annotations

import io
import json
import re
import socket
import sys
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from scripted_server import JSON, Asked, Reply, ScriptedServer

import kg
from kg.errors import KgError, QueryError, QuerySyntaxError
from kg.remote import http_client
from kg.remote.connect import LONGEST_GET, connect
from kg.sparql.results import Table, Triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serve = Callable[[Callable[[Asked], Reply] | Reply], ScriptedServer]

YES = Reply(b'{"head":{},"boolean":true}')
NO = Reply(b'{"head":{},"boolean":false}')
ONE = Reply(
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
)
NONE = Reply(b'{"head":{"vars":["x"]},"results":{"bindings":[]}}')
ASK = "ASK { ?s a qawl:Claim }"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the loopback directly, and log in nowhere."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    for name in ("QAWL_ENDPOINT_USER", "QAWL_ENDPOINT_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers by their scripts."""
    started: list[ScriptedServer] = []

    def start(script: Callable[[Asked], Reply] | Reply) -> ScriptedServer:
        server = ScriptedServer(script if callable(script) else lambda _: script)
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()


def parameters(asked: Asked) -> list[tuple[str, str]]:
    given = urlsplit(asked.path).query if asked.method == "GET" else asked.body.decode()
    return parse_qsl(given, keep_blank_values=True)


def ask(url: str, text: str = ASK, timeout: float = 60) -> Table | Triples:
    return connect(url, timeout=timeout, default_graph="server").sparql(text)


def failure(url: str, text: str = ASK, timeout: float = 60) -> str:
    """Return the one message in which asking ends."""
    with pytest.raises(QueryError) as caught:
        ask(url, text, timeout)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 1000
    return message


# What is sent


def test_a_query_is_sent_with_the_prefixes_that_it_uses(serve: Serve) -> None:
    server = serve(YES)
    answer = ask(f"{server.url}/query?apikey=x")
    assert isinstance(answer, Table)
    assert answer.boolean is True
    (asked,) = server.asked
    assert asked.method == "GET"
    assert asked.path.startswith("/query?")
    assert sorted(parameters(asked)) == [
        ("apikey", "x"),
        ("query", f"PREFIX qawl: <https://w3id.org/qawl/ontology#> {ASK}"),
    ]
    assert asked.headers["accept"].startswith(JSON)
    assert "authorization" not in asked.headers


def test_a_long_query_is_posted_whole(serve: Serve) -> None:
    server = serve(YES)
    text = f'ASK {{ ?s ?p "{"ب" * LONGEST_GET}" }}'
    ask(f"{server.url}/query", text)
    (asked,) = server.asked
    assert asked.method == "POST"
    assert asked.path == "/query"
    assert parameters(asked) == [("query", text)]


def test_triples_are_asked_for_as_triples(serve: Serve) -> None:
    server = serve(
        Reply(
            b"<http://x/b> <http://x/p> 'c' .\n<http://x/a> <http://x/p> 'c' .", 200, "text/turtle"
        )
    )
    answer = ask(server.url, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, Triples)
    assert [one.subject.value for one in answer] == ["http://x/a", "http://x/b"]
    assert "json" not in server.asked[0].headers["accept"]


# Which graphs are seen


def without_union(script: Callable[[dict[str, str]], bool]) -> Callable[[Asked], Reply]:
    """Answer as a server whose default graph is empty unless the script says otherwise."""

    def answer(asked: Asked) -> Reply:
        given = dict(parameters(asked))
        if "?claim" in given["query"]:
            return rows({"claim": "http://x/claim"})
        if "?g (COUNT" in given["query"]:
            return rows({"g": "http://x/one", "n": 1}, {"g": "http://x/two", "n": 2})
        return YES if script(given) else NO

    return answer


def rows(*bindings: dict[str, str | int]) -> Reply:
    xsd = "http://www.w3.org/2001/XMLSchema#integer"
    terms = [
        {
            name: {"type": "uri", "value": value}
            if isinstance(value, str)
            else {"type": "literal", "datatype": xsd, "value": str(value)}
            for name, value in row.items()
        }
        for row in bindings
    ]
    names = list(bindings[0]) if bindings else ["g", "n"]
    return Reply(json.dumps({"head": {"vars": names}, "results": {"bindings": terms}}).encode())


@pytest.mark.parametrize(
    ("sees", "dataset"),
    [
        (lambda _: True, ()),
        (lambda given: "union-default-graph" in given, (("union-default-graph", "true"),)),
        (
            lambda given: "default-graph-uri" in given,
            (
                ("default-graph-uri", "http://x/one"),
                ("default-graph-uri", "http://x/two"),
                ("named-graph-uri", "http://x/one"),
                ("named-graph-uri", "http://x/two"),
            ),
        ),
    ],
)
def test_the_union_of_the_graphs_is_made_as_the_server_makes_it(
    serve: Serve,
    sees: Callable[[dict[str, str]], bool],
    dataset: tuple[tuple[str, str], ...],
) -> None:
    server = serve(without_union(sees))
    graph = connect(server.url)
    assert graph.dataset == dataset
    server.asked.clear()
    graph.sparql("ASK { ?s ?p ?o }")
    (asked,) = server.asked
    assert [one for one in parameters(asked) if one[0] != "query"] == list(dataset)
    server.asked.clear()
    graph.sparql("ASK FROM <http://x/two> { ?s ?p ?o }")
    assert [name for name, _ in parameters(server.asked[0])] == ["query"]


def test_a_server_that_cannot_make_the_union_says_so(serve: Serve) -> None:
    with pytest.raises(QueryError, match="queries without GRAPH do not see its named graphs"):
        connect(serve(without_union(lambda _: False)).url)


def test_a_server_without_claims_in_named_graphs_is_left_as_it_is(serve: Serve) -> None:
    server = serve(NONE)
    assert connect(server.url).dataset == ()
    assert len(server.asked) == 1


# How it fails


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    message = failure(f"http://127.0.0.1:{port}/query")
    assert f"http://127.0.0.1:{port}/query: cannot be reached (Connection refused)" in message


def test_a_host_that_there_is_not() -> None:
    assert "cannot be reached" in failure("http://no-such-host.invalid/query")


def test_a_server_that_speaks_no_tls(serve: Serve) -> None:
    message = failure(serve(YES).url.replace("http:", "https:"))
    assert "no trusted connection can be made" in message


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://localhost/",
        "localhost:7878",
        "http://",
        "http:///query",
        "",
        "http://localhost/a b",
        "http://localhost/\nHost: x",
        "http://مثال/",
        "http://localhost:99999/",
        "http://localhost:0/",
        "http://[::1/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(QueryError, match=r"is not the URL of a SPARQL server|malformed host"):
        connect(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(QueryError, match="QAWL_ENDPOINT_USER") as caught:
        connect("http://someone:secret@localhost/query")
    assert "secret" not in str(caught.value)
    assert "http://localhost/query" in str(caught.value)


def test_only_one_of_user_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "someone")
    with pytest.raises(QueryError, match="set both"):
        connect("http://localhost/query")


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (400, (), "HTTP 400; correct the query: line 3: no such thing"),
        (401, (), "HTTP 401; set QAWL_ENDPOINT_USER and QAWL_ENDPOINT_PASSWORD: line 3"),
        (
            403,
            (),
            "HTTP 403; set QAWL_ENDPOINT_USER and QAWL_ENDPOINT_PASSWORD to a user with permission",
        ),
        (404, (), "HTTP 404; correct the URL: line 3"),
        (414, (), "HTTP 414; shorten the query"),
        (418, (), "HTTP 418; check the server, or correct the URL: line 3"),
        (429, (("Retry-After", "17"),), "HTTP 429; try again later (in 17 seconds): line 3"),
        (500, (), "HTTP 500; check the server's log, or narrow the query: line 3"),
        (503, (("Retry-After", "120"),), "HTTP 503; try again later (in 120 seconds)"),
        (
            503,
            (("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"),),
            "HTTP 503; try again later (after 1999-12-31 23:59:59+00:00)",
        ),
        (503, (("Retry-After", "soon"),), "HTTP 503; try again later: line 3"),
    ],
)
def test_a_refusal_is_told_with_the_servers_words(
    serve: Serve, status: int, headers: tuple[tuple[str, str], ...], words: str
) -> None:
    server = serve(Reply(b"line 3:\n\tno such \x1b[31mthing\x00\n", status, "text/plain", headers))
    message = failure(f"{server.url}/query?apikey=hush")
    assert message.replace(" [31m", " ").startswith(f"{server.url}/query: {words}")
    assert "\x1b" not in message
    assert "hush" not in message


def test_a_servers_words_are_shortened_and_without_markup(serve: Serve) -> None:
    page = b"<html><head><title>x</title></head><body><h1>No</h1><p>" + b"very " * 1000 + b"</html>"
    message = failure(serve(Reply(page, 500, "text/html")).url)
    assert ": No very very" in message
    assert message.endswith("…")
    assert len(message) < 450


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (
            Reply(b"<!DOCTYPE html><html><body>Hello</body></html>", 200, "text/html"),
            "a web page, not query results; give",
        ),
        (Reply(b""), "malformed or incomplete results"),
        (Reply(b"{}"), "malformed or incomplete results"),
        (Reply(ONE.body[:-5]), "malformed or incomplete results"),
        (Reply(ONE.body, length=len(ONE.body) + 7), "was cut off after"),
        (Reply(ONE.body[:-5], length=None), "malformed or incomplete results"),
        (
            Reply(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":7}]}}'),
            "malformed or incomplete",
        ),
        (Reply(b'{"head":[],"boolean":"http://www.w3.org/2001/XMLSchema#boolean"}'), "malformed"),
        (
            Reply(b'{"results":"http://www.w3.org/2001/XMLSchema#boolean"}'),
            "malformed or incomplete",
        ),
        (Reply(b"\xff\xfe\x00"), "UTF-16"),
        (Reply(b'{"a":' * 100_000), "nested more than"),
        (Reply(b"x", headers=(("Content-Encoding", "gzip"),)), "malformed or incomplete"),
    ],
)
def test_what_is_no_result(serve: Serve, reply: Reply, words: str) -> None:
    server = serve(reply)
    message = failure(server.url)
    assert message.startswith(f"{server.url}: ")
    assert words in message


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b"<a> <b>", 200, "text/turtle"), "malformed or incomplete"),
        (Reply(b"<rdf:RDF/>", 200, "application/rdf+xml"), "media type is application/rdf+xml"),
        (Reply(b"<html>", 200, "text/html"), "a web page, not query results"),
        (Reply(b"<<(" * 50_000, 200, "application/n-triples"), "nested more than"),
    ],
)
def test_what_is_no_graph(serve: Serve, reply: Reply, words: str) -> None:
    assert words in failure(serve(reply).url, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_server_that_never_answers(serve: Serve) -> None:
    server: ScriptedServer

    def wait(_: Asked) -> Reply:
        server.over.wait(20)
        return YES

    server = serve(wait)
    assert "no complete answer within 0.3 seconds" in failure(server.url, timeout=0.3)


def test_a_server_that_answers_drop_by_drop() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        message = failure(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=0.5)
        over.set()
        thread.join()
    assert "no complete answer within 0.5 seconds" in message


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"]
)
def test_a_server_that_hangs_up(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        message = failure(f"http://127.0.0.1:{listening.getsockname()[1]}")
        thread.join()
    assert re.search("is not HTTP or is incomplete|cannot be reached", message)


def test_an_answer_that_is_too_large(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "LARGEST_ANSWER", 100_000)
    message = failure(serve(Reply(b" " * 300_000)).url)
    assert "the answer has more than 100000 bytes; narrow the query" in message


def test_an_answer_that_the_server_cut_off(serve: Serve) -> None:
    cut = Reply(ONE.body, headers=(("X-SPARQL-MaxRows", "10000"),))
    assert "cut off at 10000 rows" in failure(serve(cut).url, "SELECT ?x { ?x ?p ?o }")
    late = Reply(ONE.body, headers=(("X-SPARQL-Anytime", "max; timeout"),))
    assert "the answer is incomplete" in failure(serve(late).url, "SELECT ?x { ?x ?p ?o }")


@pytest.mark.parametrize("text", ["", "INSERT DATA { <a> <b> <c> }", "{" * 200])
def test_what_is_no_query_is_not_sent(serve: Serve, text: str) -> None:
    server = serve(YES)
    with pytest.raises(QuerySyntaxError):
        ask(server.url, text)
    assert server.asked == []


# Redirects


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("size", [1, LONGEST_GET])
def test_a_query_is_redirected_with_its_body(serve: Serve, status: int, size: int) -> None:
    there = serve(YES)
    here = serve(Reply(status=status, headers=(("Location", f"{there.url}/there?x=1"),)))
    text = f'ASK {{ ?s ?p "{"x" * size}" }}'
    answer = ask(f"{here.url}/here", text)
    assert isinstance(answer, Table)
    assert answer.boolean is True
    (first,), (second,) = here.asked, there.asked
    assert (second.method, second.body) == (first.method, first.body)
    assert second.path == "/there?x=1"


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "gopher://x/", "//", ""]
)
def test_a_redirect_elsewhere_than_http_is_not_followed(serve: Serve, place: str) -> None:
    server = serve(Reply(status=302, headers=(("Location", place),)))
    message = failure(f"{server.url}/query")
    assert "HTTP 302" in message or "cannot be reached" in message
    assert len(server.asked) <= http_client.MOST_REDIRECTS + 1


def test_redirects_in_a_circle_come_to_an_end(serve: Serve) -> None:
    server = serve(Reply(status=302, headers=(("Location", "/query"),)))
    assert "HTTP 302" in failure(f"{server.url}/query")
    assert len(server.asked) <= http_client.MOST_REDIRECTS + 1


def test_credentials_do_not_go_along_with_a_redirect(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "someone")
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "secret")
    challenge = Reply(b"secret", 401, "text/plain", (("WWW-Authenticate", 'Basic realm="x"'),))
    there = serve(challenge)

    def answer(asked: Asked) -> Reply:
        if "authorization" not in asked.headers:
            return challenge
        return Reply(status=307, headers=(("Location", f"{there.url}/there"),))

    here = serve(answer)
    message = failure(f"{here.url}/here")
    assert "HTTP 401" in message
    assert "secret" not in message
    assert [asked.headers.get("authorization") for asked in there.asked] == [None]


# Logging in


def test_basic_credentials_are_sent_where_they_are_asked_for_and_from_then_on(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "Aladdin")
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "open sesame")
    # RFC 7617, section 2
    wanted = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("authorization") == wanted:
            return YES
        return Reply(b"", 401, "text/plain", (("WWW-Authenticate", 'Basic realm="x"'),))

    server = serve(answer)
    graph = connect(server.url, default_graph="server")
    graph.sparql(ASK)
    graph.sparql(ASK)
    assert [one.headers.get("authorization") for one in server.asked] == [None, wanted, wanted]


def test_digest_credentials_answer_the_challenge_and_not_the_password(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "someone")
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "secret")
    challenge = (
        ("WWW-Authenticate", 'Basic realm="x"'),
        ("WWW-Authenticate", 'Digest realm="x", nonce="n1", qop="auth", algorithm=MD5'),
    )

    def answer(asked: Asked) -> Reply:
        if 'nonce="n1"' in asked.headers.get("authorization", ""):
            return YES
        return Reply(b"", 401, "text/plain", challenge)

    server = serve(answer)
    ask(server.url)
    sent = server.asked[1].headers["authorization"]
    assert sent.startswith('Digest username="someone"')
    assert "secret" not in sent


@pytest.mark.parametrize(
    "challenge",
    [
        'Basic realm="x"',
        'Digest realm="x", nonce="n", qop="auth"',
        'Digest realm="x", nonce="n", algorithm=ROT13',
        'Digest realm="x", nonce="n", stale=true',
        "Digest",
        "Bearer",
        "Negotiate",
        "",
    ],
)
def test_credentials_that_are_not_accepted(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, challenge: str
) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "someone")
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "secret")
    server = serve(Reply(b"no: secret", 401, "text/plain", (("WWW-Authenticate", challenge),)))
    message = failure(server.url)
    assert "secret" not in message
    assert len(server.asked) < 10
    known = challenge.startswith(("Basic", "Digest"))
    assert ("is not accepted; correct" if known else "requires a login other than") in message


# As one of our own


def test_a_server_without_graphs_of_ours_gives_no_network(serve: Serve) -> None:
    server = serve(
        lambda asked: rows({"g": "http://x/g", "n": 3}) if "GROUP" in str(parameters(asked)) else NO
    )
    graph = connect(server.url, default_graph="server")
    with pytest.raises(QueryError, match=r"has none of Qawl's named graphs .*kg publish"):
        kg.network("attribution", graph)


def test_a_format_of_the_other_kind_is_refused_before_anything_is_asked(serve: Serve) -> None:
    server = serve(YES)
    graph = connect(server.url, default_graph="server")
    with pytest.raises(QueryError, match="a table, which cannot be written as 'ttl'"):
        graph.write(ASK, "ttl", io.BytesIO())
    with pytest.raises(QueryError, match="triples, which cannot be written as 'csv'"):
        graph.write("CONSTRUCT WHERE { ?s ?p ?o }", "csv", io.BytesIO())
    assert server.asked == []


def test_an_unknown_question_is_not_sent(serve: Serve) -> None:
    server = serve(YES)
    with pytest.raises(KgError, match="did you mean who-said"):
        connect(server.url, default_graph="server").query("who-sayd")
    assert server.asked == []


def test_the_name_is_there_for_all() -> None:
    assert kg.connect is connect
    assert isinstance(sys.modules["kg.remote.connect"].RemoteGraph, type)


def test_a_remote_graph_does_not_show_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "someone")
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "secret")
    assert "secret" not in repr(connect("http://localhost/query", default_graph="server"))
