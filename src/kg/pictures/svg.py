"""Graphviz's SVG as a standalone file: text direction, and colours for dark screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.pictures.graphviz import render
from kg.pictures.theme import style_sheet

if TYPE_CHECKING:
    from kg.pictures.network_picture import Scene

__all__ = ["inline_svg", "svg_file"]

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_SIZE: Final = re.compile(r'\s(?:width|height)="[^"]*"')
# Each line of text gets its own direction, as in Pango, which laid it out.
_DIRECTION: Final = "text{unicode-bidi:plaintext}"


def svg_file(scene: Scene, *, follow: bool) -> bytes:
    """Return a scene as an SVG file in light colours.

    :param follow: whether to switch to dark colours if the viewer prefers them.
    """
    text = render(scene.text, scene.engine, "svg", scene.options).decode()
    rules = _DIRECTION
    if follow:
        rules += f"@media (prefers-color-scheme: dark){{\n{style_sheet()}\n}}"
    return _ROOT.sub(lambda root: f"{root[0]}\n<style>{rules}</style>", text, count=1).encode()


def inline_svg(scene: Scene, lang: str) -> str:
    """Return a scene as an ``svg`` element for a page, scaled to the available width."""
    text = render(scene.text, scene.engine, "svg", scene.options).decode()
    text = text[text.index("<svg") :]
    root = _ROOT.match(text)
    assert root is not None
    opened = _SIZE.sub("", root[0]).removesuffix(">")
    return f'{opened} data-lang="{lang}" role="img">{text[root.end() :]}'
