"""Prefixed names: shortening IRIs and expanding them again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OURS", "Namespaces", "expand", "shorten"]

# The local names that are written after a prefix; slashes are allowed and escaped in Turtle.
_PLAIN: Final = re.compile(r"(?:\w(?:[\w./-]*[\w-])?)?")


class Namespaces:
    """Namespaces by prefix; if several match an IRI, the longest is used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefix_of = {namespace: prefix for prefix, namespace in prefixes.items()}
        longest_first = sorted(self._prefix_of, key=len, reverse=True)
        self._namespace = re.compile("|".join(map(re.escape, longest_first)))

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return an IRI's prefix and the rest of the IRI; ``None`` if no prefix fits."""
        found = self._namespace.match(iri)
        return None if found is None else (self._prefix_of[found[0]], iri[found.end() :])

    def name(self, iri: str) -> str:
        """Return a prefixed name, or the IRI in angle brackets if it has no plain one.

        >>> OURS.name("https://w3id.org/qawl/id/claim/flood/curated/toll")
        'claim:flood/curated/toll'
        >>> OURS.name("https://w3id.org/qawl/id/claim/a?b")
        '<https://w3id.org/qawl/id/claim/a?b>'
        """
        split = self.split(iri)
        return ":".join(split) if split and _PLAIN.fullmatch(split[1]) else f"<{iri}>"


#: The prefixes of every serialization and query.
OURS: Final = Namespaces(PREFIXES)


def shorten(iri: str) -> str:
    """Return an IRI as a prefixed name if one of our prefixes fits, else unchanged.

    >>> shorten("https://w3id.org/qawl/id/actor/tony-blair")
    'actor:tony-blair'
    """
    return ":".join(OURS.split(iri) or (iri,))


def expand(text: str) -> str | None:
    """Return the IRI of a prefixed name of ours, or of an IRI; ``None`` for any other text.

    >>> expand("actor:tony-blair"), expand("tony-blair")
    ('https://w3id.org/qawl/id/actor/tony-blair', None)
    """
    if text.startswith(("https://", "http://")):
        return text
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None
