"""What is downloaded from the server is what it serves."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import patient_http
import pytest
import rdflib
import zstandard
from examples import ROOT
from named_questions import NAMES, QUERIES, answer, expected
from server_process import Server, children, serving, until
from web_parts import SITE

from kg.rdf.iris import PREFIXES
from kg.sparql.rq_file import load_rq
from kg.store.local import open_graph
from kg.web.server import downloads
from kg.web.server.downloads import Downloads
from kg.web.source import Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

pytestmark = pytest.mark.xdist_group("downloads")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as found:
        until(partial(released, found))
        yield found


def released(server: Server) -> bool:
    """Tell whether the release that the server makes when it starts is there."""
    return get(server, "/dumps/latest/SHA256SUMS").status_code == 200


def get(server: Server, path: str) -> httpx.Response:
    return patient_http.get(f"{server.url}{path}")


def test_the_dump_that_is_served_answers_all_questions_alike(
    server: Server, tmp_path: Path
) -> None:
    sums = get(server, "/dumps/latest/SHA256SUMS").text.splitlines()
    digests = {line[66:]: line[:64] for line in sums}
    whole = get(server, "/dumps/latest/qawl.nq.zst").content
    assert hashlib.sha256(whole).hexdigest() == digests["qawl.nq.zst"]
    path = tmp_path / "fresh.nq"
    path.write_bytes(zstandard.ZstdDecompressor().decompress(whole, 1 << 26))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digests["qawl.nq"]
    fresh = open_graph(data=[path])
    for name in NAMES:
        columns, rows = answer(fresh, load_rq(QUERIES / f"{name}.rq").text)
        head, wanted = expected(name)
        assert columns == head
        graph = head == ("subject", "predicate", "object")
        assert rows == (sorted(wanted, key=str) if graph else wanted), name


def test_every_file_of_the_catalogue_is_there(server: Server) -> None:
    dcat = rdflib.Namespace(PREFIXES["dcat"])
    catalogue = get(server, "/dumps/latest/dcat.ttl")
    assert catalogue.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=catalogue.content)
    urls = [str(url) for url in graph.objects(None, dcat.downloadURL)]
    assert len(urls) == 132
    for url in urls:
        assert url.startswith(f"{server.url}/dumps/2")
        answered = patient_http.head(url)
        assert answered.status_code == 200
        assert answered.headers["access-control-allow-origin"] == "*"


def test_void_describes_the_endpoint_and_the_dumps(server: Server) -> None:
    graph = rdflib.Graph().parse(data=get(server, "/.well-known/void").content)
    void = rdflib.Namespace(PREFIXES["void"])
    whole = rdflib.URIRef("https://w3id.org/qawl/id/dataset/qawl")
    assert graph.value(whole, void.sparqlEndpoint) == rdflib.URIRef(f"{server.url}/sparql")
    for url in graph.objects(whole, void.dataDump):
        assert patient_http.head(str(url)).status_code == 200
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counted = patient_http.get(
        f"{server.url}/sparql", params={"query": query, "format": "csv"}
    ).text
    assert str(graph.value(whole, void.triples)) == counted.splitlines()[1]
    sh = rdflib.Namespace(PREFIXES["sh"])
    examples = set(graph.subjects(rdflib.RDF.type, sh.SPARQLExecutable))
    assert len(examples) == len(NAMES)
    assert len(set(graph.objects(None, sh.prefix))) == len(PREFIXES)


def test_files_can_be_had_in_part_and_only_when_changed(server: Server) -> None:
    url = f"{server.url}/dumps/latest/qawl.nq.gz"
    whole = patient_http.get(url)
    assert whole.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in whole.headers
    assert gzip.decompress(whole.content).startswith(b"<")
    part = patient_http.get(url, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    same = patient_http.get(url, headers={"if-none-match": whole.headers["etag"]})
    assert same.status_code == 304


def test_what_a_killed_server_leaves_behind_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "qawl-dumps-left"
    left.mkdir()
    (left / ".held").touch()
    (left / "qawl.nq").touch()
    (tmp_path / "qawl-dumps-other").mkdir()  # one that is being made
    one = Downloads("", SITE)
    assert not left.exists()
    two = Downloads("", SITE)
    assert len([*tmp_path.glob("qawl-dumps-*")]) == 3
    one.close()
    two.close()
    assert [path.name for path in tmp_path.iterdir()] == ["qawl-dumps-other"]


def test_a_release_ends_with_the_server_that_is_killed(tmp_path: Path) -> None:
    command = downloads._release_command(
        Source(SourceKind.FILES, (str(ROOT / "graph" / "dumps" / "qawl.nq"),)), tmp_path, SITE
    )
    starts = f"import subprocess, time; subprocess.Popen({list(command)!r}); time.sleep(300)"
    parent = subprocess.Popen([sys.executable, "-c", starts])
    until(lambda: children(parent.pid))
    (child,) = children(parent.pid)
    # It writes once it has said to the kernel that it ends with its parent.
    until(lambda: any(tmp_path.iterdir()) or not Path(f"/proc/{child}").exists())
    parent.kill()
    parent.wait()
    until(lambda: _gone(child))
    assert not (tmp_path / "latest").exists()


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("bytes=0-9", True), ("bytes=-5", True), ("Bytes = 3-", True), ("bytes=0-1, 4-5", True),
        ("bytes=5-2", False), ("bytes=abc", False), ("bytes=-", False), ("bytes", False),
        ("items=0-1", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_no_range_of_bytes_is_ignored(given: str, sent: bool) -> None:
    assert downloads._is_range(given) is sent


def test_folders_are_pages(server: Server) -> None:
    page = get(server, "/dumps/")
    assert page.headers["content-type"].startswith("text/html")
    assert "latest" in page.text
    assert patient_http.get(f"{server.url}/dumps").headers["location"] == "/dumps/"
    assert "readings/" in get(server, "/dumps/latest/articles/iraq-war-2003-2011/").text


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/nothing", "/dumps/../etc/passwd", "/dumps/%2e%2e/%2e%2e/etc/passwd",
        "/dumps/latest/../../../../etc/passwd", "/dumps/%00", "/dumps/latest/qawl.nq/x",
        "/dumps/" + "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_outside_is_to_be_had(server: Server, path: str) -> None:
    assert get(server, path).status_code in {400, 404}


def test_a_folder_of_releases_is_served_as_it_is(server: Server, tmp_path: Path) -> None:
    (tmp_path / "releases" / "1").mkdir(parents=True)
    (tmp_path / "releases" / "1" / "qawl.ttl").write_text("# nothing", encoding="utf-8")
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (tmp_path / "releases" / "way-out").symlink_to(tmp_path / "secret")
    data = ROOT / "graph" / "dumps" / "qawl.nq"
    with serving(data, "--dumps", tmp_path / "releases") as other:
        assert get(other, "/dumps/1/qawl.ttl").text == "# nothing"
        assert get(other, "/dumps/way-out").status_code == 404


@pytest.mark.parametrize("made", [False, True], ids=["while it is made", "when it is made"])
def test_a_release_of_its_own_is_gone_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    with serving() as own:
        if made:
            until(partial(released, own))
        assert [one.name[:11] for one in tmp_path.glob("qawl-*")] == ["qawl-dumps-"]
    assert list(tmp_path.glob("qawl-*")) == []


def test_hidden_files_and_folders_are_not_served(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".hidden", ".git/config", "seen.nq"):
        (tmp_path / name).write_text("# nothing", encoding="utf-8")
    with serving(ROOT / "graph" / "dumps" / "qawl.nq", "--dumps", tmp_path) as other:
        assert get(other, "/dumps/seen.nq").status_code == 200
        for path in ("/dumps/.hidden", "/dumps/.git/config", "/dumps/.git/"):
            assert get(other, path).status_code == 404


def test_ranges_of_a_unit_that_is_unknown_are_ignored(server: Server) -> None:
    url = f"{server.url}/dumps/latest/qawl.nq.gz"
    whole = patient_http.get(url, headers={"range": "lines=1-2"})
    assert whole.status_code == 200
    assert patient_http.get(url, headers={"range": "bytes=0-1"}).status_code == 206


def test_what_is_compressed_on_its_way_has_a_weak_etag(server: Server) -> None:
    url = f"{server.url}/dumps/latest/qawl.nq"
    plain = patient_http.head(url, headers={"accept-encoding": "identity"})
    packed = patient_http.get(url, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert not plain.headers["etag"].startswith("W/")
    assert packed.headers["etag"] == "W/" + plain.headers["etag"]
