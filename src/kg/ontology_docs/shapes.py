"""The SHACL shapes as documentation: targets, path, constraints and messages."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Final, Literal

from pyoxigraph import NamedNode

from kg.ontology_docs.model import Shape, Words
from kg.ontology_docs.shape_words import ShapeWords
from kg.rdf.iris import PREFIXES, local_name

if TYPE_CHECKING:
    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex

__all__ = ["read_shapes"]

_KINDS: Final[dict[str, Literal["node", "property", "query"]]] = {
    "sh:NodeShape": "node",
    "sh:PropertyShape": "property",
    "sh:SPARQLConstraint": "query",
}
_LISTS: Final = ("sh:or", "sh:and", "sh:xone")
_OTHERS: Final = ("sh:not", "sh:node", "sh:qualifiedValueShape")


def read_shapes(index: TripleIndex, names: Names) -> dict[str, Shape]:
    """Return all named shapes and SPARQL constraints by IRI, in file order.

    :raises ShapesError: a shape or a path contains itself.
    """
    words = ShapeWords(index, names)
    kinds = {node: kind for name, kind in _KINDS.items() for node in index.instances(name)}
    nodes = [node for node in index.described() if node in kinds]
    parts = {node: _parts(index, node) for node in nodes}
    used_by: dict[str, list[str]] = {}
    for node in nodes:
        for part in (*parts[node], *_references(index, node)):
            used_by.setdefault(part, []).append(node.value)
    found = {}
    for node in nodes:
        path = index.value(node, "sh:path")
        found[node.value] = Shape(
            iri=node.value,
            kind=kinds[node],
            name=names.prefixed(node.value),
            anchor=local_name(node.value),
            labels=index.texts(node, "sh:name"),
            messages=index.texts(node, "sh:message"),
            severity=_severity(index, node),
            targets=Words(words.targets(node, "en"), words.targets(node, "ar")),
            path=() if path is None else words.path(path),
            constraints=Words(words.constraints(node, "en"), words.constraints(node, "ar")),
            properties=parts[node],
            used_by=tuple(dict.fromkeys(used_by.get(node.value, ()))),
            query=dedent(index.text(node, "sh:select") or index.text(node, "sh:ask")).strip(),
        )
    return found


def _parts(index: TripleIndex, node: Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(index.iris(node, "sh:property", "sh:sparql")))


def _references(index: TripleIndex, node: Node) -> list[str]:
    heads = index.objects(node, *_LISTS)
    members = (member for head in heads for member in index.members(head))
    listed = [member.value for member in members if isinstance(member, NamedNode)]
    return listed + list(index.iris(node, *_OTHERS))


def _severity(index: TripleIndex, node: Node) -> str:
    given = index.iris(node, "sh:severity")
    return given[0].removeprefix(PREFIXES["sh"]) if given else "Violation"
