"""A grounded reading: every quote a span of the text, in its place, or an error that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import GroundingError, ReadingError
from kg.files import shipped
from kg.reading.file import load_reading
from kg.reading.grounded import GroundedReading, ground_reading
from kg.text.article import load_article

if TYPE_CHECKING:
    from examples import Workspace

    from kg.text.spans import Span

SEED = shipped.graph_dir() / "articles" / "iraq-war-2003-2011"


def grounded(workspace: Workspace) -> GroundedReading:
    return ground_reading(load_reading(workspace.reading), load_article(workspace.article))


def test_every_part_has_its_words(workspace: Workspace) -> None:
    workspace.edit(
        "source: bulletin, act: report, cue: ذكرت الوكالة في نشرتها أن",
        "act: report, cue: ذكرت الوكالة في نشرتها أن, said: {status: relative, surface: نشرتها}",
    )
    workspace.edit("mentions:\n", "unread:\n  - {quote: نفسها, why: emphasis}\nmentions:\n")
    found = grounded(workspace)
    text = found.article.text

    def words(span: Span | None) -> str | None:
        return None if span is None else span.of(text)

    agency = found.voices["agency"]
    assert [words(cue) for cue in agency.cues] == ["ذكرت الوكالة في نشرتها أن"]
    assert (words(agency.said), agency.as_of) == ("نشرتها", None)
    assert found.voices["article"].cues == ()
    drowned, by_agency = found.claims
    assert [words(quote) for quote in drowned.quotes] == ["غرق 12 شخصا في الوادي منذ 3 مايو 2001"]
    assert words(drowned.answer) == "12 شخصا"
    assert [words(time) for time in drowned.times] == ["منذ 3 مايو 2001"]
    assert drowned.place.endswith(":11: claim 'drowned'")
    assert (words(by_agency.answer), by_agency.times) == ("15 شخصا", ())
    assert [words(span) for span in found.mentions["agency"]] == ["الوكالة", "الوكالة"]
    [(span, unread)] = found.unread
    assert (words(span), unread.why) == ("نفسها", "emphasis")


def test_the_words_of_a_time_that_answers_are_its_own_or_the_answers(workspace: Workspace) -> None:
    workspace.edit(
        "question: {how-many: deaths, of: villagers, event: flood}\n"
        "    answer: {value: 12, unit: person, surface: 12 شخصا}",
        "question: {when: start, event: flood}\n"
        "    answer: {time: {edtf: 2001-05, surface: مايو 2001}, surface: 3 مايو 2001}",
    )
    found = grounded(workspace)
    assert found.claims[0].answer is not None
    assert found.claims[0].answer.of(found.article.text) == "مايو 2001"
    workspace.edit("time: {edtf: 2001-05, surface: مايو 2001}", "time: 2001-05")
    found = grounded(workspace)
    assert found.claims[0].answer is not None
    assert found.claims[0].answer.of(found.article.text) == "3 مايو 2001"


def test_the_shipped_reading_lies_in_its_text() -> None:
    file = load_reading(SEED / "readings" / "curated.yaml")
    found = ground_reading(file, load_article(SEED))
    for claim in found.claims:
        quotes = [quote.exact for quote in claim.claim.quote]
        assert [span.of(found.article.text) for span in claim.quotes] == quotes
        assert claim.answer is None or any(span.contains(claim.answer) for span in claim.quotes)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("cue: الوزارة أعلنت", "cue: الوزارة قالت", ":8: voice 'ministry'"),
        ("surface: 15 شخصا", "surface: 12 شخصا", ":19: claim 'drowned-by-agency'"),
        ("surface: منذ 3 مايو 2001", "surface: 15 شخصا", ":11: claim 'drowned'"),
        ("exact: الوكالة, all: true", "exact: وكالة", ":26: mention 'agency'"),
    ],
)
def test_a_quote_that_is_elsewhere_is_refused_with_its_line(
    workspace: Workspace, old: str, new: str, line: str
) -> None:
    workspace.edit(old, new)
    with pytest.raises(GroundingError) as caught:
        grounded(workspace)
    assert line in str(caught.value)


def test_a_reading_of_another_article_is_refused(workspace: Workspace) -> None:
    workspace.edit("article: flood", "article: drought")
    with pytest.raises(ReadingError, match=r"curated.yaml:1: is a reading of 'drought'"):
        grounded(workspace)
