"""Requests survive the way to a worker, and what the server tells the process with the graph."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_parts import SITE

from kg.errors import StoreError
from kg.web import requests
from kg.web.page import page_text
from kg.web.refusal import RequestRefused
from kg.web.settings import Settings
from kg.web.source import Source, SourceKind
from kg.web.template_config import Loaded, TemplateConfig

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, st.lists(st.tuples(TEXT, TEXT)), st.binary(), st.none() | st.binary())
def test_requests_survive(
    name: str, pairs: list[tuple[str, str]], query: bytes, body: bytes | None
) -> None:
    for request in (
        requests.SparqlCall(query, name, body, "text/x", name),
        requests.NamedQuestion(name, tuple(pairs), name, "csv", "ar"),
        requests.QuestionList(name, "json"),
        requests.QuestionFile(name),
        requests.Home("ar"),
        requests.ArticlePage(name, tuple(pairs), "ar"),
        requests.OpenApi(),
        requests.VoidDescription(name),
        requests.OntologyDocument(name, "html", "ar"),
        requests.Resource(name, "ttl"),
        requests.Home("en", keep_language=True),
    ):
        assert requests.unpacked(request.packed()) == request


def test_equal_requests_are_equal_bytes_and_others_are_not() -> None:
    # Values that are one object in memory here and two there must not differ.
    same = "".join(["a", "b"])
    one = requests.NamedQuestion(same, ((same, same),), same)
    other = requests.NamedQuestion("ab", (("ab", "a" + "b"),), "".join("ab"))
    assert one.packed() == other.packed()
    assert requests.Home("ar").packed() != requests.Home("en").packed()
    assert requests.QuestionFile("x").packed() != requests.VoidDescription("x").packed()


def test_the_configuration_of_a_template_survives() -> None:
    settings = Settings(max_rows=7, allow_service=("https://example.org/sparql",), readers="all")
    config = TemplateConfig(Source(SourceKind.FILES, ("/a", "/b")), SITE, settings)
    assert TemplateConfig.read(config.packed()) == config


def test_what_was_loaded_survives_and_an_error_is_raised() -> None:
    loaded = Loaded("v", None, in_memory=False)
    assert Loaded.read(loaded.packed()) == loaded
    with pytest.raises(StoreError, match="is damaged"):
        Loaded.read(Loaded.packed_error(StoreError("x: is damaged")))
    with pytest.raises(StoreError, match="could not be loaded"):
        Loaded.read(b"")


def test_what_is_served_is_found(tmp_path: Path) -> None:
    builds, database, neither = (tmp_path / name for name in ("builds", "database", "neither"))
    for folder, file in ((builds, "current"), (database, "CURRENT"), (neither, "x")):
        folder.mkdir()
        (folder / file).write_text("b1\n", encoding="utf-8")
    data = tmp_path / "a.ttl"
    data.touch()
    assert Source.find(None, [builds]) == Source(SourceKind.BUILDS, (str(builds),))
    assert Source.find(None, [database]) == Source(SourceKind.DATABASE, (str(database),))
    assert Source.find(None, [data]) == Source(SourceKind.FILES, (str(data),))
    assert Source.find(None, [builds]).version_now() == "b1"
    (builds / "current").write_text("b2", encoding="utf-8")
    assert Source.find(None, [builds]).version_now() == "b2"
    assert Source.find(None, [data]).version_now() == Source.find(None, [data]).version_now()
    for paths, reason in (
        ([neither], "neither a folder of builds nor an Oxigraph database"),
        ([tmp_path / "none.ttl"], "no such file"),
        ([builds, data], "is a folder; pass either one folder or only RDF files"),
    ):
        with pytest.raises(StoreError, match=reason):
            Source.find(None, paths)


def test_a_refusal_has_a_status_a_reason_and_headers() -> None:
    refused = RequestRefused(HTTPStatus.METHOD_NOT_ALLOWED, "PUT: use GET", allow="GET")
    assert refused.status == 405
    assert str(refused) == "PUT: use GET"
    assert refused.headers == {"allow": "GET"}


def test_every_page_escapes_what_is_put_into_it() -> None:
    page = page_text("folder", SITE, "ar", path="<b>", state="", entries=[("a&b", 1234, "")])
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert '<a href="a%26b">a&amp;b</a>' in page
    assert "1,234" in page
    assert 'href="/qawl/queries?lang=ar"' in page
