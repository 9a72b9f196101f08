"""Which reading a person corrects, and how a text becomes an article with a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk_world import PERSON, draft_of
from examples import TEXT

from kg.desk.decision_requests import Accept
from kg.desk.desk import Desk
from kg.desk.live import LiveGraph
from kg.errors import ArticleError, ReadingError
from kg.reading.file import load_reading

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace


def desk_of(workspace: Workspace, reading: str | None = None) -> Desk:
    return Desk(LiveGraph(workspace.graph), PERSON, reading)


def chosen(desk: Desk) -> tuple[str, Path | None]:
    sitting = desk.sitting("flood")
    assert sitting is not None
    return sitting.path.name, sitting.draft


def test_a_draft_is_corrected_in_the_persons_own_file(workspace: Workspace) -> None:
    draft = draft_of(workspace)
    assert chosen(desk_of(workspace)) == ("lina-haddad.yaml", draft)
    desk = desk_of(workspace)
    sitting = desk.sitting("flood")
    assert sitting is not None
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    assert chosen(desk) == ("lina-haddad.yaml", draft)


def test_without_a_draft_the_reading_that_is_there_is_corrected(workspace: Workspace) -> None:
    assert chosen(desk_of(workspace)) == ("curated.yaml", None)
    assert chosen(desk_of(workspace, "curated")) == ("curated.yaml", None)
    with pytest.raises(ReadingError, match="did you mean curated"):
        desk_of(workspace, "curatd").sitting("flood")
    with pytest.raises(ArticleError, match="did you mean flood"):
        desk_of(workspace).sitting("floot")
    with pytest.raises(ArticleError):
        desk_of(workspace).sitting("../flood")


def test_articles_are_listed_with_what_is_left(workspace: Workspace) -> None:
    draft_of(workspace)
    desk = desk_of(workspace)
    [listed] = desk.articles()
    assert (listed.slug, listed.reading, listed.claims, listed.open) == (
        "flood",
        "lina-haddad",
        2,
        2,
    )
    sitting = desk.sitting("flood")
    assert sitting is not None
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    assert desk.articles()[0].open == 1
    (workspace.article / "readings" / "lina-haddad.yaml").write_text("x: [", encoding="utf-8")
    assert "is not YAML" in desk.articles()[0].fault


def test_a_pasted_text_becomes_an_article_with_a_draft(workspace: Workspace) -> None:
    desk = desk_of(workspace)
    slug, _ = desk.add_article(TEXT.encode(), "", slug="pasted", title="فيضان")
    assert slug == "pasted"
    folder = workspace.graph / "articles" / "pasted"
    assert load_reading(folder / "readings" / "rules.yaml").reading.reader.kind == "rules"
    sitting = desk.sitting("pasted")
    assert sitting is not None
    assert sitting.look().grounded.reading.decisions is not None
    with pytest.raises(ArticleError, match="already exists"):
        desk.add_article(TEXT.encode(), "", slug="pasted", title=None)
