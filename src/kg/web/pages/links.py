"""Links between pages: from a claim to its words, and from a resource to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from kg.display.claims import fragment_of
from kg.rdf.iris import ID, kind_of
from kg.wording import wording

if TYPE_CHECKING:
    from kg.display.claims import Claim, ClaimBook
    from kg.display.facts import Name
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["address_of", "claim_address", "links_of", "words_of"]


def claim_address(iri: str) -> str:
    """Return the path at which a claim's words are marked in its article; empty for another IRI.

    >>> claim_address("https://w3id.org/qawl/id/claim/flood/curated/toll")
    '/articles/flood#claim=toll'
    """
    words = iri.removeprefix(ID).split("/")
    if kind_of(iri) != "claim" or len(words) != 4:
        return ""
    return f"/articles/{quote(words[1])}#claim={quote(fragment_of(iri))}"


def words_of(site: Site, iri: str, language: Language) -> str:
    """Return the link to a claim's words, marked in their article; empty for another IRI."""
    path = claim_address(iri)
    return site.page(path, language) if path else ""


def address_of(site: Site, iri: str, language: Language) -> str:
    """Return the link to the page of a resource; for a claim, to its words."""
    if words := words_of(site, iri, language):
        return words
    if not iri.startswith(ID):
        return site.href(iri)
    return site.page(site.href(iri, "html").removeprefix(site.path), language)


def links_of(site: Site, book: ClaimBook, language: Language) -> dict[str, Any]:
    """Return the functions with which templates link and name what they show."""

    def link(iri: str) -> str:
        return address_of(site, iri, language)

    def said(claim: Claim) -> tuple[str, str]:
        """Return a claim in few words and their language: its gloss, or the text's own words."""
        if language == "ar" and not claim.gloss.ar:
            source = book.facts.text(claim.article, "dc:language")
            if source.startswith("ar"):
                return claim.quote, "ar"
        best = claim.gloss.best(language)
        return best, "ar" if best == claim.gloss.ar else "en"

    def spoken(name: Name) -> str:
        """Return the language of a name's best label."""
        return "ar" if name.best(language) == name.ar else "en"

    return {
        "link": link,
        "said": said,
        "spoken": spoken,
        "exact": exact,
        "comma": wording("common", language)["comma"],
    }


def exact(text: str) -> Markup:
    """Return a text for a page with every code point intact; HTML would convert CR."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - it is escaped
