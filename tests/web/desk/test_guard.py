"""Only a page of this server, opened by the printed link, may decide."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from kg.web.desk.guard import PROOF_HEADER, Guard
from kg.web.refusal import RequestRefused

HOST = "127.0.0.1:7879"


def scope_of(**headers: str) -> dict[str, object]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "headers": pairs}


def right(guard: Guard) -> dict[str, str]:
    return {
        "host": HOST, "origin": f"http://{HOST}", "content_type": "application/json",
        PROOF_HEADER.replace("-", "_"): guard.token,
    }  # fmt: skip


@pytest.fixture
def guard() -> Guard:
    return Guard(frozenset({HOST, "localhost:7879"}))


def test_its_own_page_passes(guard: Guard) -> None:
    guard.check_write(scope_of(**right(guard)))
    local = {"host": "localhost:7879", "origin": "http://localhost:7879"}
    guard.check_write(scope_of(**{**right(guard), **local}))


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"host": "evil.example:7879"}, HTTPStatus.MISDIRECTED_REQUEST),
        ({"host": "127.0.0.1"}, HTTPStatus.MISDIRECTED_REQUEST),
        ({"origin": "http://evil.example"}, HTTPStatus.FORBIDDEN),
        ({"origin": "http://127.0.0.1:80"}, HTTPStatus.FORBIDDEN),
        ({"origin": f"https://{HOST}"}, HTTPStatus.FORBIDDEN),
        ({"origin": "null"}, HTTPStatus.FORBIDDEN),
        ({"origin": ""}, HTTPStatus.FORBIDDEN),
        ({"content_type": "text/plain"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"qawl_token": ""}, HTTPStatus.FORBIDDEN),
        ({"qawl_token": "guessed"}, HTTPStatus.FORBIDDEN),
    ],
)
def test_anybody_else_is_refused(guard: Guard, changed: dict[str, str], status: HTTPStatus) -> None:
    with pytest.raises(RequestRefused) as refused:
        guard.check_write(scope_of(**{**right(guard), **changed}))
    assert refused.value.status == status


def test_every_desk_has_another_token(guard: Guard) -> None:
    assert len(guard.token) >= 32
    assert guard.token != Guard(frozenset()).token
