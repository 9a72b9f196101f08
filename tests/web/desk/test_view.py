"""What the page gets: the text as the article's page has it, claims with their state and places."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from desk_world import draft_of, sitting_of
from examples import TEXT

from kg.desk.decision_requests import Accept
from kg.desk.live import LiveGraph
from kg.web.desk.view import difference, reading_book, reading_view
from kg.web.site import Site

if TYPE_CHECKING:
    from examples import Workspace

    from kg.wording import Language

SITE = Site("http://127.0.0.1:1")


def view_of(workspace: Workspace, language: Language = "en") -> dict[str, Any]:
    sitting = sitting_of(workspace)
    return reading_view(LiveGraph(workspace.graph), sitting, sitting.look(), {}, SITE, language)


def test_the_text_is_the_articles_to_the_letter(workspace: Workspace) -> None:
    draft_of(workspace)
    shown = unescape(re.sub(r"<[^>]*>", "", view_of(workspace)["text"]))
    assert shown == TEXT


def test_claims_have_their_state_and_places(workspace: Workspace) -> None:
    draft_of(workspace)
    sitting = sitting_of(workspace)
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    view = view_of(workspace)
    first, second = view["claims"]
    assert (first["status"], second["status"]) == ("accepted", "open")
    assert [TEXT[start:end] for start, end in first["spans"]] == [first["quote"]]
    assert [one["who"] for one in first["chain"]][:2] == ["The Ministry", "The Agency"]
    assert first["answer"] == "12 persons" or "12" in first["answer"]
    assert view["names"].items() >= {("ministry", "The Ministry"), ("agency", "The Agency")}
    assert view["counts"] == {"open": 1, "accepted": 1, "changed": 0, "rejected": 0}
    assert view["undo"] == {"does": "accept", "what": {"claim": "drowned"}}


def test_names_are_in_the_language_of_the_page(workspace: Workspace) -> None:
    draft_of(workspace)
    first = view_of(workspace, "ar")["claims"][0]
    assert [one["who"] for one in first["chain"]][:2] == ["الوزارة", "الوكالة"]


def test_what_is_not_decided_is_shown_too(workspace: Workspace) -> None:
    draft_of(workspace)
    book = reading_book(LiveGraph(workspace.graph), sitting_of(workspace).look())
    assert len(book.all()) == 2


def test_a_difference_has_both_sides() -> None:
    assert [line for line in difference("a\nb\n", "a\nc\n") if line[0] in "+-"] == [
        ["-", "b"], ["+", "c"],
    ]  # fmt: skip
    assert difference(None, "a") == [["?", "a"]]
