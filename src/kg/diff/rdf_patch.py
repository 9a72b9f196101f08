"""RDF Patch, the text format of Apache Jena: rows that delete and add quads, in order.

As documented at https://jena.apache.org/documentation/rdf-patch/: header rows (``H id``, ``H
prev``) and one transaction (``TX``, ``TC``) of changes, ``D`` and ``A`` with the terms of an
N-Quads line. Each row is on one line, in the style that the documentation recommends.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

__all__ = ["write_patch"]

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


def write_patch(
    removed: Iterable[Quad],
    added: Iterable[Quad],
    *,
    previous: str | None = None,
    notes: Sequence[str] = (),
) -> bytes:
    """Return a patch of one transaction: deletions, then additions, each in the order given.

    The patch's id is made from its content, so the same changes give the same bytes.

    :param previous: the IRI of the patch before this one, for a log of patches.
    :param notes: lines that are put first as comments.
    :raises OutputError: ``previous`` is not an IRI.
    """
    if previous is not None and not _IRI.fullmatch(previous):
        raise OutputError(
            f"{previous!r}: is not an IRI; pass the id of a patch, such as urn:uuid:…"
        )
    rows = [f"D {quad} .\n" for quad in removed] + [f"A {quad} .\n" for quad in added]
    content = hashlib.sha256("".join((previous or "", "\n", *rows)).encode()).hexdigest()
    identifier = uuid.uuid5(uuid.NAMESPACE_OID, content)
    head = [f"# {note}\n" for note in notes] + [f"H id <urn:uuid:{identifier}> .\n"]
    if previous is not None:
        head.append(f"H prev <{previous}> .\n")
    return "".join((*head, "TX .\n", *rows, "TC .\n")).encode()
