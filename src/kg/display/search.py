"""Finding words in names, glosses, quotes and texts, in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.articles import articles
from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import ID, kind_of
from kg.text.search_spelling import SearchedText, search_text, searched_words

if TYPE_CHECKING:
    from kg.display.articles import Article
    from kg.display.claims import Claim, ClaimBook
    from kg.display.facts import Name
    from kg.text.spans import Span

__all__ = ["Found", "Snippet", "search", "snippet"]

_AROUND: Final = 60
#: Hits of one kind that a page lists.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text around a hit: what stands before, the hit itself, and what stands after."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """The results; ``more`` says which of the lists are truncated."""

    names: tuple[Name, ...]
    claims: tuple[tuple[Claim, Snippet], ...]
    places: tuple[tuple[Article, Span, Snippet], ...]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.names or self.claims or self.places)


def snippet(text: str, searched: str) -> Snippet | None:
    """Return a text around the first hit of a search text; ``None`` if there is none.

    >>> snippet("في العِراق ٢٠٠٣", search_text("العراق 2003"))
    Snippet(before='في ', hit='العِراق ٢٠٠٣', after='')
    """
    hits = SearchedText.of(text).find(searched)
    return _around(text, hits[0]) if hits else None


def _around(text: str, span: Span) -> Snippet:
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before = ("…" if start else "") + text[start : span.start]
    return Snippet(before, span.of(text), text[span.end : end] + ("…" if end < len(text) else ""))


def _names(book: ClaimBook, searched: str) -> list[Name]:
    found = set()
    for prefixed in ("skos:prefLabel", "dcterms:title"):
        for iri, label in book.facts.pairs(prefixed):
            if not (iri.startswith(ID) and kind_of(iri) in ENTITY_KINDS):
                continue
            if searched in search_text(getattr(label, "value", "")):
                found.add(book.facts.name(iri))
    return sorted(found, key=lambda one: (len(one.en or one.ar), one.iri))


def _claim(claim: Claim, searched: str) -> Snippet | None:
    texts = (claim.quote, claim.gloss.ar, claim.gloss.en)
    return next((hit for text in texts if (hit := snippet(text, searched)) is not None), None)


def search(book: ClaimBook, query: str) -> Found:
    """Return everything that contains the words of a query, in any spelling; nothing for blanks."""
    texts = [one.text for one in articles(book)]

    def known(word: str) -> bool:
        whole = f" {word} "
        return any(
            whole in getattr(text, "value", "") for _, text in book.facts.pairs("qawl:searchText")
        ) or any(whole in f" {SearchedText.of(text).searched} " for text in texts)

    searched = searched_words(query, known)
    if not searched:
        return Found((), (), (), more=False)
    names = _names(book, searched)
    claims = [(one, hit) for one in book.all() if (hit := _claim(one, searched)) is not None]
    places = [
        (one, span, _around(one.text, span))
        for one in articles(book)
        for span in SearchedText.of(one.text).find(searched)
    ]
    return Found(
        tuple(names[:MOST]),
        tuple(claims[:MOST]),
        tuple(places[:MOST]),
        more=any(len(one) > MOST for one in (names, claims, places)),
    )
