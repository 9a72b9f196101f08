"""Grounding: resolves quotes to spans, or raises an error that shows likely places."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kg.errors import GroundingError
from kg.files.yaml_input import shown
from kg.text.folding import fold
from kg.text.spans import Span, find_all, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.reading.model import Mention
    from kg.reading.parts import Quote
    from kg.text.article import Article

__all__ = ["find_mention", "find_quote"]

_CONTEXT = 25
_MOST_CANDIDATES = 5
# What the search for the most alike stretch compares at most: letters, and pairs of letters.
_LONGEST_COMPARED = 200
_MOST_COMPARED = 30_000_000


def _shown(article: Article, span: Span) -> str:
    text = article.text
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    found = span.of(text)
    if len(found) > _LONGEST_COMPARED:
        found = f"{found[:_LONGEST_COMPARED]}…"
    words = f"…{before}[{found}]{after}…".replace("\n", "⏎")
    return f"  {span.start}-{span.end}: {words}"


def _candidates(article: Article, spans: Sequence[Span]) -> str:
    lines = [_shown(article, span) for span in spans[:_MOST_CANDIDATES]]
    if len(spans) > _MOST_CANDIDATES:
        lines.append(f"  … and {len(spans) - _MOST_CANDIDATES} more")
    return "\n".join(lines)


def _near(article: Article, quote: str) -> list[Span]:
    """Likely places of a quote: the same text after folding, or the most similar passage."""
    folded = fold(article.text)
    if hits := folded.find(quote):
        return list(hits)
    wanted = fold(quote).folded[:_LONGEST_COMPARED]
    if len(wanted) * len(folded.folded) > _MOST_COMPARED:
        return []
    matcher = difflib.SequenceMatcher(a=folded.folded, b=wanted, autojunk=False)
    block = matcher.find_longest_match()
    if block.size < max(4, len(wanted) // 4):
        return []
    start = max(0, block.a - block.b)
    return [folded.raw_span(Span(start, min(len(folded.folded), start + len(wanted))))]


def _fitting(article: Article, spans: Iterable[Span], quote: Quote) -> list[Span]:
    """Return the spans between the quote's prefix and suffix, in its paragraph."""
    text, prefix, suffix = article.text, quote.prefix, quote.suffix
    found = [span for span in spans if span.stands_between(text, prefix, suffix)]
    if quote.paragraph is None:
        return found
    frames = article.paragraphs[quote.paragraph - 1 : quote.paragraph]
    return [span for span in found if any(frame.contains(span) for frame in frames)]


def find_quote(
    article: Article, quote: Quote, place: str, within: Sequence[Span] | None = None
) -> Span:
    """Return the one span of a quote.

    :param place: the file, line and id to name in the error.
    :param within: spans that the quote must lie in, such as those of the claim that it belongs to.
    :raises GroundingError: the quote is not found, or occurs several times; the message shows
        where.
    """
    everywhere = _fitting(article, find_all(article.text, quote.exact), quote)
    hits = [
        span
        for span in everywhere
        if within is None or any(frame.contains(span) for frame in within)
    ]
    if len(hits) == 1:
        return hits[0]
    if len(hits) > 1:
        raise GroundingError(
            f"{place}: the quote {shown(quote.exact)} occurs {len(hits)} times in {article.slug}; "
            f"lengthen it, or add prefix, suffix or paragraph:\n{_candidates(article, hits)}"
        )
    if everywhere:
        raise GroundingError(
            f"{place}: {shown(quote.exact)} is not inside the quotes that it belongs to; it occurs "
            f"here:\n{_candidates(article, everywhere)}"
        )
    near = _near(article, quote.exact)
    hint = f"; nearest:\n{_candidates(article, near)}" if near else ""
    raise GroundingError(
        f"{place}: the quote {shown(quote.exact)} is not in {article.slug}; quote the article "
        f"exactly, including diacritics and misspellings{hint}"
    )


def find_mention(article: Article, mention: Mention, place: str) -> tuple[Span, ...]:
    """Return the spans of a mention: its one place, the chosen ones, or all of them.

    :raises GroundingError: there is no such place, or several without a choice.
    """
    if not mention.all and not mention.nth:
        return (find_quote(article, mention, place),)
    hits = _fitting(article, find_words(article.text, mention.exact), mention)
    if mention.all and hits:
        return tuple(hits)
    wrong = [n for n in mention.nth if not 1 <= n <= len(hits)]
    if wrong or not hits:
        raise GroundingError(
            f"{place}: {shown(mention.exact)} occurs as whole words in {len(hits)} places in "
            f"{article.slug}{f', there is no place {wrong[0]}' if wrong else ''}\n"
            f"{_candidates(article, hits or _near(article, mention.exact))}"
        )
    return tuple(hits[n - 1] for n in mention.nth)
