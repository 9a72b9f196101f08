"""The authority files: the entities that every article may name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import AuthorityError
from kg.knowledge.ontology import ENTITY_KINDS, TYPED_BY, labels_of, read_triples
from kg.rdf.iris import (
    AUTHORITY_GRAPH,
    ID,
    PREFIXES,
    kind_of,
    local_name,
    ontology_name,
    resource,
    term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.knowledge.ontology import Ontology

__all__ = ["Authority", "load_authority"]

_TYPE = term("rdf:type")


def _place(path: Path, node: NamedNode) -> str:
    """Return ``FILE:LINE`` of the first line that begins with a node, else the file."""
    name = re.escape(re.split("[/#:]", node.value)[-1])
    likely = rf"(?:<{re.escape(node.value)}>|{kind_of(node.value)}:{name})\s"
    lines = path.read_text(encoding="utf-8").split("\n")
    for begins in (likely, rf"\S*[:/#]{name}>?\s"):  # the file may have prefixes of its own
        for number, line in enumerate(lines, 1):
            if re.match(begins, line):
                return f"{path}:{number}"
    return str(path)


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


@dataclass(frozen=True, slots=True)
class Authority:
    """The entities that every article may name, by their ids."""

    triples: tuple[Triple, ...] = field(repr=False)
    entities: Mapping[str, NamedNode] = field(repr=False)
    labels: Mapping[NamedNode, Mapping[str, str]] = field(repr=False)
    works: Mapping[str, NamedNode] = field(default_factory=dict, repr=False)

    def with_works(self, works: Mapping[str, Mapping[str, str]]) -> Authority:
        """Return the authority with the articles of a graph as sources, by slug, with labels.

        A source that the authority files describe already stays what they say. An article may
        have the slug of an event or a place; where a source is meant, the article is.
        """
        sources = {slug: resource("source", slug) for slug in works}
        labels = {node: works[slug] for slug, node in sources.items()}
        return replace(self, works=sources, labels={**labels, **self.labels})

    def source(self, name: str) -> NamedNode | None:
        """Return a source by its id or an article by its slug."""
        return self.works.get(name) or self.entities.get(name)

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
    return (
        f"{name!r} is a type, not a class: write a qawl:{class_name} ; {predicate} <{typed.value}>"
    )


def _entity(path: Path, triple: Triple, ontology: Ontology) -> tuple[str, tuple[NamedNode, ...]]:
    """Return the id of an entity and its classes, from the triple that gives the lowest of them."""
    subject, kind = triple.subject, triple.object
    assert isinstance(subject, NamedNode)
    name = local_name(subject.value)
    if not any(subject == resource(kind, name) for kind in ENTITY_KINDS) or not isinstance(
        kind, NamedNode
    ):
        raise AuthorityError(
            f"{_place(path, subject)}: {subject} is not an IRI of an entity; write "
            f"{ID}KIND/ID, where KIND is {', '.join(ENTITY_KINDS)}"
        )
    try:
        return name, ontology.types(ontology_name(kind.value) or kind.value)
    except AuthorityError as error:
        hint = _typed_hint(ontology, ontology_name(kind.value) or kind.value)
        raise AuthorityError(f"{_place(path, subject)}: {subject}: {hint or error}") from error


def load_authority(folder: Path, ontology: Ontology) -> Authority:
    """Load the authority files, adding the superclasses of each entity's class.

    :raises AuthorityError: a file is not Turtle or has nodes without IRIs, an id is used for two
        entities, or an entity's class is not one of the ontology.
    """
    entities: dict[str, NamedNode] = {}
    triples: set[Triple] = set()
    for path in sorted(folder.glob("*.ttl")):
        for triple in read_triples([path]):
            _check_nodes(path, triple)
            triples.add(triple)
            subject = triple.subject
            if triple.predicate != _TYPE or not isinstance(subject, NamedNode):
                continue
            name, types = _entity(path, triple, ontology)
            if entities.setdefault(name, subject) != subject:
                raise AuthorityError(
                    f"{_place(path, subject)}: the id {name!r} stands for {subject} and for "
                    f"{entities[name]}: an id is unique across all authority files, rename one"
                )
            triples.update(Triple(subject, _TYPE, one) for one in types)
    if not entities:
        raise AuthorityError(f"{folder}: has no authority files (*.ttl) with entities in them")
    return Authority(tuple(sorted(triples, key=str)), entities, labels_of(triples))
