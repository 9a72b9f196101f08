"""Coverage: which letters of an article no passage of a reading covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples import TEXT

from kg.files import shipped
from kg.reading.coverage import CoverageReport, coverage
from kg.reading.file import load_reading
from kg.text.article import load_article

if TYPE_CHECKING:
    from examples import Workspace

SEED = shipped.graph_dir() / "articles" / "iraq-war-2003-2011"


def covered(workspace: Workspace) -> CoverageReport:
    return coverage(load_reading(workspace.reading), load_article(workspace.article))


def test_all_letters_lie_in_quotes_and_cues(workspace: Workspace) -> None:
    report = covered(workspace)
    assert report.letters == report.covered == sum(map(str.isalnum, TEXT))
    assert (report.share, report.gaps) == (1.0, ())


def test_a_gap_has_its_letters_and_its_reason(workspace: Workspace) -> None:
    workspace.edit("quote: عدد الغرقى بلغ 15 شخصا", "quote: بلغ 15 شخصا")
    [gap] = covered(workspace).gaps
    assert (gap.text, gap.letters, gap.why) == (" عدد الغرقى ", 9, None)
    workspace.edit("mentions:\n", "unread:\n  - {quote: عدد الغرقى, why: said before}\nmentions:\n")
    [gap] = covered(workspace).gaps
    assert gap.why == "said before"


def test_nearly_every_letter_of_the_shipped_article_is_covered_and_the_rest_is_explained() -> None:
    article = load_article(SEED)
    report = coverage(load_reading(SEED / "readings" / "curated.yaml"), article)
    assert report.letters == sum(character.isalnum() for character in article.text)
    assert report.share >= 0.97
    assert [gap.text for gap in report.gaps if gap.why is None] == []
