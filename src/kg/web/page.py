"""What all pages of the server have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.html import render
from kg.html.scripts import script_file
from kg.wording import wording

if TYPE_CHECKING:
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["page_text"]


def page_text(
    template: str, site: Site, language: Language, *, search: str = "", **values: Any
) -> str:
    """Return an HTML page.

    :param template: the name of a file in ``web/templates``, without its extension.
    :param search: the query string of the page without its language.
    """
    other: Language = "en" if language == "ar" else "ar"

    def here(path: str) -> str:
        """Return the link to a page in the language of this one."""
        return site.page(path, language)

    def script(name: str) -> Markup:
        """Return the element that loads a script, nothing if none are built."""
        file = script_file(name)
        if file is None:
            return Markup()
        address = site.here(f"/static/ui/{file}")
        return Markup('<script type="module" src="{}"></script>').format(address)

    return render(
        f"web/{template}.html",
        site=site,
        here=here,
        script=script,
        kept_language=site.kept(language),
        search=search,
        language=language,
        w=wording("web", language),
        other_language=other,
        other_language_name=wording("common", other)["language"],
        other_words=wording("web", other),
        **values,
    )
