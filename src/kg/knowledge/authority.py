"""What is known beforehand: the ontology's classes, the vocabularies, and the authority files."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import AuthorityError
from kg.files.yaml_input import read_utf8
from kg.rdf.iris import (
    AUTHORITY_GRAPH,
    ID,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QAWL,
    VOCAB,
    VOCAB_GRAPH,
    resource,
    term,
)
from kg.rdf.nesting import refuse_deep_rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["ENTITY_KINDS", "TYPED_BY", "Authority", "Ontology", "load_authority", "load_ontology"]

#: The kinds of entity that authority files hold, and the top class of each.
ENTITY_KINDS: Mapping[str, str] = {
    "actor": "Actor",
    "event": "Event",
    "place": "Place",
    "source": "Source",
    "population": "PopulationGroup",
    "artefact": "Artefact",
    "topic": "Topic",
}

#: Kinds whose types are concepts of a scheme rather than classes: the scheme and the property.
TYPED_BY: Mapping[str, tuple[str, str]] = {
    "Source": ("source-type", "qawl:sourceType"),
    "Event": ("event-type", "qawl:eventType"),
}

# Largest Turtle file that is read, in bytes.
_LARGEST_FILE = 1 << 30

_TYPE = term("rdf:type")
_LABEL = term("skos:prefLabel")


def _parse(path: Path) -> list[Triple]:
    try:
        content = read_utf8(path, AuthorityError, largest=_LARGEST_FILE)
        refuse_deep_rdf(path, AuthorityError)
        quads = list(parse(content, format=RdfFormat.TURTLE))
    except OSError as error:
        raise AuthorityError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"{path}:{line}" if line else str(path)
        raise AuthorityError(f"{place}: is not Turtle: {getattr(error, 'msg', error)}") from error
    return [quad.triple for quad in quads]


def _place(path: Path, node: NamedNode) -> str:
    """Return ``FILE:LINE`` of the first line that begins with a node, else the file."""
    text = path.read_text(encoding="utf-8")
    name = re.escape(re.split("[/#:]", node.value)[-1])
    found = re.search(rf"^\S*[:/#]{name}>?\s", text, re.MULTILINE)
    return f"{path}:{text.count(chr(10), 0, found.start()) + 1}" if found else str(path)


def _check_nodes(path: Path, triple: Triple) -> None:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, BlankNode | Triple):
            raise AuthorityError(
                f"{path}: {triple}: blank nodes and triples within triples are not read; give "
                "every node an IRI"
            )
        if isinstance(node, NamedNode) and node.value.partition(":")[0] in PREFIXES:
            raise AuthorityError(
                f"{_place(path, node)}: {node} is a prefixed name in angle brackets; write it "
                "without them"
            )


def _parse_all(folder: Path) -> list[Triple]:
    return [triple for path in sorted(folder.glob("*.ttl")) for triple in _parse(path)]


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the nearest known words, or nothing."""
    close = difflib.get_close_matches(word, list(words), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology and its vocabularies as triples, and what the compiler asks of them."""

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
                f"{code!r} is not in the {scheme} vocabulary{nearest(code, known)} "
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
                f"{name!r} is not a class of the ontology{nearest(name, self.superclasses)}"
            )
        return tuple(NamedNode(QAWL + one) for one in (name, *self.superclasses[name]))

    def entity_class(self, name: str) -> tuple[str, NamedNode | None]:
        """Return the class that a reading's word for an entity's type means, and its concept.

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
        known = {
            "".join(word.capitalize() for word in one.split("-"))
            for scheme, _ in TYPED_BY.values()
            for one in self.codes.get(scheme, {})
        }
        raise AuthorityError(
            f"{name!r} is neither a class of the ontology nor a type of source or event"
            f"{nearest(name, [*self.superclasses, *known])}"
        )

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether one class is another or lies below it."""
        return name == ancestor or ancestor in self.superclasses.get(name, ())

    def quads(self) -> Iterator[Quad]:
        """Yield the ontology's and the vocabularies' terms, each in their own graph.

        Class expressions are left out: their nodes are blank, and nothing that is published has
        blank nodes. Reasoners read them from ``qawl.ttl``.
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
        if not (isinstance(subject, NamedNode) and subject.value.startswith(QAWL)):
            continue
        name = subject.value.removeprefix(QAWL)
        if triple.predicate == _TYPE and obj == term("owl:Class"):
            parents.setdefault(name, set())
        elif (
            triple.predicate == term("rdfs:subClassOf")
            and isinstance(obj, NamedNode)
            and obj.value.startswith(QAWL)
        ):
            parents.setdefault(name, set()).add(obj.value.removeprefix(QAWL))

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


def _labels(triples: Iterable[Triple]) -> dict[NamedNode, dict[str, str]]:
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
    core = _parse(folder / "qawl.ttl")
    vocabularies = _parse_all(folder / "vocab")
    codes: dict[str, dict[str, NamedNode]] = {}
    claim_kinds: dict[str, str] = {}
    qudt: dict[str, NamedNode] = {}
    counts: dict[str, NamedNode] = {}
    for triple in vocabularies:
        if not isinstance(triple.subject, NamedNode):
            continue
        scheme, _, code = triple.subject.value.removeprefix(VOCAB).partition("/")
        if triple.predicate == _TYPE and triple.object == term("skos:Concept"):
            codes.setdefault(scheme, {})[code] = triple.subject
        elif isinstance(triple.object, NamedNode):
            if triple.predicate == term("qawl:claimKind"):
                claim_kinds[code] = triple.object.value.removeprefix(QAWL)
            elif triple.predicate == term("qawl:qudtUnit"):
                qudt[code] = triple.object
            elif triple.predicate == term("qawl:countedThing"):
                counts[code] = triple.object
    return Ontology(
        core=tuple(core),
        vocabularies=tuple(vocabularies),
        superclasses=_superclasses(core),
        codes=codes,
        labels=_labels(vocabularies),
        claim_kinds=claim_kinds,
        units={code: (unit, counts.get(code)) for code, unit in qudt.items()},
    )


@dataclass(frozen=True, slots=True)
class Authority:
    """The entities that every article may name, by their ids."""

    triples: tuple[Triple, ...] = field(repr=False)
    entities: Mapping[str, NamedNode] = field(repr=False)
    labels: Mapping[NamedNode, Mapping[str, str]] = field(repr=False)

    def with_works(self, works: Mapping[str, Mapping[str, str]]) -> Authority:
        """Return the authority with the articles of a graph as sources, by slug, with labels.

        A source that the authority files describe already stays what they say.
        """
        added = {slug: resource("source", slug) for slug in works if slug not in self.entities}
        labels = {node: works[slug] for slug, node in added.items()}
        return replace(
            self, entities={**self.entities, **added}, labels={**self.labels, **labels}
        )

    def quads(self) -> Iterator[Quad]:
        """Yield the authority files' content in the authority graph."""
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, AUTHORITY_GRAPH)


def _typed_hint(ontology: Ontology, name: str) -> str | None:
    """Tell how to write what was a class once and is a type of source or event now."""
    try:
        class_name, typed = ontology.entity_class(name)
    except AuthorityError:
        return None
    if typed is None:
        return None
    _, predicate = TYPED_BY[class_name]
    return f"{name!r} is a type, not a class: write a qawl:{class_name} ; {predicate} <{typed.value}>"


def load_authority(folder: Path, ontology: Ontology) -> Authority:
    """Load the authority files, adding the superclasses of each entity's class.

    :raises AuthorityError: a file is not Turtle or has nodes without IRIs, an id is used for two
        entities, or an entity's class is not one of the ontology.
    """
    entities: dict[str, NamedNode] = {}
    triples: set[Triple] = set()
    for path in sorted(folder.glob("*.ttl")):
        for triple in _parse(path):
            _check_nodes(path, triple)
            triples.add(triple)
            subject = triple.subject
            if triple.predicate != _TYPE or not isinstance(subject, NamedNode):
                continue
            kind, _, name = subject.value.removeprefix(ID).partition("/")
            if kind not in ENTITY_KINDS or not isinstance(triple.object, NamedNode):
                raise AuthorityError(
                    f"{_place(path, subject)}: {subject} is not an IRI of an entity; write "
                    f"{ID}KIND/ID, where KIND is {', '.join(ENTITY_KINDS)}"
                )
            if entities.setdefault(name, subject) != subject:
                raise AuthorityError(
                    f"{_place(path, subject)}: the id {name!r} stands for {subject} and for "
                    f"{entities[name]}: an id is unique across all authority files, rename one"
                )
            try:
                types = ontology.types(triple.object.value.removeprefix(QAWL))
            except AuthorityError as error:
                hint = _typed_hint(ontology, triple.object.value.removeprefix(QAWL))
                raise AuthorityError(
                    f"{_place(path, subject)}: {subject}: {hint or error}"
                ) from error
            triples.update(Triple(subject, _TYPE, one) for one in types)
    if not entities:
        raise AuthorityError(f"{folder}: has no authority files (*.ttl) with entities in them")
    return Authority(tuple(sorted(triples, key=str)), entities, _labels(triples))
