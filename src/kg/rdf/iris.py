"""The IRIs of Qawl: namespaces, and the one place where resource IRIs are made.

Every resource has an IRI, ``https://w3id.org/qawl/id/KIND/…``, made from the slugs that people
gave or from what the resource says, so that the same input gives the same IRI on every machine.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from pyoxigraph import NamedNode

__all__ = [
    "AGENTS_GRAPH",
    "AUTHORITY_GRAPH",
    "DERIVED_GRAPH",
    "EDTF",
    "ID",
    "ONTOLOGY_GRAPH",
    "PREFIXES",
    "QAWL",
    "QUESTIONS_GRAPH",
    "SLUG",
    "VOCAB",
    "VOCAB_GRAPH",
    "concept",
    "digest",
    "resource",
    "slugify",
    "term",
]

QAWL: Final = "https://w3id.org/qawl/ontology#"
VOCAB: Final = "https://w3id.org/qawl/vocab/"
ID: Final = "https://w3id.org/qawl/id/"

#: A slug: lower-case ASCII words joined by single hyphens.
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

ONTOLOGY_GRAPH: Final = NamedNode("https://w3id.org/qawl/ontology")
VOCAB_GRAPH: Final = NamedNode("https://w3id.org/qawl/vocab")
AUTHORITY_GRAPH: Final = NamedNode(f"{ID}graph/authority")
DERIVED_GRAPH: Final = NamedNode(f"{ID}graph/derived")
QUESTIONS_GRAPH: Final = NamedNode(f"{ID}graph/questions")
AGENTS_GRAPH: Final = NamedNode(f"{ID}graph/agents")

EDTF: Final = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

_KINDS = (
    "actor", "event", "place", "source", "population", "artefact", "topic", "reading", "claim", "voice",
    "passage", "mention", "question", "relation", "agent", "graph", "dataset", "text",
)  # fmt: skip
_SCHEMES = {
    "act": "speech-act", "stance": "stance", "polarity": "polarity", "marking": "marking",
    "transmission": "transmission", "measure": "measure", "comparator": "comparator",
    "evtype": "event-type", "counted": "counted", "basis": "basis", "modifier": "time-modifier",
    "timerel": "time-relation", "datestatus": "date-status", "rule": "rule", "unitcode": "unit",
    "qkind": "question-kind", "aspect": "aspect", "role": "role", "readerkind": "reader-kind",
    "extent": "extent", "relaystance": "relay-stance", "modality": "modality",
    "predicate": "predicate", "srctype": "source-type", "calendar": "calendar",
}  # fmt: skip

#: Prefix to namespace, as every serialisation and every query of ours uses them. The same table
#: is published as ``ontology/prefixes.ttl``; a test holds the two together.
PREFIXES: Final[dict[str, str]] = {
    "qawl": QAWL,
    "shape": "https://w3id.org/qawl/shapes#",
    **{kind: f"{ID}{kind}/" for kind in _KINDS},
    **{prefix: f"{VOCAB}{scheme}/" for prefix, scheme in _SCHEMES.items()},
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": "http://www.w3.org/ns/shacl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "vann": "http://purl.org/vocab/vann/",
    "bibo": "http://purl.org/ontology/bibo/",
    "unit": "http://qudt.org/vocab/unit/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": "http://www.wikidata.org/entity/",
    "schema": "https://schema.org/",
}


def term(prefixed: str) -> NamedNode:
    """Return the IRI of a prefixed name.

    >>> term("qawl:Claim").value
    'https://w3id.org/qawl/ontology#Claim'
    """
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def concept(scheme: str, code: str) -> NamedNode:
    """Return the IRI of a concept of one of our vocabularies.

    >>> concept("speech-act", "accuse").value
    'https://w3id.org/qawl/vocab/speech-act/accuse'
    """
    return NamedNode(f"{VOCAB}{scheme}/{code}")


def resource(kind: str, *parts: str) -> NamedNode:
    """Return the IRI of a resource from its kind and the slugs that lead to it.

    >>> resource("claim", "an-article", "curated", "toll").value
    'https://w3id.org/qawl/id/claim/an-article/curated/toll'
    """
    return NamedNode(ID + "/".join((kind, *parts)))


def digest(text: str, length: int = 12) -> str:
    """Return the first ``length`` hexadecimal digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def slugify(text: str) -> str:
    """Return a slug made from the ASCII letters and digits of a text, empty if it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower(), re.ASCII))
