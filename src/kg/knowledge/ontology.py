"""The ontology's classes and vocabularies, and lookups for compilers and readers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import AuthorityError, did_you_mean
from kg.rdf.iris import (
    ONTOLOGY_GRAPH,
    QAWL,
    VOCAB_GRAPH,
    ConceptName,
    local_name,
    ontology_name,
    term,
)
from kg.rdf.read import read_rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["ENTITY_KINDS", "TYPED_BY", "Ontology", "labels_of", "load_ontology", "read_triples"]

#: The kinds of entity that authority files hold, and the top class of each.
ENTITY_KINDS: Final[Mapping[str, str]] = {
    "actor": "Actor",
    "event": "Event",
    "place": "Place",
    "source": "Source",
    "population": "PopulationGroup",
    "artefact": "Artefact",
    "topic": "Topic",
}

#: Kinds whose types are concepts of a scheme rather than classes: the scheme and the property.
TYPED_BY: Final[Mapping[str, tuple[str, str]]] = {
    "Source": ("source-type", "qawl:sourceType"),
    "Event": ("event-type", "qawl:eventType"),
}

_TYPE = term("rdf:type")
_LABEL = term("skos:prefLabel")


def read_triples(paths: Iterable[Path]) -> list[Triple]:
    """Return the triples of Turtle files.

    :raises AuthorityError: a file cannot be read, or is not Turtle; the message gives the line.
    """
    files = (read_rdf(path, AuthorityError, strict=True) for path in paths)
    return [quad.triple for file in files for quad in file.quads]


def _word(code: str) -> str:
    """Return the word that readings use for a type: ``NewsReport`` for ``news-report``."""
    return "".join(part.capitalize() for part in code.split("-"))


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology and its vocabularies as triples, with lookups for the compiler."""

    core: tuple[Triple, ...] = field(repr=False)
    vocabularies: tuple[Triple, ...] = field(repr=False)
    superclasses: Mapping[str, tuple[str, ...]] = field(repr=False)
    codes: Mapping[str, Mapping[str, NamedNode]] = field(repr=False)
    labels: Mapping[NamedNode, Mapping[str, str]] = field(repr=False)
    claim_kinds: Mapping[str, str] = field(repr=False)
    units: Mapping[str, tuple[NamedNode, NamedNode | None]] = field(repr=False)

    def concept(self, scheme: str, code: str) -> NamedNode:
        """Return a concept by its code.

        :raises AuthorityError: the scheme has no such code.
        """
        try:
            return self.codes[scheme][code]
        except KeyError:
            known = self.codes.get(scheme, {})
            raise AuthorityError(
                f"{code!r} is not in the {scheme} vocabulary{did_you_mean(code, known)} "
                f"Known: {', '.join(sorted(known))}"
            ) from None

    def unit(self, code: str) -> tuple[NamedNode, NamedNode | None]:
        """Return a unit's QUDT IRI and, for counted things, what is counted.

        :raises AuthorityError: the unit is unknown.
        """
        self.concept("unit", code)
        return self.units[code]

    def types(self, name: str) -> tuple[NamedNode, ...]:
        """Return a class of the ontology and all its named superclasses.

        :raises AuthorityError: the ontology has no such class.
        """
        if name not in self.superclasses:
            raise AuthorityError(
                f"{name!r} is not a class of the ontology{did_you_mean(name, self.superclasses)}"
            )
        return tuple(NamedNode(QAWL + one) for one in (name, *self.superclasses[name]))

    def entity_class(self, name: str) -> tuple[str, NamedNode | None]:
        """Return the class and the concept meant by a reading's word for an entity's type.

        A class of the ontology is meant by its name; a source or event type by its own, joined
        in capitals: ``NewsReport`` is a source of the type ``news-report``.

        :raises AuthorityError: it is neither a class nor a type.
        """
        if name in self.superclasses:
            return name, None
        code = re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
        for class_name, (scheme, _) in TYPED_BY.items():
            if (concept := self.codes.get(scheme, {}).get(code)) is not None:
                return class_name, concept
        raise AuthorityError(
            f"{name!r} is neither a class of the ontology nor a type of source or event"
            f"{did_you_mean(name, [*self.superclasses, *self.typed_words()])}"
        )

    def typed_words(self) -> dict[str, tuple[str, ...]]:
        """Return the words for types of sources and events, each with the class that it means."""
        return {
            _word(code): (class_name,)
            for class_name, (scheme, _) in TYPED_BY.items()
            for code in self.codes.get(scheme, {})
            if _word(code) not in self.superclasses
        }

    def is_a(self, name: str, ancestor: str) -> bool:
        """Return whether one class is another or lies below it."""
        return name == ancestor or ancestor in self.superclasses.get(name, ())

    def quads(self) -> Iterator[Quad]:
        """Yield the ontology's and the vocabularies' terms, each in their own graph.

        Class expressions are left out because they need blank nodes, which nothing published has.
        Reasoners read them from ``qawl.ttl``.
        """
        for triples, graph in ((self.core, ONTOLOGY_GRAPH), (self.vocabularies, VOCAB_GRAPH)):
            for triple in triples:
                if not isinstance(triple.subject, BlankNode) and not isinstance(
                    triple.object, BlankNode
                ):
                    yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _superclasses(core: Iterable[Triple]) -> dict[str, tuple[str, ...]]:
    parents: dict[str, set[str]] = {}
    for triple in core:
        subject, obj = triple.subject, triple.object
        name = ontology_name(subject.value) if isinstance(subject, NamedNode) else None
        if name is None or not isinstance(obj, NamedNode):
            continue
        if triple.predicate == _TYPE and obj == term("owl:Class"):
            parents.setdefault(name, set())
        elif triple.predicate == term("rdfs:subClassOf") and (parent := ontology_name(obj.value)):
            parents.setdefault(name, set()).add(parent)

    def ancestors(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for parent in parents.get(waiting.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    return {name: tuple(sorted(ancestors(name))) for name in parents}


def labels_of(triples: Iterable[Triple]) -> dict[NamedNode, dict[str, str]]:
    """Return the preferred labels of nodes, by language."""
    labels: dict[NamedNode, dict[str, str]] = {}
    for triple in triples:
        if triple.predicate == _LABEL and isinstance(triple.object, Literal):
            assert isinstance(triple.subject, NamedNode)
            labels.setdefault(triple.subject, {})[triple.object.language or ""] = (
                triple.object.value
            )
    return labels


def load_ontology(folder: Path) -> Ontology:
    """Load ``qawl.ttl`` and the vocabularies from the ontology's folder.

    :raises AuthorityError: a file is missing or is not Turtle.
    """
    core = read_triples([folder / "qawl.ttl"])
    vocabularies = read_triples(sorted((folder / "vocab").glob("*.ttl")))
    codes: dict[str, dict[str, NamedNode]] = {}
    claim_kinds: dict[str, str] = {}
    qudt: dict[str, NamedNode] = {}
    counts: dict[str, NamedNode] = {}
    for triple in vocabularies:
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode):
            continue
        if (name := ConceptName.of(triple.subject.value)) is None:
            continue
        if triple.predicate == _TYPE and triple.object == term("skos:Concept"):
            codes.setdefault(name.scheme, {})[name.code] = triple.subject
        elif triple.predicate == term("qawl:claimKind"):
            claim_kinds[name.code] = local_name(triple.object.value)
        elif triple.predicate == term("qawl:qudtUnit"):
            qudt[name.code] = triple.object
        elif triple.predicate == term("qawl:countedThing"):
            counts[name.code] = triple.object
    return Ontology(
        core=tuple(core),
        vocabularies=tuple(vocabularies),
        superclasses=_superclasses(core),
        codes=codes,
        labels=labels_of(vocabularies),
        claim_kinds=claim_kinds,
        units={code: (unit, counts.get(code)) for code, unit in qudt.items()},
    )
