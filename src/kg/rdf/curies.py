"""Prefixed names: IRIs made short for people and for formats, and long again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OURS", "Namespaces", "expand", "shorten"]

# What may stand after a prefix and is read as a name; slashes, which Turtle escapes, among it.
_PLAIN: Final = re.compile(r"(?:\w(?:[\w./-]*[\w-])?)?")


class Namespaces:
    """Namespaces by prefix; of several that an IRI begins with, the longest is taken."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefix_of = {namespace: prefix for prefix, namespace in prefixes.items()}
        longest_first = sorted(self._prefix_of, key=len, reverse=True)
        self._namespace = re.compile("|".join(map(re.escape, longest_first)))

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return the prefix for an IRI and what follows it; ``None`` where no prefix fits."""
        found = self._namespace.match(iri)
        return None if found is None else (self._prefix_of[found[0]], iri[found.end() :])

    def name(self, iri: str) -> str:
        """Return a prefixed name, or an IRI in angle brackets where none is a plain one.

        >>> OURS.name("https://w3id.org/qawl/id/claim/flood/curated/toll")
        'claim:flood/curated/toll'
        >>> OURS.name("https://w3id.org/qawl/id/claim/a?b")
        '<https://w3id.org/qawl/id/claim/a?b>'
        """
        split = self.split(iri)
        return ":".join(split) if split and _PLAIN.fullmatch(split[1]) else f"<{iri}>"


#: The prefixes that every serialisation and every query of ours uses.
OURS: Final = Namespaces(PREFIXES)


def shorten(iri: str) -> str:
    """Return an IRI as a prefixed name where one of our prefixes fits, else as it is.

    >>> shorten("https://w3id.org/qawl/id/actor/tony-blair")
    'actor:tony-blair'
    """
    return ":".join(OURS.split(iri) or (iri,))


def expand(text: str) -> str | None:
    """Return the IRI that a prefixed name of ours, or an IRI, stands for; ``None`` for other texts.

    >>> expand("actor:tony-blair"), expand("tony-blair")
    ('https://w3id.org/qawl/id/actor/tony-blair', None)
    """
    if text.startswith(("https://", "http://")):
        return text
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None
