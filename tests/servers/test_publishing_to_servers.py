"""``kg publish`` to real servers: complete, repeatable, and careful with what is not ours."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest
from named_questions import DUMPS
from real_servers import PATIENCE, environment

from kg.errors import OutputError
from kg.remote.connect import connect, is_ours
from kg.remote.http_login import PASSWORD_VARIABLE
from kg.remote.upload import publish, target
from kg.store.local import open_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from real_servers import Server

    Kg = Callable[..., subprocess.CompletedProcess[str]]

OTHERS = "http://example.org/others"
OURS = "https://w3id.org/qawl/id/graph/"
SHIPPED = DUMPS / "qawl.nq"
MANY = 300


@pytest.fixture(autouse=True)
def restored(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Log in, and leave the server as the other tests want it: with the graph shipped with Qawl."""
    for name, value in server.login.items():
        monkeypatch.setenv(name, value)
    yield
    for name, value in server.login.items():
        monkeypatch.setenv(name, value)
    assert publish(open_graph(data=[SHIPPED]), target(server.gsp), prune=True).agrees


def write_graphs(path: Path, sizes: dict[str, int]) -> Path:
    """Write N-Quads with so many triples in graphs of these names."""
    path.write_text(
        "".join(
            f'<http://example.org/s> <http://example.org/p> "{number}" <{name}> .\n'
            for name, size in sizes.items()
            for number in range(size)
        )
    )
    return path


def held(server: Server) -> dict[str, int]:
    """Return how many triples the server holds in each graph of Qawl's."""
    return {name: size for name, size in sizes(server).items() if is_ours(name)}


def sizes(server: Server) -> dict[str, int]:
    return connect(server.query, default_graph="server").graph_sizes()


def shipped() -> Counter[str]:
    return Counter(str(quad.graph_name)[1:-1] for quad in open_graph(data=[SHIPPED]).store)


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_publishing_twice_changes_nothing(server: Server, kg: Kg, via: str) -> None:
    url = getattr(server, via)
    for _ in range(2):
        published = kg("publish", url)
        assert published.returncode == 0, published.stderr
        assert "(8 graphs)" in published.stdout
        assert held(server) == shipped()


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_a_graph_is_replaced_whole_and_in_pieces(server: Server, tmp_path: Path, via: str) -> None:
    name = f"{OURS}test"
    to = target(getattr(server, via))
    for size in (2500, 3, 1):
        data = write_graphs(tmp_path / "graph.nq", {name: size})
        report = publish(open_graph(data=[data]), to)
        assert report.agrees
        assert held(server) == {**shipped(), name: size}


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_only_what_qawl_named_is_pruned_and_only_where_asked(
    server: Server, kg: Kg, tmp_path: Path, via: str
) -> None:
    url = getattr(server, via)
    others = write_graphs(tmp_path / "others.nq", {OTHERS: 5})
    assert kg("publish", url, "--data", str(others)).returncode == 0
    data = str(write_graphs(tmp_path / "new.nq", {f"{OURS}new": 2}))

    planned = kg("publish", url, "--data", data, "--prune", "--dry-run").stdout
    assert planned.count(" remove ") == 8
    assert "nothing was written" in planned
    assert held(server) == shipped()

    left = kg("publish", url, "--data", data).stdout
    assert left.count("not in this version; --prune removes it") == 8
    assert held(server) == {**shipped(), f"{OURS}new": 2}

    pruned = kg("publish", url, "--data", data, "--prune")
    assert pruned.returncode == 0, pruned.stderr
    assert held(server) == {f"{OURS}new": 2}
    assert sizes(server)[OTHERS] == 5


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_what_is_broken_off_is_completed_by_repeating_it(
    server: Server, kg: Kg, tmp_path: Path, number: signal.Signals
) -> None:
    wanted = {f"{OURS}many-{graph:03}": 200 for graph in range(MANY)}
    data = str(write_graphs(tmp_path / "many.nq", wanted))
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "publish", server.gsp, "--data", data],
        cwd=tmp_path,
        env=environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs in the background of a shell is born deaf to Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    first = f"ASK {{ GRAPH <{OURS}many-002> {{ ?s ?p ?o }} }}"
    graph = connect(server.query, default_graph="server")
    end = time.monotonic() + PATIENCE
    while not getattr(graph.sparql(first), "boolean", False):
        assert process.poll() is None
        assert time.monotonic() < end
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    loaded = {name: size for name, size in held(server).items() if name in wanted}
    assert 0 < len(loaded) < MANY
    if number == signal.SIGINT:
        assert process.returncode == 2
        assert b"interrupted. Loaded: graph:many-000, " in said
        assert b"Run the command again to load the rest" in said

    assert kg("publish", server.gsp, "--data", data).returncode == 0
    assert held(server) == {**shipped(), **wanted}


def test_a_wrong_password_is_said_and_not_repeated(server: Server, kg: Kg) -> None:
    refused = kg("publish", server.gsp, QAWL_ENDPOINT_USER="dba", **{PASSWORD_VARIABLE: "not-this"})
    absent = kg("publish", server.gsp, QAWL_ENDPOINT_USER="", QAWL_ENDPOINT_PASSWORD="")
    assert "not-this" not in refused.stdout + refused.stderr
    if server.login:
        assert refused.returncode == absent.returncode == 2
        assert "HTTP 401; the user or password is not accepted" in refused.stderr
        assert "HTTP 401; set QAWL_ENDPOINT_USER and QAWL_ENDPOINT_PASSWORD" in absent.stderr
    else:  # it asks nobody to log in
        assert refused.returncode == absent.returncode == 0
    assert held(server) == shipped()


def test_triples_in_no_graph_are_refused(server: Server, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("<http://example.org/a> a <http://example.org/B> .")
    with pytest.raises(OutputError, match="triples outside named graphs"):
        publish(open_graph(data=[data]), target(server.gsp))


def test_the_address_that_answers_queries_is_not_written_to(server: Server) -> None:
    with pytest.raises(OutputError, match="specify it with --endpoint"):
        target(f"{server.query}/nowhere")
    wrong = target(f"{server.query}/nowhere", via="gsp", endpoint=server.query)
    # Virtuoso takes the body of any PUT and never answers.
    with pytest.raises(OutputError, match=r"(HTTP \d+|no complete answer).*Loaded: none"):
        publish(open_graph(data=[SHIPPED]), wrong, timeout=2)
