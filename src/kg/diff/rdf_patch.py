"""RDF Patch, the text format of Apache Jena: rows that delete and add quads, in order.

As documented at https://jena.apache.org/documentation/rdf-patch/: header rows (``H id``,
``H prev``), transactions (``TX``, ``TC``, ``TA``), prefixes (``PA``, ``PD``) and the changes
themselves, ``D`` and ``A`` with the terms of an N-Quads line. Each row stands on one line, in the
style that the documentation prefers.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import OutputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["PatchRow", "RdfPatch", "read_patch", "write_patch"]

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_ROW: Final = re.compile(r"\s*([A-Za-z]+)(?![\w:])\s*(.*?)\s*", re.DOTALL)
_END: Final = re.compile(r"\.\s*(?:#.*)?")
_HEADER: Final = re.compile(
    r'(?:"([^"]*)"|([A-Za-z][\w.-]*))\s+(<[^<>\s]*>|"(?:[^"\\]|\\.)*")\s*\.\s*(?:#.*)?'
)
_PREFIX: Final = re.compile(r'(?:"[^"]*"|[\w.-]*:?)(?:\s+(?:<[^<>\s]*>|"[^"]*"))?\s*\.\s*(?:#.*)?')
# Jena also writes a blank node as <_:label>. A string that looks like one is left alone.
_STRING_OR_BLANK: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<_:([^<>]*)>')


@dataclass(frozen=True, slots=True)
class PatchRow:
    """One change: a quad that is added, or else deleted."""

    added: bool
    quad: Quad


@dataclass(frozen=True, slots=True)
class RdfPatch:
    """A patch: the changes of all transactions that are committed, in order, and its headers."""

    rows: tuple[PatchRow, ...]
    headers: dict[str, str]

    def apply(self, quads: Iterable[Quad]) -> set[Quad]:
        """Return the quads as they are when all changes are made, one after the other.

        Blank nodes are those of the same label.
        """
        result = set(quads)
        for row in self.rows:
            if row.added:
                result.add(row.quad)
            else:
                result.discard(row.quad)
        return result


def write_patch(
    removed: Iterable[Quad],
    added: Iterable[Quad],
    *,
    previous: str | None = None,
    notes: Sequence[str] = (),
) -> bytes:
    """Return a patch of one transaction: deletions, then additions, each in the order given.

    The patch's id is made from what it holds, so that the same changes make the same bytes.

    :param previous: the IRI of the patch before this one, for a log of patches.
    :param notes: lines that are put first as comments.
    :raises OutputError: ``previous`` is not an IRI.
    """
    if previous is not None and not _IRI.fullmatch(previous):
        raise OutputError(
            f"{previous!r}: is not an IRI, which the id of a patch is; give it as urn:uuid:…"
        )
    rows = [f"D {quad} .\n" for quad in removed] + [f"A {quad} .\n" for quad in added]
    content = hashlib.sha256("".join((previous or "", "\n", *rows)).encode()).hexdigest()
    identifier = uuid.uuid5(uuid.NAMESPACE_OID, content)
    head = [f"# {note}\n" for note in notes] + [f"H id <urn:uuid:{identifier}> .\n"]
    if previous is not None:
        head.append(f"H prev <{previous}> .\n")
    return "".join((*head, "TX .\n", *rows, "TC .\n")).encode()


def _quads(rows: Sequence[tuple[int, str]], source: str) -> list[Quad]:
    """Parse the terms of many rows at once: each is a line of N-Quads."""
    text = "\n".join(line for _, line in rows)
    try:
        quads = list(pyoxigraph.parse(text.encode(), format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        number = rows[(error.lineno or 1) - 1][0]
        raise StoreError(f"{source}:{number}: is not RDF Patch: {error.msg}; correct it") from error
    if len(quads) == len(rows):
        return quads
    for number, line in rows:
        if len(list(pyoxigraph.parse(line.encode(), format=RdfFormat.N_QUADS))) != 1:
            raise StoreError(f"{source}:{number}: is not RDF Patch: a row is one quad; correct it")
    raise AssertionError("rows that are one quad each are as many as their quads")


class _Reader:
    """Reads row by row; the terms of changes are left to one run of the N-Quads parser."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.headers: dict[str, str] = {}
        self.committed: list[tuple[int, bool, str]] = []
        self.waiting: list[tuple[int, bool, str]] = []
        self.began: int | None = None

    def fault(self, number: int, reason: str) -> StoreError:
        return StoreError(f"{self.source}:{number}: is not RDF Patch: {reason}; correct it")

    def row(self, number: int, line: str) -> None:
        found = _ROW.fullmatch(line)
        operation, rest = (found[1], found[2]) if found else ("", line)
        if operation in {"A", "D"}:
            terms = _STRING_OR_BLANK.sub(
                lambda match: match[0] if match[1] is None else f"_:{match[1]}", rest
            )
            self.waiting.append((number, operation == "A", terms))
        elif operation == "H" and (header := _HEADER.fullmatch(rest)):
            self.headers[header[1] or header[2]] = header[3][1:-1]
        elif operation in {"PA", "PD"} and _PREFIX.fullmatch(rest):
            pass  # prefixes are no part of a graph
        elif operation in {"TX", "TC", "TA"} and _END.fullmatch(rest):
            self.bound(number, operation)
        else:
            raise self.fault(
                number, f"{line.strip()[:40]!r} is none of the rows H, TX, TC, TA, PA, PD, A, D"
            )

    def bound(self, number: int, operation: str) -> None:
        if (operation == "TX") == (self.began is not None):
            place = f"one began on line {self.began}" if operation == "TX" else "none has begun"
            raise self.fault(number, f"{operation} where, of transactions, {place}")
        if operation != "TA":
            self.committed += self.waiting
        self.waiting = []
        self.began = number if operation == "TX" else None

    def finish(self) -> RdfPatch:
        if self.began is not None:
            raise self.fault(self.began, "the transaction that begins here does not end")
        changes = [*self.committed, *self.waiting]
        quads = _quads([(number, terms) for number, _, terms in changes], self.source)
        rows = (PatchRow(add, quad) for (_, add, _), quad in zip(changes, quads, strict=True))
        return RdfPatch(tuple(rows), self.headers)


def read_patch(payload: bytes, source: str = "the patch") -> RdfPatch:
    """Read a patch, each row of it on one line.

    :param source: what to call the patch in errors, such as a file's path.
    :raises StoreError: it is not RDF Patch; the message gives the line.
    """
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreError(f"{source}: byte {error.start} is not UTF-8; convert it") from error
    reader = _Reader(source)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            reader.row(number, line)
    return reader.finish()
