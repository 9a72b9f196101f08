"""The content of the documentation, independent of layout: terms, vocabularies, shapes.

A *line* is a sequence of tokens, some of which name a thing by its IRI: a class expression, a
property path, a constraint in words. Pages link these tokens.
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
    """The values of a property of a node, in English and in Arabic, each in file order."""

    en: tuple[str, ...] = ()
    ar: tuple[str, ...] = ()

    def first(self, language: Language) -> str:
        """Return the first text in a language, else in the other, else an empty string."""
        texts = (*self.ar, *self.en) if language == "ar" else (*self.en, *self.ar)
        return texts[0] if texts else ""

    def __bool__(self) -> bool:
        return bool(self.en or self.ar)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; ``iri``, if set, is the thing it names."""

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
    """A class, property, datatype or concept, with everything the files say about it.

    ``anchor`` is its local name and the id of its section. ``shapes`` are the node shapes that
    target a class, ``constraints`` the property shapes on a property, both as IRIs; ``questions``
    are the names of the named questions whose query uses the term.
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
        """Return the lines of a fact as text, empty if the term has no such fact."""
        return tuple(plain(line) for fact in self.facts if fact.name == name for line in fact.lines)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node in a tree of classes, properties or concepts."""

    iri: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A concept scheme with its concepts.

    ``code_systems`` are the datatypes of notations from other code lists, ``used_by`` the
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
    """A SHACL shape or SPARQL constraint: its targets, constraints and messages.

    ``properties`` are its property shapes and SPARQL constraints, ``used_by`` the shapes that
    contain or reference it. ``severity`` is ``Violation``, ``Warning`` or ``Info``, or another IRI.
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
    """Everything documented: the ontology, vocabularies, shapes and the links between them."""

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
        """Return the ontology's own terms of a kind, in file order."""
        return tuple(term for term in self.terms.values() if term.kind == kind)

    def demands(self, term: Term) -> tuple[Shape, ...]:
        """Return the shapes that constrain instances of a class, parts after wholes."""
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
