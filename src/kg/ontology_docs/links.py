"""Links from a term to what uses it: definitions, shapes, named questions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.ontology_docs.model import Fact, Question, Texts
from kg.rdf.iris import PREFIXES
from kg.sparql.rq_file import load_rq

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.ontology_docs.model import Line, Shape, Term, Vocabulary
    from kg.ontology_docs.names import Names

__all__ = ["Links", "mentioned", "read_questions"]

# Facts that define a term: whatever their expressions name is part of the definition.
_DEFINING: Final = frozenset({"equivalent", "superclass", "domain", "range", "chain"})
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)
_PREFIX: Final = re.compile(r"PREFIX\s+([\w-]*):\s*<([^<>]*)>", re.IGNORECASE)
_NAME: Final = re.compile(r"<([^<>\s]+)>|(?<![\w:-])([\w-]+):(\w(?:[\w.-]*[\w-])?)")


def mentioned(query: str) -> frozenset[str]:
    """Return the IRIs that a SPARQL query names, in full or with a prefix.

    >>> sorted(mentioned("ASK { ?claim a qawl:Claim }"))
    ['https://w3id.org/qawl/ontology#Claim']
    """
    query = _COMMENT.sub("", query)
    namespaces = {**PREFIXES, **dict(_PREFIX.findall(query))}
    return frozenset(
        iri or namespaces.get(prefix, f"{prefix}:") + local
        for iri, prefix, local in _NAME.findall(_PREFIX.sub("", query))
    )


def read_questions(folder: Path) -> tuple[dict[str, Question], dict[str, list[str]]]:
    """Return the named questions by name, and for each IRI the names of those that use it.

    :raises QueryError: a question cannot be read.
    """
    questions = {}
    askers: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.rq")):
        rq = load_rq(path)
        questions[rq.name] = Question(rq.name, Texts((rq.title["en"],), (rq.title["ar"],)))
        for iri in sorted(mentioned(rq.text)):
            askers.setdefault(iri, []).append(rq.name)
    return questions, askers


class Links:
    """Adds to each term the things that use it."""

    def __init__(
        self,
        terms: Iterable[Term],
        shapes: Iterable[Shape],
        askers: Mapping[str, Iterable[str]],
        names: Names,
    ) -> None:
        self._names = names
        self._askers = askers
        self._targeting: dict[str, dict[str, None]] = {}
        self._constraining: dict[str, dict[str, None]] = {}
        self._defining: dict[str, dict[str, None]] = {}
        for shape in shapes:
            _note(self._targeting, shape.targets.en, shape.iri)
            _note(self._constraining, shape.constraints.en, shape.iri)
            if len(shape.path) == 1:
                _note(self._constraining, (shape.path,), shape.iri)
        for term in terms:
            for fact in term.facts:
                if fact.name in _DEFINING:
                    compound = [line for line in fact.lines if len(line) > 1]
                    _note(self._defining, compound, term.iri)

    def term(self, term: Term) -> Term:
        """Return a term with its shapes, its questions and the terms it helps to define."""
        defined = [one for one in self._defining.get(term.iri, ()) if one != term.iri]
        lines = tuple((self._names.token(one),) for one in defined)
        # A class of values is shown at the property: at the class it would list half of all shapes.
        constraints = () if term.kind == "class" else tuple(self._constraining.get(term.iri, ()))
        return replace(
            term,
            facts=(*term.facts, Fact("defines", lines)) if lines else term.facts,
            shapes=tuple(self._targeting.get(term.iri, ())),
            constraints=constraints,
            questions=tuple(self._askers.get(term.iri, ())),
        )

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        """Return a vocabulary with the same links added to its concepts."""
        return replace(vocabulary, concepts=tuple(map(self.term, vocabulary.concepts)))


def _note(found: dict[str, dict[str, None]], lines: Iterable[Line], iri: str) -> None:
    for line in lines:
        for token in line:
            if token.iri is not None:
                found.setdefault(token.iri, {})[iri] = None
