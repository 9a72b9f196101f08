"""An entity that was found to be another, and a deprecated concept, lead to what replaces them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import patient_http
import pytest
from examples import AUTHORITY, READING, TEXT, Workspace, write_article
from server_process import serving

from kg.graph.build import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server_process import Server

PROPOSED = "entities:\n  office: {type: GovernmentBody, label: {en: Office, ar: مكتب}}\nvoices:\n"
DECISION = "- {entity: ministry, same: [flood/curated/office], why: the ministry is meant}\n"
OLD, NEW = "/id/actor/flood/curated/office", "/id/actor/ministry"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = Workspace(tmp_path_factory.mktemp("merged"))
    (home.graph / "authority").mkdir(parents=True)
    (home.graph / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    (home.graph / "authority" / "entities.yaml").write_text(DECISION, encoding="utf-8")
    reading = READING.replace("voices:\n", PROPOSED, 1)
    write_article(
        home.graph, "flood", TEXT, reading.replace("speaker: ministry", "speaker: office")
    )
    build(home.graph, home.root / ".qawl")
    with serving("--store", home.root / ".qawl") as server:
        yield server


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        (f"{OLD}.html", f"{NEW}.html"),
        (f"{OLD}.html?lang=ar", f"{NEW}.html?lang=ar"),
        (f"{OLD}.ttl", f"{NEW}.ttl"),
        ("/vocab/scope/inferred.ttl", "/vocab/marking/inferred.ttl"),
        ("/vocab/scope.html", "/vocab/marking.html"),
    ],
)
def test_the_document_of_what_was_replaced_has_moved(
    server: Server, asked: str, leads_to: str
) -> None:
    answer = patient_http.get(server.url + asked)
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(leads_to)


def test_its_iri_leads_to_the_description_of_the_other(server: Server) -> None:
    answer = patient_http.get(
        server.url + OLD, headers={"accept": "text/turtle"}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert "The Ministry" in answer.text
    assert [one.status_code for one in answer.history] == [303, 301]


def test_the_other_keeps_its_page(server: Server) -> None:
    assert patient_http.get(f"{server.url}{NEW}.html").status_code == 200
