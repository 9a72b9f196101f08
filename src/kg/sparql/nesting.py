"""Refusing deeply nested queries before they reach the parser.

Oxigraph's parser and optimizer are recursive: a few kilobytes of brackets overflow the stack and
kill the process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import QuerySyntaxError
from kg.rdf.read import DEEPEST
from kg.sparql.lexer import Kind, decoded, token_at

if TYPE_CHECKING:
    from kg.sparql.lexer import Token

__all__ = ["refuse_deep_query"]

#: Maximum number of operators and groups in a query; each can add a level to Oxigraph's query tree.
MOST_STEPS: Final = 1000

_OPENING: Final = frozenset({"(", "{", "[", "<<", "<<(", "{|"})
_CLOSING: Final = frozenset({")", "}", "]", ">>", ")>>", "|}"})
_STEPS: Final = frozenset({"(", "{", "!", "|", "||", "&&", "/", "^", "*", "+", "-"})
# Two slashes in a row are not operators, so text like this can only be an IRI.
_IRI_ONLY: Final = re.compile(r"<[\w+.-]*:?//")
# The comments above a query, such as the header of a named question.
_COMMENTS_ABOVE: Final = re.compile(r"(?:#[^\r\n]*+(?:\r\n?|\n))++")


class _State(NamedTuple):
    """The open brackets after a token; ``data`` is the depth inside the braces of ``VALUES``."""

    depth: int = 0
    steps: int = 0
    values: bool = False
    data: int | None = None

    def after(self, piece: str) -> _State:
        """Return the state after a symbol or a word."""
        if piece in _OPENING:
            depth, steps = self.depth + 1, self.steps + (piece in _STEPS and self.data is None)
            if piece == "{" and self.values:
                return _State(depth, steps, data=depth)
            return self._replace(depth=depth, steps=steps)
        if piece in _CLOSING:
            data = None if self.depth == self.data else self.data
            return self._replace(depth=self.depth - 1, data=data)
        if piece in _STEPS:
            return self._replace(steps=self.steps + (self.data is None))
        return self._replace(values=True) if piece.upper() == "VALUES" else self

    def or_else(self, other: _State | None) -> _State:
        """Return a state as deep as the deeper of two."""
        if other is None or other == self:
            return self
        return _State(max(self.depth, other.depth), max(self.steps, other.steps))


def _may_be_operator(token: Token) -> bool:
    """Return whether a token's first character can be an operator by itself."""
    return token.text[0] == "<" and len(token.text) > 1 and not _IRI_ONLY.match(token.text)


def refuse_deep_query(text: str) -> None:
    """Refuse SPARQL that is nested too deeply, or has too many operators, to be parsed safely.

    :raises QuerySyntaxError: more than :data:`DEEPEST` brackets are open at once, or there are more
        than :data:`MOST_STEPS` operators and groups outside ``VALUES``.
    """
    # SPARQL 1.1 allows codepoint escapes everywhere; SPARQL 1.2 and Oxigraph in IRIs and strings.
    for whole in {text, decoded(text)}:
        above = _COMMENTS_ABOVE.match(whole)
        one = "\n" * above[0].count("\n") + whole[above.end() :] if above else whole
        brackets = sum(map(one.count, ("(", "[", "{", "<<")))
        if brackets > DEEPEST or sum(map(one.count, _STEPS)) > MOST_STEPS:
            _refuse_deep(one)


def _refuse_deep(text: str) -> None:
    """Check every way in which a parser may tokenize the text.

    A token that starts with ``<`` may instead be an operator, as in ``?a<'#>'``. The rest is read
    both ways until the two readings reach a common token start; no position is visited twice.
    """
    start, state, steps = 0, _State(), 0
    others: dict[int, _State] = {}
    while start < len(text):
        token = token_at(text, start)
        if _may_be_operator(token):
            others[start + 1] = state.or_else(others.get(start + 1))
        if token.kind is Kind.SYMBOL or token.kind is Kind.WORD:
            state = state.after(token.text)
            steps = max(steps, state.steps)
            if state.depth > DEEPEST:
                line = text.count("\n", 0, start) + 1
                raise QuerySyntaxError(
                    f"the query has more than {DEEPEST} brackets open at once on line {line}; "
                    "reduce its nesting"
                )
        start = token.end
        if others:
            others[start] = state.or_else(others.get(start))
            start = min(others)
            state = others.pop(start)
    if steps > MOST_STEPS:
        raise QuerySyntaxError(
            f"the query has {steps} operators and groups, more than the limit of {MOST_STEPS}: "
            "list values in VALUES, or split the query"
        )
