"""The terms of SHACL, RDF and XML Schema that the engine names."""

from __future__ import annotations

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

__all__ = ["RDF", "RDFS", "SH", "XSD", "Node", "Term", "rdf", "rdfs", "sh", "xsd"]

SH: Final = "http://www.w3.org/ns/shacl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal


def sh(name: str) -> NamedNode:
    """Return a term of SHACL."""
    return NamedNode(SH + name)


def rdf(name: str) -> NamedNode:
    """Return a term of RDF."""
    return NamedNode(RDF + name)


def rdfs(name: str) -> NamedNode:
    """Return a term of RDF Schema."""
    return NamedNode(RDFS + name)


def xsd(name: str) -> NamedNode:
    """Return a datatype of XML Schema."""
    return NamedNode(XSD + name)
