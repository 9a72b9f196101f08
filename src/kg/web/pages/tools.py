"""What the scripts of the pages need from the server: sentences and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.wording import wording

if TYPE_CHECKING:
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["tools_data"]


def tools_data(site: Site, language: Language) -> dict[str, object]:
    """Return the data that the SPARQL results and editor read from their page."""
    return {
        "language": language,
        "words": dict(wording("web.tools", language)),
        "sparql": site.here("/sparql"),
        "terms": site.page("/sparql/terms.json", language),
        "questions": site.here("/queries.json"),
    }
