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
    "/queries/claims.html": "القراءات المعروضة",
    "/sparql": "نقطة استعلام SPARQL",
    "/dumps/": "كل إصدار مجلد",
    "/vocab.html": "المفردات",
    "/id/actor/bbc.html": "لا يتبنى «قَوْل» شيئا من هذا",
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
    assert (
        f'<p class="count">{shown}</p>'
        in get(shipped_server, "/sparql", query=query, lang="ar").text
    )


def asked(server: Server, path: str, accept_language: str) -> httpx.Response:
    headers = {"accept": "text/html", "accept-language": accept_language}
    return httpx.get(server.url + path, headers=headers, timeout=30)


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_that_prefers_arabic_gets_arabic(shipped_server: Server, path: str) -> None:
    found = asked(shipped_server, path, "ar-IQ,ar;q=0.9,en;q=0.5")
    assert '<html lang="ar" dir="rtl">' in found.text
    assert "Accept-Language" in found.headers["vary"]
    assert '<html lang="en" dir="ltr">' in asked(shipped_server, path, "en,ar;q=0.5").text


@pytest.mark.parametrize("path", ["/", "/queries", "/articles/iraq-war-2003-2011", "/dumps/"])
def test_who_chose_english_stays_in_it(shipped_server: Server, path: str) -> None:
    found = asked(shipped_server, f"{path}?lang=en", "ar")
    assert '<html lang="en" dir="ltr">' in found.text
    assert 'href="/queries?lang=en"' in found.text
    assert 'href="/queries"' in asked(shipped_server, path, "en").text


def test_an_answer_for_programs_is_the_same_in_every_language(shipped_server: Server) -> None:
    path = "/sparql?query=ASK%20%7B%7D&format=json"
    assert asked(shipped_server, path, "ar").content == asked(shipped_server, path, "en").content
