"""From a command-line argument to an article, its readings and its authority files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.text.article import Article

__all__ = ["ArticlePlace", "article_of_reading", "open_article", "reading_file"]


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """An article, its folder, and what readers know beforehand."""

    folder: Path
    article: Article
    authority: Authority
    ontology: Ontology


def open_article(name: str, graph: Path | None) -> ArticlePlace:
    """Open an article given by its folder, or by its slug in a graph folder.

    :raises ArticleError: no such article, or it cannot be used.
    """
    from kg.errors import ArticleError, did_you_mean
    from kg.files import shipped
    from kg.graph.build import default_graph
    from kg.knowledge.authority import load_authority
    from kg.knowledge.ontology import load_ontology
    from kg.text.article import load_article

    folder = Path(name)
    if not (folder / "article.yaml").is_file():
        articles = (graph or default_graph()) / "articles"
        if not (articles / name / "article.yaml").is_file():
            known = [path.parent.name for path in articles.glob("*/article.yaml")]
            raise ArticleError(
                f"{name!r} is neither an article's folder nor an article in "
                f"{articles}{did_you_mean(name, known)}; create one from a text with: kg new FILE"
            )
        folder = articles / name
    folder = folder.resolve()
    authority = folder.parent.parent / "authority"
    if not authority.is_dir():
        authority = (graph or default_graph()) / "authority"
    ontology = load_ontology(shipped.ontology_dir())
    return ArticlePlace(folder, load_article(folder), load_authority(authority, ontology), ontology)


def reading_file(named: Path, graph: Path | None) -> Path:
    """Return the file of a reading that is named by its path, or as ``SLUG/READING``.

    :raises ArticleError: there is neither a file nor an article of that name.
    :raises ReadingError: the article has no such reading.
    """
    from kg.errors import ReadingError
    from kg.graph.build import default_graph
    from kg.reading.file import path_of_reading
    from kg.text.article import unknown_article

    articles = (graph or default_graph()) / "articles"
    if named.is_file() or named.suffix in {".yaml", ".yml", ".json"}:
        return named
    slug, _, name = str(named).partition("/")
    folder = articles / slug
    if (named / "article.yaml").is_file():
        folder, name = named, ""
    elif not (folder / "article.yaml").is_file():
        raise unknown_article(articles, slug)
    if not name:
        readings = sorted(path.stem for path in (folder / "readings").glob("*.yaml"))
        listed = ", ".join(f"{folder.name}/{one}" for one in readings) or "there are none"
        raise ReadingError(f"{named}: is an article; name one of its readings: {listed}")
    return path_of_reading(folder, name)


def article_of_reading(paths: tuple[Path, ...], slug: str, graph: Path | None) -> ArticlePlace:
    """Open the article whose folder contains a reading, else the article with a slug.

    :raises ArticleError: no such article, or it cannot be used.
    """
    for path in paths:
        folder = path.resolve().parent.parent
        if (folder / "article.yaml").is_file() and folder.name == slug:
            return open_article(str(folder), graph)
    return open_article(slug, graph)
