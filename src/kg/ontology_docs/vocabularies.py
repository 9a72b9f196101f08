"""The SKOS vocabularies as documentation: schemes, concepts, their codes and trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.ontology_docs.metadata import metadata
from kg.ontology_docs.model import Branch, Fact, Note, Term, Token, Vocabulary
from kg.rdf.iris import PREFIXES, local_name, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.ontology_docs.model import Line
    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex

__all__ = ["NOTES", "read_notes", "read_vocabularies", "tree"]

#: The note properties, and the kind of note that each gives.
NOTES: Final = {
    "skos:altLabel": "alternative",
    "skos:scopeNote": "scope",
    "skos:editorialNote": "editorial",
    "rdfs:comment": "comment",
    "skos:example": "example",
    "skos:changeNote": "change",
    "skos:historyNote": "history",
}
_CODES: Final = ("skos:notation", "qawl:codedAs")
# Shown in a place of its own, or not at all.
_ELSEWHERE: Final = frozenset(
    term(name).value
    for name in (
        "rdf:type", "skos:inScheme", "skos:topConceptOf", "skos:prefLabel", "skos:definition",
        *_CODES, "skos:broader", "skos:narrower", "rdfs:isDefinedBy", *NOTES,
    )
)  # fmt: skip
_STRING: Final = PREFIXES["xsd"] + "string"


def read_notes(index: TripleIndex, node: Node) -> tuple[Note, ...]:
    """Return the notes on a node, by kind."""
    notes = (Note(kind, index.texts(node, name)) for name, kind in NOTES.items())
    return tuple(note for note in notes if note.texts)


def tree(
    roots: Iterable[str], children: Callable[[str], Iterable[str]], within: tuple[str, ...] = ()
) -> tuple[Branch, ...]:
    """Return branches from their roots; a cycle is cut where it would repeat."""
    return tuple(
        Branch(root, tree(children(root), children, (*within, root)))
        for root in roots
        if root not in within
    )


def read_vocabularies(
    index: TripleIndex,
    names: Names,
    takers: Mapping[str, Sequence[Node]],
    different: Sequence[frozenset[Node]],
) -> dict[str, Vocabulary]:
    """Return the vocabularies by IRI, sorted.

    :param takers: for each scheme, the properties that take their values from it.
    :param different: sets of concepts that the ontology declares different from each other.
    """
    found = {}
    for scheme in sorted(index.instances("skos:ConceptScheme"), key=lambda node: node.value):
        nodes = [
            node for node in index.subjects("skos:inScheme", scheme) if isinstance(node, NamedNode)
        ]
        here = {node.value for node in nodes}
        roots = [node.value for node in nodes if here.isdisjoint(_above(index, node))]
        found[scheme.value] = Vocabulary(
            iri=scheme.value,
            name=local_name(scheme.value),
            titles=index.texts(scheme, "dcterms:title") or index.texts(scheme, "skos:prefLabel"),
            descriptions=index.texts(scheme, "dcterms:description", "skos:definition"),
            metadata=metadata(index, scheme, names),
            concepts=tuple(_concept(index, node, names) for node in nodes),
            tree=tree(roots, lambda iri: _below(index, NamedNode(iri))),
            all_different=any(one.issuperset(nodes) for one in different),
            code_systems=_code_systems(index, nodes),
            used_by=tuple(str(one.value) for one in takers.get(scheme.value, ())),
        )
    return found


def _above(index: TripleIndex, node: NamedNode) -> list[str]:
    inverse = (one.value for one in index.subjects("skos:narrower", node))
    return list(dict.fromkeys([*index.iris(node, "skos:broader"), *inverse]))


def _below(index: TripleIndex, node: NamedNode) -> list[str]:
    below = (one.value for one in index.subjects("skos:broader", node))
    return list(dict.fromkeys([*below, *index.iris(node, "skos:narrower")]))


def _code_systems(index: TripleIndex, nodes: Iterable[NamedNode]) -> tuple[str, ...]:
    codes = (code for node in nodes for name in _CODES for code in index.objects(node, name))
    kinds = (code.datatype.value for code in codes if isinstance(code, Literal))
    return tuple(dict.fromkeys(kind for kind in kinds if kind != _STRING))


def _concept(index: TripleIndex, node: NamedNode, names: Names) -> Term:
    codes: dict[str, list[Line]] = {}
    for code in (code for name in _CODES for code in index.objects(node, name)):
        if isinstance(code, Literal):
            kind = code.datatype.value
            name = "code" if kind == _STRING else kind
            codes.setdefault(name, []).append((Token(code.value, kind="code"),))
    others: dict[str, list[Line]] = {}
    for predicate, value in index.statements(node):
        if predicate.value not in _ELSEWHERE:
            others.setdefault(predicate.value, []).append((names.token(value),))
    facts: dict[str, list[Line]] = {
        **codes,
        "broader": [(names.token(one),) for one in _above(index, node)],
        "narrower": [(names.token(one),) for one in _below(index, node)],
        **others,
    }
    return Term(
        iri=node.value,
        kind="concept",
        name=names.prefixed(node.value),
        anchor=local_name(node.value),
        labels=index.texts(node, "skos:prefLabel"),
        definitions=index.texts(node, "skos:definition"),
        notes=read_notes(index, node),
        facts=tuple(Fact(name, tuple(lines)) for name, lines in facts.items() if lines),
    )
