"""The whole RDF graph as a network, and back, without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import NetworkError
from kg.rdf.curies import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from kg.networks.node_attributes import Entities, Value
    from kg.sparql.results import Term

__all__ = ["quads", "rdf_network"]


def _node(entities: Entities, node: Term) -> dict[str, Value]:
    if isinstance(node, Literal):
        found: dict[str, Value] = {"label": node.value, "kind": "literal", "value": node.value}
        found["datatype"] = shorten(node.datatype.value)
        if node.language:
            found["language"] = node.language
        return found
    if isinstance(node, NamedNode):
        return {**entities.attributes(node), "kind": "iri"}
    return {"label": str(node), "kind": "blank" if isinstance(node, BlankNode) else "triple"}


def rdf_network(
    quads: Iterable[Quad], entities: Entities, about: Mapping[str, Value]
) -> nx.MultiDiGraph:
    """Return every quad as an edge from subject to object.

    Nodes are named as N-Triples writes them; the key of an edge is its predicate and its named
    graph, if any.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(**about)
    for quad in sorted(quads, key=str):
        source, target = str(quad.subject), str(quad.object)
        for key, node in ((source, quad.subject), (target, quad.object)):
            if key not in graph:
                graph.add_node(key, **_node(entities, node))
        predicate, named = quad.predicate.value, quad.graph_name
        attributes: dict[str, Any] = {"type": shorten(predicate), "predicate": predicate}
        key = f"<{predicate}>"
        if not isinstance(named, DefaultGraph):
            attributes["named_graph"] = str(named)
            key = f"{key} {named}"
        graph.add_edge(source, target, key=key, weight=1, **attributes)
    return graph


def quads(network: nx.MultiDiGraph) -> Iterator[Quad]:
    """Return the quads of a network that :func:`rdf_network` made, or that was read from a file.

    :raises NetworkError: a node is not named as N-Triples writes terms.
    """
    lines = (
        f"{source} <{data['predicate']}> {target} {data.get('named_graph', '')} .\n"
        for source, target, data in network.edges(data=True)
    )
    for line in lines:
        try:
            yield from parse(line, format=RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise NetworkError(
                f"{line.strip()[:200]}: is not N-Quads ({error}); pass the network 'rdf'"
            ) from error
