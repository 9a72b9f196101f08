"""Articles: the stored text, which is never normalized, and its metadata."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pyoxigraph import Literal, NamedNode

from kg.edtf import corners
from kg.errors import ArticleError, DateError, ReadingError, did_you_mean
from kg.files.schema_faults import first_fault
from kg.files.utf8 import read_utf8
from kg.files.yaml_input import YamlFile, load_yaml, shown
from kg.rdf.iris import SLUG
from kg.text.spans import Span

__all__ = ["Article", "ArticleMetadata", "load_article", "unknown_article"]

#: Largest article that is accepted, in bytes.
LARGEST_ARTICLE: Final = 20_000_000

_Text = Annotated[str, StringConstraints(min_length=1)]


class Rights(BaseModel):
    """What is known about the rights to the text, in English and Arabic."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: _Text
    ar: _Text


class StoredText(BaseModel):
    """One version of an article's text: its file, its hash, and when it was fetched."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=1)] = 1
    text: _Text
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    retrieved: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None


class ArticleMetadata(StoredText):
    """``article.yaml``: what is known about an article; what is unknown is left out."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    label: Rights
    title: _Text | None = None
    author: _Text | None = None
    publisher: _Text | None = None
    published: _Text | None = None
    url: _Text | None = None
    rights: Rights
    type: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")] = "article"
    earlier: tuple[StoredText, ...] = Field((), description="Earlier texts that this one revises")
    derived_from: tuple[_Text, ...] = Field((), alias="derived-from")
    translation_of: _Text | None = Field(None, alias="translation-of")

    @field_validator("earlier")
    @classmethod
    def _in_order(cls, earlier: tuple[StoredText, ...]) -> tuple[StoredText, ...]:
        numbers = [one.version for one in earlier]
        if numbers != sorted(set(numbers)):
            raise ValueError("list the earlier texts in version order")
        return earlier

    @model_validator(mode="after")
    def _latest(self) -> Self:
        if self.earlier and self.version <= self.earlier[-1].version:
            raise ValueError(
                f"version {self.version} revises version {self.earlier[-1].version}: give the "
                "article's own text the highest version"
            )
        return self

    @field_validator("language")
    @classmethod
    def _a_language_tag(cls, language: str) -> str:
        Literal("", language=language)
        return language

    @field_validator("published", mode="before")
    @classmethod
    def _a_date(cls, published: object) -> object:
        if isinstance(published, int) and not isinstance(published, bool):
            published = f"{published:04d}"
        if isinstance(published, str):
            try:
                corners(published)
            except DateError as error:  # pydantic adds the place only to a ValueError
                raise ValueError(str(error)) from error
        return published

    @field_validator("url")
    @classmethod
    def _an_iri(cls, url: str) -> str:
        NamedNode(url)
        return url


@dataclass(frozen=True, slots=True)
class Article:
    """An article: slug, stored text, the text's hash and version, metadata, and earlier texts."""

    slug: str
    text: str
    sha256: str
    metadata: ArticleMetadata
    version: int = 1
    retrieved: str | None = None
    earlier: tuple[Article, ...] = ()

    def at_version(self, version: int | None) -> Article:
        """Return the article with the text of a version; the newest if none is given.

        :raises ArticleError: there is no such version.
        """
        if version is None or version == self.version:
            return self
        for one in self.earlier:
            if one.version == version:
                return one
        known = ", ".join(str(one.version) for one in (*self.earlier, self))
        raise ArticleError(f"article {self.slug}: has no version {version}; it has {known}")

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        """The spans between newlines, excluding the newlines."""
        spans, start = [], 0
        for line in self.text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(spans)


def unknown_article(articles: Path, slug: str) -> ArticleError:
    """Return the error for an article that a folder of articles does not have, with those it has.

    :param slug: as it was typed.
    """
    known = sorted(path.parent.name for path in articles.glob("*/article.yaml"))
    some = ", ".join(known[:10]) + (" …" if len(known) > 10 else "")
    hint = did_you_mean(slug, known, otherwise=f"there are: {some}" if known else "it has none")
    return ArticleError(f"{articles}: there is no article {slug!r}{hint}")


def load_article(folder: Path | str) -> Article:
    """Load an article from its folder, whose name is the slug.

    :raises ArticleError: the folder, its ``article.yaml`` or the text is missing, malformed, not
        UTF-8 or empty, or the text's SHA-256 is not the one in the metadata.
    """
    folder = Path(folder)
    slug = folder.name
    if not SLUG.fullmatch(slug):
        raise ArticleError(
            f"{folder}: {slug!r} is not a slug; use lower-case words joined by hyphens"
        )
    described = folder / "article.yaml"
    try:
        source = load_yaml(described)
        metadata = ArticleMetadata.model_validate(source.data)
    except ReadingError as error:
        raise ArticleError(str(error)) from error
    except ValidationError as error:
        fault = first_fault(error)
        raise ArticleError(
            f"{source.place(*fault.keys)}: {fault.told('the file')} (here: {shown(fault.value)})"
        ) from error
    newest = Article(
        slug,
        _stored_text(folder, source, metadata),
        metadata.sha256,
        metadata,
        metadata.version,
        metadata.retrieved,
    )
    earlier = tuple(
        replace(
            newest,
            text=_stored_text(folder, source, one, "earlier", number),
            sha256=one.sha256,
            version=one.version,
            retrieved=one.retrieved,
        )
        for number, one in enumerate(metadata.earlier)
    )
    return replace(newest, earlier=earlier)


def _stored_text(folder: Path, source: YamlFile, stored: StoredText, *keys: object) -> str:
    """Read one stored text and check it against its hash."""
    path = folder / stored.text
    if path.resolve().parent != folder.resolve():
        place = source.place(*keys, "text")
        raise ArticleError(f"{place}: {stored.text!r} is not directly in {folder}; move it there")
    text = read_utf8(path, ArticleError, largest=LARGEST_ARTICLE)
    if not text.strip():
        raise ArticleError(f"{path}: has no text; add the article's text")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 != stored.sha256:
        raise ArticleError(
            f"{path}: SHA-256 is {sha256}, but {source.place(*keys, 'sha256')} gives "
            f"{stored.sha256}: the text has changed; restore it, or correct the hash and check all "
            "its readings"
        )
    return text
