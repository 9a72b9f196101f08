"""The entities that any article may name: those of the authority files, and the general ones.

The authority files belong to one corpus. Anything else is looked up in the general gazetteer, which
belongs to none. Decisions say which of the entities proposed by readings are the same. A merged
entity leaves a redirect: its IRI is replaced by another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import AuthorityError
from kg.knowledge.decisions import (
    EntityDecisions,
    QuestionDecisions,
    load_entity_decisions,
    load_question_decisions,
)
from kg.knowledge.gazetteer import GeneralEntity, described_entity, general_entities
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
from kg.text.names import is_arabic, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.knowledge.ontology import Ontology

__all__ = ["Authority", "general_authority", "load_authority"]

_TYPE = term("rdf:type")
_LABEL, _ALIAS = term("skos:prefLabel"), term("skos:altLabel")
_REPLACED_BY = term("dcterms:isReplacedBy")


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
                f"{path}: {triple}: blank nodes and triple terms are not supported; give every "
                "node an IRI"
            )
        if isinstance(node, NamedNode) and node.value.partition(":")[0] in PREFIXES:
            raise AuthorityError(
                f"{_place(path, node)}: {node} is a prefixed name in angle brackets; write it "
                "without the brackets"
            )


class _Names:
    """The nodes by case-folded label and alias, collected on first use."""

    def __init__(self) -> None:
        self._nodes: dict[str, set[NamedNode]] | None = None

    def of(self, authority: Authority) -> Mapping[str, set[NamedNode]]:
        if self._nodes is None:
            self._nodes = {}
            for triple in authority.known_triples():
                if triple.predicate in (_LABEL, _ALIAS) and isinstance(triple.subject, NamedNode):
                    name = getattr(triple.object, "value", "").casefold()
                    self._nodes.setdefault(name, set()).add(triple.subject)
        return self._nodes


@dataclass(frozen=True, slots=True)
class Authority:
    """The entities that any article may name, by id.

    ``triples`` are those of the authority files and the decisions; ``general`` are the entities of
    the general gazetteer that the authority files do not describe.
    """

    triples: tuple[Triple, ...] = field(repr=False)
    entities: Mapping[str, NamedNode] = field(repr=False)
    labels: Mapping[NamedNode, Mapping[str, str]] = field(repr=False)
    works: Mapping[str, NamedNode] = field(default_factory=dict, repr=False)
    general: Mapping[NamedNode, GeneralEntity] = field(default_factory=dict, repr=False)
    same: EntityDecisions = field(default_factory=EntityDecisions, repr=False)
    #: The entities that decisions mean by a name, by kind and the name's key.
    by_name: Mapping[tuple[str, str], NamedNode] = field(default_factory=dict, repr=False)
    asked: QuestionDecisions = field(default_factory=QuestionDecisions, repr=False)
    _names: _Names = field(default_factory=_Names, repr=False, compare=False)

    def with_works(self, works: Mapping[str, Mapping[str, str]]) -> Authority:
        """Return the authority with the articles of a graph as sources, by slug, with labels.

        A source that the authority files describe already stays what they say. An article may have
        the slug of an event or a place; as a source, it means the article.
        """
        sources = {slug: resource("source", slug) for slug in works}
        labels = {node: works[slug] for slug, node in sources.items()}
        return replace(self, works=sources, labels={**labels, **self.labels})

    def source(self, name: str) -> NamedNode | None:
        """Return a source by its id or an article by its slug."""
        return self.works.get(name) or self.entities.get(name)

    def named(self, label: str) -> frozenset[NamedNode]:
        """Return the entities with a label or an alias, ignoring case."""
        return frozenset(self._names.of(self).get(label.casefold(), ()))

    def describes(self, name: str) -> bool:
        """Return whether the authority files themselves have an entity of this id."""
        node = self.entities.get(name)
        return node is not None and node not in self.general

    def decided(self, proposed: str, kind: str, labels: Iterable[str]) -> NamedNode | None:
        """Return the entity that a proposed one was identified with, by itself or by name.

        :param proposed: ``SLUG/READING/ID``.
        """
        if (entity := self.same.merged.get(proposed)) is not None:
            return self.entities[entity]
        for label in labels:
            node = self.by_name.get((kind, _name_of(label)))
            if node is not None and not self.same.apart(proposed, local_name(node.value)):
                return node
        return None

    def quads(self) -> Iterator[Quad]:
        """Yield the authority files' content in the authority graph."""
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, AUTHORITY_GRAPH)

    def general_quads(self, node: NamedNode) -> Iterator[Quad]:
        """Yield the description of a general entity; nothing for others."""
        if (entity := self.general.get(node)) is not None:
            for triple in entity.triples():
                yield Quad(triple.subject, triple.predicate, triple.object, AUTHORITY_GRAPH)

    def known_triples(self) -> Iterator[Triple]:
        """Yield what is known about all entities, whether or not an article names them."""
        yield from self.triples
        for entity in self.general.values():
            yield from entity.triples()


def _typed_hint(ontology: Ontology, name: str) -> str | None:
    """Return a hint for a former class that is now a type of source or event."""
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
    """Return the id of an entity and its classes, from the triple with the most specific one."""
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


def load_authority(
    folder: Path, ontology: Ontology, same: EntityDecisions | None = None
) -> Authority:
    """Load the authority files and decisions, adding the superclasses of each entity's class.

    :param same: the decisions on entities, if not those in the folder.
    :raises AuthorityError: a file is not Turtle or has nodes without IRIs, an id is used for two
        entities, an entity's class is not one of the ontology, or a decision cannot be followed.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths and not any(folder.glob("*.yaml")) and same is None:
        raise AuthorityError(
            f"{folder}: has no authority files (*.ttl); kg new creates the folder with the first "
            "article"
        )
    entities: dict[str, NamedNode] = {}
    triples: set[Triple] = set()
    for path in paths:
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
                    f"{entities[name]}: ids must be unique across all authority files; rename one"
                )
            triples.update(Triple(subject, _TYPE, one) for one in types)
    general = general_entities(ontology)
    same = load_entity_decisions(folder) if same is None else same
    _add_decided(entities, triples, same, general, ontology)
    known = {one.node: one for name, one in general.items() if name not in entities}
    named = {name: one.node for name, one in general.items() if one.node in known} | entities
    labels = {one.node: one.labels for one in known.values()} | labels_of(triples)
    return Authority(
        tuple(sorted(_merged(triples, entities, named, same), key=str)),
        named | _redirected(named, same),
        labels,
        general=known,
        same=same,
        by_name=_by_name(named, same),
        asked=load_question_decisions(folder),
    )


def general_authority(ontology: Ontology) -> Authority:
    """Return the knowledge of a graph without authority files: the general gazetteer."""
    general = general_entities(ontology)
    return Authority(
        (),
        {name: one.node for name, one in general.items()},
        {one.node: one.labels for one in general.values()},
        general={one.node: one for one in general.values()},
    )


def _add_decided(
    entities: dict[str, NamedNode],
    triples: set[Triple],
    same: EntityDecisions,
    general: Mapping[str, GeneralEntity],
    ontology: Ontology,
) -> None:
    """Add the entities that only decisions describe."""
    for name, one in same.entities.items():
        if one.type is None or one.label is None:
            if name not in entities and name not in general:
                raise AuthorityError(
                    f"{same.place()}: {name!r} is in neither the authority files nor the general "
                    "gazetteer; add its type and label to this line"
                )
            continue
        if name in entities:
            raise AuthorityError(
                f"{same.place()}: {name!r} is in the authority files; leave out type and label"
            )
        try:
            labels = {str(language): label for language, label in one.label.items()}
            described = described_entity(name, one.type, labels, ontology)
        except AuthorityError as error:
            raise AuthorityError(f"{same.place()}: {name!r}: {error}") from error
        entities[name] = described.node
        triples.update(described.triples())
    for name, one in same.entities.items():
        node = entities.get(name) or general[name].node
        for proposed in one.same:
            # It stays even where the article is read anew and nobody proposes the entity any more.
            if "/" in proposed:
                old = resource(kind_of(node.value), *proposed.split("/"))
                triples.add(Triple(old, _REPLACED_BY, node))
        for alias in one.names:
            literal = Literal(alias, language="ar" if is_arabic(alias) else "en")
            if Triple(node, _LABEL, literal) not in triples:
                triples.add(Triple(node, _ALIAS, literal))


def _name_of(label: str) -> str:
    """Return the key for comparing names; an English article is ignored."""
    return name_key(label).removeprefix("the ")


def _by_name(
    named: Mapping[str, NamedNode], same: EntityDecisions
) -> dict[tuple[str, str], NamedNode]:
    """Return the entities that decisions name, by kind and the key of each name."""
    found: dict[tuple[str, str], NamedNode] = {}
    for name, one in same.entities.items():
        node = named[name]
        for alias in (*one.names, *(one.label or {}).values()):
            key = (kind_of(node.value), _name_of(alias))
            if found.setdefault(key, node) != node:
                raise AuthorityError(
                    f"{same.place()}: {alias!r} is a name of {name!r} and of "
                    f"{local_name(found[key].value)!r}; keep it for only one of them"
                )
    return found


def _redirected(named: Mapping[str, NamedNode], same: EntityDecisions) -> dict[str, NamedNode]:
    """Return the current entity for ids that were merged into others."""
    found = {}
    for name, entity in same.merged.items():
        if "/" in name:
            continue
        if name not in named:
            raise AuthorityError(
                f"{same.place()}: {name!r} is not an entity; remove it from this line"
            )
        if kind_of(named[name].value) != kind_of(named[entity].value):
            raise AuthorityError(
                f"{same.place()}: {name!r} and {entity!r} are of different kinds, so they cannot "
                "be the same"
            )
        found[name] = named[entity]
    return found


def _merged(
    triples: set[Triple],
    entities: Mapping[str, NamedNode],
    named: Mapping[str, NamedNode],
    same: EntityDecisions,
) -> set[Triple]:
    """Return the triples with merged entities replaced: a redirect stays, the names move."""
    gone = {entities[one]: new for one, new in _redirected(named, same).items() if one in entities}
    if not gone:
        return triples
    found = {Triple(old, _REPLACED_BY, new) for old, new in gone.items()}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(value, NamedNode):
            value = gone.get(value, value)
        if not isinstance(subject, NamedNode) or subject not in gone:
            found.add(Triple(subject, triple.predicate, value))
        elif triple.predicate in (_LABEL, _ALIAS) and isinstance(value, Literal):
            label = Triple(gone[subject], _LABEL, value)
            if label not in triples:
                found.add(Triple(gone[subject], _ALIAS, value))
    return found
