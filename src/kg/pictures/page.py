"""One self-contained HTML file: pictures in both languages, with search and quotes on hover."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.html import render
from kg.pictures.svg import inline_svg
from kg.pictures.theme import style_sheet
from kg.wording import LANGUAGES, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pictures.network_picture import Scene
    from kg.pictures.theme import ThemeName

__all__ = ["Item", "Page", "page"]


@dataclass(frozen=True, slots=True)
class Item:
    """The tooltip of a node or an edge: label and line by language, and keys of its claims."""

    label: Mapping[str, str]
    about: Mapping[str, str]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Pictures by language, with ids ``LANG-n0``, ``LANG-e0`` …, and the tooltips of these ids.

    ``claims`` has for each key the claim's label and speaker by language, and its quote.
    """

    titles: Mapping[str, str]
    scenes: Mapping[str, Scene]
    items: Mapping[str, Item] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    theme: ThemeName = "auto"


def _data(one: Page) -> dict[str, Any]:
    items = {}
    for name, item in one.items.items():
        text = " ".join([*item.label.values(), *item.about.values()])
        items[name] = {
            "label": dict(item.label),
            "about": dict(item.about),
            "claims": list(item.claims),
            "text": text,
        }
    return {
        "titles": dict(one.titles),
        "words": {
            lang: {
                **wording("pictures.page", lang),
                "language": wording("common", lang)["language"],
            }
            for lang in LANGUAGES
        },
        "items": items,
        "claims": {key: dict(claim) for key, claim in one.claims.items()},
    }


def page(one: Page) -> bytes:
    """Return the page. It loads nothing and sends nothing."""
    first = next(iter(one.scenes))
    text = render(
        "pictures/page.html",
        lang=first,
        theme=one.theme,
        title=one.titles[first],
        dark=style_sheet('[data-theme="dark"] #stage'),
        followed=style_sheet(':root:not([data-theme="light"]) #stage'),
        pictures=[inline_svg(scene, lang) for lang, scene in one.scenes.items()],
        data=_data(one),
    )
    return text.encode("utf-8", "replace")
