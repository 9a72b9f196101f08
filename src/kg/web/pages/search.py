"""Searching names, claims and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.display.claims import ClaimBook
from kg.display.search import search
from kg.web.pages.content import page
from kg.web.pages.links import links_of
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["search_page"]

_LONGEST = 200


def search_page(
    graph: Graph, site: Site, parameters: Sequence[tuple[str, str]], language: Language
) -> Content:
    """Return the page of search results for the words in the parameter ``q``."""
    query = dict(parameters).get("q", "").strip()[:_LONGEST]
    book = ClaimBook(graph)
    return page(
        "search",
        site,
        language,
        query=query,
        found=search(book, query),
        search=urlencode({"q": query}) if query else "",
        a=wording("web.article", language),
        b=wording("web.boards", language),
        **links_of(site, book, language),
    )
