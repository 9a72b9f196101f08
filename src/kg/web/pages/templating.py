"""Templates: HTML with everything escaped that is put into it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from kg.rdf.curies import shorten

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.web.site import Site

__all__ = ["direction", "render"]


def direction(text: str) -> str:
    """Return the direction that most letters of a text have: ``rtl`` or ``ltr``.

    ``dir="auto"`` looks at the first letter alone, and an English note may begin with an Arabic
    word.

    >>> direction("فقدت (lost) is read as dead"), direction("بحسب BBC قال")
    ('ltr', 'rtl')
    """
    letters = [bidirectional(letter) for letter in str(text)]
    return "rtl" if sum(one in {"R", "AL"} for one in letters) > letters.count("L") else "ltr"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["short"] = shorten
    environment.filters["direction"] = direction
    return environment


def render(template: str, site: Site, **values: Any) -> str:
    """Return a page.

    :param template: the name of a file in ``templates/``, without its ending.
    """
    return _environment().get_template(f"{template}.html").render(site=site, **values)
