"""Turtle files as an index that keeps document order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import AuthorityError
from kg.ontology_docs.model import Texts
from kg.rdf.iris import term
from kg.rdf.read import read_rdf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Triple

__all__ = ["Node", "TripleIndex", "load_triples"]

Node = NamedNode | BlankNode | Literal

_NIL = term("rdf:nil")


class TripleIndex:
    """Triples by subject and property, and by property and object, each in document order.

    Properties are given as prefixed names, such as ``rdfs:label``. ``prefixes`` has the prefixes
    that the files declare.
    """

    def __init__(self, triples: Iterable[Triple], prefixes: dict[str, str] | None = None) -> None:
        self.prefixes = prefixes or {}
        self._objects: dict[Node, dict[NamedNode, list[Node]]] = {}
        self._subjects: dict[tuple[NamedNode, Node], list[Node]] = {}
        for triple in dict.fromkeys(triples):
            subject, value = triple.subject, triple.object
            assert isinstance(subject, NamedNode | BlankNode)
            assert isinstance(value, NamedNode | BlankNode | Literal)
            about = self._objects.setdefault(subject, {})
            about.setdefault(triple.predicate, []).append(value)
            self._subjects.setdefault((triple.predicate, value), []).append(subject)

    def objects(self, subject: Node, *properties: str) -> tuple[Node, ...]:
        """Return the values of some properties."""
        about = self._objects.get(subject, {})
        return tuple(value for name in properties for value in about.get(term(name), ()))

    def value(self, subject: Node, name: str) -> Node | None:
        """Return the first value of a property."""
        return next(iter(self.objects(subject, name)), None)

    def subjects(self, name: str, value: Node) -> tuple[Node, ...]:
        """Return the nodes that have a value for a property, in document order."""
        return tuple(self._subjects.get((term(name), value), ()))

    def statements(self, subject: Node) -> tuple[tuple[NamedNode, Node], ...]:
        """Return all triples of a subject, as pairs of property and value."""
        about = self._objects.get(subject, {})
        return tuple((name, value) for name, values in about.items() for value in values)

    def described(self) -> tuple[NamedNode, ...]:
        """Return the named nodes that are subjects."""
        return tuple(node for node in self._objects if isinstance(node, NamedNode))

    def instances(self, kind: str) -> tuple[NamedNode, ...]:
        """Return the named instances of a class."""
        nodes = self.subjects("rdf:type", term(kind))
        return tuple(node for node in nodes if isinstance(node, NamedNode))

    def iris(self, subject: Node, *properties: str) -> tuple[str, ...]:
        """Return the IRIs among the values of some properties."""
        values = self.objects(subject, *properties)
        return tuple(value.value for value in values if isinstance(value, NamedNode))

    def text(self, subject: Node, name: str) -> str:
        """Return the first value of a property as written, empty if it has none."""
        value = self.value(subject, name)
        return "" if value is None or isinstance(value, BlankNode) else value.value

    def texts(self, subject: Node, *properties: str) -> Texts:
        """Return the texts of some properties; text without a language tag counts as English."""
        found: dict[str, list[str]] = {"en": [], "ar": []}
        for value in self.objects(subject, *properties):
            if isinstance(value, Literal):
                language = (value.language or "en").partition("-")[0]
                if language in found:
                    found[language].append(value.value)
        return Texts(tuple(found["en"]), tuple(found["ar"]))

    def members(self, head: Node) -> tuple[Node, ...]:
        """Return the members of an RDF list; a circular list ends where it repeats."""
        found = []
        seen = set()
        while head not in seen and (first := self.value(head, "rdf:first")) is not None:
            seen.add(head)
            found.append(first)
            head = self.value(head, "rdf:rest") or _NIL
        return tuple(found)

    def is_list(self, node: Node) -> bool:
        """Return whether a node is a non-empty list."""
        return self.value(node, "rdf:first") is not None


def load_triples(paths: Iterable[Path]) -> TripleIndex:
    """Read Turtle files into one index.

    :raises AuthorityError: a file cannot be read or is not Turtle.
    """
    triples: list[Triple] = []
    prefixes: dict[str, str] = {}
    for path in paths:
        file = read_rdf(path, AuthorityError, strict=True)
        triples += (quad.triple for quad in file.quads)
        prefixes |= file.prefixes
    return TripleIndex(triples, prefixes)
