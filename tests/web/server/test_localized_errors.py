"""Errors of the server, to a reader of Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from kg.web.server import localized_errors
from kg.wording import wording

if TYPE_CHECKING:
    from server_process import Server

WORDS = wording("web.refusals", "ar")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/nothing", "not-found"),
        ("/id/actor/nobody.html", "not-found"),
        ("/queries/claims?stance=foo", "asked"),
        ("/sparql?query=SELECT", "asked"),
    ],
)
def test_an_error_is_told_in_arabic_first(shipped_server: Server, path: str, sentence: str) -> None:
    english = httpx.get(shipped_server.url + path)
    asked = {"accept-language": "ar,en;q=0.5"}
    arabic = httpx.get(shipped_server.url + path, headers=asked)
    assert arabic.status_code == english.status_code
    first, rest = arabic.text.split("\n", 1)
    assert (first, rest) == (WORDS[sentence], english.text)
    head = httpx.head(shipped_server.url + path, headers=asked)
    assert head.headers["content-length"] == str(len(arabic.content))
    assert not head.content


def test_answers_are_left_alone(shipped_server: Server) -> None:
    path = "/queries/sums.csv"
    english = httpx.get(shipped_server.url + path)
    arabic = httpx.get(shipped_server.url + path, params={"lang": "ar"})
    assert arabic.status_code == 200
    assert arabic.content == english.content


@pytest.mark.parametrize(("status", "sentence"), [(500, "server"), (503, "unavailable")])
def test_a_fault_of_the_server_is_not_called_a_fault_of_the_request(
    status: int, sentence: str
) -> None:
    assert localized_errors._sentence(status, "ar").decode().strip() == WORDS[sentence]
