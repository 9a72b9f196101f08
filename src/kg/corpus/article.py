"""Turns one record into an article and its readings: the rules' draft, and those by people."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kg.errors import ArticleError, ReadingError
from kg.files.schema_faults import first_fault
from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_reading
from kg.reading.draft import as_file
from kg.reading.file import load_reading
from kg.reading.new_article import described_article
from kg.text.article import Article, ArticleMetadata
from kg.text.input import TextInput, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from kg.corpus.record import Record
    from kg.corpus.workshop import Workshop
    from kg.reading.file import ReadingFile

__all__ = ["CompiledArticle", "article_of", "compile_record"]

#: The id of the draft that the rules make.
DRAFT: Final = "rules"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class CompiledArticle:
    """An article's quads, and the notes made on the way.

    ``works`` describes the other articles that it may name.
    """

    article: Article
    readings: tuple[ReadingFile, ...]
    quads: frozenset[Quad]
    works: frozenset[Quad]
    notes: tuple[str, ...]


def article_of(record: Record, shop: Workshop) -> tuple[Article, tuple[str, ...]]:
    """Return the article of a record, and notes on data that could not be used.

    :raises ArticleError: it has no text, or its description is invalid.
    """
    text = read_text(record.content, record.id, form=record.form)
    sha256 = hashlib.sha256(text.text.encode()).hexdigest()
    notes: list[str] = []
    described: object = record.described
    if described is None:
        fields = dict(record.fields)
        language = fields.pop("language", "").replace("_", "-")
        told = TextInput(text.text, text.form, text.notes, {**text.metadata, **fields})
        given = {"language": language if _LANGUAGE.fullmatch(language) else None}
        described, notes = described_article(record.slug, told, sha256, given, shop.authority)
    try:
        metadata = ArticleMetadata.model_validate(described)
    except ValidationError as error:
        raise ArticleError(f"{record.id}: {first_fault(error).told()}") from error
    if metadata.sha256 != sha256:
        raise ArticleError(
            f"{record.id}: the text's SHA-256 is {sha256}, but article.yaml gives "
            f"{metadata.sha256}; restore the text, or correct the hash and check all readings"
        )
    article = Article(
        record.slug, text.text, sha256, metadata, metadata.version, metadata.retrieved
    )
    return article, tuple(notes)


def compile_record(record: Record, shop: Workshop, works: Sequence[Record] = ()) -> CompiledArticle:
    """Read and compile the article of a record.

    :param works: the other articles of the corpus that it may name as sources.
    :raises KgError: the article or a person's reading of it cannot be used.
    """
    article, notes = article_of(record, shop)
    others = [article_of(one, shop)[0] for one in works]
    authority = shop.authority.with_works(
        {one.slug: one.metadata.label.model_dump() for one in (article, *others)}
    )
    draft = shop.reader.read(article).reading.model_copy(update={"made": shop.setting.made})
    files = [as_file(draft, DRAFT)]
    for name, raw in sorted(record.readings.items()):
        if name != DRAFT:
            path = Path(record.id) / "readings" / f"{name}.yaml"
            try:
                text = raw.decode()
            except UnicodeDecodeError as error:
                raise ReadingError(f"{path}: is not UTF-8: {error}") from error
            files.append(load_reading(path, text))
    quads = compile_article(article, shop.ontology, authority)
    for file in files:
        quads |= compile_reading(file, article, shop.ontology, authority)
    about = [quad for one in others for quad in compile_article(one, shop.ontology, authority)]
    return CompiledArticle(article, tuple(files), frozenset(quads), frozenset(about), notes)
