"""An article becomes quads: its text, what is known about it, and its author, named or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import ReadingError
from kg.rdf.iris import EDTF, article_graph, resource
from kg.rdf.quads import QuadSink, text
from kg.wording import by_language

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.text.article import Article

__all__ = ["author_of", "compile_article"]


def compile_article(article: Article, ontology: Ontology, authority: Authority) -> set[Quad]:
    """Describe an article, its text and its author in the article's own graph.

    :raises ReadingError: the author or publisher that the metadata name is not in the authority
        files.
    """
    node = resource("article", article.slug)
    sink = QuadSink(article_graph(article.slug))
    metadata = article.metadata
    add = sink.add
    sink.add_types(node, *ontology.types("Article"))
    for language, label in (("en", metadata.label.en), ("ar", metadata.label.ar)):
        add(node, "skos:prefLabel", text(label, language))
    for language, rights in (("en", metadata.rights.en), ("ar", metadata.rights.ar)):
        add(node, "dcterms:rights", text(rights, language))
    add(node, "dcterms:language", text(metadata.language))
    add(node, "qawl:storedText", text(article.text))
    add(node, "qawl:sha256", text(article.sha256))
    if metadata.title:
        add(node, "dcterms:title", text(metadata.title, metadata.language))
    if metadata.published:
        add(node, "dcterms:issued", Literal(metadata.published, datatype=EDTF))
    if metadata.url:
        add(node, "dcterms:source", NamedNode(metadata.url))
    for name, predicate in ((metadata.publisher, "qawl:publisher"),):
        if name is not None:
            if name not in authority.entities:
                raise ReadingError(
                    f"article {article.slug}: publisher {name!r} is in no authority file"
                )
            add(node, predicate, authority.entities[name])
    author = author_of(article, authority)
    add(node, "dcterms:creator", author)
    if author == resource("actor", article.slug, "author"):
        sink.add_types(author, *ontology.types("UnnamedActor"))
        labels = {"en": metadata.label.en, "ar": metadata.label.ar}
        for language, sentence in by_language("graph", "unnamed-author").items():
            name = sentence.format(article=labels[language])
            add(author, "skos:prefLabel", text(name, language))
    return sink.quads


def author_of(article: Article, authority: Authority) -> NamedNode:
    """Return the article's author: an authority's entity, or an unnamed one of its own.

    :raises ReadingError: the author that the metadata name is in no authority file.
    """
    name = article.metadata.author
    if name is None:
        return resource("actor", article.slug, "author")
    if name not in authority.entities:
        raise ReadingError(f"article {article.slug}: author {name!r} is in no authority file")
    return authority.entities[name]
