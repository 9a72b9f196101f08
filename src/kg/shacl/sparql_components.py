"""Constraints in SPARQL: ``sh:sparql`` and constraint components (sections 5 and 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.shacl.model import Constraint, Finding
from kg.shacl.paths import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.shacl.model import Judge, Scope, Shape
    from kg.shacl.prebinding import PreboundQuery
    from kg.shacl.vocabulary import Node, Term

__all__ = ["AskComponent", "SelectConstraint"]

_PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class SelectConstraint(Constraint):
    """A SELECT constraint: each solution is a result."""

    component: NamedNode
    query: PreboundQuery
    messages: tuple[Literal, ...]
    source: Node | None = None
    show: Callable[[Term], str] = str

    def messages_of(self, shape: Shape, finding: Finding) -> tuple[Literal, ...]:
        """Return a result's messages: those of ``sh:sparql``, or else the shape's (5.3.2)."""
        if self.source is None:
            return shape.messages or finding.messages
        return finding.messages or shape.messages

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield a finding for each solution."""
        rows = [(one,) for one in scope.focus]
        fixed = dict(self.query.constants)
        for solution in judge.queries.solutions(self.query, rows):
            focus, value, path = map(solution.get, ("this", "value", "path"))
            assert focus is not None
            if value is None and scope.shape.path is None:
                value = focus
            own = solution.get("message")
            messages = (own,) if isinstance(own, Literal) else self.messages
            yield Finding(
                focus,
                value,
                Predicate(path) if isinstance(path, NamedNode) else None,
                tuple(_filled(one, (solution.get, fixed.get), self.show) for one in messages),
            )


@dataclass(frozen=True, slots=True)
class AskComponent(Constraint):
    """An ASK validator: each value node for which it is false is a result."""

    component: NamedNode
    query: PreboundQuery
    messages: tuple[Literal, ...]
    show: Callable[[Term], str] = str

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield every value node for which the query is false."""
        rows = [(focus, value) for focus, values in scope.each() for value in values]
        holds = {
            (solution.get("this"), solution.get("value"))
            for solution in judge.queries.solutions(self.query, rows)
        }
        fixed = dict(self.query.constants)
        for focus, value in rows:
            if (focus, value) not in holds:
                known = {**fixed, "this": focus, "value": value}
                messages = tuple(_filled(one, (known.get,), self.show) for one in self.messages)
                yield Finding(focus, value, messages=messages)


def _filled(
    message: Literal,
    sources: tuple[Callable[[str], Term | None], ...],
    show: Callable[[Term], str],
) -> Literal:
    """Return a message with ``{?name}`` and ``{$name}`` replaced by values (section 5.2.3)."""

    def replacement(found: re.Match[str]) -> str:
        values = (source(found[1]) for source in sources)
        value = next((one for one in values if one is not None), None)
        return found[0] if value is None else show(value)

    text = _PLACEHOLDER.sub(replacement, message.value)
    if text == message.value:
        return message
    return Literal(text, language=message.language) if message.language else Literal(text)
