"""Credentials of the environment, and which challenge is answered."""

from __future__ import annotations

import urllib.request

import pytest

from kg.errors import QueryError
from kg.remote.http_login import Credentials, Login, best_challenge, credentials

BASIC, DIGEST = 'Basic realm="x"', 'Digest realm="x", nonce="1"'


def test_both_variables_or_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASSWORD"):
        monkeypatch.delenv(f"QAWL_ENDPOINT_{name}", raising=False)
    assert credentials() is None
    monkeypatch.setenv("QAWL_ENDPOINT_USER", "me")
    with pytest.raises(QueryError, match="set both QAWL_ENDPOINT_USER and QAWL_ENDPOINT_PASSWORD"):
        credentials()
    monkeypatch.setenv("QAWL_ENDPOINT_PASSWORD", "secret")
    assert credentials() == Credentials("me", "secret")
    assert "secret" not in repr(credentials())


@pytest.mark.parametrize(
    ("challenges", "best"),
    [
        ([BASIC, DIGEST], DIGEST),
        (["Bearer", BASIC], BASIC),
        (["Negotiate"], None),
        ([], None),
    ],
)
def test_the_safest_challenge_is_answered(challenges: list[str], best: str | None) -> None:
    assert best_challenge(challenges) == best


@pytest.mark.parametrize(
    ("url", "sent"),
    [("http://host/x", "Basic bWU6c2VjcmV0"), ("http://other/x", None), ("https://host/x", None)],
)
def test_the_login_goes_to_its_own_host_alone(url: str, sent: str | None) -> None:
    login = Login(Credentials("me", "secret"), "http://host/query")
    login._challenge = BASIC
    request = login.http_request(urllib.request.Request(url))  # noqa: S310
    assert request.get_header("Authorization") == sent
