"""Clients are told apart, and each takes no more than its share."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

import httpx
import patient_http
import pytest
from server_process import serving, until

from kg.web.refusal import RequestRefused
from kg.web.server.clients import Clients, client_name

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }"


def scope(address: str, forwarded: str = "") -> dict[str, Any]:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return {"client": (address, 1), "headers": headers}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("unix", "unix"),
    ],
)
def test_a_client_is_an_address_or_a_network(address: str, name: str) -> None:
    assert client_name(address) == name


@pytest.mark.parametrize(
    ("address", "forwarded", "name"),
    [
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
    ],
)
def test_a_trusted_proxy_tells_the_client(address: str, forwarded: str, name: str) -> None:
    clients = Clients(1, ("10.0.0.1", "10.0.0.2"))
    assert clients.name(scope(address, forwarded)) == name


def test_a_client_has_its_share_and_no_more() -> None:
    clients = Clients(2, ())
    with ExitStack() as at_work:
        at_work.enter_context(clients.admitted(scope("192.0.2.1")))
        with clients.admitted(scope("192.0.2.1")):
            with pytest.raises(RequestRefused) as refused:
                at_work.enter_context(clients.admitted(scope("192.0.2.1")))
            assert refused.value.status == HTTPStatus.TOO_MANY_REQUESTS
            at_work.enter_context(clients.admitted(scope("192.0.2.2")))
        at_work.enter_context(clients.admitted(scope("192.0.2.1")))


def test_no_limit_is_none() -> None:
    clients = Clients(0, ())
    with ExitStack() as at_work:
        for _ in range(1000):
            at_work.enter_context(clients.admitted(scope("192.0.2.1")))


def test_requests_and_connections_of_one_client_are_bounded() -> None:
    limits = ("--max-client-requests", "1", "--max-client-connections", "2")
    with serving(*limits) as server, patient_http.client() as first, patient_http.client() as other:
        with socket.create_connection(("127.0.0.1", server.port)) as waiting:
            target = httpx.QueryParams({"query": LONG})
            waiting.sendall(f"GET /sparql?{target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            until(lambda: first.get(f"{server.url}/").status_code == 429)
            refused = first.get(f"{server.url}/")
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "3")
            assert "requests of yours" in refused.text
            assert "too many open connections" in other.get(f"{server.url}/").text
        until(lambda: first.get(f"{server.url}/").status_code == 200)
