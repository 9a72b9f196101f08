"""From a span of an article to an unambiguous quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reading.parts import Quote
from kg.text.spans import find_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["quote_at"]

_FIRST_CONTEXT = 8


def quote_at(article: Article, span: Span, within: Sequence[Span] | None = None) -> Quote:
    """Return the shortest quote that a reading file needs for a span.

    It has only the words, or also the paragraph number, or else the surrounding text.

    :param within: the spans that the quote will be looked for in, such as those of its claim.
    """
    text = article.text
    exact = span.of(text)
    hits = find_all(text, exact, within)
    if len(hits) == 1:
        return Quote(exact=exact)
    for number, frame in enumerate(article.paragraphs, 1):
        if frame.contains(span):
            if len([hit for hit in hits if frame.contains(hit)]) == 1:
                return Quote(exact=exact, paragraph=number)
            break
    length = _FIRST_CONTEXT
    while True:
        prefix = text[max(0, span.start - length) : span.start]
        suffix = text[span.end : span.end + length]
        fitting = [hit for hit in hits if hit.stands_between(text, prefix, suffix)]
        # Where all of the text is around it, it is the only one.
        if len(fitting) == 1:
            return Quote(exact=exact, prefix=prefix, suffix=suffix)
        length *= 2
