"""Compiles an article to quads: the work, its texts, and its author, named or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import AuthorityError, ReadingError
from kg.graph.compile_search_texts import with_searched_labels
from kg.rdf.iris import EDTF, article_graph, resource, term
from kg.rdf.quads import QuadSink, date, text
from kg.wording import by_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Quad

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.text.article import Article

__all__ = ["author_names", "author_of", "compile_article"]


def compile_article(article: Article, ontology: Ontology, authority: Authority) -> set[Quad]:
    """Describe an article, its texts and its author in the article's own graph.

    The article is a source like any other, under ``id/source/SLUG``. If the authority files already
    describe it, because it was cited before it was read, their names and types are kept.

    :raises ReadingError: the author, the publisher or another article that the metadata name is
        unknown, or the type is not in the source-type vocabulary.
    """
    work = resource("source", article.slug)
    sink = QuadSink(article_graph(article.slug))
    described = any(triple.subject == work for triple in authority.triples)
    if not described:
        _describe_work(sink, work, article, ontology)
    _describe_publication(sink, work, article, authority)
    author = author_of(article, authority)
    for node in (author, *_publisher(article, authority)):
        sink.quads.update(authority.general_quads(node))
    sink.add(work, "dcterms:creator", author)
    if author == resource("actor", article.slug, "author"):
        sink.add_types(author, *ontology.types("UnnamedActor"))
        for language, name in author_names(article, authority).items():
            sink.add(author, "skos:prefLabel", text(name, language))
    earlier: NamedNode | None = None
    for version in (*article.earlier, article):
        earlier = _describe_text(sink, work, version, ontology, earlier)
    return with_searched_labels(sink.quads)


def _describe_work(sink: QuadSink, work: NamedNode, article: Article, ontology: Ontology) -> None:
    metadata = article.metadata
    sink.add_types(work, *ontology.types("Source"))
    try:
        sink.add(work, "qawl:sourceType", ontology.concept("source-type", metadata.type))
    except AuthorityError as error:
        raise ReadingError(f"article {article.slug}: type: {error}") from error
    for language, label in (("en", metadata.label.en), ("ar", metadata.label.ar)):
        sink.add(work, "skos:prefLabel", text(label, language))


def _describe_publication(
    sink: QuadSink, work: NamedNode, article: Article, authority: Authority
) -> None:
    metadata, add = article.metadata, sink.add
    for language, rights in (("en", metadata.rights.en), ("ar", metadata.rights.ar)):
        add(work, "dc:rights", text(rights, language))
    add(work, "dc:language", text(metadata.language))
    if metadata.title:
        add(work, "dcterms:title", text(metadata.title, metadata.language))
    if metadata.published:
        add(work, "dcterms:issued", Literal(metadata.published, datatype=EDTF))
    if metadata.url:
        add(work, "dcterms:source", NamedNode(metadata.url))
    for publisher in _publisher(article, authority):
        add(work, "dcterms:publisher", publisher)
    for name in metadata.derived_from:
        found = authority.source(name)
        add(work, "prov:wasDerivedFrom", _known(article, "derived-from", name, found))
    if (original := metadata.translation_of) is not None:
        found = authority.source(original)
        add(work, "bibo:translationOf", _known(article, "translation-of", original, found))


def _publisher(article: Article, authority: Authority) -> tuple[NamedNode, ...]:
    publisher = article.metadata.publisher
    if publisher is None:
        return ()
    return (_known(article, "publisher", publisher, authority.entities.get(publisher)),)


def _known(article: Article, key: str, name: str, found: NamedNode | None) -> NamedNode:
    if found is None:
        raise ReadingError(
            f"article {article.slug}: {key} {name!r} is neither in the authority files nor an "
            "article"
        )
    return found


def _describe_text(
    sink: QuadSink,
    work: NamedNode,
    article: Article,
    ontology: Ontology,
    earlier: NamedNode | None,
) -> NamedNode:
    """Describe one version of the text and return its node."""
    node = resource("text", article.slug, str(article.version))
    sink.add_types(node, *ontology.types("TextVersion"), term("prov:Entity"))
    sink.add(node, "prov:specializationOf", work)
    sink.add(node, "qawl:storedText", text(article.text))
    sink.add(node, "qawl:sha256", text(article.sha256))
    if article.retrieved is not None:
        sink.add(node, "dcterms:created", date(article.retrieved))
    if earlier is not None:
        sink.add(node, "prov:wasRevisionOf", earlier)
    return node


def author_names(article: Article, authority: Authority) -> Mapping[str, str]:
    """Return the names of the article's author, by language.

    :raises ReadingError: as for :func:`author_of`.
    """
    author = author_of(article, authority)
    if author != resource("actor", article.slug, "author"):
        return authority.labels[author]
    labels = {"en": article.metadata.label.en, "ar": article.metadata.label.ar}
    return {
        language: sentence.format(article=labels[language])
        for language, sentence in by_language("graph", "unnamed-author").items()
    }


def author_of(article: Article, authority: Authority) -> NamedNode:
    """Return the article's author: an entity of the authority files, or an unnamed one of its own.

    :raises ReadingError: the author that the metadata name is in no authority file.
    """
    name = article.metadata.author
    if name is None:
        return resource("actor", article.slug, "author")
    if name not in authority.entities:
        raise ReadingError(f"article {article.slug}: author {name!r} is not in the authority files")
    return authority.entities[name]
