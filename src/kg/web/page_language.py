"""The language of a page: the one in ``lang``, else the browser's preference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.web.sparql_request import parameters

if TYPE_CHECKING:
    from kg.wording import Language

__all__ = ["localized", "page_language", "preferred"]

_RANGE: Final = re.compile(r"\s*([a-z]{1,8}|\*)(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([\d.]+))?\s*")
# What follows is not looked at.
_LONGEST: Final = 1000


@lru_cache(maxsize=256)
def _preferred(accept_language: str) -> Language:
    qualities: dict[str, float] = {}
    for one in accept_language.lower().split(","):
        if (match := _RANGE.fullmatch(one)) is not None:
            quality = float(match[2]) if match[2] and match[2].count(".") < 2 else 1.0
            qualities[match[1]] = max(quality, qualities.get(match[1], 0.0))
    other = qualities.get("*", 0.0)
    return "ar" if qualities.get("ar", other) > qualities.get("en", other) else "en"


def preferred(accept_language: str) -> Language:
    """Return the supported language that an ``Accept-Language`` header prefers.

    >>> preferred("ar-EG, en;q=0.5"), preferred("fr"), preferred("en;q=0.3, *")
    ('ar', 'en', 'ar')
    """
    return _preferred(accept_language[:_LONGEST])


def page_language(query_string: bytes) -> Language:
    """Return the language in ``lang``, English if it is not supported.

    :raises RequestRefused: the parameters are not UTF-8, or too many.
    """
    if b"lang=" not in query_string:
        return "en"
    given = dict(parameters(query_string, "the query string")).get("lang", "")
    return "ar" if given[:2].lower() == "ar" else "en"


def localized(query_string: bytes, accept_language: str) -> tuple[bytes, bool]:
    """Return a query string that names the language if the browser prefers Arabic.

    The second part says whether links must name English, since the browser would otherwise get
    Arabic.
    """
    if not accept_language or preferred(accept_language) == "en":
        return query_string, False
    if b"lang=" in query_string:
        return query_string, True
    return b"&".join(filter(None, (query_string, b"lang=ar"))), False
