"""What is looked at before a parser meets a query: its nesting.

Oxigraph's parser and optimiser recurse, so that a few kilobytes of brackets overflow the stack and
end the process.
"""

from __future__ import annotations

import re
from typing import Final

from kg.errors import QuerySyntaxError

__all__ = ["refuse_deep_query"]

#: Deepest nesting of brackets in a query; the stack holds a few times as much.
DEEPEST: Final = 100
#: Most operators and groups of a query: each may be one level of the tree that Oxigraph walks.
MOST_STEPS: Final = 1000

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U000?([0-9A-Fa-f]{5})")
# What brackets and operators may stand in without being any comes first.
_TOKEN = re.compile(
    r"""\#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]{0,2000}>
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$]\w+ | \w*:(?:[\w:.%-]|[^\x00-\x7f]|\\.)* | \w+ | \\.
    | << | >> | && | \|\| | [(){}\[\]!|/^*+-]""",
    re.VERBOSE | re.DOTALL,
)
_OPENING: Final = frozenset({"(", "{", "[", "<<"})
_CLOSING: Final = frozenset({")", "}", "]", ">>"})
_STEPS: Final = frozenset({"(", "{", "!", "|", "||", "&&", "/", "^", "*", "+", "-"})


def refuse_deep_query(text: str) -> None:
    """Refuse SPARQL that is nested too deeply, or strings too much together, to be parsed.

    :raises QuerySyntaxError: more than :data:`DEEPEST` brackets are open at once, or there are more
        than :data:`MOST_STEPS` operators and groups outside ``VALUES``.
    """
    # SPARQL puts characters for \\uXXXX everywhere before it looks for tokens.
    text = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)
    if sum(map(text.count, "([{<!|&/^*+-")) <= DEEPEST:
        return
    depth = steps = 0
    data_begins = False
    data_depth: int | None = None
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece.upper() == "VALUES":
            data_begins = True
        elif piece in _OPENING:
            depth += 1
            if depth > DEEPEST:
                line = text.count("\n", 0, match.start()) + 1
                raise QuerySyntaxError(
                    f"the query has more than {DEEPEST} brackets open at once on line {line}; "
                    "nest it less"
                )
            if piece == "{" and data_begins:
                data_begins, data_depth = False, depth
        elif piece in _CLOSING:
            if depth == data_depth:
                data_depth = None
            depth -= 1
        steps += piece in _STEPS and data_depth is None
    if steps > MOST_STEPS:
        raise QuerySyntaxError(
            f"the query has {steps} operators and groups, more than the {MOST_STEPS} that are "
            "read; list values in VALUES, or ask in several queries"
        )
