"""The parts of a release: the whole graph, each article, each reading, each module."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat

from kg.errors import AuthorityError
from kg.files import shipped
from kg.rdf.iris import (
    AGENTS_GRAPH,
    AUTHORITY_GRAPH,
    DERIVED_GRAPH,
    NAMESPACE,
    QUESTIONS_GRAPH,
    VOCAB_GRAPH,
    ReadingName,
    article_of_graph,
)
from kg.rdf.quads import serialized
from kg.rdf.read import read_rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Part", "parts_of"]

_MODULES: Final[Mapping[str, tuple[NamedNode, str, str]]] = {
    "authority": (
        AUTHORITY_GRAPH,
        "Actors, events, places, sources",
        "الجهات الفاعلة والأحداث والأماكن والمصادر",
    ),
    "derived": (
        DERIVED_GRAPH,
        "Relations between claims, computed by rules",
        "ما حسبته القواعد بين الأقوال",
    ),
    "questions": (
        QUESTIONS_GRAPH,
        "The questions that claims answer",
        "الأسئلة التي تجيب عنها الأقوال",
    ),
    "agents": (AGENTS_GRAPH, "Who read the articles", "من قرأ المقالات"),
    "vocabularies": (VOCAB_GRAPH, "The vocabularies", "المفردات"),
}
_DOCUMENTS: Final = {
    "ontology": ("qawl.ttl", "The ontology", "الأنطولوجيا"),
    "shapes": ("shapes/*.ttl", "The SHACL shapes", "أشكال SHACL"),
    "alignments": (
        "alignments.ttl",
        "Alignments with other ontologies",
        "مواءمات مع أنطولوجيات أخرى",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a release.

    :param path: the path of its files, without their endings.
    :param title: in English and in Arabic.
    :param quads: in the order in which they are written.
    :param canonical: whether it has blank nodes, which RDFC-1.0 names and Oxigraph writes.
    """

    path: str
    title: tuple[str, str]
    quads: tuple[Quad, ...]
    canonical: bool = False

    def content(
        self, write: Callable[[Sequence[Quad]], Mapping[str, bytes]]
    ) -> Mapping[str, bytes]:
        """Return the content of its files, by ending."""
        if not self.canonical:
            return write(self.quads)
        triples = [quad.triple for quad in self.quads]
        return {
            "nq": serialized(self.quads, RdfFormat.N_QUADS),
            "trig": serialized(self.quads, RdfFormat.TRIG),
            "ttl": serialized(triples, RdfFormat.TURTLE),
            "jsonld": serialized(self.quads, RdfFormat.JSON_LD),
        }


def parts_of(quads: Sequence[Quad]) -> Iterator[Part]:
    """Yield the parts of a graph, starting with the whole.

    :param quads: the whole graph, sorted.
    """
    yield Part("qawl", ("The whole graph", "الرسم البياني كاملا"), tuple(quads))
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs[quad.graph_name.value].append(quad)
    readings = {graph: name for graph in graphs if (name := ReadingName.of(graph))}
    for graph, content in graphs.items():
        if slug := article_of_graph(graph):
            own = [one for one, name in readings.items() if name.article == slug]
            yield Part(
                f"articles/{slug}/{slug}",
                (f"The article {slug} with its readings", f"المقال {slug} بقراءاته"),
                tuple(content + [quad for one in own for quad in graphs[one]]),
            )
    for graph, name in readings.items():
        yield Part(
            f"articles/{name.article}/readings/{name.id}",
            (
                f"The reading {name.id} of {name.article}",
                f"القراءة {name.id} للمقال {name.article}",
            ),
            tuple(graphs[graph]),
        )
    for module, (node, english, arabic) in _MODULES.items():
        if node.value in graphs:
            yield Part(f"modules/{module}", (english, arabic), tuple(graphs[node.value]))
    for module, (pattern, english, arabic) in _DOCUMENTS.items():
        paths = sorted(shipped.ontology_dir().glob(pattern))
        node = NamedNode(NAMESPACE + module)
        yield Part(f"modules/{module}", (english, arabic), _read(paths, node), canonical=True)


def _read(paths: Sequence[Path], graph: NamedNode) -> tuple[Quad, ...]:
    """Return documents' triples in one graph, with blank nodes named by their content."""
    dataset = Dataset()
    for path in paths:
        for quad in read_rdf(path, AuthorityError, strict=True).quads:
            dataset.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=str))
