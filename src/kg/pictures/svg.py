"""Graphviz's SVG as a standalone file: text direction, and colours for dark screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.pictures.graphviz import render
from kg.pictures.theme import exchanged, style_sheet

if TYPE_CHECKING:
    from kg.pictures.network_picture import Scene
    from kg.pictures.theme import ThemeName

__all__ = ["inline_svg", "style_rules", "styled", "svg_file"]

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_SIZE: Final = re.compile(r'\s(?:width|height)="[^"]*"')
# Each line of text gets its own direction, as in Pango, which laid it out.
_DIRECTION: Final = "text{unicode-bidi:plaintext}"


def svg_file(scene: Scene, theme: ThemeName) -> bytes:
    """Return a scene as an SVG file.

    :param theme: ``auto`` switches to dark colours if the viewer prefers them.
    """
    return styled(render(scene.text, scene.engine, "svg", scene.options), theme)


def styled(drawn: bytes, theme: ThemeName) -> bytes:
    """Return what Graphviz has drawn with the rules and in the colours of a theme."""
    rules = f"<style>{style_rules(theme)}</style>"
    text = _ROOT.sub(lambda root: f"{root[0]}\n{rules}", drawn.decode(), count=1)
    return (exchanged(text) if theme == "dark" else text).encode()


def style_rules(theme: ThemeName) -> str:
    """Return the style sheet to embed in an SVG file."""
    follow = f"@media (prefers-color-scheme: dark){{\n{style_sheet()}\n}}"
    return _DIRECTION + (follow if theme == "auto" else "")


def inline_svg(scene: Scene, lang: str) -> str:
    """Return a scene as an ``svg`` element for a page, scaled to the available width."""
    text = render(scene.text, scene.engine, "svg", scene.options).decode()
    text = text[text.index("<svg") :]
    root = _ROOT.match(text)
    assert root is not None
    opened = _SIZE.sub("", root[0]).removesuffix(">")
    return f'{opened} data-lang="{lang}" role="img">{text[root.end() :]}'
