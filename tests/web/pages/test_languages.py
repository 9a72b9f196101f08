"""The pages in English and Arabic: ``lang`` chooses, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from server_process import Server

PAGES = {
    "/": "قَوْل: من قال ماذا",
    "/queries": "أسئلة جاهزة",
    "/queries/claims.html": "أقوال من تُعرض",
    "/sparql": "نقطة استعلام SPARQL",
    "/dumps/": "كل إصدار مجلد",
    "/vocab.html": "المفردات",
    "/id/actor/bbc.html": "لا يُثبت «قَوْل» شيئا من هذا",
}


def get(server: Server, path: str, **parameters: str) -> httpx.Response:
    found = httpx.get(
        server.url + path, params=parameters or None, headers={"accept": "text/html"}, timeout=30
    )
    assert found.status_code == 200, found.text
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_the_language_that_is_asked_for(shipped_server: Server, path: str) -> None:
    english, arabic = get(shipped_server, path).text, get(shipped_server, path, lang="ar").text
    assert '<html lang="en" dir="ltr">' in english
    assert '<html lang="ar" dir="rtl">' in arabic
    assert PAGES[path] in arabic
    # Each leads to the other.
    assert 'href="?lang=ar"' in english
    assert 'href="?lang=en"' in arabic
    for other in ("en", "fr", ""):
        assert get(shipped_server, path, lang=other).text == english


def test_a_page_with_parameters_keeps_them_in_the_other_language(shipped_server: Server) -> None:
    query = 'ASK { ?s ?p "a&b" }'
    page = get(shipped_server, "/sparql", query=query, lang="ar")
    assert "لا (false)" in page.text
    assert "?query=ASK+%7B+%3Fs+%3Fp+%22a%26b%22+%7D&amp;lang=en" in page.text
    page = get(shipped_server, "/queries/claims.html", speaker="bbc", lang="ar")
    assert 'href="?speaker=bbc&amp;lang=en"' in page.text


def test_a_thing_leads_to_its_page_in_that_language(shipped_server: Server) -> None:
    found = httpx.get(f"{shipped_server.url}/id/actor/bbc?lang=ar", headers={"accept": "text/html"})
    assert found.headers["location"] == "/id/actor/bbc.html?lang=ar"


@pytest.mark.parametrize(("rows", "shown"), [(0, "لا صفوف"), (1, "صف واحد"), (12, "12 صفا")])
def test_rows_are_counted_as_arabic_does(shipped_server: Server, rows: int, shown: str) -> None:
    query = f"SELECT * {{ ?s ?p ?o }} LIMIT {rows}"
    assert f"<p>{shown}</p>" in get(shipped_server, "/sparql", query=query, lang="ar").text
