"""SPARQL 1.1 Update requests that apply a difference."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Triple

from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

__all__ = ["has_blank_nodes", "write_update"]

# An escaped backslash before a u: unlike N-Triples, SPARQL decodes \uXXXX before anything else, and
# so could take the second backslash as the start of such an escape.
_BACKSLASH_U: Final = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")
_ESCAPED: Final = {"u": r"\u0075", "U": r"\u0055"}


def has_blank_nodes(statement: Quad | Triple) -> bool:
    """Return whether a quad, or a triple within it, has a blank node."""
    parts = [statement.subject, statement.object, getattr(statement, "graph_name", None)]
    return any(
        isinstance(part, BlankNode) or (isinstance(part, Triple) and has_blank_nodes(part))
        for part in parts
    )


def _block(keyword: str, quads: Iterable[Quad]) -> list[str]:
    lines = []
    for graph, content in groupby(quads, key=lambda quad: quad.graph_name):
        named = not isinstance(graph, DefaultGraph)
        lines += [f"  GRAPH {graph} {{"] if named else []
        for quad in content:
            row = _BACKSLASH_U.sub(lambda found: found[1] + _ESCAPED[found[2]], str(quad.triple))
            lines.append(f"{'    ' if named else '  '}{row} .")
        lines += ["  }"] if named else []
    return [f"{keyword} {{", *lines, "}"] if lines else []


def write_update(
    removed: Sequence[Quad], added: Sequence[Quad], *, notes: Sequence[str] = ()
) -> bytes:
    """Return ``DELETE DATA`` and ``INSERT DATA`` for quads sorted by graph.

    :param notes: lines written first, as comments.
    :raises OutputError: a quad has a blank node, which SPARQL Update cannot refer to.
    """
    for quad in (*removed, *added):
        if has_blank_nodes(quad):
            raise OutputError(
                f"{quad}: has a blank node, which SPARQL Update cannot refer to; use --format "
                "patch, or give the node an IRI"
            )
    blocks = (_block("DELETE DATA", removed), _block("INSERT DATA", added))
    operations = ["\n".join(block) for block in blocks if block]
    comments = "".join(f"# {note}\n" for note in notes)
    return (comments + " ;\n".join(operations) + "\n").encode()
