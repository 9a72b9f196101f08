"""A comparison of two readings as one self-contained HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.compare.report import described, sentence_around
from kg.html import render
from kg.text.spans import Span
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.compare.compare import Case, Comparison, Score
    from kg.compare.matching import Placed

__all__ = ["html_page"]

_COLUMNS: Final = ("right", "precision", "recall", "f1", "accuracy")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a sentence, and which readings cover it."""

    text: str
    of_reference: bool
    of_other: bool


@dataclass(frozen=True, slots=True)
class _ShownCase:
    """A difference: its sentence in pieces, and what each reading says."""

    start: int
    end: int
    verdict: str
    faults: Sequence[str]
    pieces: Sequence[_Piece]
    reference: str
    other: str


@dataclass(frozen=True, slots=True)
class _Section:
    """A category of findings with its scores and differences."""

    category: str
    scores: Sequence[Score]
    cases: Sequence[_ShownCase]


def html_page(
    comparison: Comparison, article: str, reference: str, other: str, language: str = "en"
) -> str:
    """Return the HTML page.

    :param article: the article's slug; ``reference`` and ``other`` are the names of the readings.
    """
    return render(
        "compare/comparison.html",
        article=article,
        reference=reference,
        other=other,
        language=language,
        sections=tuple(_sections(comparison)),
        columns=_COLUMNS,
        w=wording("comparison", language),
    )


def _sections(comparison: Comparison) -> Iterator[_Section]:
    for category in dict.fromkeys(score.category for score in comparison.scores):
        scores = [score for score in comparison.scores if score.category == category]
        if scores[0].reference or scores[0].found:
            cases = [case for case in comparison.cases if case.category == category]
            yield _Section(category, scores, [_shown(comparison.text, case) for case in cases])


def _shown(text: str, case: Case) -> _ShownCase:
    one = case.reference or case.other
    assert one is not None
    said = [described(side) if side else "" for side in (case.reference, case.other)]
    pieces = tuple(_pieces(text, case))
    return _ShownCase(one.place.start, one.place.end, case.verdict, case.faults, pieces, *said)


def _pieces(text: str, case: Case) -> Iterator[_Piece]:
    """Yield the sentence around both places, split where a span of either begins or ends."""
    places = [one.place for one in (case.reference, case.other) if one is not None]
    around = Span(min(one.start for one in places), max(one.end for one in places))
    sentence = sentence_around(text, around)
    cuts = {sentence.start, sentence.start + len(sentence.text)}
    cuts |= {edge for place in places for span in place.spans for edge in (span.start, span.end)}
    for start, stop in pairwise(sorted(cuts)):
        yield _Piece(text[start:stop], _covers(case.reference, start), _covers(case.other, start))


def _covers(side: Placed | None, offset: int) -> bool:
    return side is not None and any(span.start <= offset < span.end for span in side.place.spans)
