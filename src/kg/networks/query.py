"""Any SPARQL query as a network.

A SELECT of two columns gives edges from the first to the second, or from ``?source`` to ``?target``
if they have these names; a third column is their weight if it has numbers, else their type. In a
CONSTRUCT each triple between two resources is an edge of the predicate's type; ``rdf:type`` and
triples with literals describe their subject.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, QueryTriples

from kg.errors import NetworkError
from kg.networks.aggregate import Builder, joined
from kg.networks.node_attributes import Entities
from kg.networks.project import check_language
from kg.networks.rows import answer, reading
from kg.rdf.curies import shorten
from kg.rdf.iris import local_name, term
from kg.sparql.results import plain
from kg.store.local import local_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from pyoxigraph import QuerySolutions

    from kg.networks.node_attributes import Value
    from kg.sparql.results import Term
    from kg.store.queryable import Queryable

__all__ = ["query_network"]

_TYPE: Final = term("rdf:type")
_WIDTHS: Final = (2, 3)
_ENDS: Final = ("source", "target")


def query_network(text: str, graph: Queryable | None = None, /, *, lang: str = "en") -> nx.Graph:
    """Return the answer of a SPARQL query as a plain networkx graph.

    :param graph: default the graph that :func:`kg.open_graph` opens; one of :func:`kg.connect`
        is fetched.
    :param lang: the language of the labels, ``en`` or ``ar``.
    :returns: a ``DiGraph``, or a ``MultiDiGraph`` where edges have types.
    :raises NetworkError: the answer is empty or is not a network.
    :raises QueryError: the query is malformed or fails.
    """
    check_language(lang)
    graph = local_graph(graph)
    found = answer(graph, text)
    entities = Entities(graph.store, lang)
    with reading():
        if isinstance(found, QueryTriples):
            builder = _from_triples(found, entities)
        else:
            builder = _from_rows(found, entities)
    network = builder.graph({"name": "query", "lang": lang})
    if not network:
        raise NetworkError("the query's answer is empty, so there is no network; broaden the query")
    return network


def _from_rows(found: QuerySolutions, entities: Entities) -> Builder:
    columns = [variable.value for variable in found.variables]
    if len(columns) not in _WIDTHS:
        named = ", ".join(f"?{name}" for name in columns)
        raise NetworkError(
            f"an answer with {len(columns)} columns ({named}) is not a network; select a source, a "
            "target and, optionally, a weight or a type"
        )
    if set(_ENDS) <= set(columns):
        columns = [*_ENDS, *(one for one in columns if one not in _ENDS)]
    rows = [[row[name] for name in columns] for row in found]
    third = len(columns) == max(_WIDTHS) and any(row[2] is not None for row in rows)
    weighted = third and _is_weight(columns[2], [row[2] for row in rows])
    builder = Builder(entities, directed=True, multiple=third and not weighted)
    for number, row in enumerate(rows, 1):
        _add(builder, row, number, weighted, third)
    return builder


def _is_weight(name: str, values: Sequence[Term | None]) -> bool:
    """Return whether a column holds numbers.

    :raises NetworkError: only some are, so that weights would be taken for types.
    """
    others = [
        (number, one)
        for number, one in enumerate(values, 1)
        if one is not None and not isinstance(plain(one), int | float)
    ]
    given = sum(one is not None for one in values)
    if others and (name == "weight" or len(others) < given):
        number, one = others[0]
        raise NetworkError(
            f"row {number} of the answer has {one} in ?{name}, which is not a number; make all of "
            f"them numbers, as with xsd:decimal(?{name}), or all of them types"
        )
    return not others


def _add(
    builder: Builder, row: Sequence[Term | None], number: int, weighted: bool, third: bool
) -> None:
    source, target = row[0], row[1]
    if source is None:
        raise NetworkError(
            f"row {number} of the answer has no source; make sure the first column is bound"
        )
    if target is None:
        builder.node(source)
        return
    value: Term | None = row[2] if third else None
    if not weighted:
        builder.edge(source, target, kind="" if value is None else _kind(value))
        return
    edge = builder.edge(source, target)
    number_given = plain(value)
    if isinstance(number_given, int | float):
        if not math.isfinite(number_given):
            raise NetworkError(
                f"row {number} of the answer has the weight {number_given}; filter out such rows"
            )
        edge.weight = (edge.weight or 0) + number_given


def _kind(value: Term) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else str(value)


def _from_triples(found: QueryTriples, entities: Entities) -> Builder:
    builder = Builder(entities, directed=True, multiple=True)
    facts: dict[Term, dict[str, dict[Value, None]]] = {}
    for triple in dict.fromkeys(found):  # a triple may be made by several solutions
        one, predicate, other = triple.subject, triple.predicate, triple.object
        if predicate != _TYPE and not isinstance(other, Literal):
            builder.edge(one, other, kind=predicate.value)
            continue
        name = "type" if predicate == _TYPE else local_name(predicate.value)
        if isinstance(other, Literal):
            value = plain(other)
            assert value is not None
        else:
            value = shorten(other.value) if isinstance(other, NamedNode) else str(other)
        facts.setdefault(one, {}).setdefault(name, {})[value] = None
    for node, named in facts.items():
        builder.node(node, facts={name: joined(values) for name, values in named.items()})
    return builder
