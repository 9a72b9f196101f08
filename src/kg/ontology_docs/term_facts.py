"""What the ontology states about its classes, properties and datatypes, as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from kg.ontology_docs.expressions import Expressions
from kg.ontology_docs.model import Fact, Token
from kg.ontology_docs.names import keyword, listed, text
from kg.rdf.iris import PREFIXES, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology_docs.model import Line
    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex

__all__ = ["CHARACTERISTICS", "TermFacts"]

#: Characteristics of properties, by the OWL class that declares them.
CHARACTERISTICS: Final = {
    f"{PREFIXES['owl']}{name}Property": name.lower()
    for name in (
        "Functional", "InverseFunctional", "Transitive", "Symmetric", "Asymmetric", "Reflexive",
        "Irreflexive",
    )
}  # fmt: skip
_ALIGNMENTS: Final = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass", "owl:equivalentProperty",
    "qawl:closeTo", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch",
    "skos:relatedMatch",
)  # fmt: skip
_ARROW: Final = text(" → ")


def _fact(name: str, lines: Iterable[Line]) -> Fact:
    # A fact may be stated twice: disjointness, for example, from either side.
    return Fact(name, tuple(dict.fromkeys(lines)))


class TermFacts:
    """The facts about terms of one ontology and its alignments.

    ``schemes`` are the IRIs of the vocabularies: a property that refers to one takes its values
    from it.
    """

    def __init__(
        self,
        index: TripleIndex,
        alignments: TripleIndex,
        names: Names,
        schemes: frozenset[str],
    ) -> None:
        self._index = index
        self._alignments = alignments
        self._names = names
        self._schemes = schemes
        self._expressions = Expressions(index, names)

    def of_class(self, node: NamedNode) -> tuple[Fact, ...]:
        """Return the facts about a class, without empty ones."""
        supers = self._index.objects(node, "rdfs:subClassOf")
        facts = [
            _fact("equivalent", self._lines(node, "owl:equivalentClass")),
            _fact("superclass", map(self._expressions.line, _named_first(supers))),
            _fact("subclass", map(self._expressions.line, self._subclasses(node))),
            _fact("disjoint", self._disjoint(node, "owl:disjointWith", "owl:AllDisjointClasses")),
            _fact("disjoint-union", self._lists(node, "owl:disjointUnionOf")),
            _fact("key", self._lists(node, "owl:hasKey")),
            _fact("property", map(self._signature, self._users(node, "rdfs:domain"))),
            _fact("inherited", self._inherited(node)),
            _fact("value-of", map(self._source, self._users(node, "rdfs:range"))),
            _fact("vocabulary", self._vocabularies(node)),
        ]
        return self._finished(node, facts)

    def of_property(self, node: NamedNode) -> tuple[Fact, ...]:
        """Return the facts about a property, without empty ones."""
        types = self._index.iris(node, "rdf:type")
        chains = self._index.objects(node, "owl:propertyChainAxiom")
        facts = [
            _fact(
                "characteristic",
                ((keyword(CHARACTERISTICS[one]),) for one in types if one in CHARACTERISTICS),
            ),
            _fact("domain", self._lines(node, "rdfs:domain")),
            _fact("range", self._lines(node, "rdfs:range")),
            _fact("superproperty", self._properties(node, "rdfs:subPropertyOf")),
            _fact("subproperty", self._named("rdfs:subPropertyOf", node)),
            _fact("equivalent", self._properties(node, "owl:equivalentProperty")),
            _fact(
                "inverse",
                (*self._properties(node, "owl:inverseOf"), *self._named("owl:inverseOf", node)),
            ),
            _fact("chain", map(self._expressions.chain, chains)),
            _fact(
                "disjoint",
                self._disjoint(node, "owl:propertyDisjointWith", "owl:AllDisjointProperties"),
            ),
            _fact("vocabulary", ((self._names.token(one),) for one in self._scheme(node))),
        ]
        return self._finished(node, facts)

    def of_datatype(self, node: NamedNode) -> tuple[Fact, ...]:
        """Return the facts about a datatype, without empty ones."""
        return self._finished(node, [_fact("equivalent", self._lines(node, "owl:equivalentClass"))])

    def _finished(self, node: NamedNode, facts: list[Fact]) -> tuple[Fact, ...]:
        others = (one for one in self._index.iris(node, "rdfs:seeAlso") if one not in self._schemes)
        matches = (
            (keyword(f"{name} "), self._names.token(one))
            for name in _ALIGNMENTS
            for one in self._alignments.iris(node, name)
        )
        statuses = self._index.texts(node, "vs:term_status").en
        facts += [
            _fact("status", ((Token(one, kind="code"),) for one in statuses)),
            _fact("see-also", ((self._names.token(one),) for one in others)),
            _fact("alignment", matches),
        ]
        return tuple(fact for fact in facts if fact.lines)

    def _lines(self, node: Node, name: str) -> Iterable[Line]:
        return map(self._expressions.line, self._index.objects(node, name))

    def _subclasses(self, node: NamedNode) -> list[Node]:
        """Return the subclasses; one without a name is a condition that suffices."""
        return _named_first(self._index.subjects("rdfs:subClassOf", node))

    def _properties(self, node: Node, name: str) -> Iterable[Line]:
        return map(self._expressions.property, self._index.objects(node, name))

    def _named(self, name: str, node: NamedNode) -> Iterable[Line]:
        for subject in self._index.subjects(name, node):
            if isinstance(subject, NamedNode):
                yield (self._names.token(subject),)

    def _lists(self, node: Node, name: str) -> Iterable[Line]:
        for head in self._index.objects(node, name):
            parts = map(self._expressions.line, self._index.members(head))
            yield listed(parts, text(", "))

    def _disjoint(self, node: NamedNode, pairwise: str, all_of: str) -> Iterable[Line]:
        yield from self._lines(node, pairwise)
        yield from self._named(pairwise, node)
        for axiom in self._index.subjects("rdf:type", term(all_of)):
            head = self._index.value(axiom, "owl:members")
            members = self._index.members(head) if head is not None else ()
            if node in members:
                yield from (self._expressions.line(one) for one in members if one != node)

    def _users(self, node: NamedNode, name: str) -> list[NamedNode]:
        """Return the properties with a class in their domain or range, alone or in a union."""
        found = [one for one in self._index.subjects(name, node) if isinstance(one, NamedNode)]
        for first in self._index.subjects("rdf:first", node):
            union = self._head_of(first)
            for owner in self._index.subjects("owl:unionOf", union):
                users = self._index.subjects(name, owner)
                found += [one for one in users if isinstance(one, NamedNode)]
        return found

    def _head_of(self, cell: Node) -> Node:
        seen = {cell}
        while before := self._index.subjects("rdf:rest", cell):
            cell = before[0]
            if cell in seen:
                break
            seen.add(cell)
        return cell

    def _signature(self, user: NamedNode) -> Line:
        ranges = tuple(self._lines(user, "rdfs:range"))
        name = self._names.token(user)
        return (name, _ARROW, *listed(ranges, keyword(" and "))) if ranges else (name,)

    def _source(self, user: NamedNode) -> Line:
        domains = tuple(self._lines(user, "rdfs:domain"))
        name = self._names.token(user)
        return (*listed(domains, keyword(" and ")), _ARROW, name) if domains else (name,)

    def _ancestors(self, node: NamedNode) -> list[NamedNode]:
        found = [node]
        for one in found:
            for above in self._index.objects(one, "rdfs:subClassOf"):
                if isinstance(above, NamedNode) and above not in found:
                    found.append(above)
        return found[1:]

    def _inherited(self, node: NamedNode) -> Iterable[Line]:
        for above in self._ancestors(node):
            users = [(self._names.token(user),) for user in self._users(above, "rdfs:domain")]
            if users:
                yield (self._names.token(above), text(": "), *listed(users, text(", ")))

    def _scheme(self, user: NamedNode) -> list[str]:
        return [one for one in self._index.iris(user, "rdfs:seeAlso") if one in self._schemes]

    def _vocabularies(self, node: NamedNode) -> Iterable[Line]:
        for owner in (node, *self._ancestors(node)):
            for user in self._users(owner, "rdfs:domain"):
                for scheme in self._scheme(user):
                    yield (self._names.token(user), _ARROW, self._names.token(scheme))


def _named_first(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: isinstance(node, BlankNode))
