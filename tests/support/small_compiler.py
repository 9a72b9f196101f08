"""The compiler's inputs on a small graph of our own, and what it wrote about one node."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from examples import ROOT

from kg.graph.compile_article import author_of
from kg.graph.compile_values import ValueCompiler
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.iris import QUESTIONS_GRAPH, ReadingName, article_graph, term
from kg.rdf.quads import QuadSink
from kg.reading.file import load_reading
from kg.reading.grounded import ground_reading
from kg.reading.parts import ARTICLE_SPEAKER
from kg.text.article import load_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examples import Workspace
    from pyoxigraph import NamedNode, Quad

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.reading.grounded import GroundedReading


@cache
def ontology() -> Ontology:
    return load_ontology(ROOT / "ontology")


def authority(workspace: Workspace) -> Authority:
    return load_authority(workspace.graph / "authority", ontology())


def grounded(workspace: Workspace) -> GroundedReading:
    return ground_reading(load_reading(workspace.reading), load_article(workspace.article))


def values_of(workspace: Workspace) -> ValueCompiler:
    """Return a compiler of values with empty graphs, which knows the article's author."""
    article, known = load_article(workspace.article), authority(workspace)
    name = ReadingName(article.slug, "curated")
    values = ValueCompiler(
        article,
        name,
        ontology(),
        known,
        QuadSink(name.node),
        passages=QuadSink(article_graph(article.slug)),
        questions=QuadSink(QUESTIONS_GRAPH),
    )
    values.local[ARTICLE_SPEAKER] = author_of(article, known)
    return values


def objects(quads: Iterable[Quad], subject: NamedNode, predicate: str) -> set[str]:
    """Return the objects of a property of a node: the IRIs and the texts, without their types."""
    wanted = term(predicate)
    return {
        one.object.value  # type: ignore[union-attr]
        for one in quads
        if one.subject == subject and one.predicate == wanted
    }
