"""Shared by the export profiles: the profile type, selecting claims, and describing nodes.

All data comes from the queries in ``queries/profiles``, one triple per row, so profiles work on any
graph that answers SPARQL 1.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg.errors import ParameterError, QueryError
from kg.rdf.curies import expand
from kg.rdf.iris import term
from kg.rdf.order import in_order
from kg.sparql.results import Table
from kg.sparql.rq_file import shipped_rq
from kg.wording import by_language, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.sparql.results import Term
    from kg.store.local import Graph

__all__ = [
    "LICENCE",
    "RDF_FORMATS",
    "ClaimTriples",
    "Description",
    "Profile",
    "SelectedClaim",
    "claim_triples",
    "describe",
    "in_graph",
    "select_claims",
]

#: The licence of Qawl's own data; it does not cover the text of articles.
LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")

#: RDF formats by name.
RDF_FORMATS: Final = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}

# Queries with more nodes than this are split.
_MOST_NODES = 1000


@dataclass(frozen=True, slots=True)
class SelectedClaim:
    """A claim to export, with its reading."""

    iri: NamedNode
    reading: NamedNode


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to export claims: its summary, formats and limits.

    The first of ``formats`` is the default. ``write`` takes a graph, claims and a format.
    """

    name: str
    formats: tuple[str, ...]
    write: Callable[[Graph, Sequence[SelectedClaim], str], bytes]

    @property
    def summary(self) -> Mapping[str, str]:
        """A one-line summary by language."""
        return by_language(f"export.{self.name}", "summary")

    @property
    def limits(self) -> tuple[Mapping[str, str], ...]:
        """What the profile cannot express: one sentence each, by language."""
        section = f"export.{self.name}"
        keys = (key for key in wording(section, "en") if key.startswith("limit-"))
        return tuple(by_language(section, key) for key in keys)


class Description:
    """What the graph says about some nodes: values by node and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: dict[Term, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for triple in triples:
            self._values[triple.subject][triple.predicate.value].add(triple.object)

    def all(self, node: Term, predicate: str) -> list[Term]:
        """Return the sorted values of a node's property, given as a prefixed name."""
        found = self._values.get(node, {}).get(term(predicate).value, ())
        return sorted(found, key=str)

    def nodes(self, node: Term, predicate: str) -> list[NamedNode]:
        """Return the values that are IRIs, sorted."""
        return [one for one in self.all(node, predicate) if isinstance(one, NamedNode)]

    def one(self, node: Term, predicate: str) -> Term | None:
        """Return the first value, or ``None``."""
        return next(iter(self.all(node, predicate)), None)

    def node(self, node: Term, predicate: str) -> NamedNode | None:
        """Return the first value that is an IRI, or ``None``."""
        return next(iter(self.nodes(node, predicate)), None)

    def literal(self, node: Term, predicate: str) -> Literal | None:
        """Return the first value that is a literal, or ``None``."""
        found = (one for one in self.all(node, predicate) if isinstance(one, Literal))
        return next(found, None)

    def text(self, node: Term, predicate: str, language: str) -> str | None:
        """Return the text in a language, or ``None``."""
        for one in self.all(node, predicate):
            if isinstance(one, Literal) and one.language == language:
                return one.value
        return None

    def is_a(self, node: Term, class_name: str) -> bool:
        """Return whether a node is an instance of a class, given as a prefixed name."""
        return term(class_name) in self.all(node, "rdf:type")


ClaimTriples = dict[NamedNode, list[Triple]]


def _table(graph: Graph, text: str) -> Table:
    answer = graph.sparql(text)
    assert isinstance(answer, Table)
    return answer


def _rows(
    graph: Graph, name: str, variable: str, nodes: Sequence[NamedNode]
) -> Iterable[tuple[Term | None, ...]]:
    """Query the triples of nodes, a thousand nodes at a time."""
    text = shipped_rq("profiles", f"{name}-triples").text
    before, after = re.split(rf"VALUES \?{variable} {{[^}}]*}}", text, maxsplit=1)
    for start in range(0, len(nodes), _MOST_NODES):
        listed = " ".join(map(str, nodes[start : start + _MOST_NODES]))
        yield from _table(graph, f"{before}VALUES ?{variable} {{ {listed} }}{after}")


def _triple(subject: Term | None, predicate: Term | None, value: Term | None) -> Triple:
    assert isinstance(subject, NamedNode)
    assert isinstance(predicate, NamedNode)
    assert value is not None
    return Triple(subject, predicate, value)


def claim_triples(graph: Graph, name: str, claims: Sequence[SelectedClaim]) -> ClaimTriples:
    """Return one part of the triples of claims, by claim.

    :param name: the part: claim, question, voice or passage.
    """
    found: ClaimTriples = {claim.iri: [] for claim in claims}
    for claim, *parts in _rows(graph, name, "claim", [claim.iri for claim in claims]):
        assert isinstance(claim, NamedNode)
        found[claim].append(_triple(*parts))
    return found


def describe(graph: Graph, name: str, variable: str, nodes: Iterable[NamedNode]) -> list[Triple]:
    """Return the triples of nodes other than claims.

    :param name: the query: reading or name.
    :param variable: the query's variable for the nodes.
    """
    ordered = sorted(set(nodes), key=str)
    return [_triple(*row) for row in _rows(graph, name, variable, ordered)]


def _selected(table: Table) -> list[SelectedClaim]:
    return [
        SelectedClaim(claim, reading)
        for claim, reading in table
        if isinstance(claim, NamedNode) and isinstance(reading, NamedNode)
    ]


def select_claims(
    graph: Graph,
    *,
    claims: Sequence[str] = (),
    article: str | None = None,
    reading: str | None = None,
) -> tuple[SelectedClaim, ...]:
    """Return the claims to export, sorted by IRI; without a filter, all.

    :param claims: claims by id, prefixed name or IRI.
    :param article: an article by slug, label or IRI.
    :param reading: a reading by prefixed name or IRI.
    :raises ParameterError: there is no such claim, article or reading.
    :raises QueryError: no claim matches, or a named claim is not in the article or reading.
    """
    if reading is not None:
        reading = expand(reading) or reading
    query = shipped_rq("profiles", "selected-claims")
    found: set[SelectedClaim] = set()
    for claim in claims or (None,):
        values = {"claim": claim, "article": article, "reading": reading}
        passed = _selected(_table(graph, graph.question_text(query, values)))
        if claim is not None and not passed:
            raise QueryError(
                f"claim {claim!r}: is not in the given article or reading; drop one of the filters"
            )
        found.update(passed)
    if not found and reading is not None:
        known = {one.reading.value for one in _selected(_table(graph, query.text))}
        if reading not in known:
            raise ParameterError(
                f"the graph has no reading {reading!r} with claims; it has "
                f"{', '.join(sorted(known)) or 'none'}"
            )
    if not found:
        raise QueryError(
            "no claim matches, so there is nothing to export; list claims with: kg claims"
        )
    return tuple(sorted(found, key=lambda one: one.iri.value))


def in_graph(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    """Return triples as quads of a graph, sorted by :mod:`kg.rdf.order` without duplicates."""
    return [Quad(one.subject, one.predicate, one.object, graph) for one in in_order(triples)]
