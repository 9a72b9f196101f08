"""Metadata of an ontology or a vocabulary: authors, dates, version, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.ontology_docs.model import Fact, Texts, Token
from kg.ontology_docs.names import keyword
from kg.rdf.iris import local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex
    from kg.wording import Language

__all__ = ["citation", "metadata"]

_PROPERTIES: Final = {
    "version": "owl:versionInfo",
    "version-iri": "owl:versionIRI",
    "prior-version": "owl:priorVersion",
    "backward-compatible-with": "owl:backwardCompatibleWith",
    "incompatible-with": "owl:incompatibleWith",
    "imports": "owl:imports",
    "status": "bibo:status",
    "creator": "dcterms:creator",
    "contributor": "dcterms:contributor",
    "publisher": "dcterms:publisher",
    "created": "dcterms:created",
    "issued": "dcterms:issued",
    "modified": "dcterms:modified",
    "licence": "dcterms:license",
    "rights": "dcterms:rights",
    "prefix": "vann:preferredNamespacePrefix",
    "namespace": "vann:preferredNamespaceUri",
    "see-also": "rdfs:seeAlso",
}

_VERSION: Final[Mapping[Language, str]] = {"en": ", version", "ar": "، الإصدار"}


def metadata(index: TripleIndex, node: NamedNode, names: Names) -> tuple[Fact, ...]:
    """Return the metadata of an ontology or a vocabulary, its IRI first."""
    facts = [Fact("iri", ((Token(node.value, node.value),),))]
    for name, property_name in _PROPERTIES.items():
        values = index.objects(node, property_name)
        lines = tuple((_token(name, value, names),) for value in values)
        if lines:
            facts.append(Fact(name, lines))
    return tuple(facts)


def _token(name: str, value: Node, names: Names) -> Token:
    if isinstance(value, Literal):
        return Token(value.value, kind="code" if name in {"prefix", "namespace"} else "text")
    if not isinstance(value, NamedNode):
        return names.token(value)
    if name == "status":
        return keyword(local_name(value.value.rstrip("#/")))
    return Token(names.agent(value.value), value.value)


def citation(index: TripleIndex, node: NamedNode, names: Names) -> Texts:
    """Return the citation of an ontology, in both languages."""
    makers = " & ".join(
        index.text(value, "rdfs:label") or names.agent(value.value)
        for value in index.objects(node, "dcterms:creator")
        if isinstance(value, Literal | NamedNode)
    )
    days = (index.text(node, f"dcterms:{name}") for name in ("modified", "issued", "created"))
    year = next((day[:4] for day in days if day), "")
    who = f"{makers} ({year})" if year else makers
    version = index.text(node, "owl:versionInfo")
    address = index.text(node, "owl:versionIRI") or node.value
    titles = index.texts(node, "dcterms:title")
    named = (
        titles.first(language) + (f"{word} {version}" if version else "")
        for language, word in _VERSION.items()
    )
    return Texts(*((". ".join(filter(None, (who, name, address))),) for name in named))
