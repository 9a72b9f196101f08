"""Articles for pages: the stored text and its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import ID, SLUG, resource

if TYPE_CHECKING:
    from kg.display.claims import ClaimBook
    from kg.display.facts import Facts, Name

__all__ = ["Article", "article_of", "articles"]

_SOURCE: Final = f"{ID}source/"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"})


@dataclass(frozen=True, slots=True)
class Article:
    """A work with its newest stored text; unknown values are empty."""

    iri: str
    name: Name
    language: str
    text: str
    version: str
    title: str
    published: str
    publishers: tuple[Name, ...]
    authors: tuple[Name, ...]
    rights: Name
    derived_from: tuple[Name, ...]

    @property
    def slug(self) -> str:
        """Its name in the URL of its page."""
        return self.iri.removeprefix(_SOURCE)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, by the language of the text."""
        return "rtl" if self.language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _newest_text(facts: Facts, work: str) -> str:
    versions = facts.subjects("prov:specializationOf", work)
    revised = {one for version in versions for one in facts.nodes(version, "prov:wasRevisionOf")}
    stored = [one for one in versions if facts.values(one, "qawl:storedText")]
    return max((one for one in stored if one not in revised), default="")


def _read(facts: Facts, work: str, version: str) -> Article:
    return Article(
        work,
        facts.name(work),
        facts.text(work, "dc:language") or "ar",
        facts.text(version, "qawl:storedText"),
        version,
        facts.text(work, "dcterms:title"),
        facts.text(work, "dcterms:issued"),
        facts.named(work, "dcterms:publisher"),
        facts.named(work, "dcterms:creator"),
        facts.said(work, "dc:rights"),
        facts.named(work, "prov:wasDerivedFrom"),
    )


def article_of(facts: Facts, slug: str) -> Article | None:
    """Return an article by its slug; ``None`` if the graph has no text with this name."""
    if not SLUG.fullmatch(slug):
        return None
    work = resource("source", slug).value
    version = _newest_text(facts, work)
    return _read(facts, work, version) if version else None


def articles(book: ClaimBook) -> list[Article]:
    """Return every article that has a text, by slug."""
    works = {
        work
        for version, _ in book.facts.pairs("qawl:storedText")
        for work in book.facts.nodes(version, "prov:specializationOf")
        if work.startswith(_SOURCE)
    }
    found = [article_of(book.facts, work.removeprefix(_SOURCE)) for work in sorted(works)]
    return [one for one in found if one is not None]
