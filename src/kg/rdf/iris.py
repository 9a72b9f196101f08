"""The IRIs of Qawl: namespaces, and the only place where IRIs are built and parsed.

Every resource has an IRI ``https://w3id.org/qawl/id/KIND/…``, built from slugs or from the
resource's content, so the same input gives the same IRI on every machine. A node that belongs to a
resource, such as the quantity of a claim, is a part of it: its IRI extends the resource's.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

__all__ = [
    "AGENTS_GRAPH",
    "AUTHORITY_GRAPH",
    "DERIVED_GRAPH",
    "EDTF",
    "ID",
    "NAMESPACE",
    "ONTOLOGY_GRAPH",
    "PREFIXES",
    "QAWL",
    "QUESTIONS_GRAPH",
    "SLUG",
    "VOCAB",
    "VOCAB_GRAPH",
    "ClaimName",
    "ConceptName",
    "ReadingName",
    "article_graph",
    "article_of_graph",
    "concept",
    "derived_graph",
    "digest",
    "kind_of",
    "local_name",
    "namespace_of",
    "ontology_name",
    "owners",
    "part_of",
    "part_path",
    "resource",
    "slugify",
    "term",
]

#: The start of all our IRIs; the rest of each is its path on a server.
NAMESPACE: Final = "https://w3id.org/qawl/"
QAWL: Final = f"{NAMESPACE}ontology#"
VOCAB: Final = f"{NAMESPACE}vocab/"
ID: Final = f"{NAMESPACE}id/"

#: A slug: lower-case ASCII words joined by single hyphens.
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

ONTOLOGY_GRAPH: Final = NamedNode(f"{NAMESPACE}ontology")
VOCAB_GRAPH: Final = NamedNode(f"{NAMESPACE}vocab")
AUTHORITY_GRAPH: Final = NamedNode(f"{ID}graph/authority")
DERIVED_GRAPH: Final = NamedNode(f"{ID}graph/derived")
QUESTIONS_GRAPH: Final = NamedNode(f"{ID}graph/questions")
AGENTS_GRAPH: Final = NamedNode(f"{ID}graph/agents")

EDTF: Final = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

_KINDS = (
    "actor", "event", "place", "source", "population", "artefact", "topic", "reading", "claim",
    "voice", "passage", "mention", "question", "relation", "agent", "graph", "dataset", "text",
)  # fmt: skip
# Widely used vocabularies have the prefixes event, place and agent; ours begin with a q.
_TAKEN = frozenset({"event", "place", "agent"})
_SCHEMES = {
    "speechact": "speech-act", "stance": "stance", "polarity": "polarity", "marking": "marking",
    "transmission": "transmission", "measure": "measure", "comparator": "comparator",
    "evtype": "event-type", "counted": "counted", "basis": "basis", "modifier": "time-modifier",
    "timerel": "time-relation", "datestatus": "date-status", "qrule": "rule", "unitcode": "unit",
    "qkind": "question-kind", "aspect": "aspect", "qrole": "role", "readerkind": "reader-kind",
    "extent": "extent", "relaystance": "relay-stance", "modality": "modality",
    "predicate": "predicate", "srctype": "source-type", "calendar": "calendar",
}  # fmt: skip

#: Namespaces by prefix, for every serialization and query. The same table is published as
#: ``ontology/prefixes.ttl``; a test checks that they agree.
PREFIXES: Final[dict[str, str]] = {
    "qawl": QAWL,
    "shape": f"{NAMESPACE}shapes#",
    **{"q" * (kind in _TAKEN) + kind: f"{ID}{kind}/" for kind in _KINDS},
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
    "bibostatus": "http://purl.org/ontology/bibo/status/",
    "unit": "http://qudt.org/vocab/unit/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": "http://www.wikidata.org/entity/",
    "schema": "https://schema.org/",
}


@lru_cache(maxsize=4096)
def term(prefixed: str) -> NamedNode:
    """Return the IRI of a prefixed name.

    >>> term("qawl:Claim").value
    'https://w3id.org/qawl/ontology#Claim'
    """
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def concept(scheme: str, code: str) -> NamedNode:
    """Return the IRI of a concept in one of our vocabularies.

    >>> concept("speech-act", "accuse").value
    'https://w3id.org/qawl/vocab/speech-act/accuse'
    """
    return NamedNode(f"{VOCAB}{scheme}/{code}")


def resource(kind: str, *words: str) -> NamedNode:
    """Return the IRI of a resource from its kind and slugs.

    >>> resource("claim", "an-article", "curated", "toll").value
    'https://w3id.org/qawl/id/claim/an-article/curated/toll'
    """
    return NamedNode(ID + "/".join((kind, *words)))


def kind_of(iri: str) -> str:
    """Return the kind of one of our resources; empty for any other IRI.

    >>> kind_of("https://w3id.org/qawl/id/actor/tony-blair")
    'actor'
    """
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def local_name(iri: str) -> str:
    """Return the part of an IRI after its last ``#`` or ``/``, possibly empty.

    >>> local_name("https://w3id.org/qawl/ontology#Claim")
    'Claim'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def namespace_of(iri: str) -> str:
    """Return an IRI up to its last ``#`` or ``/``; empty if it has neither.

    >>> namespace_of("https://w3id.org/qawl/ontology#Claim")
    'https://w3id.org/qawl/ontology#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def ontology_name(iri: str) -> str | None:
    """Return the name of a class or property of our ontology; ``None`` for any other IRI."""
    return iri.removeprefix(QAWL) if iri.startswith(QAWL) else None


# Separates the IRI of a resource from the names of its parts. Slugs have no dots, and Turtle and
# SPARQL allow a dot inside a name without an escape.
_PART: Final = "."


def part_of(owner: NamedNode, *names: str) -> NamedNode:
    """Return the IRI of a part of a resource.

    >>> part_of(resource("claim", "an-article", "curated", "toll"), "quantity").value
    'https://w3id.org/qawl/id/claim/an-article/curated/toll.quantity'
    """
    return NamedNode(_PART.join((owner.value, *names)))


def part_path(owner: str, iri: str) -> tuple[str, ...]:
    """Return the names that lead from a resource to its part; empty if it is not a part of it.

    >>> claim = "https://w3id.org/qawl/id/claim/an-article/curated/toll"
    >>> part_path(claim, f"{claim}.flat.0a1b")
    ('flat', '0a1b')
    """
    beginning = owner + _PART
    return tuple(iri.removeprefix(beginning).split(_PART)) if iri.startswith(beginning) else ()


def owners(iri: str) -> tuple[str, ...]:
    """Return the IRIs of the resources that an IRI may be a part of, nearest first.

    >>> [local_name(one) for one in owners("https://w3id.org/qawl/id/claim/a/b/c.possible.d")]
    ['c.possible', 'c', 'b', 'a']
    """
    if not iri.startswith(ID):
        return ()
    path = iri.removeprefix(ID)
    ends = [end for end, letter in enumerate(path) if letter in f"/{_PART}"]
    # The first is that of the kind, which owns nothing.
    return tuple(ID + path[:end] for end in reversed(ends[1:]))


@dataclass(frozen=True, slots=True)
class ReadingName:
    """The name of a reading: its article's slug and its own id."""

    article: str
    id: str

    @classmethod
    def of(cls, iri: str) -> ReadingName | None:
        """Return the name of a reading; ``None`` if the IRI is not a reading's."""
        words = iri.removeprefix(ID).split("/")
        whole = kind_of(iri) == "reading" and len(words) == 3 and _PART not in words[-1]
        return cls(*words[1:]) if whole else None

    @property
    def node(self) -> NamedNode:
        """The reading's IRI, which also names its graph."""
        return resource("reading", self.article, self.id)

    def short(self, name: str) -> str:
        """Return the short id of a claim or a voice: unique among all articles of a graph.

        >>> ReadingName("flood", "curated").short("toll"), ReadingName("flood", "rules").short("c1")
        ('flood/toll', 'flood/rules/c1')
        """
        return "/".join((self.article, *([] if self.id == "curated" else [self.id]), name))

    def member(self, kind: str, name: str) -> NamedNode:
        """Return the IRI of a claim, a voice or anything else that the reading describes."""
        return resource(kind, self.article, self.id, name)


@dataclass(frozen=True, slots=True)
class ClaimName:
    """The name of a claim: its article's slug, its reading's id, and its own id."""

    article: str
    reading: str
    id: str

    @property
    def node(self) -> NamedNode:
        """The claim's IRI."""
        return resource("claim", self.article, self.reading, self.id)


@dataclass(frozen=True, slots=True)
class ConceptName:
    """The name of a concept in one of our vocabularies."""

    scheme: str
    code: str

    @classmethod
    def of(cls, iri: str) -> ConceptName | None:
        """Return the name of a concept; ``None`` if the IRI is not in one of our vocabularies.

        >>> ConceptName.of("https://w3id.org/qawl/vocab/stance/certain")
        ConceptName(scheme='stance', code='certain')
        """
        scheme, slash, code = iri.removeprefix(VOCAB).partition("/")
        return cls(scheme, code) if iri.startswith(VOCAB) and slash else None


_ARTICLE_GRAPH: Final = f"{ID}graph/article/"


def article_graph(slug: str) -> NamedNode:
    """Return the graph of an article's text and metadata."""
    return NamedNode(_ARTICLE_GRAPH + slug)


def article_of_graph(iri: str) -> str | None:
    """Return the slug of the article whose text a graph holds; ``None`` for any other graph."""
    return iri.removeprefix(_ARTICLE_GRAPH) if iri.startswith(_ARTICLE_GRAPH) else None


def derived_graph(readers: str) -> NamedNode:
    """Return the graph of what is derived from the claims of one kind of reader.

    What follows only from claims of several kinds together is in the graph for ``all``.
    """
    return DERIVED_GRAPH if readers == "person" else NamedNode(f"{DERIVED_GRAPH.value}/{readers}")


def digest(text: str, length: int = 12) -> str:
    """Return the first ``length`` hexadecimal digits of the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def slugify(text: str) -> str:
    """Return a slug from the ASCII letters and digits of a text; empty if it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower(), re.ASCII))
