"""Results for a terminal: an aligned table if it fits, otherwise one record after another.

Each cell with right-to-left letters is wrapped in directional isolates (U+2068, U+2069), so that
Arabic in one cell does not reorder its neighbours.
"""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.curies import shorten
from kg.sparql.results import Table, Triples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.sparql.results import Term

__all__ = ["isolate", "render", "render_table", "width"]

_FSI, _PDI = "\u2068", "\u2069"
_GAP = "  "


def width(text: str) -> int:
    """Return a text's width in terminal columns: combining marks count 0, wide characters 2."""
    columns = 0
    for character in text:
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        columns += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return columns


def isolate(text: str) -> str:
    """Wrap a text in directional isolates if it has right-to-left letters.

    Control and directional characters in the text are shown as escapes, so that a quote cannot
    reorder or overwrite the terminal.
    """
    safe = "".join(
        "⏎"
        if character == "\n"
        else f"\\u{ord(character):04x}"
        if unicodedata.category(character) == "Cc"
        or unicodedata.bidirectional(character)
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        else character
        for character in text
    )
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in safe):
        return f"{_FSI}{safe}{_PDI}"
    return safe


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return isolate(term.value if isinstance(term, Literal) else str(term))


def _pad(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    rule = _GAP.join("─" * columns for columns in widths)
    lines = [_GAP.join(map(_pad, head, widths)).rstrip(), rule]
    lines += [_GAP.join(map(_pad, row, widths)).rstrip() for row in rows]
    return "\n".join(lines)


def _records(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    label = max(map(width, head))
    records = []
    for number, row in enumerate(rows, 1):
        lines = [f"── {number} " + "─" * max(0, label - len(str(number)))]
        lines += [
            f"{_pad(name, label)}{_GAP}{cell}" for name, cell in zip(head, row, strict=True) if cell
        ]
        records.append("\n".join(lines))
    return "\n".join(records)


def render_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], columns: int | None = None
) -> str:
    """Return rows of text as a table, or as records if they are wider than the terminal."""
    columns = columns or shutil.get_terminal_size((100, 24)).columns
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= columns:
        return _aligned(head, rows, widths)
    return _records(head, rows)


def render(result: Table | Triples, columns: int | None = None) -> str:
    """Return a result as text, followed by the number of rows or triples."""
    if isinstance(result, Triples):
        lines = [
            f"{_cell(one.subject)} {_cell(one.predicate)} {_cell(one.object)} ." for one in result
        ]
        return "\n".join([*lines, f"({len(result)} triples)"])
    if result.boolean is not None:
        return "yes" if result.boolean else "no"
    count = f"({len(result)} row{'' if len(result) == 1 else 's'})"
    if not result.rows:
        return f"{_GAP.join(result.columns)}\n{count}"
    rows = [[_cell(term) for term in row] for row in result]
    return f"{render_table(result.columns, rows, columns)}\n{count}"
