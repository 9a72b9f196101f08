"""A text is cut into its voices and marks, and nothing of it is lost or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_world import first_article

from kg.display.claims import ClaimBook
from kg.display.segments import Block, Paragraph, Run, Stretch, cut, stretches_of
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.display.claims import Claim


def runs(paragraphs: tuple[Paragraph, ...]) -> list[Run]:
    return [run for one in paragraphs for part in stretches_of(one.block) for run in part.runs]


def told(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Return who speaks in a paragraph, the outermost first, and the words."""
    return [
        (" > ".join(voice.id for voice in one.path), "".join(run.text for run in one.runs).strip())
        for one in stretches_of(paragraph.block)
    ]


@pytest.fixture(scope="module")
def text() -> str:
    return first_article().text


@pytest.fixture(scope="module")
def paragraphs(text: str, iraq: dict[str, Claim]) -> tuple[Paragraph, ...]:
    return cut(text, iraq.values())


def test_joined_the_runs_are_the_text(text: str, paragraphs: tuple[Paragraph, ...]) -> None:
    assert "".join(one.text for one in runs(paragraphs)) == text
    at = 0
    for one in runs(paragraphs):
        assert one.start == at
        at = one.end
    assert [one.number for one in paragraphs] == list(range(1, 21))


def test_each_mark_is_at_its_code_points(
    text: str, paragraphs: tuple[Paragraph, ...], iraq: dict[str, Claim]
) -> None:
    for claim in iraq.values():
        marked = {
            offset
            for run in runs(paragraphs)
            if claim.fragment in run.claims
            for offset in range(run.start, run.end)
        }
        assert marked == {at for one in claim.passages for at in range(one.start, one.end)}


def test_the_smallest_mark_comes_first(
    paragraphs: tuple[Paragraph, ...], iraq: dict[str, Claim]
) -> None:
    sizes = {one.fragment: one.passages for one in iraq.values()}
    for run in runs(paragraphs):
        lengths = [
            min(span.end - span.start for span in sizes[name] if span.start <= run.start < span.end)
            for name in run.claims
        ]
        assert lengths == sorted(lengths)


def test_a_relayed_voice_stands_inside_the_one_that_relays_it(
    paragraphs: tuple[Paragraph, ...],
) -> None:
    assert told(paragraphs[6]) == [
        ("bbc-2011-continued", "ووفقا لآخر أرقام وزارة الدفاع الأمريكية (البنتاغون)،"),
        (
            "bbc-2011-continued > pentagon",
            "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد",
        ),
        (
            "bbc-2011-continued",
            'في ما بات يُعرف بـ "عملية حرية العراق" في التاسع عشر من شهر مارس من عام 2003.',
        ),
    ]
    (outer,) = paragraphs[6].block.parts
    assert isinstance(outer, Block)
    assert [type(one) for one in outer.parts] == [Stretch, Block, Stretch]


def test_a_cue_is_the_voice_that_relays(paragraphs: tuple[Paragraph, ...]) -> None:
    # The article says who says it; what is said, Saddam Hussein says.
    assert ("", "فيما رد صدام أن") in told(paragraphs[0])
    assert ("saddam-reply-voice", "بوش قد ارتكب جريمة ضد الإنسانية") in told(paragraphs[0])
    # In parentheses the article speaks inside Blair's quotation.
    assert ("", "(أى العراقيين)") in told(paragraphs[19])


def test_what_is_only_the_articles_own_has_no_block(paragraphs: tuple[Paragraph, ...]) -> None:
    assert all(isinstance(one, Stretch) for one in paragraphs[2].block.parts)
    assert paragraphs[2].block.voice is None


def test_unmarked_claims_still_tell_whose_words_they_are(
    text: str, iraq: dict[str, Claim], paragraphs: tuple[Paragraph, ...]
) -> None:
    some = [one for one in iraq.values() if one.id == "us-dead-2003-2011"]
    others = [one for one in iraq.values() if one not in some]
    found = cut(text, some, others)
    assert list(map(told, found)) == list(map(told, paragraphs))
    marked = [one for one in runs(found) if one.claims]
    assert "".join(one.text for one in marked) == Span(1778, 1839).of(text)
    assert sum(len(one.text) for one in runs(found) if one.covered) == sum(
        len(one.text) for one in runs(paragraphs) if one.covered
    )


def test_a_text_without_claims() -> None:
    found = cut("واحد\n\nاثنان", ())
    assert [told(one) for one in found] == [[("", "واحد")], [("", "")], [("", "اثنان")]]
    assert cut("", ()) == ()
    assert found[1].start == 5


@given(st.data())
def test_no_claims_whatever_lose_a_letter(flood_claims: list[Claim], data: st.DataObject) -> None:
    letters = st.text("اب لّ\n\ré\u0301👍🏽.", max_size=30)
    text = data.draw(letters)
    places = st.integers(0, len(text) + 2)
    claims = [
        _moved(one, [Span(*sorted((data.draw(places), data.draw(places))))], number)
        for number, one in enumerate(flood_claims * 2)
    ]
    found = cut(text, claims)
    assert "".join(one.text for one in runs(found)) == text
    for stretch in (part for one in found for part in stretches_of(one.block)):
        first, last = stretch.start, stretch.end
        assert first == 0 or text[first - 1].isspace() or text[first].isspace(), "a word is torn"
        assert last == len(text) or text[last - 1].isspace() or text[last].isspace()


@pytest.fixture(scope="module")
def flood_claims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Claim]]:
    from examples import AUTHORITY, READING, TEXT, write_article

    from kg.graph.build import compile_graph
    from kg.store.local import Graph

    graph = tmp_path_factory.mktemp("flood") / "graph"
    (graph / "authority").mkdir(parents=True)
    (graph / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(graph, "flood", TEXT, READING)
    yield ClaimBook(Graph(compile_graph(graph).store)).all()


def _moved(claim: Claim, passages: list[Span], number: int) -> Claim:
    from dataclasses import replace

    return replace(claim, iri=f"{claim.iri}-{number}", passages=tuple(passages))
