"""The page of an article: its text with every voice and claim in it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from kg.display.articles import article_of
from kg.display.cards import card, is_contradicted, shared_words
from kg.display.claims import ClaimBook
from kg.display.filters import ClaimFilter, Only, facets
from kg.display.icicle import colour_numbers, icicle
from kg.display.segments import cut, stretches_of
from kg.rdf.iris import ID
from kg.web.formats import RDF_FORMATS
from kg.web.pages.content import page
from kg.web.pages.links import links_of
from kg.web.refusal import RequestRefused
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.display.articles import Article
    from kg.display.claims import Claim
    from kg.display.segments import Paragraph
    from kg.display.voices import Voice
    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["article_document", "article_page", "article_values"]

# Of a text with more claims, the page has only the card that is asked for; scripts fetch others.
_MOST_CARDS: Final = 300


@dataclass(frozen=True, slots=True)
class _Speaker:
    """The speakers of some voices, with the number that determines their colour."""

    voice: Voice
    filter: str
    colour: int
    claims: int
    chosen: bool


def article_page(
    graph: Graph,
    site: Site,
    slug: str,
    parameters: Sequence[tuple[str, str]],
    language: Language,
) -> Content:
    """Return the page of an article.

    :param parameters: URL parameters: filters, and ``claim`` for a claim to open.
    :raises RequestRefused: the graph has no such text.
    """
    book = ClaimBook(graph)
    article = article_of(book.facts, slug)
    if article is None:
        raise RequestRefused(HTTPStatus.NOT_FOUND, f"/articles/{slug}: no such article")
    return article_document(book, site, article, parameters, language)


def article_document(
    book: ClaimBook,
    site: Site,
    article: Article,
    parameters: Sequence[tuple[str, str]],
    language: Language,
) -> Content:
    """Return the page of an article; for the parameters see :func:`article_page`."""
    values = article_values(book, site, article, parameters, language)
    return page("article", site, language, **values)


def article_values(
    book: ClaimBook,
    site: Site,
    article: Article,
    parameters: Sequence[tuple[str, str]],
    language: Language,
) -> dict[str, Any]:
    """Return what the template of an article needs.

    :param parameters: URL parameters: filters, and ``claim`` for a claim to open.
    """
    every = book.of_article(article.iri)
    chosen = ClaimFilter.of(parameters)
    contradicted = {one.iri for one in every if is_contradicted(book, one)}
    passing = {one.iri: chosen.passes(one, contradicted=one.iri in contradicted) for one in every}
    shown = [one for one in every if passing[one.iri]]
    hidden = [one for one in every if not passing[one.iri]]
    sharing = shared_words(every)
    paragraphs = cut(article.text, shown, hidden)
    colours = colour_numbers(paragraphs)
    opened = dict(parameters).get("claim", "")
    return {
        **links_of(site, book, language),
        "a": wording("web.article", language),
        "article": article,
        "paragraphs": paragraphs,
        "stretches_of": stretches_of,
        "claims": shown,
        "cards": [
            card(book, one, sharing.get(one.iri, ()))
            for one in shown
            if len(shown) <= _MOST_CARDS or one.fragment == opened
        ],
        "all_cards": len(shown) <= _MOST_CARDS,
        "by_fragment": {one.fragment: one for one in shown},
        "contradicted": contradicted,
        "all_claims": len(every),
        "filter": chosen,
        "facets": facets(every, chosen, language),
        "only": tuple(Only),
        "search": chosen.search(),
        "opened": opened,
        "alone": False,
        "colours": colours,
        "speakers": _speakers(paragraphs, every, colours, chosen),
        "icicle": icicle(paragraphs, len(article.text)),
        "covered": _covered(paragraphs),
        "formats": RDF_FORMATS,
        "address": lambda ending: site.href(article.iri, ending),
    }


def _speakers(
    paragraphs: Sequence[Paragraph],
    claims: Sequence[Claim],
    colours: Mapping[str, int],
    chosen: ClaimFilter,
) -> list[_Speaker]:
    first: dict[str, Voice] = {}
    for paragraph in paragraphs:
        for stretch in stretches_of(paragraph.block):
            for voice in stretch.path:
                first.setdefault(voice.key, voice)
    return [
        _Speaker(
            voice,
            voice.who[0].iri.removeprefix(ID) if voice.who else "",
            colours[key],
            sum(1 for one in claims if any(each.key == key for each in one.chain)),
            chosen.voice in {one.iri.removeprefix(ID) for one in voice.who},
        )
        for key, voice in first.items()
    ]


def _covered(paragraphs: Sequence[Paragraph]) -> float:
    """Return the share of the letters and signs that a claim or a cue covers, in percent."""
    letters = {True: 0, False: 0}
    for paragraph in paragraphs:
        for stretch in stretches_of(paragraph.block):
            for run in stretch.runs:
                letters[run.covered or run.cue] += len("".join(run.text.split()))
    return 100 * letters[True] / max(1, sum(letters.values()))
