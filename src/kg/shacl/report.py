"""What validation found: violations, as text for people and as the W3C report graph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize
from pyoxigraph import Literal as RdfLiteral

from kg.rdf.iris import PREFIXES, term
from kg.wording import listed, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["SEVERITIES", "ShapePath", "ValidationReport", "Violation", "prefixed"]

Term = NamedNode | BlankNode | RdfLiteral

#: The severities of SHACL, the gravest first.
SEVERITIES: Final = ("Violation", "Warning", "Info")

_LONGEST_VALUE: Final = 100
_LOCAL_NAME: Final = re.compile(r"[\w./-]*", re.ASCII)


def prefixed(node: Term | str) -> str:
    """Return a term as people read it: IRIs with our prefixes, long strings cut.

    >>> prefixed(NamedNode("https://w3id.org/qawl/id/claim/flood/curated/toll"))
    'claim:flood/curated/toll'
    """
    if isinstance(node, BlankNode):
        return str(node)
    if isinstance(node, RdfLiteral):
        text = str(node)
        return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
    iri = node if isinstance(node, str) else node.value
    matches = [(len(base), name, base) for name, base in PREFIXES.items() if iri.startswith(base)]
    if matches:
        _, name, base = max(matches)
        if _LOCAL_NAME.fullmatch(iri, len(base)):
            return f"{name}:{iri[len(base) :]}"
    return f"<{iri}>"


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of validation: a node that breaks a constraint, and what would mend it.

    ``path`` is a SPARQL property path with our prefixes; ``constraint`` is the ``sh:sparql``
    constraint behind it, where it is one. ``severity`` is one of :data:`SEVERITIES`, or the IRI of
    another, which counts as a violation.
    """

    focus: Term
    path: str | None
    value: Term | None
    message_en: str
    message_ar: str
    severity: str
    shape: str
    component: str
    constraint: str | None = None

    def message(self, language: str) -> str:
        """Return the message in ``en`` or ``ar``."""
        return self.message_ar if language == "ar" else self.message_en

    @property
    def rank(self) -> int:
        """How grave the result is: 0 for a violation, 1 for a warning, 2 for a remark."""
        return SEVERITIES.index(self.severity) if self.severity in SEVERITIES else 0

    @property
    def sort_key(self) -> tuple[int, str, str, str, str, str, str]:
        """What results are ordered by: the gravest first, then by shape and path."""
        return (
            self.rank,
            self.shape,
            self.path or "",
            self.constraint or "",
            self.component,
            str(self.focus),
            str(self.value),
        )


@dataclass(frozen=True, slots=True)
class ShapePath:
    """A path of a shape that is more than one property: its root node and its triples."""

    root: NamedNode | BlankNode
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results of a validation. The graph conforms where there are warnings and remarks only."""

    conforms: bool
    violations: tuple[Violation, ...]
    triples: int
    shapes: int
    paths: Mapping[str, ShapePath] = field(default_factory=dict, repr=False)

    def count(self, severity: str) -> int:
        """Return how many results have a severity, one of :data:`SEVERITIES`."""
        return sum(SEVERITIES[violation.rank] == severity for violation in self.violations)

    def text(self, language: str = "en", examples: int = 3) -> str:
        """Return the report as text, grouped by shape and path, with a few examples of each.

        :param language: ``en`` or ``ar``.
        :param examples: how many results of each group are shown.
        """
        return "\n".join(self._lines("ar" if language == "ar" else "en", examples))

    def _lines(self, language: str, examples: int) -> Iterator[str]:
        words = wording("validation", language)
        severities = wording("severities", language)
        counted = [
            words.counted(severity, self.count(severity))
            for severity in SEVERITIES
            if self.count(severity) or severity == "Violation"
        ]
        verdict = words["conforms" if self.conforms else "fails"]
        checked = (words.counted("triples", self.triples), words.counted("shapes", self.shapes))
        yield f"{verdict}: {listed(counted, language)} ({listed(checked, language)})"

        def group(one: Violation) -> tuple[object, ...]:
            return (*one.sort_key[:4], one.component)

        for _, members in groupby(self.violations, group):
            found = list(members)
            first = found[0]
            where = " ".join(filter(None, (prefixed(first.shape), first.path)))
            component = first.component.rpartition("#")[2].removesuffix("ConstraintComponent")
            yield f"\n{severities[SEVERITIES[first.rank]]}: {where} [{component}] × {len(found)}"
            alike = len({one.message(language) for one in found}) == 1
            if alike:
                yield f"  {first.message(language)}"
            for one in found[:examples]:
                shown = (
                    "" if one.value in (None, one.focus) else f"  →  {prefixed(one.value or '')}"
                )
                yield f"    {prefixed(one.focus)}{shown}"
                if not alike:
                    yield f"      {one.message(language)}"
            if len(found) > examples:
                yield f"    {words['more'].format(count=len(found) - examples)}"

    def graph(self) -> tuple[Triple, ...]:
        """Return the W3C report graph; the same results give the same triples in the same order."""
        report = BlankNode("report")
        boolean = RdfLiteral("true" if self.conforms else "false", datatype=term("xsd:boolean"))
        triples = [
            Triple(report, term("rdf:type"), term("sh:ValidationReport")),
            Triple(report, term("sh:conforms"), boolean),
        ]
        for number, violation in enumerate(self.violations, 1):
            result = BlankNode(f"result{number}")
            triples.append(Triple(report, term("sh:result"), result))
            triples += (Triple(result, *pair) for pair in self._describe(violation))
        used = {one.path for one in self.violations if one.path is not None}
        for path in sorted(used & self.paths.keys()):
            triples += self.paths[path].triples
        return tuple(triples)

    def _describe(self, violation: Violation) -> Iterator[tuple[NamedNode, Term]]:
        yield term("rdf:type"), term("sh:ValidationResult")
        yield term("sh:resultSeverity"), _severity(violation.severity)
        yield term("sh:focusNode"), violation.focus
        if violation.path is not None:
            complex_path = self.paths.get(violation.path)
            yield (
                term("sh:resultPath"),
                complex_path.root if complex_path else _property(violation.path),
            )
        if violation.value is not None:
            yield term("sh:value"), violation.value
        yield term("sh:sourceConstraintComponent"), NamedNode(violation.component)
        yield term("sh:sourceShape"), _node(violation.shape)
        if violation.constraint is not None:
            yield term("sh:sourceConstraint"), _node(violation.constraint)
        for language in ("en", "ar"):
            if message := violation.message(language):
                yield term("sh:resultMessage"), RdfLiteral(message, language=language)

    def turtle(self) -> str:
        """Return the W3C report graph as Turtle."""
        prefixes = {name: PREFIXES[name] for name in ("sh", "shape", "qawl", "xsd")}
        written = serialize(self.graph(), format=RdfFormat.TURTLE, prefixes=prefixes)
        return (written or b"").decode()


def _severity(name: str) -> NamedNode:
    return term(f"sh:{name}") if name in SEVERITIES else NamedNode(name)


def _property(path: str) -> NamedNode:
    return NamedNode(path[1:-1]) if path.startswith("<") else term(path)


def _node(name: str) -> NamedNode | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)
