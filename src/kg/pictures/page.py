"""One self-contained HTML file: pictures in both languages, with search and the quotes on hover."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.pictures.svg import inline_svg
from kg.pictures.theme import style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pictures.network_picture import Scene
    from kg.pictures.theme import ThemeName

__all__ = ["Item", "Page", "page"]

_HERE: Final = Path(__file__).resolve().parent
_WORDS: Final = {
    "en": {"search": "Search", "theme": "Light or dark", "whole": "Whole", "language": "English"},
    "ar": {"search": "بحث", "theme": "فاتح أو داكن", "whole": "كله", "language": "العربية"},
}


@dataclass(frozen=True, slots=True)
class Item:
    """What is told of a node or an edge: by language its label and a line, and claims by key."""

    label: Mapping[str, str]
    about: Mapping[str, str]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The pictures by language, whose ids are ``LANG-n0``, ``LANG-e0`` …, and what is told of them.

    ``claims`` gives for each key its label and speaker by language, and its quote.
    """

    titles: Mapping[str, str]
    scenes: Mapping[str, Scene]
    items: Mapping[str, Item] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    theme: ThemeName = "auto"


def _data(one: Page) -> str:
    items = {}
    for name, item in one.items.items():
        text = " ".join([*item.label.values(), *item.about.values()])
        items[name] = {
            "label": dict(item.label),
            "about": dict(item.about),
            "claims": list(item.claims),
            "text": text,
        }
    data = {
        "titles": dict(one.titles),
        "words": _WORDS,
        "items": items,
        "claims": {key: dict(claim) for key, claim in one.claims.items()},
    }
    # Nothing in it can end the script element that holds it.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def page(one: Page) -> bytes:
    """Return the page. It needs nothing from elsewhere and sends nothing anywhere."""
    first = next(iter(one.scenes))
    css = (_HERE / "page.css").read_text(encoding="utf-8")
    dark = style_sheet('[data-theme="dark"] #stage')
    followed = style_sheet(':root:not([data-theme="light"]) #stage')
    css += f"{dark}\n@media (prefers-color-scheme: dark) {{\n{followed}\n}}"
    parts = {
        "lang": first,
        "theme": "" if one.theme == "auto" else f' data-theme="{one.theme}"',
        "title": html.escape(one.titles[first]),
        "css": css,
        "pictures": "\n".join(inline_svg(scene, lang) for lang, scene in one.scenes.items()),
        "data": _data(one),
        "script": (_HERE / "page.js").read_text(encoding="utf-8"),
    }
    head, *pieces = (_HERE / "page.html").read_text(encoding="utf-8").split("{{")
    found = [head]
    for piece in pieces:
        name, _, rest = piece.partition("}}")
        found += [parts[name], rest]
    return "".join(found).encode("utf-8", "replace")
