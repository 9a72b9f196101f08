"""A new article's folder: the text as UTF-8, its hash, and what is known about it."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kg.errors import ArticleError, OutputError
from kg.files import shipped
from kg.knowledge.authority import general_authority, load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.iris import SLUG, slugify
from kg.text.article import ArticleMetadata, load_article
from kg.text.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.knowledge.authority import Authority
    from kg.text.input import TextInput

__all__ = ["FIRST_FILE", "NewArticle", "described_article", "new_article"]

UNKNOWN_RIGHTS: Final = {
    "en": "The owner of the rights in this article's text is unknown. The text is kept as the "
    "object of study and for checking quotations; the data licence does not cover it.",
    "ar": "مالك حقوق نص هذا المقال غير معروف. يُحفظ النص بوصفه موضوع الدراسة وللتحقق من "
    "الاقتباسات، ولا تسري عليه رخصة البيانات.",
}
#: The first authority file of a new graph.
FIRST_FILE: Final = "entities.ttl"
_FIRST_AUTHORITY: Final = """\
# The entities that this graph's articles share. States, international organisations, outlets
# and many places are in the general gazetteer and need no lines here. An example:
#
# actor:water-ministry a qawl:GovernmentBody ;
#     skos:prefLabel "Ministry of Water"@en, "وزارة المياه"@ar ;
#     skos:altLabel "the water ministry"@en .
@prefix actor: <https://w3id.org/qawl/id/actor/> .
@prefix qevent: <https://w3id.org/qawl/id/event/> .
@prefix evtype: <https://w3id.org/qawl/vocab/event-type/> .
@prefix population: <https://w3id.org/qawl/id/population/> .
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix qplace: <https://w3id.org/qawl/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/qawl/id/source/> .
@prefix srctype: <https://w3id.org/qawl/vocab/source-type/> .
"""
_LONGEST_SLUG = 60
_ACTORS = ("author", "publisher")


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A new folder, and what the user should know about it."""

    folder: Path
    slug: str
    language: str
    notes: tuple[str, ...] = field(default=())


def _slug(wanted: str | None, source: str, title: str | None, sha256: str) -> str:
    if wanted is not None:
        if not SLUG.fullmatch(wanted) or len(wanted) > 100:
            raise ArticleError(
                f"--slug {wanted!r}: a slug is lower-case ASCII words joined by hyphens, such as "
                "iraq-war-2003"
            )
        return wanted
    for words in (Path(source).stem, title or ""):
        if slug := slugify(words)[:_LONGEST_SLUG].strip("-"):
            return slug
    return f"article-{sha256[:8]}"


def _actor(name: str, authority: Authority) -> str | None:
    """Return the id of an actor that authority files or the gazetteer know by this id or label."""
    if name in authority.entities:
        return name
    nodes = authority.named(name)
    if not nodes:
        return None
    ids = sorted(one for one, node in authority.entities.items() if node in nodes)
    return ids[0] if len(ids) == 1 else None


def _actors(
    known: Mapping[str, str], given: Mapping[str, str | None], authority: Authority
) -> tuple[dict[str, str], list[str]]:
    """Return the ids of the author and the publisher, and notes on unknown ones.

    :raises ArticleError: one that the user named is not in the authority files.
    """
    ids: dict[str, str] = {}
    notes: list[str] = []
    for name in _ACTORS:
        if (actor := known.get(name)) is None:
            continue
        if (found := _actor(actor, authority)) is not None:
            ids[name] = found
        elif given.get(name):
            raise ArticleError(
                f"--{name} {actor!r}: is not in the authority files; add it there, or leave it out"
            )
        else:
            notes.append(
                f"{name} {actor!r} is not in the authority files: add it there, then to "
                "article.yaml"
            )
    return ids, notes


def described_article(
    slug: str, text: TextInput, sha256: str, given: Mapping[str, str | None], authority: Authority
) -> tuple[dict[str, object], list[str]]:
    """Return an article's metadata, and notes on what could not be used.

    :param sha256: of the text as UTF-8.
    :param given: what the user says about the article; invalid values are errors.
    :raises ArticleError: a value given by the user is invalid.
    """
    notes = list(text.notes)
    known = {**text.metadata, **{name: value for name, value in given.items() if value}}
    language = given.get("language") or language_of(text.text)
    if language is None:
        language = "und"
        notes.append("the language could not be detected; correct `language`, or use --language")
    title = known.get("title")
    actors, unknown = _actors(known, given, authority)
    data: dict[str, object] = {
        "text": "text.txt",
        "sha256": sha256,
        "language": language,
        "label": {
            "en": title if title and language.startswith("en") else f"Article {slug}",
            "ar": title if title and language.startswith("ar") else f"المقال {slug}",
        },
    }
    if title:
        data["title"] = title
    data |= actors
    data |= {name: known[name] for name in ("published", "url") if known.get(name)}
    data["rights"] = UNKNOWN_RIGHTS
    return data, [*notes, *unknown, *_without_faults(data, given)]


# Where the schema's own sentence shows its pattern.
_REASONS = {
    "language": "is not the tag of a language, such as ar or en-GB",
    "url": "is not an address such as https://example.org/news/1",
}


def _without_faults(data: dict[str, object], given: Mapping[str, str | None]) -> Iterator[str]:
    """Drop metadata of a page that cannot be used, with a note."""
    while True:
        try:
            ArticleMetadata.model_validate(data)
        except ValidationError as error:
            fault = error.errors()[0]
            name = str(fault["loc"][0])
            reason = _REASONS.get(name) or fault["msg"].removeprefix("Value error, ")
            if given.get(name):
                raise ArticleError(f"--{name} {given[name]!r}: {reason}") from error
            yield f"{name} {data.pop(name)!r} is left out: {reason}"
        else:
            return


def _write(
    graph: Path, name: str, text: str, data: Mapping[str, object], authority: str | None
) -> None:
    """Write an article's folder and, if given, a first authority file: all or nothing.

    :raises OSError: the folder cannot be written.
    """
    import yaml

    articles = graph / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=articles) as made:
        draft, first = Path(made) / "articles" / name, Path(made) / "authority"
        if authority is not None:
            first.mkdir()
            (first / FIRST_FILE).write_text(authority, encoding="utf-8")
        (draft / "readings").mkdir(parents=True)
        (draft / "text.txt").write_bytes(text.encode())
        described = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
        (draft / "article.yaml").write_text(described, encoding="utf-8")
        load_article(draft)
        # What was written is moved to its place when all of it is there.
        if authority is not None:
            first.rename(graph / "authority")
        draft.rename(articles / name)


def new_article(
    text: TextInput,
    source: str,
    graph: Path,
    *,
    slug: str | None = None,
    given: Mapping[str, str | None] | None = None,
) -> NewArticle:
    """Create an article's folder in a graph folder, completely or not at all.

    A graph folder that does not exist is created, with an empty authority file in which users
    describe entities that the general gazetteer lacks.

    :param source: the name of the file that the text is from; determines the slug if none is given.
    :param given: title, author, publisher, published, url and language, if given by the user.
    :raises ArticleError: the slug is already used or invalid, or the metadata cannot be used.
    :raises OutputError: the folder cannot be written.
    """
    sha256 = hashlib.sha256(text.text.encode()).hexdigest()
    name = _slug(slug, source, (given or {}).get("title") or text.metadata.get("title"), sha256)
    folder = graph / "articles" / name
    if folder.exists():
        raise ArticleError(f"{folder}: already exists; choose another --slug for the new article")
    own = graph / "authority"
    first = None if own.is_dir() else _FIRST_AUTHORITY
    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(own, ontology) if first is None else general_authority(ontology)
    data, notes = described_article(name, text, sha256, given or {}, authority)
    if first is not None:
        notes.append(f"{own / FIRST_FILE}: an empty file for the entities of this graph")
    try:
        _write(graph, name, text.text, data, first)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be created: {error.strerror or error}; free some space, or choose "
            "another folder with --graph"
        ) from error
    return NewArticle(folder, name, str(data["language"]), tuple(notes))
