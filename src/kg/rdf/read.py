"""RDF files: what is looked at before a parser meets one.

Oxigraph's parsers recurse in JSON and in triples within triples, so that a few kilobytes of
brackets overflow the stack and end the process; entities within entities of RDF/XML grow to
gigabytes.
"""

from __future__ import annotations

import mmap
import re
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.files.utf8 import encoding_by_mark

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import KgError

__all__ = ["refuse_deep_answer", "refuse_deep_rdf"]

#: Deepest nesting of brackets in an RDF file; the stack holds a few times as much.
DEEPEST: Final = 100
#: Longest entity of an RDF/XML file: they abbreviate namespaces.
LONGEST_ENTITY: Final = 1000

_JSON_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[][{}]', re.DOTALL)
_TRIPLE_TERM = re.compile(rb"<<\(|\)>>")
_ENTITY = re.compile(rb"<!ENTITY\s+\S+\s+(\"[^\"]*\"|'[^']*')")


def refuse_deep_rdf(path: Path, error: type[KgError]) -> None:
    """Refuse an RDF file that is nested too deeply, or has entities that grow, to be parsed.

    One with a byte order mark is refused as well, which but for XML no format has.

    :raises KgError: an ``error`` that gives the line.
    :raises OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        if not stream.seek(0, 2):
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            fault = _fault(path.suffix, content)
            if fault is not None:
                line = content[: fault[0]].count(b"\n") + 1
                raise error(f"{path}:{line}: {fault[1]}")


def refuse_deep_answer(content: bytes, suffix: str) -> None:
    """Refuse what another server answered, where it is nested too deeply to be parsed.

    :param suffix: ``.jsonld`` for any JSON, ``.nt`` for N-Triples and Turtle.
    :raises QueryError: it is; the message says so, and leaves it to the caller to say who answered.
    """
    fault = _fault(suffix, content)
    if fault is not None:
        raise QueryError(fault[1])


def _fault(suffix: str, content: mmap.mmap | bytes) -> tuple[int, str] | None:
    encoding = encoding_by_mark(content[:3])
    if encoding is not None and suffix != ".rdf":
        return 0, f"is {encoding}; save it as UTF-8 without a byte order mark"
    if suffix == ".rdf":
        for match in _ENTITY.finditer(content):
            if len(match[1]) > LONGEST_ENTITY or b"&" in match[1].replace(b"&#", b""):
                return match.start(), "entities that are long or made of others are not read"
        return None
    piece = _JSON_TOKEN if suffix == ".jsonld" else _TRIPLE_TERM
    if piece is _TRIPLE_TERM and content.find(b"<<(") < 0:
        return None
    depth = 0
    for match in piece.finditer(content):
        depth += 1 if match[0] in {b"{", b"[", b"<<("} else -1 if match[0][:1] != b'"' else 0
        if depth > DEEPEST:
            return match.start(), f"is nested more than {DEEPEST} levels deep; nest it less"
    return None
