"""Which graph a command asks: options, the environment, and what excludes what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.options import Source
from kg.errors import KgError, QueryError
from kg.store.local import Graph

NOWHERE = "http://127.0.0.1:1/query"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("QAWL_ENDPOINT", "QAWL_STORE", "QAWL_ENDPOINT_USER", "QAWL_ENDPOINT_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.chdir(tmp_path)


def asked(
    store: str | None = None, data: tuple[str, ...] = (), endpoint: str | None = None
) -> object:
    source = Source(Path(store) if store else None, tuple(map(Path, data)), endpoint, 5, "person")
    return source.open()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"store": "x"}, "--endpoint and --store each name a graph"),
        ({"data": ("x.ttl",)}, "--endpoint and --data each name a graph"),
    ],
)
def test_an_endpoint_and_another_graph_exclude_each_other(
    given: dict[str, str], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        asked(endpoint=NOWHERE, **given)


def test_without_any_the_shipped_graph_is_asked() -> None:
    assert isinstance(asked(), Graph)


def test_the_environment_names_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT", NOWHERE)
    with pytest.raises(QueryError, match=f"{NOWHERE}: cannot be reached"):
        asked()


def test_an_option_is_stronger_than_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data.ttl").write_text("<http://x/a> a <http://x/B> .")
    monkeypatch.setenv("QAWL_ENDPOINT", NOWHERE)
    assert isinstance(asked(data=("data.ttl",)), Graph)
    with pytest.raises(KgError, match="create one with: kg build"):
        asked(store="nowhere")
    monkeypatch.setenv("QAWL_STORE", "nowhere")
    with pytest.raises(QueryError, match=r"127\.0\.0\.1:2/x: cannot be reached"):
        asked(endpoint="http://127.0.0.1:2/x")


def test_two_names_in_the_environment_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_ENDPOINT", NOWHERE)
    monkeypatch.setenv("QAWL_STORE", "nowhere")
    with pytest.raises(QueryError, match="QAWL_ENDPOINT and QAWL_STORE each name a graph"):
        asked()
