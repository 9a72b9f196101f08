"""The difference of two graphs for people, as lines for a terminal, and for programs, as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.curies import shorten
from kg.sparql.terminal import isolate
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.diff.graph_diff import Change, GraphDiff, ResourceDiff, Status
    from kg.sparql.results import Term

__all__ = ["DiffTexts", "diff_json", "diff_text"]

# Longer values are cut to where they begin to differ, with so much before it.
_LONGEST, _CONTEXT = 120, 30

_MARKS: Final[dict[Status, str]] = {"new": "+", "gone": "−", "changed": "~"}


@dataclass(frozen=True, slots=True)
class DiffTexts:
    """The names of the two versions, and how they were processed before the comparison."""

    before: str
    after: str
    notes: tuple[Mapping[str, str], ...] = ()


def _label(resource: ResourceDiff, language: str) -> str:
    labels = resource.labels
    found = (
        labels.get(language)
        or labels.get("")
        or labels.get("en")
        or next(iter(labels.values()), "")
    )
    return f"  “{isolate(_cut(found, 0))}”" if found else ""


def _cut(text: str, differs: int) -> str:
    """Return a long text, starting shortly before the first difference."""
    if len(text) <= _LONGEST:
        return text
    start = max(0, differs - _CONTEXT)
    end = start + _LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _value(term: Term, rival: Term | None, alike: bool) -> str:
    """Return a value as text, with its datatype if it would otherwise look the same as another."""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Triple):
        return isolate(f"<<( {term} )>>")
    if isinstance(term, BlankNode):
        return str(term)
    differs = 0
    if isinstance(rival, Literal):
        pairs = zip(term.value, rival.value, strict=False)
        differs = next((at for at, (one, other) in enumerate(pairs) if one != other), _LONGEST)
    text = isolate(_cut(term.value, differs))
    return f"{text} ({shorten(term.datatype.value)})" if alike else text


def _change_lines(change: Change, words: Mapping[str, str]) -> list[str]:
    name = " / ".join(map(shorten, change.path))
    name += f" @{change.language}" if change.language else ""
    lines = []
    if len(change.before) == len(change.after) == 1:
        old, new = change.before[0], change.after[0]
        alike = getattr(old, "value", None) == getattr(new, "value", None)
        lines.append(f"{name}: {_value(old, new, alike)} → {_value(new, old, alike)}")
    else:
        for mark, values in (("−", change.before), ("+", change.after)):
            lines += [f"{name}: {mark} {_value(value, None, False)}" for value in values]
    lines += [f"{name}: {_value(one, None, False)} ({words['moved']})" for one in change.moved]
    return lines


def _limited(lines: Sequence[str], limit: int | None, more: str) -> list[str]:
    """Return as many lines as are wanted, and how many more there are."""
    if limit is None or len(lines) <= limit:
        return list(lines)
    return [*lines[:limit], more.format(count=len(lines) - limit)]


def _resource_lines(
    resource: ResourceDiff, words: Mapping[str, str], language: str, limit: int | None
) -> str:
    head = f"  {_MARKS[resource.status]} {shorten(resource.iri)}{_label(resource, language)}"
    if resource.status != "changed":
        return f"{head}  ({words['quads'].format(count=resource.added + resource.removed)})"
    changes = [line for change in resource.changes for line in _change_lines(change, words)]
    return "\n      ".join([head, *_limited(changes, limit, words["more"])])


def _graph_lines(diff: GraphDiff, words: Mapping[str, str], limit: int | None) -> list[str]:
    graphs = diff.graphs
    if limit is not None and len(graphs) > limit:
        graphs = tuple(sorted(graphs, key=lambda one: -one.added - one.removed))
    lines = []
    for graph in graphs:
        name = words["default"] if graph.graph is None else shorten(graph.graph)
        lines.append(f"  {f'+{graph.added:,}':>8} {f'−{graph.removed:,}':>8}  {name}")
    return _limited(lines, limit, f"  {words['more']}")


def diff_text(
    diff: GraphDiff, texts: DiffTexts, *, language: str = "en", limit: int | None = 20
) -> str:
    """Return a difference as lines: counts, then the resources by kind, new, gone and changed.

    :param language: the language of labels and text, ``en`` or ``ar``.
    :param limit: the maximum number of graphs (those that changed most), resources of each kind,
        and values per resource to list; ``None`` lists all.
    """
    words = wording("diff", language)
    lines = [f"{isolate(texts.before)} → {isolate(texts.after)}"]
    lines += [f"{words['note']}: {isolate(note[language])}" for note in texts.notes]
    if not diff:
        return "\n".join([*lines, words["none"]])
    statuses = Counter(resource.status for resource in diff.resources)
    total = {"added": len(diff.added), "removed": len(diff.removed)}
    total |= {status: statuses[status] for status in _MARKS}
    lines.append(words["total"].format(**total))
    lines += _graph_lines(diff, words, limit)
    for kind, group in groupby(diff.resources, key=lambda resource: resource.kind):
        resources = [_resource_lines(one, words, language, limit) for one in group]
        lines += ["", words[kind], *_limited(resources, limit, f"  {words['more']}")]
    return "\n".join(lines)


def _json_term(term: Term) -> dict[str, object]:
    """Return a term as the W3C's JSON of query results has it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {
            name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")
        }
        return {"type": "triple", "value": parts}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
        if term.direction is not None:
            found["its:dir"] = term.direction.value
    elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        found["datatype"] = term.datatype.value
    return found


def _json_terms(terms: Sequence[Term]) -> list[dict[str, object]]:
    return [_json_term(term) for term in terms]


def diff_json(diff: GraphDiff, texts: DiffTexts) -> dict[str, Any]:
    """Return a complete difference as JSON data; resources are in the order of the text."""
    return {
        "before": texts.before,
        "after": texts.after,
        "notes": [dict(note) for note in texts.notes],
        "added": len(diff.added),
        "removed": len(diff.removed),
        "graphs": [
            {"graph": one.graph, "added": one.added, "removed": one.removed} for one in diff.graphs
        ],
        "resources": [
            {
                "iri": one.iri,
                "kind": one.kind,
                "status": one.status,
                "labels": one.labels,
                "added": one.added,
                "removed": one.removed,
                "changes": [
                    {
                        "path": list(change.path),
                        "language": change.language,
                        "before": _json_terms(change.before),
                        "after": _json_terms(change.after),
                        "moved": _json_terms(change.moved),
                    }
                    for change in one.changes
                ],
            }
            for one in diff.resources
        ],
    }
