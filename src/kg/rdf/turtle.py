"""Turtle and TriG that people read (RDF 1.2 Turtle, W3C).

A subject is a paragraph: its classes first, one property a line, numbers and booleans bare. A blank
node that is used by only one other node is written inside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf.iris import namespace_of, term
from kg.rdf.turtle_terms import is_bare, is_local_name, shows_datatype, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Statement = Quad | Triple
    Term = NamedNode | BlankNode | Literal | Triple

__all__ = ["turtle", "turtle_pieces"]

_TYPE: Final = term("rdf:type")
_LIST: Final = {term("rdf:first"), term("rdf:rest")}
_NIL: Final = term("rdf:nil")
_WIDE: Final = 100
_DEEPEST: Final = 20
# Names are remembered up to this number, so that an answer of any length takes no more memory.
_MOST_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """The nodes that need no label: by what is inside others, and those that nothing mentions."""

    inside: Mapping[BlankNode, Sequence[Triple]] = field(default_factory=dict)
    loose: frozenset[BlankNode] = frozenset()


def _unnamed(triples: Sequence[Statement]) -> _Unnamed:
    """Return the nodes of a document that need no label.

    Those in a cycle, nested too deeply, or in several graphs need one.
    """
    described: dict[BlankNode, list[Triple]] = {}
    above: dict[BlankNode, list[object]] = defaultdict(list)
    for one in triples:
        if isinstance(one, Triple):
            if isinstance(one.subject, BlankNode):
                described.setdefault(one.subject, []).append(one)
            if isinstance(one.object, BlankNode):
                above[one.object].append(one.subject)
            elif isinstance(one.object, Triple):
                for node in _blank_nodes(one.object):
                    above[node] += (one, one)  # it needs a name there
    found = {}
    for node, parents in above.items():
        climbed: object = node
        for _ in range(_DEEPEST):
            on = above.get(climbed, ()) if isinstance(climbed, BlankNode) else ()
            if len(on) != 1:
                break
            climbed = on[0]
        else:
            continue
        if len(parents) == 1:
            found[node] = described.get(node, [])
    return _Unnamed(found, frozenset(described.keys() - above.keys()))


def _blank_nodes(triple: Triple) -> Iterator[BlankNode]:
    for node in (triple.subject, triple.object):
        if isinstance(node, BlankNode):
            yield node
        elif isinstance(node, Triple):
            yield from _blank_nodes(node)


class _Writer:
    def __init__(self, prefixes: Mapping[str, str], unnamed: _Unnamed) -> None:
        self._prefix_of = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._unnamed = unnamed
        self._names: dict[str, str] = {}

    def name(self, node: NamedNode) -> str:
        iri = node.value
        if (known := self._names.get(iri)) is not None:
            return known
        if len(self._names) >= _MOST_REMEMBERED:
            self._names.clear()
        namespace = namespace_of(iri)
        prefix, local = self._prefix_of.get(namespace), iri.removeprefix(namespace)
        plain = prefix is not None and is_local_name(local)
        self._names[iri] = found = f"{prefix}:{local}" if plain else str(node)
        return found

    def predicate(self, node: NamedNode) -> str:
        return "a" if node == _TYPE else self.name(node)

    def term(self, node: Term, indent: str = "\t") -> str:
        match node:
            case NamedNode():
                return self.name(node)
            case Literal():
                return self._literal(node)
            case Triple():
                parts = (self.term(node.subject), self.predicate(node.predicate))
                return f"<<( {' '.join(parts)} {self.term(node.object)} )>>"
        if node in self._unnamed.loose:
            return "[]"
        return self._inside(node, indent) if node in self._unnamed.inside else str(node)

    def _literal(self, node: Literal) -> str:
        if node.language:
            direction = f"--{node.direction}" if node.direction else ""
            return f"{string(node.value)}@{node.language}{direction}"
        if is_bare(node):
            return node.value
        datatype = f"^^{self.name(node.datatype)}" if shows_datatype(node) else ""
        return string(node.value) + datatype

    def _inside(self, node: BlankNode, indent: str) -> str:
        triples = self._unnamed.inside[node]
        if not triples:
            return "[]"
        if (members := self._members(node)) is not None:
            return f"( {' '.join(self.term(one, indent) for one in members)} )"
        deeper = f"{indent}\t"
        lines = f" ;\n{deeper}".join(self.properties(triples, deeper))
        return f"[\n{deeper}{lines}\n{indent}]"

    def _members(self, node: Term) -> list[Term] | None:
        """Return the members of a collection; ``None`` if the node is not a plain one."""
        members: list[Term] = []
        while node != _NIL:
            triples = self._unnamed.inside.get(node, ()) if isinstance(node, BlankNode) else ()
            values = {one.predicate: one.object for one in triples}
            if len(triples) != len(_LIST) or values.keys() != _LIST:
                return None
            members.append(values[term("rdf:first")])
            node = values[term("rdf:rest")]
        return members

    def properties(self, statements: Iterable[Statement], indent: str = "\t") -> Iterator[str]:
        """Yield each property with its values; long values have a line each."""
        for predicate, group in groupby(statements, key=attrgetter("predicate")):
            values = [self.term(one.object, indent) for one in group]
            if self._unnamed.inside:
                # The labels of such nodes differ from run to run, so they go by their content.
                values.sort(key=lambda value: (value.startswith("["), value))
            name = self.predicate(predicate)
            one_line = f"{name} {', '.join(values)}"
            if len(values) == 1 or len(indent) + len(one_line) <= _WIDE:
                yield one_line
            else:
                between = f"\n{indent}\t"
                yield name + between + f",{between}".join(values)


def turtle_pieces(
    statements: Iterable[Statement],
    prefixes: Mapping[str, str],
    unnamed: _Unnamed | None = None,
) -> Iterator[str]:
    """Yield Turtle (of triples) or TriG (of quads), property by property, in the given order.

    :param prefixes: the namespaces to declare, by prefix; each ends in ``#`` or ``/``.
    :param unnamed: the nodes without a label; by default all of them have one.
    """
    yield from (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    unnamed = unnamed or _Unnamed()
    writer = _Writer(prefixes, unnamed)
    for graph, content in groupby(statements, key=_graph):
        if graph is not None:
            yield f"\n{writer.term(graph)} {{\n"
        for subject, of_subject in groupby(content, key=attrgetter("subject")):
            if subject in unnamed.inside:
                continue
            between = f"\n{writer.term(subject)} "
            for line in writer.properties(of_subject):
                yield between + line
                between = " ;\n\t"
            yield " .\n"
        if graph is not None:
            yield "\n}\n"


def _graph(statement: Statement) -> NamedNode | BlankNode | None:
    graph = statement.graph_name if isinstance(statement, Quad) else None
    return None if isinstance(graph, DefaultGraph) else graph


def turtle(statements: Sequence[Statement], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle, or quads as TriG, in the given order."""
    return "".join(turtle_pieces(statements, prefixes, _unnamed(statements))).encode()
