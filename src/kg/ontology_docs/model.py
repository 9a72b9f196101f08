"""What the documentation says, apart from how it looks: terms, vocabularies, shapes.

A *line* is a row of tokens, some of which name a thing by its IRI: a class expression, a property
path, a constraint in words. Pages turn the named ones into links.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.wording import Language

__all__ = [
    "Branch",
    "Fact",
    "Line",
    "Note",
    "OntologyDocs",
    "Question",
    "Shape",
    "Term",
    "TermKind",
    "Texts",
    "Token",
    "Vocabulary",
    "Words",
    "plain",
]

TermKind = Literal[
    "class",
    "object-property",
    "datatype-property",
    "annotation-property",
    "datatype",
    "individual",
    "concept",
]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a property says of a node in English and in Arabic, each in the order of the file."""

    en: tuple[str, ...] = ()
    ar: tuple[str, ...] = ()

    def first(self, language: Language) -> str:
        """Return the first text in a language, else in the other, else nothing."""
        texts = (*self.ar, *self.en) if language == "ar" else (*self.en, *self.ar)
        return texts[0] if texts else ""

    def __bool__(self) -> bool:
        return bool(self.en or self.ar)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; with an IRI it names what the IRI stands for."""

    text: str
    iri: str | None = None
    kind: Literal["text", "keyword", "code"] = "text"


Line = tuple[Token, ...]


def plain(line: Line) -> str:
    """Return a line as text."""
    return "".join(token.text for token in line)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds of a term, such as ``superclass``, with one line for each value."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a term: its kind (``scope``, ``example``, ``change``, ``history``) and texts."""

    kind: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, datatype or concept, with all that is said of it.

    ``anchor`` is its local name, which is also the id of its section. ``shapes`` are the node
    shapes that target a class, ``constraints`` the property shapes on a property, by IRI;
    ``questions`` the names of the named questions whose query has the term.
    """

    iri: str
    kind: TermKind
    name: str
    anchor: str
    labels: Texts
    definitions: Texts
    notes: tuple[Note, ...] = ()
    facts: tuple[Fact, ...] = ()
    shapes: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def fact(self, name: str) -> tuple[str, ...]:
        """Return the lines of a fact as text, none where it does not hold."""
        return tuple(plain(line) for fact in self.facts if fact.name == name for line in fact.lines)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a tree of classes, properties or concepts."""

    iri: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A concept scheme with its concepts.

    ``code_systems`` are the datatypes of notations that come from elsewhere, ``used_by`` the
    properties that take their values from the scheme.
    """

    iri: str
    name: str
    titles: Texts
    descriptions: Texts
    metadata: tuple[Fact, ...]
    concepts: tuple[Term, ...] = field(repr=False)
    tree: tuple[Branch, ...] = field(repr=False)
    code_systems: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    all_different: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Lines in both languages."""

    en: tuple[Line, ...] = ()
    ar: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A SHACL shape or SPARQL constraint: what it looks at, demands and says when it is broken.

    ``properties`` are the property shapes and SPARQL constraints that belong to it, ``used_by`` the
    shapes that it belongs to or that refer to it. ``severity`` is ``Violation``, ``Warning`` or
    ``Info``, or the IRI of another.
    """

    iri: str
    kind: Literal["node", "property", "query"]
    name: str
    anchor: str
    labels: Texts
    messages: Texts
    severity: str
    targets: Words
    path: Line
    constraints: Words
    properties: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its name, and its title in English and Arabic."""

    name: str
    titles: Texts


@dataclass(frozen=True, slots=True)
class OntologyDocs:
    """The whole: the ontology, the vocabularies, the shapes and what lies between them."""

    iri: str
    titles: Texts
    descriptions: Texts
    metadata: tuple[Fact, ...]
    change_notes: Texts
    version: str
    citation: Texts
    prefixes: Mapping[str, str] = field(repr=False)
    terms: Mapping[str, Term] = field(repr=False)
    class_tree: tuple[Branch, ...] = field(repr=False)
    reused: tuple[Term, ...] = field(repr=False)
    vocabularies: Mapping[str, Vocabulary] = field(repr=False)
    concepts: Mapping[str, Term] = field(repr=False)
    shapes: Mapping[str, Shape] = field(repr=False)
    shapes_iri: str
    shape_titles: Texts = field(repr=False)
    shape_descriptions: Texts = field(repr=False)
    shape_metadata: tuple[Fact, ...] = field(repr=False)
    alignment_notes: Texts = field(repr=False)
    questions: Mapping[str, Question] = field(repr=False)

    def of_kind(self, kind: TermKind) -> tuple[Term, ...]:
        """Return the ontology's own terms of a kind, in the order of the ontology."""
        return tuple(term for term in self.terms.values() if term.kind == kind)

    def demands(self, term: Term) -> tuple[Shape, ...]:
        """Return the shapes that demand something of a class's instances, parts after wholes."""
        found = []
        for iri in term.shapes:
            whole = self.shapes[iri]
            found += [whole] if whole.constraints.en else []
            found += [self.shapes[part] for part in whole.properties if part in self.shapes]
        return tuple(found)

    def label(self, iri: str, language: Language) -> str:
        """Return the label of a term, concept, vocabulary or shape, empty for anything else."""
        if iri in self.vocabularies:
            return self.vocabularies[iri].titles.first(language)
        found = self.terms.get(iri) or self.concepts.get(iri) or self.shapes.get(iri)
        return found.labels.first(language) if found else ""
