"""The pages as a browser gets them: no code but ours, nothing foreign, no dead link."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import patient_http
import pytest
from raw_http import exchange, request
from server_process import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TABLE = "SELECT ?c ?gloss { ?c a qawl:Claim ; qawl:gloss ?gloss } LIMIT 5"
PAGES = [
    "/", "/articles/iraq-war-2003-2011", "/boards/how-many", "/boards/contradictions",
    "/boards/timeline", "/boards/voices", "/boards/speakers",
    "/boards/speakers?speaker=actor/tony-blair", "/search?q=4487",
    "/sparql", f"/sparql?query={quote(TABLE)}", "/sparql?query=ASK%7B%7D",
    f"/sparql?query={quote('DESCRIBE actor:bbc')}", "/queries", "/queries/who-said",
    "/queries/who-said?claim=us-dead-2003-2011&mode=strict", "/queries/between-dates",
    "/queries/chain-as-graph",
    "/networks", "/networks/attribution?via=bbc", "/networks/rdf",
    "/id/claim/iraq-war-2003-2011/curated/us-dead-2003-2011.html",
    "/id/actor/tony-blair.html", "/id/source/iraq-war-2003-2011.html", "/id/event/iraq-war.html",
    "/id/source/bbc-report-2011.html", "/id/place/iraq.html", "/id/graph/derived.html",
    "/id/reading/iraq-war-2003-2011/curated.html", "/vocab/measure/deaths.html",
    "/ontology.html", "/ontology.html?lang=ar", "/vocab.html", "/vocab/measure.html",
    "/vocab/measure.html?lang=ar", "/shapes.html", "/alignments.html", "/prefixes.html",
]  # fmt: skip
# What can run code or load something, if it stands in a page. Some have drawings in SVG.
RUNS_OR_LOADS = {"script", "style", "iframe", "object", "embed", "base", "svg", "math", "audio",
                 "video", "img", "source", "template", "applet", "frame", "portal"}  # fmt: skip
# Scripts that the package has, by address; data for them, which no browser runs.
OUR_SCRIPT = re.compile(r"/static/ui/[a-z-]+-[A-Z0-9]{8}\.js")
DRAWN = re.compile(r"/(ontology.*|articles/.*|boards/.*|id/(source|event|place)/.*)?")
DATA = {"type": "application/json"}


class Page(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.elements if attribute in given]


def is_ours(tag: str, attributes: dict[str, str]) -> bool:
    """Return whether an element is a script that the package has, or data for one."""
    if tag != "script":
        return False
    if "src" not in attributes:
        return {name: value for name, value in attributes.items() if name != "id"} == DATA
    return OUR_SCRIPT.fullmatch(attributes["src"]) is not None


def runs_nothing(page: Page, *, drawing: bool = False) -> None:
    for tag, attributes in page.elements:
        allowed = is_ours(tag, attributes) or (drawing and tag == "svg")
        assert tag not in RUNS_OR_LOADS or allowed, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), f"<{tag} {name}>"
            assert name not in {"style", "srcdoc", "formaction", "ping"}, f"<{tag} {name}>"
            if name in {"href", "src", "action", "xlink:href"}:
                assert urlsplit(value).scheme in {"", "http", "https"}, value
        if tag == "meta":
            assert attributes.get("http-equiv", "").lower() != "refresh"
        if tag == "link" and attributes.get("rel") == "stylesheet":
            assert attributes["href"].startswith("/static/")


def get(server: Server, target: str) -> httpx.Response:
    return patient_http.get(server.url + target, headers={"accept": BROWSER})


@pytest.mark.parametrize("target", PAGES)
def test_a_page_runs_and_loads_nothing_foreign(shipped_server: Server, target: str) -> None:
    answer = get(shipped_server, target)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(answer.text)
    runs_nothing(page, drawing=DRAWN.fullmatch(target) is not None)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("main") == tags.count("h1") == 1
    assert tags.index("title") < tags.index("body")
    html = next(given for tag, given in page.elements if tag == "html")
    assert html["lang"] in {"en", "ar"}
    identifiers = page.values("id")
    assert len(identifiers) == len(set(identifiers))
    for label in (given["for"] for tag, given in page.elements if tag == "label"):
        assert label in identifiers


@pytest.mark.parametrize("target", [*PAGES, "/nothing", "/static/qawl.css", "/queries.json"])
def test_the_policy_allows_nothing_but_our_own(shipped_server: Server, target: str) -> None:
    headers = get(shipped_server, target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = {
        words[0]: words[1:]
        for words in (one.split() for one in headers["content-security-policy"].split(";"))
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["script-src"] == policy["connect-src"] == ["'self'"]
    assert "unsafe" not in headers["content-security-policy"]


def test_all_links_within_the_site_lead_somewhere(shipped_server: Server) -> None:
    """Follow links of the pages, and anchors within the page that they lead to."""
    links: dict[str, str] = {}
    with patient_http.client(base_url=shipped_server.url, headers={"accept": BROWSER}) as client:
        for target in PAGES:
            page = Page(client.get(target).text)
            for value in [*page.values("href"), *page.values("action")]:
                if not urlsplit(value).scheme:
                    links.setdefault(urljoin(target, value), target)
        addresses = sorted({link.partition("#")[0] for link in links})
        assert len(addresses) > 500
        sample = set(random.Random(2011).sample(addresses, 200)) | {"/", "/dumps/", "/ontology"}  # noqa: S311
        broken, pages = [], {}
        for link, on in links.items():
            address, _, anchor = link.partition("#")
            if address not in sample:
                continue
            if address not in pages:
                answer = client.get(address, follow_redirects=True)
                html = answer.headers["content-type"].startswith("text/html")
                identifiers = set(Page(answer.text).values("id")) if html else None
                pages[address] = (answer.status_code, identifiers)
            status, anchors = pages[address]
            if status != 200:
                broken.append(f"{link} on {on}: {status}")
            elif anchor.startswith("char="):
                continue  # code points, which a script marks
            elif anchor and anchors is not None and anchor not in anchors:
                broken.append(f"{link} on {on}: no such place in the page")
        assert broken == []


# What comes in shows as it is, wherever it goes in.

PROBES = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "{{ 7 * 191 }}", "{% print(7 * 191) %}", "${7 * 191}", "#{7*191}", "javascript:alert(1)",
    "&lt;script&gt;", "]]><script>", "<!--", "\u202etpircs", "\ufeff<script>",
]  # fmt: skip


def is_harmless(answer: httpx.Response) -> None:
    assert "1337" not in answer.text
    if answer.headers["content-type"].startswith("text/html"):
        runs_nothing(Page(answer.text), drawing="/ontology" in answer.url.path)
    else:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("probe", PROBES)
def test_what_is_asked_shows_as_text(shipped_server: Server, probe: str) -> None:
    written = probe.replace("\\", "\\\\").replace('"', '\\"')
    with patient_http.client(base_url=shipped_server.url, headers={"accept": BROWSER}) as client:
        query = f'SELECT ("{written}" AS ?x) (STRLANG("{written}", "ar") AS ?y) {{}}'
        page = client.get("/sparql", params={"query": query})
        assert page.status_code == 200
        is_harmless(page)
        # In a comment, so that it stands in the query and nowhere else.
        is_harmless(client.get("/sparql", params={"query": f"ASK {{}} # {probe}"}))
        is_harmless(client.get("/sparql", params={"query": probe}))
        graph = f"http://example.org/{quote(probe)}"
        named = {"query": "ASK {}", "default-graph-uri": graph, "named-graph-uri": graph}
        is_harmless(client.get("/sparql", params=named))
        is_harmless(client.get("/sparql", params={"query": "ASK {}", "named-graph-uri": probe}))
        is_harmless(client.get("/sparql", params={"query": "ASK {}", "format": probe}))
        is_harmless(client.get("/queries/claims", params={"claim": probe}))
        is_harmless(client.get("/queries/who-said", params={"claim": probe}))
        is_harmless(client.get("/queries/who-said", params={probe: "x"}))
        is_harmless(client.get("/ontology.html", params={"lang": probe}))
        for path in ("/{}", "/queries/{}", "/id/actor/{}.html", "/id/{}/x.ttl", "/static/{}"):
            is_harmless(client.get(path.format(quote(probe, safe=""))))


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a graph in whose every place stands something that a page must not run."""
    name = "https://w3id.org/qawl/id/actor/x"
    code = "<script>alert(1)</script>{{ 7 * 191 }}"
    data = tmp_path_factory.mktemp("hostile") / "data.nq"
    lines = [
        f'<{name}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{code}"@en',
        f'<{name}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{code}"@ar',
        f"<{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <javascript:alert(1)>",
        f"<{name}> <http://example.org/p'%22onclick=alert(1)> <javascript:alert(2)>",
        f"<{name}> <javascript:alert(3)> <data:text/html,alert(1)>",
        f'<{name}> <http://example.org/p> "{code}"^^<javascript:alert(4)>',
        f'<{name}> <http://example.org/p> "{code}"^^<http://example.org/a\'onclick=alert(1)>',
        f"<{name}> <http://example.org/p> <https://w3id.org/qawl/id/a'onclick=alert(1)//x>",
        f"<{name}> <http://example.org/p> <https://w3id.org/qawl///evil.example/x>",
        f"<https://w3id.org/qawl/id/y> <http://example.org/p> <{name}>",
    ]
    data.write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
    with serving(data) as server:
        yield server


@pytest.mark.parametrize(
    "target",
    [
        "/id/actor/x.html",
        "/id/y.html",
        f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}",
        f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }')}",
        f"/sparql?query={quote('SELECT (1 AS ?a) { }')}&default-graph-uri=javascript:alert(1)",
    ],
)
def test_what_the_graph_holds_shows_as_text(hostile_data: Server, target: str) -> None:
    answer = get(hostile_data, target)
    assert answer.status_code == 200
    is_harmless(answer)
    # No link of ours leads off the site: //host is another server's address.
    for value in Page(answer.text).values("href"):
        assert not value.startswith("//"), value


# Nothing of a request becomes a header.


@pytest.mark.parametrize("breaks", ["%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%u000a"])
@pytest.mark.parametrize(
    "target",
    [
        "/id/actor/a{}X-Injected:%20yes", "/id/a%23{}X-Injected:%20yes",
        "/ontology%23{}X-Injected:%20yes", "/id/a%23%C4%80{}X-Injected:%20yes",
        "/vocab/a{}X-Injected:%20yes{}{}x",
        "/queries/a{}X-Injected:%20yes", "/static/a{}X-Injected:%20yes",
        "/ontology{}X-Injected:%20yes", "/id/actor/a.ttl{}X-Injected:%20yes",
        "/sparql?query=ASK%7B%7D&format=csv{}X-Injected:%20yes",
        "/sparql?query=a{}X-Injected:%20yes",
        "/sparql?query=ASK%7B%7D&default-graph-uri=http://a/{}X-Injected:%20yes",
        "/queries/who-said?claim=a{}X-Injected:%20yes", "/queries/who-said?a{}X-Injected:%20yes=1",
        "/ontology.html?lang=a{}X-Injected:%20yes",
    ],
)  # fmt: skip
def test_no_path_or_parameter_becomes_a_header(
    shipped_server: Server, target: str, breaks: str
) -> None:
    answer = request(shipped_server, "GET", target.replace("{}", breaks))
    assert answer.status < 500
    assert not answer.header("x-injected")
    # urllib.parse would leave them out without a word.
    for name in ("location", "link"):
        assert "\r" not in answer.header(name)
        assert "\n" not in answer.header(name)


@pytest.mark.parametrize(
    "line",
    [
        b"Accept: text/turtle\rX-Injected: yes",
        b"Accept: text/turtle\nX-Injected: yes",
        b"Accept: text/html\x00",
        b"Accept: \xff\xfe\x80",
        b'If-None-Match: "\rX-Injected: yes"',
        b"Accept-Encoding: gzip\x0bX",
        b"Origin: http://a\tX-Injected: yes",
        b"Content-Type: text/plain\x7f",
    ],
)
def test_no_header_becomes_another_header(shipped_server: Server, line: bytes) -> None:
    sent = b"GET /id/actor/bbc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + line + b"\r\n\r\n"
    answer = exchange(shipped_server, sent)
    assert answer.status in {303, 400, 406}
    assert not answer.header("x-injected")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", "a\tb", "", "[::1]", "@evil"])
def test_the_host_that_a_request_names_is_not_believed(shipped_server: Server, host: str) -> None:
    for target in ("/id/actor/bbc", "/", "/sparql", "/openapi.json"):
        sent = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\n"
        sent += "Connection: close\r\n\r\n"
        answer = exchange(shipped_server, sent.encode())
        assert answer.status in {200, 303, 400}
        assert b"evil" not in answer.content
        assert "evil" not in answer.header("location") + answer.header("link")
