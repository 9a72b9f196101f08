"""The legend under a picture: title, meaning of colours, meaning of widths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.pictures.labels import in_label, lines, short
from kg.pictures.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Key", "legend"]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: a sign in a colour, and its meaning."""

    sign: str
    colour: str
    label: str


#: Keys in a row.
_ACROSS: Final = 5
_WIDEST: Final = 90


def legend(title: str, keys: Sequence[Key], notes: Sequence[str], lang: str) -> str:
    """Return an HTML-like label of Graphviz; in Arabic its rows run from right to left."""
    mark = "\u200f" if lang == "ar" else ""
    span = f'COLSPAN="{2 * _ACROSS}"'
    rows = [f'<TR><TD {span} HEIGHT="8"></TD></TR>'] if title or keys or notes else []
    if title:
        shown = in_label(short(title, _WIDEST))
        rows.append(f'<TR><TD {span}><FONT POINT-SIZE="15"><B>{mark}{shown}</B></FONT></TD></TR>')
    for at in range(0, len(keys), _ACROSS):
        cells = [_cells(key, lang) for key in keys[at : at + _ACROSS]]
        # Empty cells fill up the row, so that the columns line up.
        cells += ["<TD></TD><TD></TD>"] * (_ACROSS - len(cells) if at else 0)
        rows.append(f"<TR>{''.join(reversed(cells) if lang == 'ar' else cells)}</TR>")
    for note in notes:
        for line in lines(note, _WIDEST, lang):
            shown = f'<FONT COLOR="{LIGHT.muted}" POINT-SIZE="11">{in_label(line)}</FONT>'
            rows.append(f"<TR><TD {span}>{shown}</TD></TR>")
    if not rows:
        return '""'
    return f'<<TABLE BORDER="0" CELLSPACING="3" CELLPADDING="1">{"".join(rows)}</TABLE>>'


def _cells(key: Key, lang: str) -> str:
    towards, away = ("RIGHT", "LEFT") if lang == "ar" else ("LEFT", "RIGHT")
    sign = f'<TD ALIGN="{away}"><FONT COLOR="{key.colour}">{key.sign}</FONT></TD>'
    name = f'<TD ALIGN="{towards}">{in_label(short(key.label))}</TD>'
    return f"{name}{sign}" if lang == "ar" else f"{sign}{name}"
