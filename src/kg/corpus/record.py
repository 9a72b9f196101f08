"""One record of a source: an article's raw text, and what the source says about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import SLUG, digest, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.text.input import Form

__all__ = ["FIELDS", "Record", "Refused", "slug_of"]

#: What a source can say about an article, besides its id and text.
FIELDS: Final = ("title", "author", "publisher", "published", "url", "language")

_LONGEST_SLUG = 60
_LONGEST_OWN_SLUG = 100


@dataclass(frozen=True, slots=True)
class Record:
    """An article as given by its source.

    :param id: unique in the corpus; any text.
    :param place: where it is, for messages: ``FILE``, ``FILE:LINE`` or ``FILE#NUMBER``.
    :param content: the bytes of a text, an HTML page or a PDF.
    :param form: what ``content`` is; ``None`` means it is detected.
    :param fields: what the source says, by the names in :data:`FIELDS`.
    :param described: the content of ``article.yaml``, for an article's folder.
    :param readings: readings by people, as the bytes of YAML files, by id.
    """

    id: str
    place: str
    content: bytes = field(repr=False)
    form: Form | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, object] | None = None
    readings: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def slug(self) -> str:
        """The article's slug."""
        return slug_of(self.id)

    def fingerprint(self) -> str:
        """Return the SHA-256 of everything that the article is made from, except its location."""
        told = {
            "id": self.id,
            "form": self.form,
            "fields": dict(self.fields),
            "described": self.described,
            "readings": {
                name: hashlib.sha256(raw).hexdigest() for name, raw in self.readings.items()
            },
        }
        found = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())
        found.update(b"\0")
        found.update(self.content)
        return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Refused:
    """A record left out of the corpus: its id if known, its location, and the reason."""

    id: str
    place: str
    reason: str


def slug_of(name: str) -> str:
    """Return the slug of an article from its id.

    An id that is a slug is unchanged; any other is converted to ASCII as far as possible, with a
    digest, so that different ids have different slugs.

    >>> slug_of("flood-report-3"), slug_of("Flood report 3")
    ('flood-report-3', 'flood-report-3-a13b2733333b')
    """
    if SLUG.fullmatch(name) and len(name) <= _LONGEST_OWN_SLUG:
        return name
    words = slugify(name)[:_LONGEST_SLUG].strip("-")
    return "-".join(filter(None, (words or "article", digest(name))))
