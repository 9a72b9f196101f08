"""A comparison of two readings for people: terminal text, JSON, an HTML page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.compare.findings import FoundClaim, FoundDate, FoundMention, FoundQuantity
from kg.sparql.terminal import isolate, render_table
from kg.text.spans import Span
from kg.wording import listed, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.compare.compare import Case, Comparison, Score
    from kg.compare.matching import Placed
    from kg.wording import Words

__all__ = [
    "Sentence",
    "as_json",
    "described",
    "scores_text",
    "sentence_around",
    "text_report",
]

_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'»”’)\]]*\s|\n")
_MOST_CONTEXT = 160


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence around a place, shortened if long; ``start`` is its offset in the text."""

    start: int
    text: str


def sentence_around(text: str, span: Span) -> Sentence:
    """Return the sentence or sentences that contain a span, with at most 160 letters around it."""
    first = max(0, span.start - _MOST_CONTEXT)
    before = [match.end() for match in _SENTENCE_END.finditer(text, first, span.start)]
    start = before[-1] if before else first
    last = min(len(text), span.end + _MOST_CONTEXT)
    after = _SENTENCE_END.search(text, max(span.start, span.end - 1), last)
    return Sentence(start, text[start : after.end() if after else last].rstrip())


def _amount(one: FoundQuantity) -> str:
    bounds = f"{_number(one.lower)}–{_number(one.upper)}"
    value = bounds if one.value is None and (one.lower or one.upper) else _number(one.value)
    about = "~" if one.approximate else ""
    return " ".join(filter(None, (one.comparator, about + value, one.unit)))


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}"


def _speakers(claim: FoundClaim) -> str:
    return " < ".join(
        "+".join(speaker.shown for speaker in voice.speakers) + ("?" if voice.inferred else "")
        for voice in claim.chain
    )


def described(one: Placed) -> str:
    """Return what a reading says about an item, in one line."""
    if isinstance(one, FoundDate):
        return f"{' or '.join(sorted(one.edtf)) or 'no EDTF'} ({one.kind})"
    if isinstance(one, FoundQuantity):
        return _amount(one)
    if isinstance(one, FoundClaim):
        parts = [_speakers(one), one.polarity, one.stance]
        if one.quantity is not None:
            parts.append(_amount(one.quantity))
        if one.date is not None:
            parts.append(described(one.date))
        return ", ".join(parts)
    if isinstance(one, FoundMention):
        return f"{one.type} {one.shown}".strip()
    return ""


def _words(text: str, one: Placed | None) -> str:
    return "" if one is None else " … ".join(span.of(text) for span in one.place.spans)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def scores_text(scores: Sequence[Score], language: str = "en") -> str:
    """Return the scores as tables, one for each category in which either reading has items."""
    words = wording("comparison", language)
    blocks = []
    for category in dict.fromkeys(score.category for score in scores):
        rows = [one for one in scores if one.category == category]
        if not (rows[0].reference or rows[0].found):
            continue
        columns = ("measure", "right", "precision", "recall", "f1", "accuracy")
        first = rows[0]
        counts = listed(
            (f"{words[name]} {getattr(first, name)}" for name in ("reference", "found", "paired")),
            language,
        )
        table = render_table(
            [words[name] for name in columns],
            [
                [
                    words[one.measure],
                    str(one.right),
                    *(_percent(getattr(one, name)) for name in columns[2:]),
                ]
                for one in rows
            ],
            columns=10_000,
        )
        blocks.append(f"{words[category]} ({counts})\n{table}")
    return "\n\n".join(blocks)


def _case_text(text: str, case: Case, words: Words) -> str:
    one = case.reference or case.other
    assert one is not None
    span = Span(one.place.start, one.place.end)
    verdict = words[case.verdict]
    if case.faults:
        verdict += f": {listed((words[fault] for fault in case.faults), words.language)}"
    lines = [f"{span.start}-{span.end} {verdict}"]
    for sign, side in (("−", case.reference), ("+", case.other)):
        if side is not None:
            said = described(side)
            lines.append(
                f"  {sign} {isolate(_words(text, side))}{'  ' if said else ''}{isolate(said)}"
            )
    lines.append(f"    {isolate(sentence_around(text, span).text)}")
    return "\n".join(lines)


def text_report(comparison: Comparison, language: str = "en", *, cases: bool = True) -> str:
    """Return a comparison as text: scores, then the differences in their sentences.

    Lines with − are from the reference, lines with + from the other reading; ``?`` marks inferred
    voices.
    """
    words = wording("comparison", language)
    blocks = [scores_text(comparison.scores, language)]
    if cases:
        for category in dict.fromkeys(case.category for case in comparison.cases):
            blocks.append(f"{words[category]}: {words['differences']}")
            blocks += [
                _case_text(comparison.text, case, words)
                for case in comparison.cases
                if case.category == category
            ]
    return "\n\n".join(blocks)


_SCORE_FIELDS: Final = (
    "category", "measure", "reference", "found", "paired", "right", "precision", "recall", "f1",
    "accuracy",
)  # fmt: skip


def _side_json(text: str, one: Placed | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "spans": [[span.start, span.end] for span in one.place.spans],
        "words": _words(text, one),
        "said": described(one),
    }


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON data: scores and cases, offsets in code points."""
    text = comparison.text
    return {
        "scores": [
            {name: getattr(one, name) for name in _SCORE_FIELDS} for one in comparison.scores
        ],
        "cases": [
            {
                "category": case.category,
                "verdict": case.verdict,
                "faults": list(case.faults),
                "reference": _side_json(text, case.reference),
                "other": _side_json(text, case.other),
            }
            for case in comparison.cases
        ],
    }
