"""Charts as one HTML-like table of Graphviz: rows of text with bars, over a common scale.

Graphviz measures the text, so that nothing is cut off or overlaps; in Arabic columns and scale run
from right to left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.pictures.labels import in_label, lines, short
from kg.pictures.network_picture import Scene, style_of_graph
from kg.pictures.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SCALE", "Bar", "Block", "Row", "table_scene"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A section of the scale, as shares from 0 to 1; a ``faint`` bar is uncertain."""

    start: float
    end: float
    colour: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the chart: subject, speaker, answer in words, and its bars in order.

    ``tip`` is the tooltip; ``colour`` is the colour of the answer.
    """

    what: str
    who: str
    answer: str
    bars: tuple[Bar, ...] = ()
    tip: str = ""
    colour: str = LIGHT.text


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a heading, with the marks of their scale (share of its length, text)."""

    heading: str
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...] = ()


#: Length of the scale in points.
SCALE: Final = 480
_HEIGHT: Final = 11
_THINNEST: Final = 5
_ACROSS: Final = 4


def _cells(cells: Sequence[str], lang: str) -> str:
    return f"<TR>{''.join(reversed(cells) if lang == 'ar' else cells)}</TR>"


def _text(text: str, lang: str, width: int, tip: str = "", colour: str = LIGHT.text) -> str:
    side = "RIGHT" if lang == "ar" else "LEFT"
    shown = f'<BR ALIGN="{side}"/>'.join(map(in_label, lines(text, width, lang)))
    if not shown.strip("\u200f"):
        return "<TD></TD>"
    if colour != LIGHT.text:
        shown = f'<FONT COLOR="{colour}">{shown}</FONT>'
    hint = f' HREF="#" TOOLTIP="{in_label(short(tip, 1000))}"' if tip else ""
    return f'<TD ALIGN="{side}" BALIGN="{side}"{hint}>{shown}</TD>'


def _blank(points: int) -> str:
    return f'<TD WIDTH="{points}" HEIGHT="{_HEIGHT}" FIXEDSIZE="TRUE"></TD>' if points > 0 else ""


def _bars(bars: Sequence[Bar], lang: str) -> str:
    """Return the cell with a row's bars, which must not overlap."""
    cells = []
    at = 0
    for bar in bars:
        start = min(max(at, round(bar.start * SCALE)), SCALE - _THINNEST)
        end = min(SCALE, max(start + _THINNEST, round(bar.end * SCALE)))
        cells.append(_blank(start - at))
        fill = LIGHT.fill(bar.colour) if bar.faint else bar.colour
        cells.append(
            f'<TD WIDTH="{end - start}" HEIGHT="{_HEIGHT}" FIXEDSIZE="TRUE" BORDER="1" '
            f'COLOR="{bar.colour}" BGCOLOR="{fill}"></TD>'
        )
        at = end
    cells.append(_blank(SCALE - at))
    inner = "".join(reversed(cells) if lang == "ar" else cells)
    return _scale_cell(f"<TR>{inner}</TR>")


def _scale_cell(rows: str) -> str:
    return (
        f'<TD WIDTH="{SCALE}"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
        f"{rows}</TABLE></TD>"
    )


def _ticks(ticks: Sequence[tuple[float, str]], lang: str) -> str:
    """Return the cell with the marks: each begins at its place and has the room up to the next."""
    side = "RIGHT" if lang == "ar" else "LEFT"
    places = [*(share for share, _ in ticks), 1.0]
    cells = [_blank(round(places[0] * SCALE))]
    for number, (share, text) in enumerate(ticks):
        room = round(places[number + 1] * SCALE) - round(share * SCALE)
        if room <= 0:
            continue
        cells.append(
            f'<TD WIDTH="{room}" HEIGHT="16" FIXEDSIZE="TRUE" ALIGN="{side}" BORDER="1" '
            f'SIDES="{"R" if lang == "ar" else "L"}" COLOR="{LIGHT.line}">'
            f'<FONT COLOR="{LIGHT.muted}" POINT-SIZE="10"> {in_label(text)} </FONT></TD>'
        )
    inner = "".join(reversed(cells) if lang == "ar" else cells)
    return _scale_cell(f"<TR>{inner}</TR>")


def table_scene(title: str, blocks: Sequence[Block], notes: Sequence[str], lang: str) -> Scene:
    """Return the scene of a chart."""
    side = "RIGHT" if lang == "ar" else "LEFT"
    mark = "\u200f" if lang == "ar" else ""
    rows = []
    for block in blocks:
        heading = (
            f'<TD COLSPAN="{_ACROSS - 1}" ALIGN="{side}">'
            f"<B>{mark}{in_label(short(block.heading, 90))}</B></TD>"
        )
        rows.append(
            _cells([heading, _ticks(block.ticks, lang) if block.ticks else "<TD></TD>"], lang)
        )
        previous = None
        for row in block.rows:
            cells = [
                _text("" if row.what == previous else row.what, lang, 40, row.tip),
                _text(row.who, lang, 34, row.tip, LIGHT.muted),
                _text(row.answer, lang, 26, row.tip, row.colour),
                _bars(row.bars, lang) if row.bars else "<TD></TD>",
            ]
            rows.append(_cells(cells, lang))
            previous = row.what
        rows.append(f'<TR><TD COLSPAN="{_ACROSS}" HEIGHT="6"></TD></TR>')
    for note in notes:
        shown = in_label(short(note, 300))
        shown = f'<FONT COLOR="{LIGHT.muted}" POINT-SIZE="11">{mark}{shown}</FONT>'
        rows.append(f'<TR><TD COLSPAN="{_ACROSS}" ALIGN="{side}">{shown}</TD></TR>')
    head = (
        f'<TR><TD COLSPAN="{_ACROSS}" ALIGN="{side}"><FONT POINT-SIZE="16"><B>{mark}'
        f"{in_label(short(title, 120))}</B></FONT></TD></TR>"
    )
    table = (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="2">{head}'
        f"{''.join(rows)}</TABLE>>"
    )
    body = f'  chart [shape="plaintext", style="", margin="0", label={table}];'
    return Scene("\n".join(["digraph {", *style_of_graph('""'), body, "}"]), "dot")
