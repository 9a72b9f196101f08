"""Reads the documentation of ``ontology/`` from its Turtle files and the named questions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.errors import AuthorityError
from kg.files import shipped
from kg.ontology_docs.links import Links, read_questions
from kg.ontology_docs.metadata import citation, metadata
from kg.ontology_docs.model import Deprecated, OntologyDocs, Term
from kg.ontology_docs.names import Names
from kg.ontology_docs.shapes import read_shapes
from kg.ontology_docs.term_facts import TermFacts
from kg.ontology_docs.triples import load_triples
from kg.ontology_docs.vocabularies import read_notes, read_vocabularies, tree
from kg.rdf.iris import local_name, resource, term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.ontology_docs.model import Branch, TermKind
    from kg.ontology_docs.triples import Node, TripleIndex

__all__ = ["load_ontology_docs"]

_KINDS: Final[Mapping[str, TermKind]] = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object-property",
    "owl:DatatypeProperty": "datatype-property",
    "owl:AnnotationProperty": "annotation-property",
    "rdfs:Datatype": "datatype",
    "owl:NamedIndividual": "individual",
}

# The files give only the agent's IRI. Its label is in the graph of readings: a second, tagged label
# in the ontology would give the agent two names in every union of graphs.
_AGENTS: Final = {resource("agent", "the-qawl-project").value: "The Qawl project"}


@lru_cache(maxsize=4)
def load_ontology_docs(ontology: Path | None = None, queries: Path | None = None) -> OntologyDocs:
    """Read the ontology, its alignments, vocabularies and shapes, and the questions that use them.

    The result is cached by folder for the life of the process.

    :param ontology: a folder laid out like ``ontology/``; default: Qawl's own.
    :param queries: a folder of named questions; default: Qawl's own.
    :raises AuthorityError: a file is missing, is not Turtle, or has an expression unknown to OWL 2.
    :raises ShapesError: a shape contains itself.
    :raises QueryError: a named question cannot be read.
    """
    folder = ontology or shipped.ontology_dir()
    core = load_triples([folder / "qawl.ttl"])
    alignments = load_triples([folder / "alignments.ttl"])
    concepts = load_triples(sorted((folder / "vocab").glob("*.ttl")))
    sheets = load_triples(sorted((folder / "shapes").glob("*.ttl")))
    node = _ontology(core, folder / "qawl.ttl")
    sheet = _ontology(sheets, folder / "shapes")
    alignment = _ontology(alignments, folder / "alignments.ttl")
    names = Names({**alignments.prefixes, **core.prefixes}, _AGENTS)
    schemes = [scheme.value for scheme in concepts.instances("skos:ConceptScheme")]
    takers = {scheme: core.subjects("rdfs:seeAlso", NamedNode(scheme)) for scheme in schemes}
    found = _terms(core, TermFacts(core, alignments, names, frozenset(schemes)), names)
    namespace = core.text(node, "vann:preferredNamespaceUri") or f"{node.value}#"
    own = {iri: one for iri, one in found.items() if iri.startswith(namespace)}
    shapes = read_shapes(sheets, names)
    questions, askers = read_questions(queries or shipped.queries_dir())
    links = Links(own.values(), shapes.values(), askers, names)
    vocabularies = {
        iri: links.vocabulary(one)
        for iri, one in read_vocabularies(concepts, names, takers, _different(core)).items()
    }
    return OntologyDocs(
        iri=node.value,
        titles=core.texts(node, "dcterms:title"),
        descriptions=core.texts(node, "dcterms:description"),
        metadata=metadata(core, node, names),
        change_notes=core.texts(node, "skos:changeNote"),
        version=core.text(node, "owl:versionInfo"),
        citation=citation(core, node, names),
        terms={iri: links.term(one) for iri, one in own.items()},
        class_tree=_class_tree(core, own),
        deprecated=_deprecated(core, names),
        reused=tuple(one for iri, one in found.items() if iri not in own),
        vocabularies=vocabularies,
        concepts={one.iri: one for each in vocabularies.values() for one in each.concepts},
        shapes=shapes,
        shapes_iri=sheet.value,
        shape_titles=sheets.texts(sheet, "dcterms:title"),
        shape_descriptions=sheets.texts(sheet, "dcterms:description"),
        shape_metadata=metadata(sheets, sheet, names),
        alignment_notes=alignments.texts(alignment, "dcterms:description", "skos:scopeNote"),
        questions=questions,
        prefixes=names.prefixes,
    )


def _ontology(index: TripleIndex, place: Path) -> NamedNode:
    found = index.instances("owl:Ontology")
    if not found:
        raise AuthorityError(
            f"{place}: does not declare an owl:Ontology; add one with its metadata"
        )
    return found[0]


def _deprecated(core: TripleIndex, names: Names) -> tuple[Deprecated, ...]:
    return tuple(
        Deprecated(
            iri=node.value,
            anchor=local_name(node.value),
            replacements=tuple(map(names.token, core.objects(node, "dcterms:isReplacedBy"))),
        )
        for kind in ("owl:DeprecatedClass", "owl:DeprecatedProperty")
        for node in core.instances(kind)
    )


def _different(core: TripleIndex) -> list[frozenset[Node]]:
    return [
        frozenset(core.members(head))
        for axiom in core.subjects("rdf:type", term("owl:AllDifferent"))
        for head in core.objects(axiom, "owl:distinctMembers", "owl:members")
    ]


def _terms(core: TripleIndex, facts: TermFacts, names: Names) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for owl_class, kind in _KINDS.items():
        for node in core.instances(owl_class):
            if kind == "class":
                said = facts.of_class(node)
            elif kind == "datatype":
                said = facts.of_datatype(node)
            else:
                said = facts.of_property(node)
            found[node.value] = Term(
                iri=node.value,
                kind=kind,
                name=names.prefixed(node.value),
                anchor=local_name(node.value),
                labels=core.texts(node, "rdfs:label") or core.texts(node, "skos:prefLabel"),
                definitions=core.texts(node, "skos:definition"),
                notes=read_notes(core, node),
                facts=said,
            )
    return found


def _class_tree(core: TripleIndex, own: Mapping[str, Term]) -> tuple[Branch, ...]:
    parents = {
        iri: [above for above in core.iris(NamedNode(iri), "rdfs:subClassOf") if above in own]
        for iri, one in own.items()
        if one.kind == "class"
    }
    children = {above: [one for one in parents if above in parents[one]] for above in parents}
    return tree((iri for iri in parents if not parents[iri]), lambda iri: children.get(iri, ()))
