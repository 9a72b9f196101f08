"""Quotes that identify one place: turns spans into the verbatim quotes of a reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, TypeVar

from kg.reading.parts import Quote
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Quoter"]

_Quote = TypeVar("_Quote", bound=Quote)

#: Letters of a quote to search for; the rest is compared at each place found.
_KEY: Final = 16
#: Lengths of context to try before an ambiguous quote, in characters.
_CONTEXTS: Final = (12, 40, 120)
#: With more places than this only the line number identifies one; longer lines are not tried.
_MOST_PLACES: Final = 24
_LONGEST_LINE: Final = 20_000


class Quoter:
    """Makes quotes of one text; all spans to be quoted must be announced beforehand."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        import ahocorasick

        self.text = text
        self.lines = [0, *(place.end() for place in re.finditer("\n", text))]
        keys = {text[span.start : min(span.end, span.start + _KEY)] for span in spans} - {""}
        self.places: dict[str, list[int]] = {key: [] for key in keys}
        if not keys:
            return
        automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
        for key in keys:
            automaton.add_word(key)
        automaton.make_automaton()
        for end, length in automaton.iter(text):
            key = text[end + 1 - length : end + 1]
            places = self.places[key]
            if len(places) <= _MOST_PLACES:
                places.append(end + 1 - length)

    def quote(self, span: Span, kind: type[_Quote]) -> _Quote | None:
        """Return the quote of a span, with what makes it unique: preceding words, or its line.

        ``None`` if the text repeats itself so often that nothing does.

        :param kind: the class to make: a quote, or a mention.
        """
        exact = span.of(self.text)
        places = self.places[exact[:_KEY]]
        if len(places) <= _MOST_PLACES:
            alike = [place for place in places if self.text.startswith(exact, place)]
            if len(alike) == 1:
                return kind(exact=exact)
            for context in _CONTEXTS:
                before = self.text[max(0, span.start - context) : span.start]
                if sum(self.text.endswith(before, 0, place) for place in alike) == 1:
                    return kind(exact=exact, prefix=before)
                after = self.text[span.end : span.end + context]
                if (
                    sum(
                        self.text.endswith(before, 0, place)
                        and self.text.startswith(after, place + len(exact))
                        for place in alike
                    )
                    == 1
                ):
                    return kind(exact=exact, prefix=before, suffix=after)
        return self._in_line(span, exact, kind)

    def _in_line(self, span: Span, exact: str, kind: type[_Quote]) -> _Quote | None:
        """Identify a quote by its line number, if it occurs only once in that line."""
        number = bisect_right(self.lines, span.start)
        start = self.lines[number - 1]
        stop = self.lines[number] - 1 if number < len(self.lines) else len(self.text)
        if span.end > stop or stop - start > _LONGEST_LINE:
            return None
        places = _all(self.text, exact, Span(start, stop))
        for context in (0, *_CONTEXTS):
            before = self.text[max(0, span.start - context) : span.start] if context else ""
            if sum(self.text.endswith(before, 0, place) for place in places) == 1:
                return kind(exact=exact, prefix=before, paragraph=number)
        return None

    def within(self, span: Span, frame: Span) -> Quote | None:
        """Return the quote of a span that has to be unique only within a frame."""
        exact = span.of(self.text)
        places = _all(self.text, exact, frame)
        if len(places) == 1:
            return Quote(exact=exact)
        for context in _CONTEXTS:
            before = self.text[max(0, span.start - context) : span.start]
            if sum(self.text.endswith(before, 0, place) for place in places) == 1:
                return Quote(exact=exact, prefix=before)
        return None


def _all(text: str, exact: str, frame: Span) -> list[int]:
    """Return where a quote occurs in a frame; empty if there are too many places."""
    found: list[int] = []
    place = text.find(exact, frame.start, frame.end)
    while place != -1:
        if len(found) == _MOST_PLACES:
            return []
        found.append(place)
        place = text.find(exact, place + 1, frame.end)
    return found
