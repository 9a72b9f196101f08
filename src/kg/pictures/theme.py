"""Light and dark colours.

Pictures are always made in the colours of :data:`LIGHT`; for viewers that prefer dark ones a style
sheet exchanges them, so that one file serves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.networks.look import OTHER, PALETTE

__all__ = ["DARK", "FONTS", "LIGHT", "Theme", "ThemeName", "exchanged", "style_sheet"]

#: ``auto`` leaves the choice to the viewer (SVG only).
ThemeName = Literal["auto", "light", "dark"]

#: Fonts with Latin and Arabic letters; Graphviz takes the first that is installed.
FONTS: Final = "Noto Sans,Noto Sans Arabic,DejaVu Sans"


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``: background, text, muted text, lines; and tints of a colour."""

    ground: str
    text: str
    muted: str
    line: str
    tint: float

    def fill(self, colour: str) -> str:
        """Return the tint of a colour to use as a background for text."""
        return _mixed(colour, self.ground, self.tint)

    def colours(self) -> tuple[str, ...]:
        """Return every colour of a picture, in the same order for both themes."""
        strokes = (*PALETTE, OTHER)
        return (self.ground, self.text, self.muted, self.line, *strokes, *map(self.fill, strokes))


LIGHT: Final = Theme("#ffffff", "#1a1a1a", "#595959", "#8c8c8c", 0.16)
DARK: Final = Theme("#16181d", "#f0f0f0", "#b4b4b4", "#7d7d7d", 0.34)


def exchanged(text: str) -> str:
    """Return a picture's text (DOT or SVG) with dark colours in place of the light ones."""
    for light, dark in zip(LIGHT.colours(), DARK.colours(), strict=True):
        # Marked, so that the next round does not take a dark colour for a light one.
        text = text.replace(light, f"\x00{dark}")
    return text.replace("\x00", "")


def style_sheet(scope: str = "") -> str:
    """Return the CSS rules that exchange light colours for dark ones inside ``scope``."""
    rules = []
    for light, dark in zip(LIGHT.colours(), DARK.colours(), strict=True):
        if light != dark:
            rules += [
                f'{scope} [fill="{light}"]{{fill:{dark}}}',
                f'{scope} [stroke="{light}"]{{stroke:{dark}}}',
            ]
    return "\n".join(rules)
