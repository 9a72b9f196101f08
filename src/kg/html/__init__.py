"""HTML rendering for every page: one Jinja environment, with each room's templates beside its code.

A template is named by its room and file: ``web/home.html`` is ``web/templates/home.html``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import bidirectional

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["direction", "render"]

# Code points that HTML forbids but text of a graph or an article may contain.
_NO_HTML: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


def direction(text: str) -> str:
    """Return the direction of most letters of a text: ``rtl`` or ``ltr``.

    ``dir="auto"`` looks only at the first letter, but an English note may begin with an Arabic
    word.

    >>> direction("فقدت (lost) is read as dead"), direction("بحسب BBC قال")
    ('ltr', 'rtl')
    """
    letters = [bidirectional(letter) for letter in str(text)]
    return "rtl" if sum(one in {"R", "AL"} for one in letters) > letters.count("L") else "ltr"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

    folders = Path(__file__).parents[1].glob("*/templates")
    environment = Environment(
        loader=PrefixLoader({one.parent.name: FileSystemLoader(one) for one in folders}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["direction"] = direction
    environment.globals["verbatim"] = _verbatim
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def _verbatim(name: str) -> Markup:
    """Return a stylesheet or script of the package, to embed in a page unescaped."""
    from markupsafe import Markup

    environment = _environment()
    assert environment.loader is not None
    return Markup(environment.loader.get_source(environment, name)[0])  # noqa: S704 - our own file


def render(template: str, **values: Any) -> str:
    """Return a page; every value is escaped, and a missing one is an error.

    :param template: room and file name, such as ``web/home.html``.
    """
    page = _environment().get_template(template).render(values)
    return _NO_HTML.sub("\ufffd", page).lstrip()
