"""A quote made for a span leads back to that span alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.grounding import find_quote
from kg.reading.parts import Quote
from kg.reading.quoting import quote_at
from kg.text.article import Article
from kg.text.spans import Span


def article(text: str) -> Article:
    return Article("x", text, "", None)  # type: ignore[arg-type]


def test_the_shortest_quote_that_is_enough() -> None:
    text = article("قال زيد\nقال عمرو وقال بكر وقال بكر")
    assert quote_at(text, Span(4, 7)) == Quote(exact="زيد")
    assert quote_at(text, Span(0, 3)) == Quote(exact="قال", paragraph=1)
    last = quote_at(text, Span(27, 34))
    assert last == Quote(exact="قال بكر", prefix="ال بكر و")
    # Within the claim that it belongs to, the words alone are enough.
    assert quote_at(text, Span(27, 34), [Span(25, 34)]) == Quote(exact="قال بكر")


@settings(deadline=None)
@given(st.text("ab\n", min_size=1, max_size=40), st.data())
def test_every_span_has_a_quote_that_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    whole = article(text)
    assert find_quote(whole, quote_at(whole, span), "x") == span
    frame = Span(data.draw(st.integers(0, span.start)), data.draw(st.integers(span.end, len(text))))
    assert find_quote(whole, quote_at(whole, span, [frame]), "x", [frame]) == span
