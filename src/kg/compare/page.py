"""A comparison of two readings as one HTML page that loads nothing from anywhere."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.compare.report import described, sentence_around, word
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.compare.compare import Case, Comparison, Score
    from kg.compare.matching import Placed

__all__ = ["html_page"]

_COLUMNS: Final = ("right", "precision", "recall", "f1", "accuracy")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = """
:root { color-scheme: light dark; --a: #b3261e33; --b: #1b6e3c33; --line: #8886; }
body { font: 1rem/1.6 system-ui, sans-serif; max-inline-size: 70rem; margin: 2rem auto;
  padding-inline: 1rem; }
table { border-collapse: collapse; margin-block: .5rem 1.5rem; }
th, td { padding: .2rem .8rem; border-block-end: 1px solid var(--line); text-align: start; }
td.n { font-variant-numeric: tabular-nums; text-align: end; }
.case { border-inline-start: 3px solid var(--line); padding-inline-start: .8rem;
  margin-block: 1rem; }
.case p { margin-block: .2rem; }
ins, del { text-decoration: none; padding-inline: .1em; border-radius: .2em; }
del { background: var(--a); box-shadow: inset 0 -2px #b3261e; }
ins { background: var(--b); }
ins del, del ins { background: linear-gradient(var(--a), var(--b)); }
small { opacity: .75; }
"""


def html_page(
    comparison: Comparison, article: str, reference: str, other: str, language: str = "en"
) -> str:
    """Return the page.

    :param article: the article's slug; ``reference`` and ``other`` are the readings' names.
    """
    heading = f"{word('title', language)} {article}"
    parts = [
        "<!doctype html>",
        f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(heading)}</title>",
        f"<style>{_STYLE}</style>",
        f"<h1>{escape(word('title', language))} <bdi>{escape(article)}</bdi></h1>",
        f"<p><ins><bdi>{escape(other)}</bdi></ins> {escape(word('against', language))}",
        f"<del><bdi>{escape(reference)}</bdi></del></p>",
    ]
    for category in dict.fromkeys(score.category for score in comparison.scores):
        scores = [score for score in comparison.scores if score.category == category]
        if not (scores[0].reference or scores[0].found):
            continue
        parts.append(f"<h2>{escape(word(category, language))}</h2>")
        parts += _table(scores, language)
        cases = [case for case in comparison.cases if case.category == category]
        if cases:
            parts.append(
                f"<details><summary>{escape(word('differences', language))}: {len(cases)}</summary>"
            )
            for case in cases:
                parts += _case(comparison.text, case, language)
            parts.append("</details>")
    return "\n".join(parts) + "\n"


def _table(scores: list[Score], language: str) -> Iterator[str]:
    first = scores[0]
    counts = ", ".join(
        f"{escape(word(name, language))} {getattr(first, name)}"
        for name in ("reference", "found", "paired")
    )
    yield f"<table><caption>{counts}</caption><thead><tr>"
    yield "".join(
        f'<th scope="col">{escape(word(name, language))}</th>' for name in ("measure", *_COLUMNS)
    )
    yield "</tr></thead><tbody>"
    for score in scores:
        cells = "".join(f'<td class="n">{_cell(getattr(score, name))}</td>' for name in _COLUMNS)
        yield f'<tr><th scope="row">{escape(word(score.measure, language))}</th>{cells}</tr>'
    yield "</tbody></table>"


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _case(text: str, case: Case, language: str) -> Iterator[str]:
    one = case.reference or case.other
    assert one is not None
    verdict = word(case.verdict, language)
    if case.faults:
        verdict += f": {', '.join(word(fault, language) for fault in case.faults)}"
    where = f"<small>{one.place.start}–{one.place.end}</small>"
    yield f'<div class="case"><p>{where} {escape(verdict)}</p>'
    yield f'<p dir="auto">{_marked(text, case)}</p>'
    for tag, side in (("del", case.reference), ("ins", case.other)):
        if side is not None and (said := described(side)):
            yield f"<p><{tag}><bdi>{escape(said)}</bdi></{tag}></p>"
    yield "</div>"


def _marked(text: str, case: Case) -> str:
    """Return the sentence with the reference's words in ``del`` and the other's in ``ins``."""
    places = [one.place for one in (case.reference, case.other) if one is not None]
    around = Span(min(one.start for one in places), max(one.end for one in places))
    sentence = sentence_around(text, around)
    end = sentence.start + len(sentence.text)
    cuts = {sentence.start, end}
    for place in places:
        for span in place.spans:
            cuts |= {span.start, span.end}
    edges = sorted(cuts)
    pieces = []
    for start, stop in pairwise(edges):
        piece = escape(text[start:stop])
        for tag, side in (("ins", case.other), ("del", case.reference)):
            if _covers(side, start):
                piece = f"<{tag}>{piece}</{tag}>"
        pieces.append(piece)
    return "".join(pieces)


def _covers(side: Placed | None, offset: int) -> bool:
    return side is not None and any(span.start <= offset < span.end for span in side.place.spans)
