"""Whatever graph is served, from memory or from the disk: every kind of page is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import patient_http
import pytest
from examples import AUTHORITY, READING, TEXT, Workspace, write_article
from server_process import serving

from kg.graph.build import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server_process import Server

CLAIM = "/id/claim/flood/curated/drowned"
BROWSER = "text/html,*/*;q=0.8"
# By address: whether it is there in a graph that has nothing of Qawl's model, too.
ALWAYS = [
    "/", "/sparql", "/sparql?query=ASK%7B%7D", f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}",
    f"/sparql?query={quote('DESCRIBE ?s { ?s ?p ?o }')}", "/queries", "/queries.json",
    "/queries.ttl", "/queries/claims", "/queries/who-said", "/queries/sums.csv",
    "/queries/chain-as-graph.jsonld", "/queries/who-said.rq", "/openapi.json",
    "/.well-known/void", "/ontology.html", "/ontology.html?lang=ar", "/ontology.jsonld",
    "/shapes.html", "/vocab.html", "/vocab/measure.html", "/alignments.html", "/prefixes.rdf",
    "/context.jsonld", "/static/qawl.css",
]  # fmt: skip
OF_THE_ARTICLE = [
    CLAIM, f"{CLAIM}.html", f"{CLAIM}.ttl", f"{CLAIM}.rdf", "/id/source/flood.html",
    "/id/actor/agency.html", "/id/event/flood.html", "/id/source/bulletin.jsonld",
    "/id/reading/flood/curated.html", "/id/graph/derived.html", "/queries/who-said?claim=drowned",
    "/queries/claims?speaker=ministry", "/queries/between-dates?date-from=2001-01-01",
    f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }')}",
]  # fmt: skip
REFUSED = {
    "/id/actor/nobody.html": 404,
    "/id/actor/nobody.ttl": 404,
    "/queries/who-sayd": 404,
    "/queries/claims?speaker=the+ministre": 400,
    "/queries/claims?colour=red": 400,
    "/queries/between-dates?date-from=yesterday": 400,
    "/sparql?query=SELECT": 400,
    "/sparql?query=ASK%20%7B%20SERVICE%20%3Chttp://127.0.0.1:1/%3E%20%7B%7D%20%7D": 403,
}
FOREIGN = """\
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A thing"@en .
<http://example.org/a> <http://example.org/p> <https://w3id.org/qawl/id/thing> .
<https://w3id.org/qawl/id/thing> <http://example.org/p> "1"^^xsd:integer .
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = Workspace(tmp_path_factory.mktemp("other-graphs"))
    (found.graph / "authority").mkdir(parents=True)
    (found.graph / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(found.graph, "flood", TEXT, READING)
    build(found.graph, found.root / ".qawl")
    return found


@pytest.fixture(scope="module", params=["memory", "disk"])
def built(request: pytest.FixtureRequest, home: Workspace) -> Iterator[Server]:
    quads = "1" if request.param == "disk" else "1000000"
    with serving("--store", home.root / ".qawl", "--in-memory-quads", quads) as server:
        assert f"in {request.param}" in server.log.read_text().replace("on disk", "in disk")
        yield server


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("foreign") / "data.ttl"
    data.write_text(FOREIGN, encoding="utf-8")
    with serving(data) as server:
        yield server


def all_are_there(server: Server, paths: list[str]) -> None:
    with patient_http.client(base_url=server.url, headers={"accept": BROWSER}) as client:
        for path in paths:
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, f"{path}: {answer.text}"
            assert answer.content
        for path, status in REFUSED.items():
            answer = client.get(path)
            assert answer.status_code == status, f"{path}: {answer.text}"
            assert "open files" not in answer.text
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log


def test_a_graph_that_was_built_has_its_pages(built: Server) -> None:
    all_are_there(built, [*ALWAYS, *OF_THE_ARTICLE])
    page = patient_http.get(f"{built.url}{CLAIM}.html").text
    for shown in ("The Ministry", "الوزارة", "The Agency", "غرق 12 شخصا في الوادي"):
        assert shown in page


def test_any_rdf_has_its_pages(foreign: Server) -> None:
    all_are_there(foreign, [*ALWAYS, "/id/thing.html", "/id/thing.ttl"])
    assert "example.org" in patient_http.get(f"{foreign.url}/id/thing.html").text
