"""The server's address, and links for Qawl's IRIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from kg.rdf.iris import NAMESPACE

if TYPE_CHECKING:
    from kg.wording import Language

__all__ = ["Site"]

_PLAIN: Final = "/-._~:@!$'()*+,;="


@dataclass(frozen=True, slots=True)
class Site:
    """A server by its public URL, without a slash at its end.

    ``keeps_language`` says that links name English too, since the visitor's browser asks for
    another language.
    """

    url: str
    package_version: str = ""
    keeps_language: bool = False

    @property
    def path(self) -> str:
        """The path that the public URL has, for links that keep to the visitor's host.

        >>> Site("https://example.org/qawl").path
        '/qawl'
        """
        return urlsplit(self.url).path.rstrip("/")

    def href(self, iri: str, ending: str = "") -> str:
        """Return the link for an IRI: a path on this server for one of ours, else the IRI.

        >>> site = Site("https://example.org/mirror")
        >>> site.href("https://w3id.org/qawl/id/actor/tony-blair", "html")
        '/mirror/id/actor/tony-blair.html'
        >>> site.href("https://w3id.org/qawl/ontology#Claim")
        '/mirror/ontology#Claim'
        >>> site.href("http://www.wikidata.org/entity/Q9545")
        'http://www.wikidata.org/entity/Q9545'
        """
        if not iri.startswith(NAMESPACE):
            return iri if urlsplit(iri).scheme in {"http", "https"} else ""
        document, hash_sign, fragment = iri.removeprefix(NAMESPACE).partition("#")
        if document.startswith("/"):
            return iri  # a link that begins with two slashes would lead to another host
        ending = f".{ending}" if ending else ""
        place = f"{hash_sign}{quote(fragment, safe=_PLAIN)}"
        return f"{self.path}/{quote(document, safe=_PLAIN)}{ending}{place}"

    def here(self, path: str) -> str:
        """Return the link for a path on this server.

        >>> Site("https://example.org/mirror").here("/sparql")
        '/mirror/sparql'
        """
        return self.path + path

    def kept(self, language: Language) -> str:
        """Return the language for links to name; empty if pages are in it by default.

        >>> Site("https://example.org").kept("ar"), Site("https://example.org").kept("en")
        ('ar', '')
        """
        return language if language != "en" or self.keeps_language else ""

    def page(self, path: str, language: Language) -> str:
        """Return the link to a page of this server in a language; a fragment stays at its end.

        >>> Site("https://example.org/mirror").page("/articles/flood?claim=a#here", "ar")
        '/mirror/articles/flood?claim=a&lang=ar#here'
        """
        path, mark, fragment = path.partition("#")
        if kept := self.kept(language):
            path = f"{path}{'&' if '?' in path else '?'}lang={kept}"
        return f"{self.path}{path}{mark}{fragment}"

    def absolute(self, path: str) -> str:
        """Return the public URL of a path on this server.

        >>> Site("https://example.org/mirror").absolute("/dumps/")
        'https://example.org/mirror/dumps/'
        """
        return self.url + path
