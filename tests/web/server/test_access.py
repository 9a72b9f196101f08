"""Read tokens, the origins of web pages, and the one Host of a request."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import httpx
import patient_http
import pytest
from raw_http import exchange
from server_process import Server, serving

from kg.errors import StoreError
from kg.web.refusal import RequestRefused
from kg.web.server.access import Access

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def scope(value: str) -> dict[str, Any]:
    return {"headers": [(b"authorization", value.encode("latin-1"))] if value else []}


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anybody:{password}".encode()).decode()


@pytest.fixture
def access(tmp_path: Path) -> Access:
    path = tmp_path / "tokens"
    path.write_text("one\n\n  رمز  \n", encoding="utf-8")
    return Access(str(path))


@pytest.mark.parametrize("value", ["Bearer one", "bearer  one ", basic("one"), basic("رمز")])
def test_who_has_a_token_passes(access: Access, value: str) -> None:
    access.check(scope(value))


@pytest.mark.parametrize(
    "value", ["", "Bearer", "Bearer on", "Bearer onee", "one", basic("two"), "Basic %%%", "Basic "]
)
def test_who_has_none_is_refused(access: Access, value: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        access.check(scope(value))
    assert refused.value.status == 401


def test_without_a_file_everybody_passes() -> None:
    Access("").check(scope(""))


@pytest.mark.parametrize("content", [None, b"\n \n", b"\xff"])
def test_a_file_without_tokens_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "tokens").write_bytes(content)
    with pytest.raises(StoreError, match="token"):
        Access(str(tmp_path / "tokens"))


@pytest.fixture(scope="module")
def closed_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("tokens") / "tokens"
    path.write_text("one\n")
    with serving("--tokens", path, "--cors-origin", "https://example.org") as found:
        yield found


def test_a_closed_server_answers_who_has_a_token(closed_server: Server) -> None:
    for path in ("/", "/sparql?query=ASK{}", "/dumps/", "/static/qawl.css", "/nothing"):
        refused = patient_http.get(closed_server.url + path)
        assert refused.status_code == 401
        assert "Bearer" in refused.headers["www-authenticate"]
        found = patient_http.get(closed_server.url + path, headers={"authorization": "Bearer one"})
        assert found.status_code in {200, 404}
        assert found.headers["access-control-allow-origin"] == "https://example.org"


def test_a_preflight_needs_no_token(closed_server: Server) -> None:
    answer = httpx.options(f"{closed_server.url}/sparql", timeout=60)
    assert answer.status_code == 204
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


def test_no_origin_may_read() -> None:
    with serving("--cors-origin", "") as server:
        answer = patient_http.get(f"{server.url}/")
        assert "access-control-allow-origin" not in answer.headers
        assert "access-control-allow-origin" not in httpx.options(f"{server.url}/").headers


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"])
def test_a_request_names_one_host(shipped_server: Server, hosts: bytes) -> None:
    assert (
        exchange(
            shipped_server, b"GET / HTTP/1.1\r\nConnection: close\r\n" + hosts + b"\r\n"
        ).status
        == 400
    )
