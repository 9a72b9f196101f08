"""Validation results as text and as the W3C report graph (section 3.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple
from pyoxigraph import Literal as RdfLiteral

from kg.rdf.iris import PREFIXES, digest, term
from kg.rdf.quads import serialized
from kg.shacl.paths import Predicate, path_triples
from kg.shacl.vocabulary import SH
from kg.wording import listed, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.shacl.model import Result
    from kg.shacl.vocabulary import Node, Term

__all__ = ["SEVERITIES", "ValidationReport", "message", "path_text", "prefixed", "rank"]

#: The severities of SHACL, most severe first.
SEVERITIES: Final = ("Violation", "Warning", "Info")

_COMPONENT: Final = "ConstraintComponent"
_LONGEST_VALUE: Final = 100
_LOCAL_NAME: Final = re.compile(r"[\w./-]*", re.ASCII)


def prefixed(node: Term | str) -> str:
    """Return a term for display: IRIs with our prefixes, long strings truncated.

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


def path_text(result: Result) -> str:
    """Return a result's path in SPARQL syntax, empty if it has none."""
    return "" if result.path is None else result.path.text(prefixed)


def rank(result: Result) -> int:
    """Return the rank of a result's severity: 0 violation, 1 warning, 2 info.

    Severities that SHACL does not define count as violations.
    """
    name = result.severity.value.removeprefix(SH)
    return SEVERITIES.index(name) if name in SEVERITIES else 0


def message(result: Result, language: str) -> str:
    """Return a result's message in ``en`` or ``ar``, else without a language, else in any language.

    If the shapes give no message, the text describes the constraint component.
    """
    for wanted in (language, None):
        for one in result.messages:
            if one.language == wanted:
                return one.value
    if result.messages:
        return result.messages[0].value
    name = result.component.value.removeprefix(SH).removesuffix(_COMPONENT)
    other = wording("validation", language)["other"]
    return wording("validation.components", language).get(name, other)


def _sort_key(result: Result) -> tuple[int, str, str, str, str, str, str]:
    # Blank node labels change from run to run, so they are the last criterion.
    return (
        rank(result),
        result.shape.value if isinstance(result.shape, NamedNode) else "",
        path_text(result),
        result.constraint.value if isinstance(result.constraint, NamedNode) else "",
        result.component.value,
        str(result.focus),
        str(result.value),
    )


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results of a validation.

    ``triples``, ``shapes`` and ``focus_nodes`` count what was validated (only shapes with targets);
    ``notes`` are remarks on how, for the reader of the report.
    """

    results: tuple[Result, ...]
    triples: int
    shapes: int
    focus_nodes: int
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Sort the results, most severe first."""
        object.__setattr__(self, "results", tuple(sorted(self.results, key=_sort_key)))

    @property
    def conforms(self) -> bool:
        """Whether there are no results of any severity, as in ``sh:conforms``."""
        return not self.results

    @property
    def passes(self) -> bool:
        """Whether there are no violations; a build accepts warnings and infos."""
        return all(rank(one) > 0 for one in self.results)

    def count(self, severity: str) -> int:
        """Return the number of results with a severity from :data:`SEVERITIES`."""
        return sum(SEVERITIES[rank(result)] == severity for result in self.results)

    def text(self, language: str = "en", examples: int = 3) -> str:
        """Return the report as text, grouped by shape and path.

        :param language: ``en`` or ``ar``.
        :param examples: the number of results shown in each group.
        """
        return "\n".join(self._lines("ar" if language == "ar" else "en", examples))

    def _lines(self, language: str, examples: int) -> Iterator[str]:
        words = wording("validation", language)
        severities = wording("severities", language)
        yield self._verdict(language)
        for note in self.notes:
            yield f"{words['note']}: {note}"

        def group(one: Result) -> tuple[object, ...]:
            return _sort_key(one)[:5]

        for _, members in groupby(self.results, group):
            found = list(members)
            first = found[0]
            name = prefixed(first.shape) if isinstance(first.shape, NamedNode) else ""
            where = " ".join(filter(None, (name, path_text(first))))
            component = first.component.value.rpartition("#")[2].removesuffix(_COMPONENT)
            severity = severities[SEVERITIES[rank(first)]]
            yield f"\n{severity}: {where} [{component}] × {len(found)}"
            alike = len({message(one, language) for one in found}) == 1
            if alike:
                yield f"  {message(first, language)}"
            for one in found[:examples]:
                shown = (
                    "" if one.value in (None, one.focus) else f"  →  {prefixed(one.value or '')}"
                )
                yield f"    {prefixed(one.focus)}{shown}"
                if not alike:
                    yield f"      {message(one, language)}"
            if len(found) > examples:
                yield f"    {words['more'].format(count=len(found) - examples)}"

    def _verdict(self, language: str) -> str:
        words = wording("validation", language)
        results = [
            words.counted(severity, self.count(severity))
            for severity in SEVERITIES
            if self.count(severity) or severity == "Violation"
        ]
        sizes = {"triples": self.triples, "shapes": self.shapes, "nodes": self.focus_nodes}
        judged = listed((words.counted(name, size) for name, size in sizes.items()), language)
        if not self.focus_nodes and not self.notes:
            verdict = words["nothing"]
        elif self.conforms:
            verdict = words["conforms"]
        else:
            verdict = words["passes" if self.passes else "fails"]
        return f"{verdict}: {listed(results, language)} ({judged})"

    def graph(self) -> tuple[Triple, ...]:
        """Return the W3C report graph; equal results give equal triples in the same order."""
        report = BlankNode("report")
        boolean = RdfLiteral("true" if self.conforms else "false", datatype=term("xsd:boolean"))
        triples = [
            Triple(report, term("rdf:type"), term("sh:ValidationReport")),
            Triple(report, term("sh:conforms"), boolean),
        ]
        paths: dict[str, Node] = {}
        for number, result in enumerate(self.results, 1):
            node = BlankNode(f"result{number}")
            triples.append(Triple(report, term("sh:result"), node))
            if result.path is not None and (text := path_text(result)) not in paths:
                prefix = f"path{digest(text)}n"
                paths[text], written = path_triples(result.path, prefix)
                triples += written
            triples += (Triple(node, *pair) for pair in _described(result, paths))
        return tuple(triples)

    def turtle(self) -> str:
        """Return the W3C report graph as Turtle."""
        return serialized(self.graph(), RdfFormat.TURTLE).decode()


def _described(result: Result, paths: dict[str, Node]) -> Iterator[tuple[NamedNode, Term]]:
    yield term("rdf:type"), term("sh:ValidationResult")
    yield term("sh:resultSeverity"), result.severity
    yield term("sh:focusNode"), result.focus
    if result.path is not None:
        path = result.path
        root = path.iri if isinstance(path, Predicate) else paths[path_text(result)]
        yield term("sh:resultPath"), root
    if result.value is not None:
        yield term("sh:value"), result.value
    yield term("sh:sourceConstraintComponent"), result.component
    yield term("sh:sourceShape"), result.shape
    if result.constraint is not None:
        yield term("sh:sourceConstraint"), result.constraint
    for one in result.messages:
        yield term("sh:resultMessage"), one
