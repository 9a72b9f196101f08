"""The home page: the articles, their contradictions, and where to start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.display.articles import articles
from kg.display.claims import ClaimBook
from kg.display.disputes import disputes
from kg.display.icicle import colour_numbers, icicle
from kg.display.segments import cut
from kg.store.queryable import named_questions
from kg.web.pages.boards import BOARDS
from kg.web.pages.content import page
from kg.web.pages.links import links_of
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.display.articles import Article
    from kg.display.icicle import Icicle
    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["home_page"]

_ARTICLES_WITH_PICTURE = 60
_DISPUTES = 5
_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class _Listed:
    """An article as the first page lists it; the picture is left out where there are very many."""

    article: Article
    claims: int
    voices: int
    contradictions: int
    picture: Icicle | None
    colours: Mapping[str, int]


def home_page(graph: Graph, site: Site, language: Language) -> Content:
    """Return the home page."""
    book = ClaimBook(graph)
    found = disputes(book, book.all())
    listed = [
        _listed(book, one, pictured=number < _ARTICLES_WITH_PICTURE)
        for number, one in enumerate(articles(book))
    ]
    return page(
        "home",
        site,
        language,
        quads=len(graph.store),
        listed=listed,
        disputes=found[:_DISPUTES],
        more_disputes=max(0, len(found) - _DISPUTES),
        boards=BOARDS,
        examples=[one for one in named_questions() if not one.parameters][:_EXAMPLES],
        a=wording("web.article", language),
        b=wording("web.boards", language),
        **links_of(site, book, language),
    )


def _listed(book: ClaimBook, article: Article, *, pictured: bool) -> _Listed:
    claims = book.of_article(article.iri)
    voices = {voice.key for one in claims for voice in one.chain if not voice.is_article}
    contradictions = {
        relation.iri
        for one in claims
        for relation in book.relations(one.iri)
        if relation.kind.code == "Contradiction"
    }
    picture: Icicle | None = None
    colours: Mapping[str, int] = {}
    if pictured:
        paragraphs = cut(article.text, claims)
        picture = icicle(paragraphs, len(article.text))
        colours = colour_numbers(paragraphs)
    return _Listed(article, len(claims), len(voices), len(contradictions), picture, colours)
